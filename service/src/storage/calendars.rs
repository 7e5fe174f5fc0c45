//! The calendars that dates were counted on, and how asking for bank holidays went. No calendar is ever changed or taken away: what was
//! counted on one stays explainable.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use diesel::dsl::max;
use diesel::prelude::{
    AsChangeset, ExpressionMethods, Insertable, OptionalExtension, QueryDsl, Queryable, RunQueryDsl,
    Selectable, SelectableHelper,
};
use redress_shared::calendar::Calendar;
use sha2::{Digest, Sha256};

use super::error::reads;
use super::schema::{calendar_sources, calendars};
use super::{Connection, StorageError};

/// A calendar that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Its number: the greatest is the one that holds.
    pub number: i32,
    /// The calendar.
    pub calendar: Calendar,
    /// The version of the calendar that came with the program and is part of it.
    pub release: String,
    /// Where what is new in it came from.
    pub source: String,
    /// Since when it holds.
    pub recorded_at: DateTime<Utc>,
}

#[derive(Insertable)]
#[diesel(table_name = calendars)]
struct NewCalendar<'a> {
    number: i32,
    version: &'a str,
    release: &'a str,
    source: &'a str,
    body: &'a str,
    digest: String,
    recorded_at: NaiveDateTime,
}

/// The calendar that holds; none in a database that is new.
///
/// # Errors
/// When the database fails, or the calendar is not what its digest was made of.
pub fn latest(connection: &mut Connection) -> Result<Option<Kept>, StorageError> {
    match latest_number(connection)? {
        0 => Ok(None),
        number => read(connection, number).map(Some),
    }
}

/// The calendars that are not what was written, by their numbers, each with what is wrong with it.
///
/// # Errors
/// When the database fails.
pub fn damaged(connection: &mut Connection) -> Result<BTreeMap<i32, String>, StorageError> {
    let numbers: Vec<i32> =
        calendars::table.order(calendars::number).select(calendars::number).load(connection)?;
    let mut found = BTreeMap::new();
    for number in numbers {
        match read(connection, number) {
            Ok(_) => {}
            Err(StorageError::DamagedCalendar { reason, .. }) => drop(found.insert(number, reason)),
            Err(error @ StorageError::Unreadable { .. }) => drop(found.insert(number, error.to_string())),
            Err(error) => return Err(error),
        }
    }
    Ok(found)
}

fn read(connection: &mut Connection, number: i32) -> Result<Kept, StorageError> {
    type Row = (String, String, String, String, NaiveDateTime);
    let row = calendars::table.find(number).select((
        calendars::body,
        calendars::digest,
        calendars::release,
        calendars::source,
        calendars::recorded_at,
    ));
    let (body, digest, release, source, recorded_at): Row = reads("calendars", row.first(connection))?;
    let damaged = |reason: String| StorageError::DamagedCalendar { number, reason };
    if digest_of(&body) != digest {
        return Err(damaged("it is not what its digest was made of".to_owned()));
    }
    let calendar = Calendar::from_json(&body).map_err(|errors| damaged(errors.to_string()))?;
    Ok(Kept { number, calendar, release, source, recorded_at: recorded_at.and_utc() })
}

/// Where what is new in the calendar that holds came from, and since when it holds.
///
/// # Errors
/// When the database fails.
pub fn origin(connection: &mut Connection) -> Result<Option<(String, DateTime<Utc>)>, StorageError> {
    let found: Option<(String, NaiveDateTime)> = calendars::table
        .order(calendars::number.desc())
        .select((calendars::source, calendars::recorded_at))
        .first(connection)
        .optional()?;
    Ok(found.map(|(source, at)| (source, at.and_utc())))
}

/// When the calendar that holds was last known to be all that there is: when a source last answered, or since when it holds.
///
/// # Errors
/// When the database fails.
pub fn known_good_at(connection: &mut Connection) -> Result<Option<DateTime<Utc>>, StorageError> {
    let answered: Option<NaiveDateTime> =
        calendar_sources::table.select(max(calendar_sources::answered_at)).first(connection)?;
    let recorded: Option<NaiveDateTime> =
        calendars::table.select(max(calendars::recorded_at)).first(connection)?;
    Ok(answered.max(recorded).map(|at| at.and_utc()))
}

/// The number of the calendar that holds; 0 where none is kept.
///
/// # Errors
/// When the database fails.
pub fn latest_number(connection: &mut Connection) -> Result<i32, StorageError> {
    let number: Option<i32> = calendars::table.select(max(calendars::number)).first(connection)?;
    Ok(number.unwrap_or(0))
}

/// The versions of all calendars, the one that holds first.
///
/// # Errors
/// When the database fails.
pub fn versions(connection: &mut Connection) -> Result<Vec<String>, StorageError> {
    Ok(calendars::table.order(calendars::number.desc()).select(calendars::version).load(connection)?)
}

/// Keeps a calendar as the one that holds from now on, within the caller's write transaction. Two that do so at once conflict, and one
/// of them is done again.
///
/// # Errors
/// When the database fails, or a calendar of that version is kept already.
pub fn keep(
    connection: &mut Connection,
    calendar: &Calendar,
    (release, source): (&str, &str),
    now: DateTime<Utc>,
) -> Result<(), StorageError> {
    let body = calendar.to_json().map_err(|error| StorageError::Unwritable(error.to_string()))?;
    let number = latest_number(connection)?.saturating_add(1);
    diesel::insert_into(calendars::table)
        .values(NewCalendar {
            number,
            version: calendar.version(),
            release,
            source,
            digest: digest_of(&body),
            body: &body,
            recorded_at: now.naive_utc(),
        })
        .execute(connection)?;
    Ok(())
}

fn digest_of(body: &str) -> String {
    Sha256::digest(body.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// How asking a source for bank holidays went.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = calendar_sources, treat_none_as_null = true)]
pub struct Asked {
    /// The source.
    pub source: String,
    /// When it was asked last.
    pub asked_at: NaiveDateTime,
    /// When it answered last with what could be used.
    pub answered_at: Option<NaiveDateTime>,
    /// What it calls what it said last.
    pub etag: Option<String>,
    /// Why it could not be used when it was asked last: a word.
    pub failure: Option<String>,
    /// The bank holidays that are kept although it does not list them, with a space between.
    pub unlisted: String,
}

impl Asked {
    /// The bank holidays that are kept although the source does not list them.
    #[must_use]
    pub fn unlisted(&self) -> Vec<NaiveDate> {
        self.unlisted.split_whitespace().filter_map(|date| date.parse().ok()).collect()
    }
}

/// How asking that source went last; none where it has never been asked.
///
/// # Errors
/// When the database fails.
pub fn asked(connection: &mut Connection, source: &str) -> Result<Option<Asked>, StorageError> {
    Ok(calendar_sources::table.find(source).select(Asked::as_select()).first(connection).optional()?)
}

/// How asking went last, whatever the source.
///
/// # Errors
/// When the database fails.
pub fn last_asked(connection: &mut Connection) -> Result<Option<Asked>, StorageError> {
    Ok(calendar_sources::table
        .order(calendar_sources::asked_at.desc())
        .select(Asked::as_select())
        .first(connection)
        .optional()?)
}

/// Notes how asking went.
///
/// # Errors
/// When the database fails.
pub fn note(connection: &mut Connection, asked: &Asked) -> Result<(), StorageError> {
    let place = calendar_sources::table.find(&asked.source);
    if diesel::update(place).set(asked).execute(connection)? == 0 {
        diesel::insert_into(calendar_sources::table).values(asked).execute(connection)?;
    }
    Ok(())
}
