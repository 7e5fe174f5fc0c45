//! From where a landlord's timers are looked at, and what there may be to tell from there.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, NaiveDate, Utc};
use redress_shared::calendar::{Calendar, CalendarError, Convention, Count, Ends};
use redress_shared::calendar::{due_on, london, working_days_from_to};

use super::STEP;
use crate::rulebook::Rulebook;
use crate::settings::DueSoon;
use crate::storage::overdue::today;
use crate::storage::timers::{self, Timer};
use crate::storage::{Connection, StorageError};

/// From where a landlord's timers are looked at.
#[derive(Debug, Clone)]
pub(super) struct Look {
    pub(super) now: DateTime<Utc>,
    today: NaiveDate,
    /// The days that the landlord's staff work: by the policy that holds today, closures left out.
    calendar: Calendar,
    /// Numbers of working days with the last day that is no more than so many away, the least first.
    horizons: BTreeMap<u32, NaiveDate>,
}

impl Look {
    pub(super) fn of(rulebook: &Rulebook, due_soon: &DueSoon, landlord: &str, now: DateTime<Utc>) -> Self {
        let today = today(now);
        let calendar = rulebook.on(landlord, today).map(|rules| rules.policy_calendar.clone());
        let calendar = calendar.unwrap_or_else(|_| rulebook.calendar().clone());
        let horizons = due_soon.all().into_iter().filter_map(|days| match horizon(&calendar, today, days) {
            Ok(until) => Some((days, until)),
            Err(error) => {
                tracing::debug!(landlord, days, %error, "what is due soon cannot be told");
                None
            }
        });
        Self { now, today, horizons: horizons.collect(), calendar }
    }

    /// What there may be to tell: what is over first, then what is nearest. What is ahead waits until all that is over has been told.
    pub(super) fn waiting(
        &self,
        connection: &mut Connection,
        landlord: &str,
    ) -> Result<Vec<Timer>, StorageError> {
        let limit = i64::try_from(STEP).unwrap_or(i64::MAX);
        let mut found = timers::over(connection, landlord, (self.now.naive_utc(), self.today), limit)?;
        found.extend(timers::closed(connection, landlord, self.today, limit)?);
        for (days, until) in &self.horizons {
            if found.len() >= STEP {
                break;
            }
            let nearer = (*until, i32::try_from(*days).unwrap_or(i32::MAX));
            found.extend(timers::ahead(connection, landlord, nearer, limit)?);
        }
        // The same may have been found by several numbers of days. Cases are taken hold of in the order of their ids.
        found.sort_by(|one, other| place(one).cmp(&place(other)));
        found.dedup_by(|one, other| place(one) == place(other));
        Ok(found)
    }

    /// How many working days are left of those until then, after today; none where the calendar does not know.
    pub(super) fn left(&self, date: NaiveDate) -> Option<u32> {
        working_days_from_to(&self.calendar, self.today, date, Ends::Last).ok()
    }

    /// The moment from which no more than so many working days were left until a date: the beginning of a day in London.
    pub(super) fn since(&self, date: NaiveDate, days: u32) -> DateTime<Utc> {
        let within = |day: NaiveDate| {
            let left = working_days_from_to(&self.calendar, day, date, Ends::Last).ok();
            left.is_some_and(|left| left <= days)
        };
        let mut day = self.today;
        while let Some(before) = day.pred_opt().filter(|before| within(*before)) {
            day = before;
        }
        london::start_of_day(day)
    }
}

fn place(timer: &Timer) -> (&str, &str, &str) {
    (&timer.case_id, &timer.clock, &timer.name)
}

/// The last day until which no more than so many working days are left after today.
fn horizon(calendar: &Calendar, today: NaiveDate, days: u32) -> Result<NaiveDate, CalendarError> {
    let next = due_on(calendar, Convention::After, today, Count::working_days(days.saturating_add(1)))?;
    next.checked_sub_days(Days::new(1)).ok_or(CalendarError::NotADate)
}
