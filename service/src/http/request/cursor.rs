//! Where a list goes on: opaque to the caller, and good for the list alone that it came from.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use sha2::{Digest, Sha256};

use crate::problem::{FieldError, Problem};

/// The longest cursor, in characters.
pub const LONGEST: usize = 1000;

/// Where a list goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    /// The instant that the whole list is looked at from.
    pub as_of: DateTime<Utc>,
    /// What the last line was sorted by.
    pub place: Vec<String>,
}

/// A digest of which list it is: its name, its filter, its sort.
#[must_use]
pub fn list_of(name: &str, asked: &impl std::fmt::Debug) -> String {
    let digest = Sha256::digest(format!("{name} {asked:?}"));
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

impl Cursor {
    /// As the caller gets it.
    #[must_use]
    pub fn write(&self, list: &str) -> String {
        let text = serde_json::to_string(&(list, self.as_of, &self.place)).unwrap_or_default();
        base64url(text.as_bytes())
    }

    /// As the caller gives it back.
    ///
    /// # Errors
    /// 422 where it is none, or came from another list.
    pub fn read(text: &str, list: &str) -> Result<Self, Problem> {
        let bytes = from_base64url(text).ok_or_else(no_cursor)?;
        let (of, as_of, place): (String, _, _) = serde_json::from_slice(&bytes).map_err(|_| no_cursor())?;
        let cursor = Self { as_of, place };
        if of == list && cursor.can_be_ours() { Ok(cursor) } else { Err(no_cursor()) }
    }

    /// Whether it holds nothing that a database would not take: a cursor is the caller's to alter.
    fn can_be_ours(&self) -> bool {
        let plain = |text: &String| !text.chars().any(char::is_control);
        (1..=9999).contains(&self.as_of.year()) && self.place.iter().all(plain)
    }

    /// A part of the place that is a date.
    ///
    /// # Errors
    /// 422 where it is none.
    pub fn date(&self, part: usize) -> Result<NaiveDate, Problem> {
        let date: NaiveDate = self.text(part)?.parse().map_err(|_| no_cursor())?;
        if (1..=9999).contains(&date.year()) { Ok(date) } else { Err(no_cursor()) }
    }

    /// A part of the place that is text.
    ///
    /// # Errors
    /// 422 where there is none.
    pub fn text(&self, part: usize) -> Result<String, Problem> {
        self.place.get(part).cloned().ok_or_else(no_cursor)
    }

    /// A part of the place that is a number.
    ///
    /// # Errors
    /// 422 where it is none.
    pub fn number(&self, part: usize) -> Result<i32, Problem> {
        self.text(part)?.parse().map_err(|_| no_cursor())
    }
}

/// What is answered to a cursor that is none of this list's.
#[must_use]
pub fn no_cursor() -> Problem {
    let detail = "not the `next` of an answer to the same question; begin without `after`, or ask as before";
    Problem::malformed(vec![FieldError::parameter("after", detail)])
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

fn base64url(bytes: &[u8]) -> String {
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let group =
            chunk.iter().fold(0_u32, |group, byte| group << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for place in 0..=chunk.len() {
            let index = (group >> (18 - 6 * place)) & 63;
            text.extend(ALPHABET.get(index as usize).map(|byte| char::from(*byte)));
        }
    }
    text
}

fn from_base64url(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    for chunk in text.as_bytes().chunks(4) {
        let mut group = 0_u32;
        for byte in chunk {
            group = group << 6 | u32::try_from(ALPHABET.iter().position(|known| known == byte)?).ok()?;
        }
        let group = (group << (6 * (4 - chunk.len()))).to_be_bytes();
        bytes.extend(group.get(1..chunk.len())?);
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::{Cursor, base64url, from_base64url, list_of};

    #[test]
    fn bytes_come_back_as_they_were() {
        for text in ["", "f", "fo", "foo", "foob", "\u{fe}?>\u{ff}"] {
            assert_eq!(from_base64url(&base64url(text.as_bytes())).unwrap(), text.as_bytes());
        }
        assert_eq!((base64url(b"foob").as_str(), base64url(b"\xfb\xff").as_str()), ("Zm9vYg", "-_8"));
        assert_eq!(from_base64url("+/"), None);
    }

    #[test]
    fn a_cursor_is_good_for_its_own_list_alone() {
        let cursor =
            Cursor { as_of: "2026-11-02T12:00:00Z".parse().unwrap(), place: vec!["2026-11-02".to_owned()] };
        let list = list_of("cases", &"phase");
        let text = cursor.write(&list);
        assert_eq!(Cursor::read(&text, &list).unwrap(), cursor);
        for (text, list) in [(text.as_str(), list_of("cases", &"kind")), ("x", list.clone()), ("", list)] {
            assert_eq!(Cursor::read(text, &list).unwrap_err().code(), "malformed");
        }
    }
}
