//! Taking bank holidays in: they are merged into the calendar that holds, which never loses a day by it, and what comes of it is kept as
//! the calendar that holds from now on.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use redress_shared::calendar::{BankHoliday, Calendar, Feed, LoadErrors, MergeError, london};
use redress_shared::policy::Library;
use sha2::{Digest, Sha256};

use crate::notices::{CalendarChanged, Notice, Noticed};
use crate::rulebook::Rulebook;
use crate::storage::calendars::{self, Kept};
use crate::storage::write::Failure;
use crate::storage::{Connection, StorageError, notices, whole};

/// What calendars that came with the program name as their source.
pub const RELEASE: &str = "release";

/// Why bank holidays were not taken in.
#[derive(Debug, thiserror::Error)]
pub enum NotTaken {
    /// The calendar that came with the program is damaged.
    #[error(transparent)]
    BuiltIn(#[from] LoadErrors),
    /// They cannot be merged.
    #[error(transparent)]
    Merge(#[from] MergeError),
    /// A calendar would take years away that others were counted in.
    #[error("the calendar must be of {0} and have every year that is known")]
    Shrinks(String),
    /// The database failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl Failure for NotTaken {
    fn storage(&self) -> Option<&StorageError> {
        match self {
            Self::Storage(error) => Some(error),
            Self::BuiltIn(_) | Self::Merge(_) | Self::Shrinks(_) => None,
        }
    }
}

/// What came of taking bank holidays in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// What is another now; none where nothing is.
    pub changed: Option<CalendarChanged>,
    /// The bank holidays that are kept although they were not listed.
    pub unlisted: Vec<NaiveDate>,
}

/// The calendar that holds. In a new database it is the one that came with the program, which is kept; that of a newer program is merged
/// into the one that is kept, once.
///
/// # Errors
/// See [`NotTaken`].
pub fn settle(connection: &mut Connection, now: DateTime<Utc>) -> Result<(), NotTaken> {
    let built_in = Calendar::england_and_wales()?;
    let release = built_in.version();
    match calendars::latest(connection)? {
        None => Ok(calendars::keep(connection, &built_in, (release, RELEASE), now)?),
        Some(kept) if kept.release == release => Ok(()),
        Some(kept) => {
            let feed = Feed::from(&built_in);
            merge(connection, &kept, &feed, (release, RELEASE), now).map(drop)
        }
    }
}

/// Takes in the bank holidays of a source, within the caller's write transaction. Every landlord is told where anything is another.
///
/// # Errors
/// See [`NotTaken`].
pub fn take(
    connection: &mut Connection,
    feed: &Feed,
    source: &str,
    now: DateTime<Utc>,
) -> Result<Taken, NotTaken> {
    settle(connection, now)?;
    match calendars::latest(connection)? {
        Some(kept) => merge(connection, &kept, feed, (&kept.release, source), now),
        None => Ok(Taken { changed: None, unlisted: Vec::new() }),
    }
}

/// Puts a calendar in the place of the one that holds, as it is: the way to take a day away that was moved. It keeps its version.
///
/// # Errors
/// See [`NotTaken`].
pub fn replace(
    connection: &mut Connection,
    calendar: &Calendar,
    source: &str,
    now: DateTime<Utc>,
) -> Result<Option<CalendarChanged>, NotTaken> {
    settle(connection, now)?;
    let Some(kept) = calendars::latest(connection)? else { return Ok(None) };
    if kept.calendar == *calendar {
        return Ok(None);
    }
    let (before, after) = (kept.calendar.coverage(), calendar.coverage());
    let shrinks = after.first_year() > before.first_year() || after.last_year() < before.last_year();
    if shrinks || calendar.division() != kept.calendar.division() {
        return Err(NotTaken::Shrinks(kept.calendar.division().to_owned()));
    }
    hold_from_now_on(connection, &kept, calendar, (&kept.release, source), now).map(Some)
}

fn merge(
    connection: &mut Connection,
    kept: &Kept,
    feed: &Feed,
    (release, source): (&str, &str),
    now: DateTime<Utc>,
) -> Result<Taken, NotTaken> {
    let provisional = kept.calendar.merge(feed, "provisional")?;
    let unlisted = provisional.kept_unlisted.iter().map(|day| day.date).collect();
    if !provisional.changed_from(&kept.calendar) {
        return Ok(Taken { changed: None, unlisted });
    }
    let merged = kept.calendar.merge(feed, &version(&provisional.calendar, now)?)?;
    let changed = hold_from_now_on(connection, kept, &merged.calendar, (release, source), now)?;
    Ok(Taken { changed: Some(changed), unlisted })
}

/// The version of a calendar that was put together here: the day, and a part of its digest, so that no two that differ share one.
fn version(calendar: &Calendar, now: DateTime<Utc>) -> Result<String, StorageError> {
    let body = calendar.to_json().map_err(|error| StorageError::Unwritable(error.to_string()))?;
    let digest: String =
        Sha256::digest(body.as_bytes()).iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    Ok(format!("{} {} {digest}", calendar.division(), london::date_of(now)))
}

fn hold_from_now_on(
    connection: &mut Connection,
    kept: &Kept,
    calendar: &Calendar,
    from: (&str, &str),
    now: DateTime<Utc>,
) -> Result<CalendarChanged, NotTaken> {
    calendars::keep(connection, calendar, from, now)?;
    let days = |calendar: &Calendar| -> BTreeSet<NaiveDate> {
        calendar.bank_holidays().map(|day: &BankHoliday| day.date).collect()
    };
    let (before, after) = (days(&kept.calendar), days(calendar));
    let changed = CalendarChanged {
        calendar: calendar.version().to_owned(),
        replaced: kept.calendar.version().to_owned(),
        added: after.difference(&before).copied().collect(),
        removed: before.difference(&after).copied().collect(),
        known_to: calendar.coverage().last_day(),
    };
    for landlord in whole::landlords(connection)? {
        let notice = Notice {
            case: None,
            key: format!("calendar-changed {}", changed.calendar),
            noticed: Noticed::CalendarChanged(changed.clone()),
            occurred_at: now,
        };
        notices::give(connection, &landlord, &notice, now)?;
    }
    Ok(changed)
}

/// The rules on the calendar that holds.
///
/// # Errors
/// When the database fails, or a policy's closures are backwards.
pub fn rulebook(connection: &mut Connection, library: Library) -> anyhow::Result<Rulebook> {
    match calendars::latest(connection)? {
        Some(kept) => {
            let earlier = calendars::versions(connection)?;
            Rulebook::on_calendar(library, &kept.calendar, kept.number, earlier)
        }
        None => Rulebook::new(library, &Calendar::england_and_wales()?),
    }
}
