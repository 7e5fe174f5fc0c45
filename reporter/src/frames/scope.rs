//! What a report is about: its periods, its date, the choices made.

use chrono::{Months, NaiveDate};
use redress_shared::calendar::{Calendar, Ends, working_days_from_to};
use redress_shared::measure::{Choices, Period};

use super::Place;

/// The report's own period.
pub const NOW: &str = "now";
/// The period it is first compared with: the year or the quarter before.
pub const BEFORE: &str = "before";
/// For a quarter, the same quarter of the year before.
pub const YEAR_AGO: &str = "year-ago";

/// Not a period: what stands open or is still to be done on the report's date, of whatever period.
pub const TO_DATE: &str = "to-date";

/// Why a row of another period is in no figure.
pub const OUTSIDE: &str = "of a period outside the report";
/// Why a stage of a quarter before the report's periods is in the control charts and in no other figure.
pub const EARLIER: &str = "of an earlier quarter, in the control charts alone";

/// A named period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// [`NOW`], [`BEFORE`] or [`YEAR_AGO`]; of what several reports look at together, the name of a slot.
    pub key: &'static str,
    /// Its dates.
    pub period: Period,
}

/// The periods of the control charts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History {
    /// Those before the report's own, the oldest first: limits are drawn from them.
    pub before: Vec<Period>,
    /// The report's own: one, or the quarters of a year.
    pub own: Vec<Period>,
}

impl History {
    /// All of them, the oldest first.
    pub fn periods(&self) -> impl Iterator<Item = &Period> {
        self.before.iter().chain(&self.own)
    }
}

/// A period's name in data: its first day.
#[must_use]
pub fn history_key(period: &Period) -> String {
    period.first.to_string()
}

/// What a report is about.
#[derive(Debug, Clone)]
pub struct Scope {
    /// The periods, the report's own first. They do not overlap.
    pub windows: Vec<Window>,
    /// The periods of the control charts.
    pub history: History,
    /// Whether it is a report of a year, which goes by the homes of that year's end and no others.
    pub is_of_year: bool,
    /// The report's date: what is dated after it has not happened yet.
    pub as_of: NaiveDate,
    /// The readings chosen.
    pub choices: Choices,
    /// What working days are counted on. Bank holidays alone: how long somebody waited does not depend on an office's closures.
    pub calendar: Calendar,
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

    /// Whether the homes of the year that begins on this day can be in its figures: those of its own year, or in place of a year that is not
    /// over, the latest of the year before.
    #[must_use]
    pub fn goes_by_homes_of(&self, year_start: NaiveDate) -> bool {
        let first = self.period().first;
        if self.is_of_year {
            return year_start == first;
        }
        let two_years_ago = first.checked_sub_months(Months::new(24)).unwrap_or(first);
        year_start <= first && year_start > two_years_ago
    }

    /// How many working days lie between two dates, the day after the first being day 1. `None` where the calendar does not
    /// reach.
    #[must_use]
    pub fn working_days(&self, from: NaiveDate, to: NaiveDate) -> Option<u32> {
        working_days_from_to(&self.calendar, from, to, Ends::Last).ok()
    }

    /// How many days of a period had gone by on the report's date: all of them, where it is over.
    #[must_use]
    pub fn days_of(&self, period: &Period) -> u64 {
        let last = period.last.min(self.as_of);
        u64::try_from((last - period.first).num_days() + 1).unwrap_or(0)
    }

    /// Whether a period is over on the report's date: only then is it held against whole ones.
    #[must_use]
    pub fn is_over(&self, period: &Period) -> bool {
        period.last <= self.as_of
    }

    /// The date, unless it lies after the report.
    #[must_use]
    pub fn known(&self, date: Option<NaiveDate>) -> Option<NaiveDate> {
        date.filter(|date| *date <= self.as_of)
    }
}
