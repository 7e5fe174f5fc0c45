//! Office time: working days and hours in London.

use anyhow::{Context as _, anyhow};
use chrono::{DateTime, Days, NaiveDate, TimeDelta, TimeZone as _, Utc};
use chrono_tz::Europe::London;
use redress_shared::calendar::Calendar;

/// The calendar that staff look at.
#[derive(Debug, Clone)]
pub struct Office(Calendar);

impl Office {
    /// England's.
    ///
    /// # Errors
    /// When the built-in calendar is damaged.
    pub fn open() -> anyhow::Result<Self> {
        Ok(Self(Calendar::england_and_wales().map_err(|errors| anyhow!("{errors}"))?))
    }

    /// The first working day on or after a day.
    ///
    /// # Errors
    /// When it lies past the calendar.
    pub fn on_or_after(&self, day: NaiveDate) -> anyhow::Result<NaiveDate> {
        Ok(self.0.working_day_on_or_after(day)?)
    }

    /// So many working days after a day.
    ///
    /// # Errors
    /// When it lies past the calendar.
    pub fn after(&self, day: NaiveDate, working_days: u64) -> anyhow::Result<NaiveDate> {
        (0..working_days).try_fold(day, |day, _| self.on_or_after(after(day, 1)?))
    }

    /// How many working days lie after one day, up to and with another.
    ///
    /// # Errors
    /// When they lie past the calendar.
    pub fn days_to(&self, from: NaiveDate, to: NaiveDate) -> anyhow::Result<u64> {
        let mut count = 0;
        for day in from.iter_days().skip(1).take_while(|day| *day <= to) {
            count += u64::from(self.0.is_working_day(day)?);
        }
        Ok(count)
    }
}

/// So many calendar days later.
///
/// # Errors
/// When there is no such day.
pub fn after(day: NaiveDate, days: u64) -> anyhow::Result<NaiveDate> {
    day.checked_add_days(Days::new(days)).with_context(|| format!("there is no day {days} days after {day}"))
}

/// So many calendar days earlier.
///
/// # Errors
/// When there is no such day.
pub fn before(day: NaiveDate, days: u64) -> anyhow::Result<NaiveDate> {
    day.checked_sub_days(Days::new(days)).with_context(|| format!("there is no day {days} days before {day}"))
}

/// The London time so many minutes after midnight.
///
/// # Errors
/// When the clocks skip it.
pub fn at(day: NaiveDate, minute: u64) -> anyhow::Result<DateTime<Utc>> {
    let minutes = u32::try_from(minute)?;
    let local = day.and_hms_opt(minutes / 60, minutes % 60, 0).context("a day has 1,440 minutes")?;
    let found = London.from_local_datetime(&local).earliest();
    Ok(found.with_context(|| format!("{local} does not exist"))?.with_timezone(&Utc))
}

/// So many minutes later.
#[must_use]
pub fn minutes_after(instant: DateTime<Utc>, minutes: u64) -> DateTime<Utc> {
    instant + TimeDelta::minutes(i64::try_from(minutes).unwrap_or_default())
}
