//! Ranges of dates that figures are about.

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::year::{Quarter, ReportingYear};
use crate::calendar::words::long_date;

/// Why a period cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PeriodError {
    /// Not a day of the calendar.
    #[error("{0} is not a date of the calendar")]
    NoSuchDate(String),
    /// The range runs backwards.
    #[error("the period would end on {last}, before it starts on {first}")]
    Backwards {
        /// The first day asked for.
        first: NaiveDate,
        /// The last day asked for.
        last: NaiveDate,
    },
    /// Written in a form that is not understood.
    #[error("\"{0}\" is not a period: write a year as 2025-26, a quarter as 2025-Q3")]
    Unreadable(String),
}

/// A named range of dates, both ends included.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Period {
    /// What a reader calls it: "2025-26", "2025-26 Q3", "April 2025".
    pub label: String,
    /// The first day.
    pub first: NaiveDate,
    /// The last day.
    pub last: NaiveDate,
}

impl Period {
    /// Any range, named by its months where it is of whole ones, or else by its first and last day.
    ///
    /// # Errors
    /// [`PeriodError::Backwards`] when `last` is before `first`.
    pub fn range(first: NaiveDate, last: NaiveDate) -> Result<Self, PeriodError> {
        if last < first {
            return Err(PeriodError::Backwards { first, last });
        }
        Ok(Self { label: named(first, last), first, last })
    }

    /// Whether the day is in it.
    #[must_use]
    pub fn contains(&self, day: NaiveDate) -> bool {
        (self.first..=self.last).contains(&day)
    }

    /// The calendar months it touches, in order, each cut to the period.
    #[must_use]
    pub fn months(&self) -> Vec<Self> {
        let mut months = Vec::new();
        let mut first = self.first;
        while first <= self.last {
            let next = first.with_day(1).and_then(|day| day.checked_add_months(Months::new(1)));
            let last = next.and_then(|day| day.pred_opt()).unwrap_or(self.last).min(self.last);
            months.push(Self { label: first.format("%B %Y").to_string(), first, last });
            let Some(following) = next else { break };
            first = following;
        }
        months
    }

    /// Whether it begins on a first of a month and ends on a last.
    #[must_use]
    pub fn is_of_whole_months(&self) -> bool {
        self.first.day() == 1 && self.last.succ_opt().is_some_and(|next| next.day() == 1)
    }

    /// Whether it is longer than six months.
    #[must_use]
    pub fn is_long(&self) -> bool {
        self.first.checked_add_months(Months::new(6)).is_some_and(|half| self.last >= half)
    }

    /// The period of the same length that lies so many lengths before: whole months for what is whole months, days for all
    /// else.
    ///
    /// # Errors
    /// [`PeriodError::NoSuchDate`] when it lies outside the calendar.
    pub fn earlier(&self, lengths: usize) -> Result<Self, PeriodError> {
        let missing = || PeriodError::NoSuchDate(format!("{lengths} times as long before {}", self.first));
        let lengths = u32::try_from(lengths).map_err(|_| missing())?;
        let next = self.last.succ_opt().ok_or_else(missing)?;
        let whole_months = u32::try_from(self.months().len()).ok().filter(|_| self.is_of_whole_months());
        let days = u64::try_from((next - self.first).num_days()).map_err(|_| missing())?;
        let back = |day: NaiveDate| match whole_months {
            Some(months) => day.checked_sub_months(Months::new(months * lengths)),
            None => day.checked_sub_days(Days::new(days * u64::from(lengths))),
        };
        let (first, next) = back(self.first).zip(back(next)).ok_or_else(missing)?;
        Self::range(first, next.pred_opt().ok_or_else(missing)?)
    }

    /// The same dates a year before. A range that ends at a month's end still does (28 or 29 February).
    #[must_use]
    pub fn year_before(&self) -> Option<Self> {
        let first = self.first.checked_sub_months(Months::new(12))?;
        let last = self.last.succ_opt()?.checked_sub_months(Months::new(12))?.pred_opt()?;
        let label = match (Quarter::parse(&self.label), ReportingYear::parse(&self.label)) {
            (Ok(quarter), _) => Quarter { year: quarter.year - 1, ..quarter }.label(),
            (_, Ok(year)) => year.year_before().label(),
            _ => named(first, last),
        };
        Some(Self { label, first, last })
    }
}

/// `May 2025`, `April 2025 to March 2026` or `3 April 2025 to 9 May 2025`.
fn named(first: NaiveDate, last: NaiveDate) -> String {
    let month = |day: NaiveDate| day.format("%B %Y").to_string();
    let is_of_whole_months = first.day() == 1 && last.succ_opt().is_some_and(|next| next.day() == 1);
    match (is_of_whole_months, month(first), month(last)) {
        (true, first, last) if first == last => first,
        (true, first, last) => format!("{first} to {last}"),
        (false, ..) => format!("{} to {}", long_date(first), long_date(last)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dates(period: &Period) -> (String, String) {
        (period.first.to_string(), period.last.to_string())
    }

    #[test]
    fn a_range_is_named_by_its_months_where_it_is_of_whole_ones() {
        let named = |first: &str, last: &str| {
            Period::range(first.parse().unwrap(), last.parse().unwrap()).unwrap().label
        };
        assert_eq!(named("2025-09-01", "2025-09-30"), "September 2025");
        assert_eq!(named("2025-04-01", "2026-03-31"), "April 2025 to March 2026");
        assert_eq!(named("2025-04-03", "2025-05-09"), "3 April 2025 to 9 May 2025");
        assert_eq!(named("2025-04-01", "2025-04-01"), "1 April 2025 to 1 April 2025");
    }

    #[test]
    fn the_year_before_a_leap_february_ends_on_the_28th() {
        let leap = Period::range("2024-02-01".parse().unwrap(), "2024-02-29".parse().unwrap()).unwrap();
        assert_eq!(dates(&leap.year_before().unwrap()), ("2023-02-01".to_owned(), "2023-02-28".to_owned()));
        let year = ReportingYear::regulatory(2025).period().unwrap();
        assert_eq!(year.year_before().unwrap(), ReportingYear::regulatory(2024).period().unwrap());
    }
}
