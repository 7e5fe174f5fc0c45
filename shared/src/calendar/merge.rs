//! Bringing newer bank holidays into a calendar without ever losing one.
//!
//! The government's feed is a rolling window: old years drop out of it, and one-off days appear in it months
//! before they fall. Past dates must stay explainable, so the union of old and new is kept.

use super::coverage::Coverage;
use super::days_off::BankHoliday;
use super::load::{FEWEST_A_YEAR, ListedDay, LoadError, LoadErrors, by_year, check_days, read};
use super::{Calendar, words};
use chrono::{Datelike, NaiveDate};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// Bank holidays from elsewhere, to be merged into a calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    division: String,
    days: BTreeMap<NaiveDate, BankHoliday>,
    complete_years: BTreeSet<i32>,
}

#[derive(Deserialize)]
struct FeedDivision {
    events: Vec<ListedDay>,
}

impl Feed {
    /// Reads one division of the government's `bank-holidays.json`.
    ///
    /// A year of the feed counts as complete when it lists at least eight days, as every year of England and
    /// Wales does.
    ///
    /// # Errors
    /// [`LoadErrors`] with everything wrong in that division, or when the feed does not have it.
    pub fn from_government(text: &str, division: &str) -> Result<Feed, LoadErrors> {
        let mut divisions: BTreeMap<String, FeedDivision> = read(text)?;
        let Some(FeedDivision { events }) = divisions.remove(division) else {
            let found = divisions.into_keys().collect();
            return Err(LoadErrors(vec![LoadError::NoDivision { wanted: division.to_owned(), found }]));
        };
        let mut errors = Vec::new();
        let days = check_days(events, &mut errors);
        if !errors.is_empty() {
            return Err(LoadErrors(errors));
        }
        let complete = by_year(&days).into_iter().filter(|(_, listed)| *listed >= FEWEST_A_YEAR);
        let complete_years = complete.map(|(year, _)| year).collect();
        Ok(Feed { division: division.to_owned(), days, complete_years })
    }
}

/// A newer calendar, such as that of a new release, can be merged into one kept from before.
impl From<&Calendar> for Feed {
    fn from(calendar: &Calendar) -> Feed {
        Feed {
            division: calendar.division.clone(),
            days: calendar.bank_holidays.clone(),
            complete_years: (calendar.coverage.first_year()..=calendar.coverage.last_year()).collect(),
        }
    }
}

/// A calendar after a merge, and what the merge did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// The union. It has the new version when anything changed, and the old one when nothing did.
    pub calendar: Calendar,
    /// Bank holidays that are new: open cases that count through them have to be computed again.
    pub added: Vec<BankHoliday>,
    /// Bank holidays whose title or notes are now the newer ones.
    pub retitled: Vec<BankHoliday>,
    /// Bank holidays kept although the feed covers their year and does not list them. Either the feed is at
    /// fault or a day was moved, as 30 May 2022 was to 2 June: somebody has to decide, and correct the
    /// calendar by hand if it was moved.
    pub kept_unlisted: Vec<BankHoliday>,
    /// Bank holidays of years that stay uncovered, because the feed does not list the year, or one before it,
    /// in full.
    pub left_out: Vec<BankHoliday>,
}

impl Merged {
    /// Whether counting with the merged calendar can give another result than before.
    pub fn changed_from(&self, before: &Calendar) -> bool {
        !self.added.is_empty() || !self.retitled.is_empty() || self.calendar.coverage != before.coverage
    }
}

/// Why a merge was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MergeError {
    /// The bank holidays are another division's.
    #[error("the bank holidays of {theirs} do not belong in a calendar of {ours}")]
    OtherDivision {
        /// The calendar's division.
        ours: String,
        /// The feed's division.
        theirs: String,
    },
    /// Dates are stamped with a version, so two calendars that differ must not share one.
    #[error(
        "the merge brings {}, so the version must not be {version:?}: name a new one",
        words::list(.changes)
    )]
    SameVersion {
        /// The version both would have.
        version: String,
        /// The bank holidays added or retitled, or the years.
        changes: Vec<String>,
    },
}

impl Calendar {
    /// The union of this calendar and newer bank holidays, under a new version.
    ///
    /// It never shrinks: no bank holiday and no year is lost. Coverage grows by the years the feed has in
    /// full and that adjoin those covered. Closures stay. Where both list a date, the newer title holds.
    ///
    /// # Errors
    /// [`MergeError`] when the division is another, or when something changes and the version does not.
    pub fn merge(&self, feed: &Feed, version: &str) -> Result<Merged, MergeError> {
        if feed.division != self.division {
            let (ours, theirs) = (self.division.clone(), feed.division.clone());
            return Err(MergeError::OtherDivision { ours, theirs });
        }
        let coverage = self.coverage_with(feed);
        let (covered, left_out): (Vec<_>, Vec<_>) =
            feed.days.values().cloned().partition(|day| coverage.contains(day.date));
        let (known, added): (Vec<_>, Vec<_>) =
            covered.into_iter().partition(|day| self.bank_holidays.contains_key(&day.date));
        let differs = |day: &BankHoliday| self.bank_holidays.get(&day.date) != Some(day);
        let retitled: Vec<BankHoliday> = known.into_iter().filter(differs).collect();
        let changes = [added.as_slice(), retitled.as_slice()].concat();
        let mut merged = Merged {
            calendar: self.clone(),
            added,
            retitled,
            kept_unlisted: self.not_listed_in(feed),
            left_out,
        };
        if merged.calendar.coverage != coverage || !changes.is_empty() {
            self.check_new_version(version, coverage, &changes)?;
            merged.calendar = self.grown(version, coverage, changes);
        }
        Ok(merged)
    }

    /// The coverage grown, at both ends, by the feed's complete years that adjoin it.
    fn coverage_with(&self, feed: &Feed) -> Coverage {
        let complete = |year: &i32| feed.complete_years.contains(year);
        let (first, last) = (self.coverage.first_year(), self.coverage.last_year());
        let last = (last + 1..).take_while(complete).last().unwrap_or(last);
        let first = (1..).map(|back| first - back).take_while(complete).last().unwrap_or(first);
        Coverage::new(first, last).unwrap_or(self.coverage)
    }

    fn not_listed_in(&self, feed: &Feed) -> Vec<BankHoliday> {
        let unlisted = |day: &&BankHoliday| {
            feed.complete_years.contains(&day.date.year()) && !feed.days.contains_key(&day.date)
        };
        self.bank_holidays.values().filter(unlisted).cloned().collect()
    }

    fn check_new_version(
        &self,
        version: &str,
        coverage: Coverage,
        changes: &[BankHoliday],
    ) -> Result<(), MergeError> {
        if version != self.version && !version.trim().is_empty() {
            return Ok(());
        }
        let describe = |day: &BankHoliday| format!("{} on {}", day.title, words::long_date(day.date));
        let mut changes: Vec<String> = changes.iter().map(describe).collect();
        if changes.is_empty() {
            changes.push(format!("the years {} to {}", coverage.first_year(), coverage.last_year()));
        }
        Err(MergeError::SameVersion { version: version.to_owned(), changes })
    }

    fn grown(&self, version: &str, coverage: Coverage, changes: Vec<BankHoliday>) -> Calendar {
        let mut bank_holidays = self.bank_holidays.clone();
        bank_holidays.extend(changes.into_iter().map(|day| (day.date, day)));
        let closures = self.closures.clone();
        Calendar::assemble(version.to_owned(), self.division.clone(), coverage, bank_holidays, closures)
    }
}
