//! Working days, bank holidays and the counting of days.
//!
//! A complaint's deadlines are counted in working days: Monday to Friday, less the bank holidays of England
//! and Wales. Bank holidays are proclaimed rather than computed (two one-off days appeared within months in
//! 2022 and 2023), so they are dated data with a version, and a question about a year the data does not cover
//! is an error, not a guess.
//!
//! [`due_on`] gives a date, fast and without allocating; [`reckon`] gives the same date with its derivation,
//! for letters and for the history of a case. What "within ten working days of" means is the [`Convention`]
//! of the landlord's policy.
//!
//! ```
//! use redress_shared::calendar::{Calendar, Convention, Count, reckon, words};
//! let calendar = Calendar::england_and_wales()?;
//! let received = "2025-04-17".parse()?;
//! let response = reckon(&calendar, Convention::After, received, Count::working_days(10))?;
//! assert_eq!(words::weekday_date(response.due), "Tuesday 6 May 2025");
//! assert_eq!(
//!     response.to_string(),
//!     "10 working days after 17 April 2025 (Good Friday, Easter Monday and the early May bank holiday skipped)"
//! );
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod convention;
mod counting;
mod coverage;
mod days_off;
mod index;
mod load;
pub mod london;
mod merge;
mod reckoning;
pub mod words;

pub use convention::{Convention, Count, Unit};
pub use counting::{CalendarError, Ends, count_back, due_at, due_on, working_days_from_to};
pub use coverage::{BeyondCoverage, Coverage};
pub use days_off::{BackwardsClosure, BankHoliday, Closure, DayOff, DayOffKind};
pub use load::{LoadError, LoadErrors};
pub use merge::{Feed, MergeError, Merged};
pub use reckoning::{Reckoning, reckon};

use chrono::NaiveDate;
use index::Index;
use std::collections::BTreeMap;

const ENGLAND_AND_WALES: &str = include_str!("../../calendars/england-and-wales.json");

/// The working days of some years, under a version that every date computed from it is stamped with.
///
/// A calendar never changes: [`Calendar::merge`] and [`Calendar::with_closures`] give new ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    version: String,
    division: String,
    coverage: Coverage,
    bank_holidays: BTreeMap<NaiveDate, BankHoliday>,
    closures: Vec<Closure>,
    /// Weekdays that are not worked, in order: what a derivation has to name.
    days_off: Vec<DayOff>,
    index: Index,
}

impl Calendar {
    /// The bank holidays of England and Wales as published with this release.
    ///
    /// # Errors
    /// Only if the file built into the program is damaged, which the tests rule out. Load it once, at the
    /// start.
    pub fn england_and_wales() -> Result<Calendar, LoadErrors> {
        Calendar::from_json(ENGLAND_AND_WALES)
    }

    /// Puts checked parts together and computes what counting needs.
    fn assemble(
        version: String,
        division: String,
        coverage: Coverage,
        bank_holidays: BTreeMap<NaiveDate, BankHoliday>,
        closures: Vec<Closure>,
    ) -> Calendar {
        let days_off = days_off::weekdays_off(coverage, &bank_holidays, &closures);
        let index = Index::new(coverage, &days_off);
        Calendar { version, division, coverage, bank_holidays, closures, days_off, index }
    }

    /// This calendar with a landlord's own closures as days that are not worked.
    ///
    /// For the clock of the landlord's policy only: the Ombudsman's Code knows bank holidays and no closures.
    /// The part of a closure outside the years covered has no effect, because every count that reaches it is
    /// refused anyway. Closures are added to those the calendar already has.
    ///
    /// # Errors
    /// When a closure ends before it begins; all such closures are named.
    pub fn with_closures(&self, closures: &[Closure]) -> Result<Calendar, BackwardsClosure> {
        BackwardsClosure::check(closures)?;
        let closures = [self.closures.as_slice(), closures].concat();
        Ok(Calendar::assemble(
            self.version.clone(),
            self.division.clone(),
            self.coverage,
            self.bank_holidays.clone(),
            closures,
        ))
    }

    /// The name of this edition of the calendar, such as `england-and-wales 2026-11-22`.
    ///
    /// Closures do not change it: they are the policy's, which has a version of its own.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Whose bank holidays these are, as the government's feed names it, such as `england-and-wales`.
    pub fn division(&self) -> &str {
        &self.division
    }

    /// The years for which every bank holiday is known.
    pub fn coverage(&self) -> Coverage {
        self.coverage
    }

    /// Every bank holiday, in order of date.
    pub fn bank_holidays(&self) -> impl Iterator<Item = &BankHoliday> {
        self.bank_holidays.values()
    }

    /// Whether work is done on a date: Monday to Friday, not a bank holiday, not a closure.
    ///
    /// # Errors
    /// [`BeyondCoverage`] for a date in a year whose bank holidays are not known, weekends included.
    pub fn is_working_day(&self, date: NaiveDate) -> Result<bool, BeyondCoverage> {
        self.index.is_working(date)
    }

    /// The first working day from a date on: the date itself when it is one.
    ///
    /// # Errors
    /// [`BeyondCoverage`] when the date, or the day looked for, is in a year not covered.
    pub fn working_day_on_or_after(&self, date: NaiveDate) -> Result<NaiveDate, BeyondCoverage> {
        self.index.nth(self.index.working_before(date)?)
    }

    /// Why a weekday is not worked; nothing for a working day, and nothing for a Saturday or Sunday.
    pub fn day_off(&self, date: NaiveDate) -> Option<&DayOff> {
        let position = self.days_off.binary_search_by_key(&date, |day| day.date).ok()?;
        self.days_off.get(position)
    }

    /// The weekdays off from one date to another, both included.
    fn days_off_within(&self, first: NaiveDate, last: NaiveDate) -> &[DayOff] {
        let from = self.days_off.partition_point(|day| day.date < first);
        let to = self.days_off.partition_point(|day| day.date <= last);
        self.days_off.get(from..to).unwrap_or_default()
    }
}
