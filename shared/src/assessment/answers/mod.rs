//! The answers file: what only people can say of a year, a file to a landlord and year.

mod check;
mod draft;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Comply;
use crate::vocabulary::vocabulary;

pub use draft::{Ready, carried, draft};

/// What people say of a year.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Answers {
    /// The landlord's id.
    pub landlord: String,
    /// The year, as `2025-26`.
    pub year: String,
    /// The edition of the Code whose form it answers, `2024` or `2022`.
    pub code: String,
    /// The office that answers for complaint handling (Code 9.4); an office, never a person's name.
    #[serde(default)]
    pub accountable_officer: Option<String>,
    /// The Member Responsible for Complaints (Code 9.5), by office.
    #[serde(default)]
    pub member_responsible: Option<String>,
    /// What the year's figures mean, in the landlord's own words, a paragraph each (Code 8.1 b).
    #[serde(default)]
    pub analysis: Vec<String>,
    /// The governing body's response to the annual report (Code 8.2).
    #[serde(default)]
    pub governing_body: Option<GoverningBody>,
    /// Where the Ombudsman found that the Code was not complied with, beyond what the cases hold (Code 8.1 c).
    #[serde(default)]
    pub non_compliance: Vec<NonCompliance>,
    /// Improvements made through learning, beyond the learning register (Code 8.1 d).
    #[serde(default)]
    pub improvements: Vec<Improvement>,
    /// The Ombudsman's reports, by reference (Code 8.1 e and f).
    #[serde(default)]
    pub ombudsman_reports: Vec<OmbudsmanReport>,
    /// Parts of the annual report for which there is nothing to report this year.
    #[serde(default)]
    pub nothing_to_report: Vec<Part>,
    /// The answers, by the number of the provision.
    #[serde(default)]
    pub provisions: BTreeMap<String, Answer>,
}

/// The answer to a provision. It counts once an office has confirmed it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// Whether it is complied with.
    #[serde(default)]
    pub comply: Option<Comply>,
    /// What shows it.
    #[serde(default)]
    pub evidence: Option<String>,
    /// Where that can be read.
    #[serde(default)]
    pub web_address: Option<String>,
    /// The landlord's commentary.
    #[serde(default)]
    pub commentary: Option<String>,
    /// For a no: what will be done.
    #[serde(default)]
    pub action: Option<String>,
    /// For a no: by when.
    #[serde(default)]
    pub action_by: Option<NaiveDate>,
    /// Why the answer is another than the one proposed.
    #[serde(default)]
    pub overrules: Option<String>,
    /// The office that confirmed the answer; an office, never a person's name.
    #[serde(default)]
    pub confirmed_by: Option<String>,
    /// When it did.
    #[serde(default)]
    pub confirmed_on: Option<NaiveDate>,
    /// The year whose evidence and commentary these still are; taken away once they are read again.
    #[serde(default)]
    pub carried_from: Option<String>,
}

/// The governing body's response.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GoverningBody {
    /// The body, such as a board or a committee.
    pub name: String,
    /// What it says, a paragraph each.
    pub response: Vec<String>,
    /// When it gave it.
    pub responded_on: NaiveDate,
    /// Where it is published beside the report.
    #[serde(default)]
    pub web_address: Option<String>,
}

/// A finding of the Ombudsman's that the Code was not complied with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NonCompliance {
    /// What was found.
    pub found: String,
    /// When.
    pub found_on: NaiveDate,
    /// What was done about it, or will be.
    pub done: String,
}

/// An improvement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Improvement {
    /// What is better now.
    pub what: String,
    /// What in complaints led to it.
    pub learnt_from: String,
    /// When it was made.
    #[serde(default)]
    pub made_on: Option<NaiveDate>,
}

vocabulary! {
    /// What a report of the Ombudsman's is about.
    ReportOn {
        /// This landlord's performance over a year (Code 8.1 e).
        Landlord = "landlord",
        /// Something else that concerns its work (Code 8.1 f).
        Other = "other",
    }
}

/// A report of the Ombudsman's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OmbudsmanReport {
    /// What it is about.
    pub on: ReportOn,
    /// Its title.
    pub title: String,
    /// When it was published.
    pub published_on: NaiveDate,
    /// Where it can be read.
    pub web_address: String,
    /// What the landlord takes from it.
    #[serde(default)]
    pub taken_from_it: Option<String>,
}

vocabulary! {
    /// A part of the annual report that can be empty.
    Part {
        /// Findings of non-compliance beyond what the cases hold.
        NonCompliance = "non-compliance",
        /// The Ombudsman's annual report on the landlord.
        LandlordReport = "landlord-report",
        /// Other reports of the Ombudsman's.
        OtherReports = "other-reports",
    }
}

impl Answer {
    /// The answer, once an office has confirmed it, on a day that has come.
    ///
    /// ```
    /// use redress_shared::assessment::{Comply, answers::Answer};
    /// let day = |text: &str| text.parse::<chrono::NaiveDate>().expect("a date");
    /// let unconfirmed = Answer { comply: Some(Comply::Yes), ..Answer::default() };
    /// assert_eq!(unconfirmed.confirmed(day("2026-07-01")), None);
    /// let confirmed = Answer {
    ///     confirmed_by: Some("Head of Housing".to_owned()),
    ///     confirmed_on: Some(day("2026-06-30")),
    ///     ..unconfirmed
    /// };
    /// assert_eq!(confirmed.confirmed(day("2026-07-01")), Some(Comply::Yes));
    /// // To a report of the day before, it was not confirmed yet.
    /// assert_eq!(confirmed.confirmed(day("2026-06-29")), None);
    /// ```
    #[must_use]
    pub fn confirmed(&self, as_of: NaiveDate) -> Option<Comply> {
        let told = self.confirmed_by.is_some() && self.confirmed_on.is_some_and(|on| on <= as_of);
        self.comply.filter(|_| told)
    }
}

impl Answers {
    /// The provisions whose answers are confirmed on a day after this one, in the order of their numbers as text: a report of the day does not
    /// count them as answered, and whoever wrote the wrong year should know.
    #[must_use]
    pub fn confirmed_after(&self, day: NaiveDate) -> Vec<&str> {
        let is_later = |answer: &Answer| answer.confirmed_on.is_some_and(|on| on > day);
        let later = self.provisions.iter().filter(|(_, answer)| is_later(answer));
        later.map(|(number, _)| number.as_str()).collect()
    }

    /// The answer to a provision, where there is one.
    #[must_use]
    pub fn to(&self, number: &str) -> Option<&Answer> {
        self.provisions.get(number)
    }

    /// The Ombudsman's reports of one sort.
    pub fn reports_on(&self, on: ReportOn) -> impl Iterator<Item = &OmbudsmanReport> {
        self.ombudsman_reports.iter().filter(move |report| report.on == on)
    }

    /// Whether it is said of a part that there is nothing to report.
    #[must_use]
    pub fn has_nothing_on(&self, part: Part) -> bool {
        self.nothing_to_report.contains(&part)
    }
}
