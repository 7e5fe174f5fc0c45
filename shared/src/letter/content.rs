//! What an item says, as paragraphs, lists and details: so that a page can have real lists, and a text the same words.

use serde::Serialize;

/// A part of what an item says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[schemars(rename = "LetterBlock")]
pub enum Block {
    /// Running text; its line breaks are kept.
    Paragraph {
        /// The text.
        text: String,
    },
    /// A list whose items are numbered from 1.
    Numbered {
        /// The items.
        items: Vec<String>,
    },
    /// Facts by their names, such as an address and a telephone number.
    Details {
        /// The facts.
        details: Vec<Detail>,
    },
}

/// A fact with its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[schemars(rename = "LetterDetail")]
pub struct Detail {
    /// Its name: `Telephone`.
    pub label: String,
    /// The fact.
    pub value: String,
    /// The address that a page links it to, where it has one: of `mailto:`, `tel:` or `https:`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
}

impl Detail {
    /// A fact that nothing is linked to.
    pub fn plain(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self { label: label.into(), value: value.into(), link: None }
    }

    /// A telephone number.
    pub fn telephone(number: &str) -> Self {
        let digits: String =
            number.chars().filter(|character| character.is_ascii_digit() || *character == '+').collect();
        Self { link: Some(format!("tel:{digits}")), ..Self::plain("Telephone", number) }
    }

    /// An email address.
    pub fn email(address: &str) -> Self {
        Self { link: Some(format!("mailto:{address}")), ..Self::plain("Email", address) }
    }

    /// A web address.
    pub fn website(address: &str) -> Self {
        let secure = address.starts_with("https://") || address.starts_with("http://");
        let link = if secure { address.to_owned() } else { format!("https://{address}") };
        Self { link: Some(link), ..Self::plain("Website", address) }
    }
}

/// What an item says, as it is put together.
#[derive(Debug, Clone, Default)]
pub struct Content(Vec<Block>);

impl Content {
    /// The same, with text after it, a paragraph a line.
    #[must_use]
    pub fn and(mut self, text: &str) -> Self {
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        self.0.extend(lines.map(|line| Block::Paragraph { text: line.trim_end().to_owned() }));
        self
    }

    /// The same, with a numbered list after it.
    #[must_use]
    pub fn numbered(mut self, items: Vec<String>) -> Self {
        self.0.push(Block::Numbered { items });
        self
    }

    /// The same, with details after it.
    #[must_use]
    pub fn details(mut self, details: Vec<Detail>) -> Self {
        self.0.push(Block::Details { details });
        self
    }

    /// The parts.
    pub fn into_blocks(self) -> Vec<Block> {
        self.0
    }
}

impl<T: AsRef<str>> From<T> for Content {
    fn from(text: T) -> Self {
        Self::default().and(text.as_ref())
    }
}

/// The parts as lines of text.
pub fn as_text(blocks: &[Block]) -> String {
    let mut lines: Vec<String> = Vec::new();
    for block in blocks {
        match block {
            Block::Paragraph { text } => lines.push(text.clone()),
            Block::Numbered { items } => {
                lines.extend(items.iter().zip(1_u32..).map(|(item, number)| format!("{number}. {item}")));
            }
            Block::Details { details } => {
                lines.extend(details.iter().map(|detail| format!("{}: {}", detail.label, detail.value)));
            }
        }
    }
    lines.join("\n")
}
