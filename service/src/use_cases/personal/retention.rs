//! What has been kept for as long as such things are kept. How long that is, the landlord's policy may say; where it does not, the
//! setting does.

use chrono::{DateTime, Months, NaiveDate, Utc};
use redress_shared::calendar::london;
use redress_shared::case::{Case, CaseId, Logged};
use redress_shared::policy::Library;

use super::erase::{Erased, NotErased, Order, Target, erase};
use crate::storage::personal::erasures::{ErasureReason, Whose};
use crate::storage::personal::holds::{self, HoldReason};
use crate::storage::personal::people;
use crate::storage::{Connection, StorageError, events};

/// Who erases, where the service does it by itself.
pub const BY_ITSELF: &str = "retention";

/// A case that has been kept for long enough.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// The case.
    pub case: CaseId,
    /// The day on which it ended.
    pub ended_on: NaiveDate,
    /// The first day on which nothing of it needs to be kept.
    pub erase_from: NaiveDate,
    /// Why it is kept all the same.
    pub hold: Option<HoldReason>,
    /// How many records and how many documents would go.
    pub going: (usize, usize),
}

/// What was found of a landlord's cases, as far as was looked.
#[derive(Debug, Default)]
pub struct Page {
    /// The cases that have been kept for long enough.
    pub due: Vec<Due>,
    /// Those of which nobody can say, since what is stored of them is damaged, and why: nothing of them goes until they are restored.
    pub damaged: Vec<(CaseId, StorageError)>,
    /// The case after which to go on; none where this was the last.
    pub next: Option<String>,
}

/// For how many years a landlord keeps what has ended, with the clause that says so, by its policy in force on a day; so many as the
/// setting has, and no clause, where no policy says so.
#[must_use]
pub fn kept_years(library: &Library, landlord: &str, on: NaiveDate, setting: u16) -> (u16, Option<String>) {
    let rule = library.in_force(landlord, on).ok().and_then(|profile| profile.after.kept_years.as_ref());
    rule.map_or((setting, None), |rule| (rule.value, Some(rule.clause_or_silent().to_owned())))
}

/// The first day on which what ended on a day need not be kept: the day after so many years have gone by. After 29 February a year
/// ends on 28 February.
#[must_use]
pub fn erase_from(ended_on: NaiveDate, years: u16) -> NaiveDate {
    let anniversary = ended_on.checked_add_months(Months::new(u32::from(years) * 12));
    anniversary.and_then(|day| day.succ_opt()).unwrap_or(NaiveDate::MAX)
}

/// The London day on which a case ended: on which it was closed or withdrawn, or else on which the last thing happened to it.
#[must_use]
pub fn ended_on(case: &Case, events: &[Logged]) -> Option<NaiveDate> {
    let closed = case.closing.as_ref().map(|closing| closing.closed_at);
    let last = events.last().map(|logged| logged.occurred_at);
    closed.or(case.withdrawn_at).or(case.settled_at).or(last).map(london::date_of)
}

/// What has been kept for long enough on a day, after a case, looking at no more than so many. A case that is damaged keeps no other.
///
/// # Errors
/// When the database fails.
pub fn due(
    connection: &mut Connection,
    (landlord, years): (&str, u16),
    (on, now): (NaiveDate, DateTime<Utc>),
    after: &str,
    limit: i64,
) -> Result<Page, StorageError> {
    // The last day on which a case can have ended of which nothing need be kept today; a little later, and then exactly below.
    let latest = on.checked_sub_months(Months::new(u32::from(years) * 12)).unwrap_or(NaiveDate::MIN);
    let found = people::ended_by(connection, landlord, latest, after, limit)?;
    let full = i64::try_from(found.len()) == Ok(limit);
    let mut page = Page { next: found.last().map(ToString::to_string).filter(|_| full), ..Page::default() };
    for id in found {
        match one(connection, (landlord, years), (on, now), id) {
            Ok(due) => page.due.extend(due),
            Err(error) if error.is_of_one_case() => page.damaged.push((id, error)),
            Err(error) => return Err(error),
        }
    }
    Ok(page)
}

fn one(
    connection: &mut Connection,
    (landlord, years): (&str, u16),
    (on, now): (NaiveDate, DateTime<Utc>),
    id: CaseId,
) -> Result<Option<Due>, StorageError> {
    let log = events::load(connection, landlord, id)?;
    let Some(case) = log.case(id)? else { return Ok(None) };
    let Some(ended_on) = ended_on(&case, &log.events) else { return Ok(None) };
    let erase_from = erase_from(ended_on, years);
    if erase_from > on {
        return Ok(None);
    }
    let hold = holds::in_force(connection, landlord, id)?.map(|hold| hold.reason);
    let order = Order { landlord, reason: ErasureReason::Retention, by: BY_ITSELF, now };
    let going = match erase(connection, &order, &[Target { case: id, whose: Whose::Case }], true) {
        Ok(erased) => erased.first().map_or((0, 0), |erased| (erased.records, erased.documents)),
        Err(NotErased::Storage(error)) => return Err(error),
        // Held, and counted once the hold is lifted.
        Err(_) => (0, 0),
    };
    Ok(Some(Due { case: id, ended_on, erase_from, hold, going })
        .filter(|due| due.hold.is_some() || due.going != (0, 0)))
}

/// Erases what is due of one case; nothing where it is on hold, or is not over any more.
///
/// # Errors
/// When the database fails.
pub fn apply(
    connection: &mut Connection,
    (landlord, years): (&str, u16),
    now: DateTime<Utc>,
    case: CaseId,
) -> Result<Option<Erased>, StorageError> {
    let due = one(connection, (landlord, years), (london::date_of(now), now), case)?;
    if due.is_none_or(|due| due.hold.is_some()) {
        return Ok(None);
    }
    let order = Order { landlord, reason: ErasureReason::Retention, by: BY_ITSELF, now };
    match erase(connection, &order, &[Target { case, whose: Whose::Case }], false) {
        Ok(erased) => Ok(erased.into_iter().next()),
        Err(NotErased::Storage(error)) => Err(error),
        Err(_) => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::erase_from;

    #[test]
    fn what_ended_on_a_day_is_kept_through_that_day_so_many_years_later() {
        for (ended_on, years, from) in [
            ("2020-11-02", 6, "2026-11-03"),
            ("2020-02-29", 6, "2026-03-01"),
            ("2020-02-29", 4, "2024-03-01"),
            ("2019-12-31", 1, "2021-01-01"),
        ] {
            assert_eq!(erase_from(ended_on.parse().unwrap(), years), from.parse().unwrap(), "{ended_on}");
        }
    }
}
