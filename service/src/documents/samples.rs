//! Small files for tests, as bare as they can be.

/// A paper.
pub const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n";
/// A picture.
pub const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0";

/// The heads of files in a zip, with enough between them that they do not stand side by side.
pub fn zip(names: &[&str]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for name in names {
        let length = u16::try_from(name.len()).unwrap().to_le_bytes();
        bytes.extend_from_slice(b"PK\x03\x04\x14\0\0\0\0\0");
        bytes.extend_from_slice(&[0; 16]);
        bytes.extend_from_slice(&length);
        bytes.extend_from_slice(&[0, 0]);
        bytes.extend_from_slice(name.as_bytes());
        bytes.extend_from_slice(&[0x55; 7000]);
    }
    bytes
}

/// An office file in the open form: its first file says what it is.
pub fn open_document(media_type: &str) -> Vec<u8> {
    let mut bytes = zip(&["mimetype"]);
    bytes.splice(38..38, media_type.bytes());
    bytes
}

/// A compound file with streams of these names in its directory.
pub fn compound(streams: &[&str]) -> Vec<u8> {
    let mut bytes = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    bytes.resize(80 * 1024, 0x20);
    for name in std::iter::once(&"Root Entry").chain(streams) {
        let mut entry: Vec<u8> = name.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
        let length = u16::try_from(entry.len()).unwrap().to_le_bytes();
        entry.resize(64, 0);
        entry.extend_from_slice(&length);
        entry.resize(128, 0);
        bytes.extend_from_slice(&entry);
    }
    bytes.resize(bytes.len() + 5000, 0);
    bytes
}
