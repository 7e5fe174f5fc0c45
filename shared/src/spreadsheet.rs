//! Text that goes into a spreadsheet, where it must stay text: what a resident wrote computes nothing on the machine of whoever opens it.

use std::borrow::Cow;

/// What a spreadsheet may begin a formula with, or end a cell with; the last four are the first four at full width.
const SIGNS: [char; 11] =
    ['=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];

/// A text with an apostrophe before it where a spreadsheet might take it for a formula, or for more than one cell. Of a number, the caller
/// knows that it is none.
#[must_use]
pub fn inert(text: &str) -> Cow<'_, str> {
    if text.starts_with(SIGNS) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use super::inert;

    #[test]
    fn what_looks_like_a_formula_is_marked() {
        for (said, inert_text) in [
            ("=1+1", "'=1+1"),
            ("+44 20", "'+44 20"),
            ("-5", "'-5"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("\r=1", "'\r=1"),
            ("＝1", "'＝1"),
            ("1=1", "1=1"),
            ("'", "'"),
            ("", ""),
        ] {
            assert_eq!(inert(said), inert_text);
        }
    }
}
