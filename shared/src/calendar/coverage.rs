//! The years a calendar knows, and the refusal to answer about any other.

use super::words::long_date;
use chrono::{Datelike, NaiveDate};

/// The longest run of years a calendar may claim; more is a slip of the keyboard.
const MOST_YEARS: i32 = 200;

/// A run of whole years for which every bank holiday is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Coverage {
    first_day: NaiveDate,
    last_day: NaiveDate,
}

impl Coverage {
    /// From the first year to the last, both included; nothing when they are out of order or over 200 years
    /// apart.
    pub fn new(first_year: i32, last_year: i32) -> Option<Coverage> {
        let years = last_year.checked_sub(first_year)?;
        let first_day = NaiveDate::from_ymd_opt(first_year, 1, 1)?;
        let last_day = NaiveDate::from_ymd_opt(last_year, 12, 31)?;
        (0..MOST_YEARS).contains(&years).then_some(Coverage { first_day, last_day })
    }

    /// 1 January of the first year covered.
    pub fn first_day(self) -> NaiveDate {
        self.first_day
    }

    /// 31 December of the last year covered.
    pub fn last_day(self) -> NaiveDate {
        self.last_day
    }

    /// The first year covered.
    pub fn first_year(self) -> i32 {
        self.first_day.year()
    }

    /// The last year covered.
    pub fn last_year(self) -> i32 {
        self.last_day.year()
    }

    /// Whether a date lies in these years.
    pub fn contains(self, date: NaiveDate) -> bool {
        (self.first_day..=self.last_day).contains(&date)
    }

    /// The refusal for a date outside these years.
    pub(super) fn beyond(self, date: NaiveDate) -> BeyondCoverage {
        BeyondCoverage { date, coverage: self }
    }

    /// The refusal for a count that runs out of these years at their end.
    pub(super) fn beyond_end(self) -> BeyondCoverage {
        self.beyond(self.last_day.succ_opt().unwrap_or(self.last_day))
    }

    /// The refusal for a count that runs out of these years at their beginning.
    pub(super) fn beyond_beginning(self) -> BeyondCoverage {
        self.beyond(self.first_day.pred_opt().unwrap_or(self.first_day))
    }
}

/// A question about a day whose bank holidays are not known.
///
/// A guess would be a wrong legal date as soon as a bank holiday is proclaimed, so none is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "the bank holidays of {} are not known: the calendar covers {} to {}. \
     Load a newer calendar, or merge the government's current bank holiday feed into this one, and ask again",
    long_date(*.date), .coverage.first_year(), .coverage.last_year()
)]
pub struct BeyondCoverage {
    /// The day asked about, or the first day past the years covered that a count ran into.
    pub date: NaiveDate,
    /// The years that are known.
    pub coverage: Coverage,
}
