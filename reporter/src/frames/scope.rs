//! What a report is about: its periods, its date, the choices made.

use chrono::NaiveDate;
use redress_shared::measure::{Choices, Period};

use super::Place;

/// The report's own period.
pub const NOW: &str = "now";
/// The period it is first compared with: the year or the quarter before.
pub const BEFORE: &str = "before";
/// For a quarter, the same quarter of the year before.
pub const YEAR_AGO: &str = "year-ago";

/// Why a row of another period is in no figure.
pub const OUTSIDE: &str = "of a period outside the report";

/// A named period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// [`NOW`], [`BEFORE`] or [`YEAR_AGO`].
    pub key: &'static str,
    /// Its dates.
    pub period: Period,
}

/// What a report is about.
#[derive(Debug, Clone)]
pub struct Scope {
    /// The periods, the report's own first. They do not overlap.
    pub windows: Vec<Window>,
    /// The report's date: what is dated after it has not happened yet.
    pub as_of: NaiveDate,
    /// The readings chosen.
    pub choices: Choices,
}

impl Scope {
    /// The report's own period.
    #[must_use]
    pub fn period(&self) -> &Period {
        &self.windows[0].period
    }

    /// Where a row of this date belongs.
    #[must_use]
    pub fn place(&self, date: NaiveDate) -> Place {
        if date > self.as_of {
            return Place::Excluded("dated after the report");
        }
        let window = self.windows.iter().find(|window| window.period.contains(date));
        window.map_or(Place::Excluded(OUTSIDE), |window| Place::Counted(window.key))
    }

    /// The date, unless it lies after the report.
    #[must_use]
    pub fn known(&self, date: Option<NaiveDate>) -> Option<NaiveDate> {
        date.filter(|date| *date <= self.as_of)
    }
}
