//! Reading and writing calendars. Everything wrong with a file is reported at once, so that it is put right
//! in one go.

use super::coverage::Coverage;
use super::days_off::{BankHoliday, is_weekend};
use super::words::weekday_date;
use super::{Calendar, words};
use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// England and Wales have had at least this many bank holidays in every year since 1978, and a substitute day
/// always falls in the same year: a year with fewer is incomplete, and counting through it would be wrong
/// without a word.
pub(super) const FEWEST_A_YEAR: usize = 8;

/// The division whose years [`FEWEST_A_YEAR`] is checked for when a calendar is loaded.
const ENGLAND_AND_WALES: &str = "england-and-wales";

/// One thing wrong with a calendar's text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LoadError {
    /// The text is not JSON, or not of the expected shape.
    #[error("not a readable calendar: {0}")]
    NotReadable(String),
    /// The calendar has no version to stamp dates with.
    #[error("the version is empty: name this edition of the calendar")]
    NoVersion,
    /// The years covered are out of order, or too many.
    #[error("coverage from {first_year} to {last_year} is not a run of years")]
    NoCoverage {
        /// The first year claimed.
        first_year: i32,
        /// The last year claimed.
        last_year: i32,
    },
    /// A date that is none, or is not written as year-month-day.
    #[error("{title}: {text:?} is not a date of the form 2025-12-25")]
    BadDate {
        /// The date as written.
        text: String,
        /// The bank holiday's title.
        title: String,
    },
    /// A bank holiday without a title.
    #[error("{}: the bank holiday has no title", words::long_date(*.0))]
    NoTitle(
        /// The bank holiday's date.
        NaiveDate,
    ),
    /// The same date twice.
    #[error("{} is listed twice: {first} and {second}", words::long_date(*.date))]
    Duplicate {
        /// The date.
        date: NaiveDate,
        /// The title met first.
        first: String,
        /// The title met again.
        second: String,
    },
    /// A Saturday or Sunday, where the substitute weekday is meant.
    #[error("{title} on {}: list the substitute weekday instead", weekday_date(*.date))]
    Weekend {
        /// The date.
        date: NaiveDate,
        /// The bank holiday's title.
        title: String,
    },
    /// A bank holiday in a year the calendar does not claim to cover.
    #[error("{title} on {} is outside the years covered", words::long_date(*.date))]
    OutsideCoverage {
        /// The date.
        date: NaiveDate,
        /// The bank holiday's title.
        title: String,
    },
    /// A covered year of England and Wales with fewer bank holidays than any year has.
    #[error(
        "{year} lists {listed} bank holidays; England and Wales have at least {FEWEST_A_YEAR} every year"
    )]
    IncompleteYear {
        /// The year.
        year: i32,
        /// How many are listed.
        listed: usize,
    },
    /// The government's feed has nothing for the division asked for.
    #[error("the feed has no division {wanted:?}; it has {}", words::list(.found))]
    NoDivision {
        /// The division asked for.
        wanted: String,
        /// Those the feed has.
        found: Vec<String>,
    },
}

/// Everything wrong with a calendar's text, a line each.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
pub struct LoadErrors(
    /// Never empty.
    pub Vec<LoadError>,
);

/// A calendar as its file has it.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct CalendarFile {
    version: String,
    division: String,
    first_year: i32,
    last_year: i32,
    bank_holidays: Vec<ListedDay>,
}

/// A bank holiday as both our files and the government's feed list it.
#[derive(Serialize, Deserialize)]
pub(super) struct ListedDay {
    date: String,
    title: String,
    #[serde(default)]
    notes: String,
}

