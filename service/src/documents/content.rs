//! What a file is, by its bytes as they pass. Nothing is held but its beginning and a little of what was just seen.

/// How much of a file's beginning is looked at as a whole.
const HEAD: usize = 64 * 1024;
/// How much is carried over to the next bytes: the longest thing that is looked for in the middle of a file.
const CARRIED: usize = 128;

/// What bytes turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// Something with a mark of its own at the beginning, by its media type.
    Known(&'static str),
    /// Word's, in the form of today.
    ZipText,
    /// Excel's, in the form of today.
    ZipBook,
    /// PowerPoint's, in the form of today.
    ZipSlides,
    /// Word's, in the old form.
    OleText,
    /// Excel's, in the old form.
    OleBook,
    /// PowerPoint's, in the old form.
    OleSlides,
    /// Outlook's.
    OleMessage,
    /// An email as it travels.
    Email,
    /// Words and nothing else: no markup, no script, no byte that words do not have.
    Text,
    /// Anything else.
    Other,
}

/// Looks at a file as it passes.
#[derive(Debug, Default)]
pub struct Look {
    head: Vec<u8>,
    carried: Vec<u8>,
    /// How many bytes have gone before what is carried.
    before: usize,
    control: bool,
    part: Option<Content>,
    contents: bool,
    macros: bool,
}

const ZIP: &[u8] = b"PK\x03\x04";
const OLE: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
/// The names of streams by which the old forms are told apart.
const STREAMS: &[(&str, Content)] = &[
    ("WordDocument", Content::OleText),
    ("Workbook", Content::OleBook),
    ("Book", Content::OleBook),
    ("PowerPoint Document", Content::OleSlides),
    ("__properties_version1.0", Content::OleMessage),
];

impl Look {
    /// Takes the next bytes in.
    pub fn at(&mut self, bytes: &[u8]) {
        let room = HEAD.saturating_sub(self.head.len()).min(bytes.len());
        self.head.extend_from_slice(bytes.get(..room).unwrap_or_default());
        let allowed = |byte: u8| byte >= 0x20 && byte != 0x7f || matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c);
        self.control |= !bytes.iter().all(|byte| allowed(*byte));
        let undecided = self.head.len() < OLE.len();
        if undecided || self.head.starts_with(ZIP) || self.head.starts_with(OLE) {
            self.carried.extend_from_slice(bytes);
        }
        if !undecided {
            self.inside(false);
        }
    }

    /// What it is, now that all of it has passed.
    #[must_use]
    pub fn verdict(mut self) -> Content {
        self.inside(true);
        if self.head.starts_with(OLE) {
            return self.part.filter(|_| !self.macros).unwrap_or(Content::Other);
        }
        if self.head.starts_with(ZIP) {
            return self.zipped();
        }
        // Which begins as a script does.
        if self.head.starts_with(b"#!AMR") {
            return Content::Known("audio/amr");
        }
        match infer::get(&self.head) {
            Some(kind) if kind.matcher_type() != infer::MatcherType::Text => Content::Known(kind.mime_type()),
            Some(_) => Content::Other,
            None => self.words(),
        }
    }

    fn zipped(&self) -> Content {
        let open = infer::get(&self.head).map(|kind| kind.mime_type());
        if let Some(open) = open.filter(|open| open.starts_with("application/vnd.oasis.opendocument.")) {
            return Content::Known(open);
        }
        // Without its table of contents it is an archive that has a folder of that name.
        self.part.filter(|_| self.contents && !self.macros).unwrap_or(Content::Other)
    }

    /// Looks through what is carried; all of it where nothing more comes, else but for what the next bytes may go on with.
    fn inside(&mut self, last: bool) {
        if !self.head.starts_with(ZIP) && !self.head.starts_with(OLE) {
            self.carried.clear();
            return;
        }
        let carried = std::mem::take(&mut self.carried);
        let end = if last { carried.len() } else { carried.len().saturating_sub(CARRIED) };
        let ole = self.head.starts_with(OLE);
        // Directory entries stand at whole multiples of their length.
        let first = if ole { self.before.next_multiple_of(CARRIED) - self.before } else { 0 };
        let step = if ole { CARRIED } else { 1 };
        for at in (first..end).step_by(step) {
            let here = carried.get(at..carried.len().min(at + CARRIED)).unwrap_or_default();
            if ole { self.stream(here) } else { self.entry(here) }
        }
        self.before += end;
        self.carried = carried.get(end..).unwrap_or_default().to_vec();
    }

    /// A file in a zip, by the head that stands before it.
    fn entry(&mut self, here: &[u8]) {
        if !here.starts_with(ZIP) {
            return;
        }
        let length = here.get(26..28).map_or(0, |two| usize::from(two[0]) | usize::from(two[1]) << 8);
        let name = here.get(30..here.len().min(30 + length)).unwrap_or_default();
        self.contents |= name == b"[Content_Types].xml";
        self.macros |= name.ends_with(b"vbaProject.bin");
        let parts =
            [(&b"word/"[..], Content::ZipText), (b"xl/", Content::ZipBook), (b"ppt/", Content::ZipSlides)];
        let part = parts.into_iter().find(|(folder, _)| name.starts_with(folder));
        self.part = self.part.or(part.map(|(_, content)| content));
    }

    /// A stream in a compound file, by its directory entry: the name, and its length in bytes with the nought at its end.
    fn stream(&mut self, here: &[u8]) {
        let length = here.get(64..66).map_or(0, |two| usize::from(two[0]) | usize::from(two[1]) << 8);
        let Some(name) = length.checked_sub(2).and_then(|length| here.get(..length.min(64))) else { return };
        let is = |wanted: &str| name.iter().copied().eq(wanted.encode_utf16().flat_map(u16::to_le_bytes));
        self.macros |= is("_VBA_PROJECT");
        let part = STREAMS.iter().find(|(wanted, _)| is(wanted)).map(|(_, content)| *content);
        // A message may have what it carries among its streams.
        self.part = if part == Some(Content::OleMessage) { part } else { self.part.or(part) };
    }

    fn words(&self) -> Content {
        let start = self.head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&self.head);
        let start = start.trim_ascii_start();
        if self.control || start.is_empty() || start.starts_with(b"#!") {
            return Content::Other;
        }
        if is_email(start) {
            return Content::Email;
        }
        let head = self.head.to_ascii_lowercase();
        let says = |mark: &str| head.windows(mark.len()).any(|window| window == mark.as_bytes());
        let marked =
            start.starts_with(b"<") || ["<script", "<svg", "<html", "<iframe", "<?php"].into_iter().any(says);
        if marked { Content::Other } else { Content::Text }
    }
}

/// Whether it begins with the headers of an email (RFC 5322): lines of a name and a colon, among them one that only emails have.
fn is_email(start: &[u8]) -> bool {
    let mut known = false;
    for line in start.split(|byte| *byte == b'\n').take(200) {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() {
            break;
        }
        if line.starts_with(b" ") || line.starts_with(b"\t") {
            continue;
        }
        let Some(colon) = line.iter().position(|byte| *byte == b':') else { return false };
        let name = line.get(..colon).unwrap_or_default();
        if name.is_empty() || !name.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-') {
            return false;
        }
        let only = ["from", "received", "return-path", "message-id", "mime-version"];
        known |= only.iter().any(|only| name.eq_ignore_ascii_case(only.as_bytes()));
    }
    known
}

#[cfg(test)]
#[path = "content_tests.rs"]
mod tests;
