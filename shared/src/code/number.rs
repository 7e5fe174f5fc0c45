//! A provision's number, such as `6.10`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A section and an item, each from 1 to 255.
const PATTERN: &str =
    "^([1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5])\\.([1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5])$";

/// The number of a provision of the Code: its section and its place there.
///
/// Ordered as the Code orders them, which the text is not: 6.10 comes after 6.9.
///
/// ```
/// use redress_shared::code::ProvisionNumber;
/// let ninth: ProvisionNumber = "6.9".parse()?;
/// let tenth: ProvisionNumber = "6.10".parse()?;
/// assert!(tenth > ninth);
/// assert!("6.10" < "6.9");
/// # Ok::<(), redress_shared::code::NotAProvisionNumber>(())
/// ```
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String", extend("pattern" = PATTERN))]
pub struct ProvisionNumber {
    section: u8,
    item: u8,
}

impl ProvisionNumber {
    /// The section of the Code, from 1.
    pub fn section(self) -> u8 {
        self.section
    }

    /// The place within the section, from 1.
    pub fn item(self) -> u8 {
        self.item
    }
}

/// The text is not a section and an item joined by a point.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a provision's number: write the section and the item, such as 6.3")]
pub struct NotAProvisionNumber(pub String);

impl FromStr for ProvisionNumber {
    type Err = NotAProvisionNumber;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refuse = || NotAProvisionNumber(text.to_owned());
        let (section, item) = text.split_once('.').ok_or_else(refuse)?;
        let section = part(section).ok_or_else(refuse)?;
        let item = part(item).ok_or_else(refuse)?;
        Ok(ProvisionNumber { section, item })
    }
}

/// One half of a number: digits only and no leading zero, so that a number has a single spelling.
fn part(text: &str) -> Option<u8> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with('0');
    plain.then(|| text.parse().ok()).flatten()
}

impl fmt::Display for ProvisionNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{}", self.section, self.item)
    }
}

impl TryFrom<String> for ProvisionNumber {
    type Error = NotAProvisionNumber;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<ProvisionNumber> for String {
    fn from(number: ProvisionNumber) -> Self {
        number.to_string()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, prop_assert_eq, proptest};
    use rstest::rstest;

    use super::ProvisionNumber;

    #[rstest]
    #[case("")]
    #[case("6")]
    #[case("6.")]
    #[case(".3")]
    #[case("6.03")]
    #[case("0.1")]
    #[case("6.3.1")]
    #[case("6.3a")]
    #[case("+6.3")]
    #[case("6.300")]
    #[case(" 6.3")]
    fn other_spellings_are_refused(#[case] text: &str) {
        assert!(text.parse::<ProvisionNumber>().is_err(), "{text} was taken");
    }

    proptest! {
        #[test]
        fn what_is_printed_reads_back(section in 1..=255_u8, item in 1..=255_u8) {
            let number = ProvisionNumber { section, item };
            prop_assert_eq!(number.to_string().parse(), Ok(number));
        }

        #[test]
        fn any_text_is_read_or_refused(text in any::<String>()) {
            if let Ok(number) = text.parse::<ProvisionNumber>() {
                prop_assert_eq!(number.to_string(), text);
            }
        }
    }
}
