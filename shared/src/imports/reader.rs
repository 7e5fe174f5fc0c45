//! Rows out of a stretch of a file. A row that the stretch does not hold to its end is left for the next.

use std::borrow::Cow;

use encoding_rs::WINDOWS_1252;
use serde_json::Value;

use super::mapping::{Encoding, Format, Mapping};
use super::row::Raw;
use crate::schema::{strict, wording};

/// The longest row, in bytes.
pub const LONGEST_ROW: usize = 2 * 1024 * 1024;

/// The rows of a stretch.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Stretch {
    /// The rows, in order.
    pub rows: Vec<Raw>,
    /// How many bytes of the stretch they took.
    pub bytes: usize,
}

/// The mark that some programs put before UTF-8.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// Reads rows from a stretch of a file, at most so many.
#[must_use]
pub fn rows(mapping: &Mapping, stretch: &[u8], (first, last): (bool, bool), most: usize) -> Stretch {
    let marked = if first && stretch.starts_with(MARK) { MARK.len() } else { 0 };
    let read = match mapping.format {
        Format::Csv => csv_rows(mapping, &stretch[marked..], last, most),
        Format::Ndjson => lines(mapping, &stretch[marked..], last, most),
    };
    Stretch { bytes: read.bytes + marked, ..read }
}

fn csv_rows(mapping: &Mapping, stretch: &[u8], last: bool, most: usize) -> Stretch {
    let delimiter = mapping.delimiter.as_bytes().first().copied().unwrap_or(b',');
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(stretch);
    let mut found = Stretch::default();
    let mut record = csv::ByteRecord::new();
    while found.rows.len() < most {
        // Reading from memory does not fail, and a record of bytes is always one.
        if !reader.read_byte_record(&mut record).unwrap_or(false) {
            if last {
                found.bytes = stretch.len();
            }
            break;
        }
        let end = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        if end >= stretch.len() && !last {
            break;
        }
        found.bytes = end;
        let columns: Result<Vec<String>, &str> =
            record.iter().map(|column| letters(mapping, column).map(Cow::into_owned)).collect();
        found.rows.push(columns.map_or_else(|why| Raw::Unreadable(why.to_owned()), Raw::Columns));
    }
    found
}

/// The letters of a text, as the mapping says that they are written; or why they cannot be. What is UTF-8 is never taken for anything
/// else: it would be read as other letters, and nobody would be told.
fn letters<'a>(mapping: &Mapping, text: &'a [u8]) -> Result<Cow<'a, str>, &'static str> {
    match (mapping.encoding, std::str::from_utf8(text)) {
        (Encoding::Utf8, Ok(text)) => Ok(Cow::Borrowed(text)),
        (Encoding::Utf8, Err(_)) => {
            Err("it is not UTF-8: save the file as such, or name its `encoding` in the mapping")
        }
        (Encoding::Windows1252, Ok(text)) if text.is_ascii() => Ok(Cow::Borrowed(text)),
        (Encoding::Windows1252, Ok(_)) => {
            Err("it is UTF-8, and the mapping has `encoding = \"windows-1252\"`")
        }
        (Encoding::Windows1252, Err(_)) => {
            let (letters, _) = WINDOWS_1252.decode_without_bom_handling(text);
            // The bytes that are no letter there come out as control characters.
            let is_known = !letters.chars().any(|letter| ('\u{80}'..='\u{9f}').contains(&letter));
            is_known.then_some(letters).ok_or("it is not Windows-1252, as the mapping says")
        }
    }
}

fn lines(mapping: &Mapping, stretch: &[u8], last: bool, most: usize) -> Stretch {
    let mut found = Stretch::default();
    while found.rows.len() < most {
        let rest = &stretch[found.bytes..];
        let (line, length) = match rest.iter().position(|byte| *byte == b'\n') {
            Some(end) => (&rest[..end], end + 1),
            None if last && !rest.is_empty() => (rest, rest.len()),
            None => break,
        };
        found.bytes += length;
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        found.rows.push(match letters(mapping, line) {
            Err(why) => Raw::Unreadable(why.to_owned()),
            Ok(text) => match strict::read(text.as_bytes()) {
                Ok(object @ Value::Object(_)) => Raw::Object(object),
                Ok(_) => Raw::Unreadable("it is not a JSON object".to_owned()),
                Err(error) => {
                    Raw::Unreadable(format!("it is not JSON: {}", wording::without_input(&error.to_string())))
                }
            },
        });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{Stretch, rows};
    use crate::imports::mapping::Mapping;
    use crate::imports::row::Raw;

    /// However a file is cut, it has the same rows.
    fn check(format: &str, file: &[u8], expected: usize) {
        let mapping: Mapping = toml::from_str(&format!("format = \"{format}\"")).unwrap();
        let whole = rows(&mapping, file, (true, true), usize::MAX);
        assert_eq!((whole.rows.len(), whole.bytes), (expected, file.len()), "{whole:?}");
        for cut in 0..=file.len() {
            let before = rows(&mapping, &file[..cut], (true, false), usize::MAX);
            let after = rows(&mapping, &file[before.bytes..], (before.bytes == 0, true), usize::MAX);
            let together = Stretch {
                rows: before.rows.iter().chain(&after.rows).cloned().collect(),
                bytes: before.bytes + after.bytes,
            };
            assert_eq!(together, whole, "cut at {cut}");
        }
        for most in 1..=expected {
            assert_eq!(rows(&mapping, file, (true, true), most).rows, whole.rows[..most]);
        }
    }

    #[test]
    fn csv_is_read_however_it_is_cut() {
        check("csv", b"a,b\r\n1,\"x, \"\"y\"\"\r\nz\"\r\n\r\n2,\xc3\xa9\n3,\xe9\n", 4);
        check("csv", b"\xef\xbb\xbfa,b\n1,2", 2);
        check("csv", b"", 0);
    }

    #[test]
    fn a_file_of_an_older_spreadsheet_has_its_letters_and_is_not_taken_for_another() {
        let mapping: Mapping = toml::from_str("format = \"csv\"\nencoding = \"windows-1252\"").unwrap();
        let read = |file: &[u8]| rows(&mapping, file, (true, true), 9).rows;
        let columns = |columns: [&str; 2]| Raw::Columns(columns.map(str::to_owned).to_vec());
        assert_eq!(
            read(b"Caf\xe9,\x9320\x94 \x80\nplain,x\n"),
            [columns(["Café", "“20” €"]), columns(["plain", "x"])]
        );
        for (file, why) in
            [(&b"Caf\xc3\xa9,x\n"[..], "it is UTF-8"), (b"Caf\x81,x\n", "it is not Windows-1252")]
        {
            assert!(matches!(&read(file)[..], [Raw::Unreadable(told)] if told.starts_with(why)), "{why}");
        }
        let unknown = Mapping::from_toml("format = \"csv\"\nencoding = \"latin-9\"").unwrap_err();
        assert!(unknown[0].1.contains("expected `utf-8` or `windows-1252`"), "{unknown:?}");
    }

    #[test]
    fn ndjson_is_read_however_it_is_cut() {
        check("ndjson", b"{\"a\":1}\n\n  \r\n{\"a\":\"\\n\"}\r\n[1]\n{\"a\":\xe9}\n{\"a\"", 5);
        let mapping: Mapping = toml::from_str("format = \"ndjson\"").unwrap();
        let read = rows(&mapping, b"[1]\n{\"a\":1,\"a\":2}\n", (true, true), 9);
        assert!(read.rows.iter().all(|row| matches!(row, Raw::Unreadable(_))), "{read:?}");
    }
}
