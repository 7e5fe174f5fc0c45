//! What the landlord's letters and reports have at their head and foot.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::policy::cited::Cited;

/// How letters present the landlord. Whatever is left out is left out of letters: nothing is made up.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Letterhead {
    /// The postal address to write to, a line each.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Cited<Vec<String>>>,
    /// The telephone number to call.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub telephone: Option<Cited<String>>,
    /// The email address to write to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<Cited<String>>,
    /// The website, or the address of its form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub website: Option<Cited<String>>,
    /// What stands before the name in the salutation; `Dear` where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub greeting: Option<Cited<String>>,
    /// The landlord's own last paragraph.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_words: Option<Cited<String>>,
    /// What stands over the signature; `Yours sincerely` where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sign_off: Option<Cited<String>>,
    /// Who signs, as an office or a team and never a person's name; the landlord where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed_by: Option<Cited<String>>,
    /// The file of the logo, beside the profile: SVG or PNG, at most 200 KB. Without it letters and reports have the name alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,79}\.(svg|png)$"))]
    pub logo: Option<String>,
    /// The colours of its reports; this product's own where they are left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub colours: Option<Colours>,
}

/// A landlord's colours, each as `#134b5f`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Colours {
    /// Of headings, links, rules and charts. Words in it must be readable on white and on the tint: a contrast of 4.5 to 1.
    #[schemars(regex(pattern = r"^#[0-9A-Fa-f]{6}$"))]
    pub main: String,
    /// Behind the headings of tables; a light grey where it is left out. Words must be readable on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = r"^#[0-9A-Fa-f]{6}$"))]
    pub tint: Option<String>,
}

impl Colours {
    /// The tint where none is named.
    pub const TINT: &str = "#f2f5f8";

    /// The tint.
    #[must_use]
    pub fn tint(&self) -> &str {
        self.tint.as_deref().unwrap_or(Self::TINT)
    }
}