impl Calendar {
    /// Reads a calendar from JSON: `version`, `division`, `first_year`, `last_year` and `bank_holidays`, each
    /// of these with `date`, `title` and perhaps `notes`, in any order.
    ///
    /// # Errors
    /// [`LoadErrors`] with everything that is wrong, not only the first thing.
    pub fn from_json(text: &str) -> Result<Calendar, LoadErrors> {
        let file: CalendarFile = read(text)?;
        let mut errors = Vec::new();
        if file.version.trim().is_empty() {
            errors.push(LoadError::NoVersion);
        }
        let bank_holidays = check_days(file.bank_holidays, &mut errors);
        let coverage = Coverage::new(file.first_year, file.last_year);
        match coverage {
            Some(coverage) => check_coverage(&file.division, coverage, &bank_holidays, &mut errors),
            None => {
                errors.push(LoadError::NoCoverage { first_year: file.first_year, last_year: file.last_year })
            }
        }
        match coverage {
            Some(coverage) if errors.is_empty() => {
                Ok(Calendar::assemble(file.version, file.division, coverage, bank_holidays, Vec::new()))
            }
            _ => Err(LoadErrors(errors)),
        }
    }

    /// The calendar as [`Calendar::from_json`] reads it, for keeping a merged one. Closures are the policy's
    /// and stay out.
    ///
    /// # Errors
    /// None in practice: text and numbers always have a JSON form.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        let listed = |holiday: &BankHoliday| ListedDay {
            date: holiday.date.to_string(),
            title: holiday.title.clone(),
            notes: holiday.notes.clone(),
        };
        serde_json::to_string_pretty(&CalendarFile {
            version: self.version.clone(),
            division: self.division.clone(),
            first_year: self.coverage.first_year(),
            last_year: self.coverage.last_year(),
            bank_holidays: self.bank_holidays.values().map(listed).collect(),
        })
    }
}

/// Reads JSON into a shape, putting a failure in our terms.
pub(super) fn read<'text, T: Deserialize<'text>>(text: &'text str) -> Result<T, LoadErrors> {
    serde_json::from_str(text).map_err(|error| LoadErrors(vec![LoadError::NotReadable(error.to_string())]))
}

/// The days that are sound, by date; the faults of the others go to `errors`.
pub(super) fn check_days(
    listed: Vec<ListedDay>,
    errors: &mut Vec<LoadError>,
) -> BTreeMap<NaiveDate, BankHoliday> {
    let mut days: BTreeMap<NaiveDate, BankHoliday> = BTreeMap::new();
    for ListedDay { date: text, title, notes } in listed {
        // The parser forgives 2025-5-6; a slip of that kind may hide a worse one.
        let Some(date) = text.parse::<NaiveDate>().ok().filter(|date| date.to_string() == text) else {
            errors.push(LoadError::BadDate { text, title });
            continue;
        };
        if title.trim().is_empty() {
            errors.push(LoadError::NoTitle(date));
        }
        if is_weekend(date) {
            errors.push(LoadError::Weekend { date, title: title.clone() });
        }
        match days.get(&date) {
            Some(first) => {
                errors.push(LoadError::Duplicate { date, first: first.title.clone(), second: title });
            }
            None => {
                days.insert(date, BankHoliday { date, title, notes });
            }
        }
    }
    days
}

/// How many bank holidays each year has.
pub(super) fn by_year(days: &BTreeMap<NaiveDate, BankHoliday>) -> BTreeMap<i32, usize> {
    let mut years = BTreeMap::new();
    for date in days.keys() {
        *years.entry(date.year()).or_insert(0) += 1;
    }
    years
}

fn check_coverage(
    division: &str,
    coverage: Coverage,
    days: &BTreeMap<NaiveDate, BankHoliday>,
    errors: &mut Vec<LoadError>,
) {
    let outside = days.values().filter(|day| !coverage.contains(day.date));
    errors.extend(outside.map(|day| LoadError::OutsideCoverage { date: day.date, title: day.title.clone() }));
    if division == ENGLAND_AND_WALES {
        let years = by_year(days);
        let listed = |year| (year, years.get(&year).copied().unwrap_or_default());
        let counts = (coverage.first_year()..=coverage.last_year()).map(listed);
        errors.extend(
            counts
                .filter(|(_, listed)| *listed < FEWEST_A_YEAR)
                .map(|(year, listed)| LoadError::IncompleteYear { year, listed }),
        );
    }
}
