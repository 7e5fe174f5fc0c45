//! What stands at the head and foot of every printed page.

use serde::Serialize;

use super::Document;

/// The words of a printed page's margins, each as it stands between the quotes of a style sheet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct PaperView {
    /// Whose report.
    pub landlord: String,
    /// What it is, and of when.
    pub title: String,
    /// What must not be overlooked on any page: that it is a draft, say.
    pub marks: String,
}

impl PaperView {
    /// The margins of a document that is complete but for them.
    #[must_use]
    pub fn of(document: &Document) -> Self {
        let marks: Vec<String> = document.badges.iter().map(|badge| badge.to_uppercase()).collect();
        Self {
            landlord: quoted(&document.landlord),
            title: quoted(&format!("{} {}, as known on {}", document.title, document.period, document.as_of)),
            marks: quoted(&marks.join(" · ")),
        }
    }
}

/// A text as a style sheet takes it: whatever could end a string, or mean something to a page, by its number.
fn quoted(text: &str) -> String {
    let letter = |letter: char| match letter {
        _ if letter.is_ascii_alphanumeric() => letter.to_string(),
        _ => format!("\\{:x} ", u32::from(letter)),
    };
    text.chars().map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn no_name_can_end_the_style_sheet() {
        assert_eq!(
            quoted("A \"B\" </style> & Co"),
            "A\\20 \\22 B\\22 \\20 \\3c \\2f style\\3e \\20 \\26 \\20 Co"
        );
    }
}
