//! A due date with its derivation: what a letter explains, and what the history of a case keeps.

use super::counting::{CalendarError, Ends, due_on, working_days_from_to};
use super::days_off::{DayOff, is_weekend};
use super::words::{called, list, long_date, ordinal};
use super::{Calendar, Convention, Count, Unit};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A due date and how it was found. Its text is one plain phrase, such as
/// `10 working days after 17 April 2025 (Good Friday, Easter Monday and the early May bank holiday skipped)`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Reckoning {
    /// The date counted from.
    pub start: NaiveDate,
    /// How many of what.
    pub count: Count,
    /// Which day was the first.
    pub convention: Convention,
    /// The bank holidays and closures passed over, in order. The start is among them only where the
    /// convention would have counted from it. Empty for days and months, which pass nothing over.
    pub skipped: Vec<DayOff>,
    /// How many Saturdays and Sundays were passed over; 0 for days and months.
    pub weekend_days: u32,
    /// The version of the calendar used.
    pub calendar_version: String,
    /// The last day of the period.
    pub due: NaiveDate,
}

/// The date that [`due_on`] gives, with its derivation.
///
/// # Errors
/// As for [`due_on`].
pub fn reckon(
    calendar: &Calendar,
    convention: Convention,
    start: NaiveDate,
    count: Count,
) -> Result<Reckoning, CalendarError> {
    let due = due_on(calendar, convention, start, count)?;
    let (skipped, weekend_days) = match count.unit {
        Unit::WorkingDays => passed_over(calendar, convention, start, due)?,
        Unit::Days | Unit::Months | Unit::Hours => (Vec::new(), 0),
    };
    let calendar_version = calendar.version().to_owned();
    Ok(Reckoning { start, count, convention, skipped, weekend_days, calendar_version, due })
}

/// The days off and the number of weekend days among those looked at.
fn passed_over(
    calendar: &Calendar,
    convention: Convention,
    start: NaiveDate,
    due: NaiveDate,
) -> Result<(Vec<DayOff>, u32), CalendarError> {
    let first = match convention {
        Convention::After => start.succ_opt().unwrap_or(start),
        Convention::Inclusive | Convention::Rolled => start,
    };
    let skipped = calendar.days_off_within(first, due).to_vec();
    let days = u32::try_from((due - first).num_days() + 1).unwrap_or_default();
    let weekdays = working_days_from_to(calendar, first, due, Ends::Both)? as usize + skipped.len();
    let weekend_days = days.saturating_sub(u32::try_from(weekdays).unwrap_or(u32::MAX));
    Ok((skipped, weekend_days))
}

impl Reckoning {
    /// Whether a date was passed over, for dates from the first one looked at to the due date.
    fn passes_over(&self, date: NaiveDate) -> bool {
        is_weekend(date) || self.skipped.iter().any(|day| day.date == date)
    }

    /// The working day that a start under `Rolled` was moved to, or the start under `Inclusive` if it is one.
    fn first_working_day(&self) -> NaiveDate {
        self.start.iter_days().find(|date| !self.passes_over(*date)).unwrap_or(self.start)
    }

    /// The phrase without the days skipped.
    fn span(&self) -> String {
        let start = long_date(self.start);
        let first = self.first_working_day();
        match (self.count.unit, self.convention) {
            (Unit::WorkingDays, Convention::Inclusive) if first == self.start => {
                format!("the {} working day counting {start} as the first", ordinal(self.count.count))
            }
            (Unit::WorkingDays, Convention::Rolled) if first != self.start => {
                format!("{} after {}, the first working day after {start}", self.count, long_date(first))
            }
            _ => format!("{} after {start}", self.count),
        }
    }

    /// What the days skipped are called, each once: a closure of a week is one name.
    fn names_skipped(&self) -> Vec<String> {
        let mut names = Vec::new();
        for name in self.skipped.iter().map(|day| called(&day.title)) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }
}

impl fmt::Display for Reckoning {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.span())?;
        match self.names_skipped() {
            names if names.is_empty() => Ok(()),
            names => write!(out, " ({} skipped)", list(&names)),
        }
    }
}
