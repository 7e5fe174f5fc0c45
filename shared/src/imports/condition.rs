//! A column that counts only where another says so: the day on which a CRM closed a case, where its status says that it is closed.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// When a field is filled by its column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "ImportCondition")]
pub struct Condition {
    /// The column that says so.
    pub column: String,
    /// What stands there where the field is filled.
    #[schemars(length(min = 1, max = 50), inner(length(max = 80)))]
    pub is: Vec<String>,
    /// What stands there where the field is left empty, whatever its own column has: anything, where this is not given; where it is, what
    /// is in neither list is an error of the row.
    #[serde(default)]
    #[schemars(length(max = 50), inner(length(max = 80)))]
    pub otherwise: Vec<String>,
    /// Whether a row is refused whose field is to be filled and whose own column has nothing: a closed case without its day would come in
    /// as an open one.
    #[serde(default = "yes")]
    pub needed: bool,
}

const fn yes() -> bool {
    true
}

/// What a row says of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// It is filled by its column.
    Filled,
    /// It is left empty.
    Empty,
    /// The mapping does not say what this means.
    Unknown,
}

impl Condition {
    /// What a text in the column says.
    ///
    /// ```
    /// use redress_shared::imports::condition::{Condition, Said};
    /// let resolved: Condition = toml::from_str(r#"column = "statecode"
    /// is = ["1"]
    /// otherwise = ["0"]"#)?;
    /// assert_eq!(resolved.said("1"), Said::Filled);
    /// assert_eq!(resolved.said("0"), Said::Empty);
    /// // Cancelled is neither: it is for the landlord to say what its cancelled cases were.
    /// assert_eq!(resolved.said("2"), Said::Unknown);
    /// # Ok::<(), toml::de::Error>(())
    /// ```
    #[must_use]
    pub fn said(&self, text: &str) -> Said {
        let among = |words: &[String]| words.iter().any(|word| word.trim() == text.trim());
        if among(&self.is) {
            Said::Filled
        } else if self.otherwise.is_empty() || among(&self.otherwise) {
            Said::Empty
        } else {
            Said::Unknown
        }
    }

    /// What is wrong with it.
    #[must_use]
    pub fn wrong(&self) -> Option<&'static str> {
        if self.column.trim().is_empty() {
            Some("expected the name of a column")
        } else if self.is.is_empty() {
            Some("expected in `is` what stands in the column where the field is filled")
        } else if self.is.iter().any(|word| self.otherwise.contains(word)) {
            Some("the same stands in `is` and in `otherwise`")
        } else {
            None
        }
    }
}
