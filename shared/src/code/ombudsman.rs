//! What the Ombudsman decides and asks for outside a case's own clocks: findings, orders, submissions, tariffs.

use std::sync::LazyLock;

use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::checks::repeated;
use super::edition::parse;
use super::{CodeError, CodeErrors};

/// A finding that the Ombudsman makes on an issue of a complaint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    /// Its name in cases and reports.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Whether it counts as a failure in the maladministration rate.
    pub in_numerator: bool,
    /// Whether it is among the findings that the maladministration rate is taken over.
    pub in_denominator: bool,
}

/// A type of complaint handling failure order, later called a notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FailureOrder {
    /// The Ombudsman's number for the type.
    pub number: u8,
    /// What the landlord failed to do.
    pub title: String,
}

/// A day of every year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct YearlyDay {
    /// The month, from 1.
    pub month: u32,
    /// The day of the month, from 1.
    pub day: u32,
}

/// When the yearly self-assessment is due with the Ombudsman.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Submission {
    /// A landlord is a larger one if it has more homes than this.
    pub larger_has_more_than_homes: u32,
    /// The day by which a larger landlord submits.
    pub larger_due: YearlyDay,
    /// The months that a smaller one has from the end of its own financial year.
    pub smaller_due_months_after_year_end: u32,
}

impl Submission {
    /// The last day to submit for the financial year that ends on `year_end`; none past the end of the calendar.
    ///
    /// A larger landlord's is the first such day after its year's end, a smaller one's the same day of a later month, or
    /// that month's last.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use redress_shared::code::ombudsman;
    /// let year_end = NaiveDate::from_ymd_opt(2025, 12, 31).ok_or("no such date")?;
    /// let submission = &ombudsman()?.submission;
    /// // A landlord of exactly 1,000 homes is a smaller one, with a date of its own.
    /// assert_eq!(submission.due(1_000, year_end), NaiveDate::from_ymd_opt(2026, 6, 30));
    /// assert_eq!(submission.due(1_001, year_end), NaiveDate::from_ymd_opt(2026, 9, 30));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn due(&self, homes: u32, year_end: NaiveDate) -> Option<NaiveDate> {
        if homes <= self.larger_has_more_than_homes {
            return year_end.checked_add_months(Months::new(self.smaller_due_months_after_year_end));
        }
        let in_year = |year| NaiveDate::from_ymd_opt(year, self.larger_due.month, self.larger_due.day);
        in_year(year_end.year()).filter(|due| *due > year_end).or_else(|| in_year(year_end.year() + 1))
    }
}

/// What a tariff's sum is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Per {
    /// Each day that it lasts.
    Day,
    /// Each time that it happens.
    Occurrence,
}

/// A sum that the Ombudsman's guidance names, from a date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tariff {
    /// Its name; several entries share it as the sum changes.
    pub id: String,
    /// What it is for.
    pub title: String,
    /// The first day that this sum is for.
    pub from: NaiveDate,
    /// The sum in pence.
    pub amount_pence: u32,
    /// What the sum is for each of.
    pub per: Per,
}

/// What the Ombudsman decides and asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ombudsman {
    /// The findings, from the best for the landlord to those on which nothing was decided.
    pub findings: Vec<Finding>,
    /// The types of complaint handling failure order.
    pub failure_orders: Vec<FailureOrder>,
    /// When the self-assessment is due.
    pub submission: Submission,
    /// The sums of the guidance on remedies.
    pub tariffs: Vec<Tariff>,
}

impl Ombudsman {
    /// Reads and checks the data. `file` is the name that errors are reported under.
    ///
    /// # Errors
    /// Everything that is wrong with it at once, if it can be read at all.
    pub fn from_toml(file: &str, text: &str) -> Result<Ombudsman, CodeErrors> {
        let ombudsman: Ombudsman = parse(file, text)?;
        CodeErrors::unless_none(file, ombudsman.errors(), ombudsman)
    }

    /// The finding with this id.
    pub fn finding(&self, id: &str) -> Option<&Finding> {
        self.findings.iter().find(|finding| finding.id == id)
    }

    /// The type of complaint handling failure order with this number.
    pub fn failure_order(&self, number: u8) -> Option<&FailureOrder> {
        self.failure_orders.iter().find(|order| order.number == number)
    }

    /// The sum that applies on a date; none before the first that is known, and none is guessed.
    pub fn tariff(&self, id: &str, on: NaiveDate) -> Option<&Tariff> {
        self.tariffs
            .iter()
            .filter(|tariff| tariff.id == id && tariff.from <= on)
            .max_by_key(|tariff| tariff.from)
    }

    fn errors(&self) -> Vec<CodeError> {
        let mut errors = Vec::new();
        repeated("findings", self.findings.iter().map(|finding| finding.id.as_str()), &mut errors);
        let alone = self.findings.iter().filter(|finding| finding.in_numerator && !finding.in_denominator);
        errors.extend(alone.map(|finding| CodeError::NumeratorAlone(finding.id.clone())));
        let numbers: Vec<_> = self.failure_orders.iter().map(|order| order.number.to_string()).collect();
        repeated("failure_orders", numbers.iter().map(String::as_str), &mut errors);
        let YearlyDay { month, day } = self.submission.larger_due;
        // 2023 is no leap year, so 29 February is refused.
        if NaiveDate::from_ymd_opt(2023, month, day).is_none() {
            errors.push(CodeError::NotADay { month, day });
        }
        let dated: Vec<_> =
            self.tariffs.iter().map(|tariff| format!("{} {}", tariff.id, tariff.from)).collect();
        repeated("tariffs", dated.iter().map(String::as_str), &mut errors);
        errors
    }
}

static OMBUDSMAN: LazyLock<Result<Ombudsman, CodeErrors>> =
    LazyLock::new(|| Ombudsman::from_toml("ombudsman.toml", include_str!("../../codes/ombudsman.toml")));

/// The data built into the program.
///
/// # Errors
/// The built-in data is damaged, which the tests rule out; an error and not a panic all the same.
pub fn ombudsman() -> Result<&'static Ombudsman, &'static CodeErrors> {
    OMBUDSMAN.as_ref()
}
