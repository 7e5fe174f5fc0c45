//! Positions of working days, so that adding any number of them is two array look-ups.

use super::coverage::{BeyondCoverage, Coverage};
use super::days_off::{DayOff, is_weekend};
use chrono::NaiveDate;

/// The working days of the years covered, by position, and for each day how many come before it.
///
/// Invariant: `before` has one entry more than there are days; entry `i` is the number of working days among
/// the first `i` days, so entry `i` is also the position of the first working day from day `i` on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Index {
    coverage: Coverage,
    working: Vec<NaiveDate>,
    before: Vec<u32>,
}

impl Index {
    /// `days_off` in order of date.
    pub(super) fn new(coverage: Coverage, days_off: &[DayOff]) -> Index {
        let (mut working, mut before) = (Vec::new(), vec![0]);
        let mut count = 0;
        for date in coverage.first_day().iter_days().take_while(|date| *date <= coverage.last_day()) {
            if !is_weekend(date) && days_off.binary_search_by_key(&date, |day| day.date).is_err() {
                working.push(date);
                count += 1;
            }
            before.push(count);
        }
        Index { coverage, working, before }
    }

    /// How many working days covered come before a date, not counting the date.
    pub(super) fn working_before(&self, date: NaiveDate) -> Result<usize, BeyondCoverage> {
        self.before_day(date, 0)
    }

    /// How many working days covered there are up to a date, counting the date.
    pub(super) fn working_through(&self, date: NaiveDate) -> Result<usize, BeyondCoverage> {
        self.before_day(date, 1)
    }

    pub(super) fn is_working(&self, date: NaiveDate) -> Result<bool, BeyondCoverage> {
        Ok(self.working_through(date)? > self.working_before(date)?)
    }

    /// The working day at a position, from 0.
    pub(super) fn nth(&self, position: usize) -> Result<NaiveDate, BeyondCoverage> {
        self.working.get(position).copied().ok_or_else(|| self.coverage.beyond_end())
    }

    fn before_day(&self, date: NaiveDate, more: usize) -> Result<usize, BeyondCoverage> {
        if !self.coverage.contains(date) {
            return Err(self.coverage.beyond(date));
        }
        let days = usize::try_from((date - self.coverage.first_day()).num_days()).ok();
        let count = days.and_then(|days| self.before.get(days + more));
        count.map(|count| *count as usize).ok_or_else(|| self.coverage.beyond(date))
    }
}
