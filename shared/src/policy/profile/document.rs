//! The landlord, the document, and how it counts days.

use chrono::{Datelike, NaiveDate};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::calendar::{Closure, Convention};
use crate::policy::cited::Cited;
use crate::policy::vocabulary::{LateAcknowledgement, PolicyStatus};

/// The landlord.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Landlord {
    /// Its id in files, addresses and reports, for instance `hartlepool`.
    #[schemars(regex(pattern = r"^[a-z0-9][a-z0-9-]{1,39}$"))]
    pub id: String,
    /// Its name as letters and reports print it.
    #[schemars(length(min = 2, max = 120))]
    pub name: String,
    /// The short name in citations: `Hartlepool` in "Hartlepool 5.2".
    #[schemars(length(min = 2, max = 40))]
    pub short_name: String,
    /// The month in which its own year ends, 3 for March.
    #[schemars(range(min = 1, max = 12))]
    pub year_ends_in_month: u32,
}

impl Landlord {
    /// The month and the day on which its own year ends. A year that ends in February ends on the 28th, or the 29th where there is one.
    #[must_use]
    pub fn year_end(&self) -> (u32, u32) {
        let month = self.year_ends_in_month;
        let first_of_next = NaiveDate::from_ymd_opt(2025, month % 12 + 1, 1);
        (month, first_of_next.and_then(|date| date.pred_opt()).map_or(31, |date| date.day()))
    }
}

/// Which document a profile was read from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PolicyVersion {
    /// The id of this version, for instance `hartlepool-2024`: also the file's name.
    #[schemars(regex(pattern = r"^[a-z0-9][a-z0-9-]{1,59}$"))]
    pub id: String,
    /// The document's title.
    pub title: String,
    /// Where it is in its life.
    pub status: PolicyStatus,
    /// The first day on which a complaint received falls under it.
    pub effective_from: Cited<NaiveDate>,
    /// The last day, for a version that another follows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective_to: Option<Cited<NaiveDate>>,
    /// The edition of the Code that it says it follows, `2024` or `2022`; absent where it names none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follows_code: Option<Cited<String>>,
}

/// How days are counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Counting {
    /// Which day is day 1.
    pub convention: Cited<Convention>,
    /// What a late acknowledgement does to a response time that counts from it.
    pub late_acknowledgement: Cited<LateAcknowledgement>,
    /// The hour (London, 1 to 23) from which what arrives counts as received the next day. The Code's clock knows none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cut_off_hour: Option<Cited<u32>>,
    /// Days on which this landlord is closed. They move the policy's clock and never the Code's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub closures: Vec<Closure>,
}
