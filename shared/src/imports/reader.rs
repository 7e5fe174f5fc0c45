//! Rows out of a stretch of a file. A row that the stretch does not hold to its end is left for the next.

use serde_json::Value;

use super::mapping::{Format, Mapping};
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
        Format::Ndjson => lines(&stretch[marked..], last, most),
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
        found.rows.push(match csv::StringRecord::from_byte_record(record.clone()) {
            Ok(record) => Raw::Columns(record.iter().map(str::to_owned).collect()),
            Err(_) => Raw::Unreadable(NOT_UTF_8.to_owned()),
        });
    }
    found
}

const NOT_UTF_8: &str = "it is not UTF-8: save the file as such";

fn lines(stretch: &[u8], last: bool, most: usize) -> Stretch {
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
        found.rows.push(match std::str::from_utf8(line) {
            Err(_) => Raw::Unreadable(NOT_UTF_8.to_owned()),
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
    fn ndjson_is_read_however_it_is_cut() {
        check("ndjson", b"{\"a\":1}\n\n  \r\n{\"a\":\"\\n\"}\r\n[1]\n{\"a\":\xe9}\n{\"a\"", 5);
        let mapping: Mapping = toml::from_str("format = \"ndjson\"").unwrap();
        let read = rows(&mapping, b"[1]\n{\"a\":1,\"a\":2}\n", (true, true), 9);
        assert!(read.rows.iter().all(|row| matches!(row, Raw::Unreadable(_))), "{read:?}");
    }
}
