//! Counting forward, back and between. Nothing here allocates: a batch counts millions of deadlines.

use super::coverage::BeyondCoverage;
use super::{Calendar, Convention, Count, Unit};
use chrono::{DateTime, Days, Months, NaiveDate, TimeDelta, Utc};

/// Why a count gave no result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// The count starts in, or runs into, a year whose bank holidays are not known.
    #[error(transparent)]
    BeyondCoverage(#[from] BeyondCoverage),
    /// Hours were to be counted from a date.
    #[error("a limit of hours runs from an instant, not from a date: use the time at which the matter arose")]
    HoursNeedAnInstant,
    /// No working day is the "0th".
    #[error("0 working days from a date is no working day: count 1 or more")]
    ZeroWorkingDays,
    /// The result lies beyond the dates the program can hold.
    #[error("the count is too large: its result is not a date")]
    NotADate,
}

/// The last day of a period that starts on a date: the day by which the thing is due.
///
/// The convention says where working days begin to count and changes nothing for days and months. Days and
/// months do not look at the calendar, so they may run past the years it covers, and they may end on a day
/// that is not worked.
///
/// ```
/// use redress_shared::calendar::{Calendar, Convention, Count, due_on};
/// let calendar = Calendar::england_and_wales()?;
/// let saturday = "2020-01-04".parse()?;
/// let due = |convention| due_on(&calendar, convention, saturday, Count::working_days(20));
/// assert_eq!(due(Convention::After)?, "2020-01-31".parse()?);
/// assert_eq!(due(Convention::Inclusive)?, "2020-01-31".parse()?);
/// assert_eq!(due(Convention::Rolled)?, "2020-02-03".parse()?);
/// // A month from 31 January ends with February.
/// let january = "2025-01-31".parse()?;
/// assert_eq!(due_on(&calendar, Convention::After, january, Count::months(1))?, "2025-02-28".parse()?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`CalendarError`]: years not covered, hours (see [`due_at`]), 0 working days, or a result that is no date.
pub fn due_on(
    calendar: &Calendar,
    convention: Convention,
    start: NaiveDate,
    count: Count,
) -> Result<NaiveDate, CalendarError> {
    match count.unit {
        Unit::WorkingDays => nth_working_day(calendar, convention, start, count.count),
        Unit::Days => start.checked_add_days(Days::new(count.count.into())).ok_or(CalendarError::NotADate),
        Unit::Months => start.checked_add_months(Months::new(count.count)).ok_or(CalendarError::NotADate),
        Unit::Hours => Err(CalendarError::HoursNeedAnInstant),
    }
}

fn nth_working_day(
    calendar: &Calendar,
    convention: Convention,
    start: NaiveDate,
    count: u32,
) -> Result<NaiveDate, CalendarError> {
    let index = &calendar.index;
    let beyond_first = count.checked_sub(1).ok_or(CalendarError::ZeroWorkingDays)? as usize;
    let first = match convention {
        Convention::After => index.working_through(start)?,
        Convention::Inclusive => index.working_before(start)?,
        Convention::Rolled => index.working_before(start)? + 1,
    };
    Ok(index.nth(first.saturating_add(beyond_first))?)
}

/// The instant a limit of hours ends: so many hours later on the clock, through nights, weekends and bank
/// holidays.
///
/// An hour is sixty minutes: 24 hours from noon before the clocks go forward end at 1 in the afternoon.
///
/// # Errors
/// [`CalendarError::NotADate`] when the result cannot be held.
pub fn due_at(start: DateTime<Utc>, hours: u32) -> Result<DateTime<Utc>, CalendarError> {
    start.checked_add_signed(TimeDelta::hours(hours.into())).ok_or(CalendarError::NotADate)
}

/// The working day from which so many working days end on a date: the reverse of [`due_on`].
///
/// From a date that [`due_on`] gave, this is the start itself when the start was a working day. Another start
/// comes back as the working day that counts to the same date: the one before it under `After`, the one after
/// it otherwise.
///
/// # Errors
/// [`CalendarError`]: years not covered, or 0 working days.
pub fn count_back(
    calendar: &Calendar,
    convention: Convention,
    due: NaiveDate,
    working_days: u32,
) -> Result<NaiveDate, CalendarError> {
    if working_days == 0 {
        return Err(CalendarError::ZeroWorkingDays);
    }
    let end = match convention {
        Convention::After | Convention::Rolled => calendar.index.working_before(due)?,
        Convention::Inclusive => calendar.index.working_through(due)?,
    };
    let position = end.checked_sub(working_days as usize);
    Ok(calendar.index.nth(position.ok_or_else(|| calendar.coverage().beyond_beginning())?)?)
}

/// Which ends of a span are counted, where they are working days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ends {
    /// The first day and the last: how long something took when the day it came in counts.
    Both,
    /// The first day but not the last.
    First,
    /// The last day but not the first: how long something took when the day after is day 1, and by how much
    /// it was late.
    Last,
}

/// How many working days there are from one date to another; 0 when the second comes before the first.
///
/// # Errors
/// [`BeyondCoverage`] when either date is in a year not covered.
pub fn working_days_from_to(
    calendar: &Calendar,
    from: NaiveDate,
    to: NaiveDate,
    ends: Ends,
) -> Result<u32, BeyondCoverage> {
    let index = &calendar.index;
    let start = if ends == Ends::Last { index.working_through(from)? } else { index.working_before(from)? };
    let end = if ends == Ends::First { index.working_before(to)? } else { index.working_through(to)? };
    // At most 200 years of days: the number always fits.
    Ok(u32::try_from(end.saturating_sub(start)).unwrap_or(u32::MAX))
}
