//! What is appended to the log of a case, and told to the feed with it.

use diesel::PgConnection;
use diesel::prelude::{Insertable, RunQueryDsl};
use diesel::sql_types::{Integer, Text, Timestamp};
use redress_shared::case::record::Digest;
use redress_shared::case::{CaseId, Logged, chain};

use super::prepared::kept;
use super::schema::case_events;
use super::{Connection, StorageError, feed};

/// Appends events to a case, each chained to the one before it, and enters them for the feed.
///
/// # Errors
/// When the database fails. A sequence that exists already is refused by the database.
pub fn append(
    connection: &mut Connection,
    landlord: &str,
    case: CaseId,
    mut previous: Digest,
    events: &[Logged],
) -> Result<(), StorageError> {
    let id = case.to_string();
    for logged in events {
        let stored = stored(case, previous, logged)?;
        previous = stored.digest;
        match connection {
            Connection::Postgres(postgres) => append_and_tell(postgres, landlord, &id, &stored)?,
            Connection::Sqlite(sqlite) => {
                let event = NewEvent::of(landlord, &id, &stored);
                diesel::insert_into(case_events::table).values(event).execute(sqlite)?;
            }
        }
    }
    match connection {
        Connection::Postgres(_) => Ok(()),
        Connection::Sqlite(_) => feed::enter(connection, landlord, case, events),
    }
}

/// An event and its line for the feed, which on PostgreSQL would be a journey each.
const APPENDED: &str = "
WITH told AS (
    INSERT INTO feed_waiting (landlord_id, source, sequence, case_id, kind, recorded_at) VALUES ($1, $2, $3, $2, $4, $7)
)
INSERT INTO case_events (landlord_id, case_id, sequence, kind, body, digest) VALUES ($1, $2, $3, $4, $5, $6)";

fn append_and_tell(
    postgres: &mut PgConnection,
    landlord: &str,
    case: &str,
    stored: &Stored,
) -> Result<(), StorageError> {
    let query = diesel::sql_query(APPENDED)
        .bind::<Text, _>(landlord)
        .bind::<Text, _>(case)
        .bind::<Integer, _>(stored.sequence)
        .bind::<Text, _>(stored.kind)
        .bind::<Text, _>(&stored.body)
        .bind::<Text, _>(stored.digest.to_string())
        .bind::<Timestamp, _>(stored.recorded_at.naive_utc());
    kept!(query).execute(postgres)?;
    Ok(())
}

/// An event as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// Its number in the case.
    pub sequence: i32,
    /// The word for what happened.
    pub kind: &'static str,
    /// The text that is kept, and that the digest is made of.
    pub body: String,
    /// What chains it to the one before.
    pub digest: Digest,
    /// When it was recorded.
    pub recorded_at: chrono::DateTime<chrono::Utc>,
}

/// An event as it is kept after another.
///
/// # Errors
/// When it cannot be written down.
pub fn stored(case: CaseId, previous: Digest, logged: &Logged) -> Result<Stored, StorageError> {
    let body = chain::stored(logged).map_err(|error| unwritable(case, logged, &error))?;
    let digest = chain::link(case, previous, &body);
    let recorded_at = logged.recorded_at;
    Ok(Stored { sequence: number(logged), kind: logged.event.word(), body, digest, recorded_at })
}

/// Appends the whole logs of many cases that have none yet, and enters them for the feed.
///
/// # Errors
/// When the database fails.
pub fn append_all(
    connection: &mut Connection,
    landlord: &str,
    cases: &[(String, &[Stored])],
) -> Result<(), StorageError> {
    let all = cases.iter().flat_map(|(case, events)| events.iter().map(move |event| (case.as_str(), event)));
    let rows: Vec<NewEvent<'_>> = all.map(|(case, event)| NewEvent::of(landlord, case, event)).collect();
    super::bulk::insert_all!(connection, case_events::table, rows.iter().collect::<Vec<_>>());
    feed::enter_stored(connection, landlord, cases)
}

#[derive(Insertable)]
#[diesel(table_name = case_events, treat_none_as_default_value = false)]
struct NewEvent<'a> {
    case_id: String,
    sequence: i32,
    landlord_id: &'a str,
    kind: &'a str,
    body: &'a str,
    digest: String,
}

impl<'a> NewEvent<'a> {
    fn of(landlord: &'a str, case: &str, stored: &'a Stored) -> Self {
        Self {
            case_id: case.to_owned(),
            sequence: stored.sequence,
            landlord_id: landlord,
            kind: stored.kind,
            body: &stored.body,
            digest: stored.digest.to_string(),
        }
    }
}

/// An event's number in its case, as the tables hold it.
pub(super) fn number(logged: &Logged) -> i32 {
    i32::try_from(logged.sequence).unwrap_or(i32::MAX)
}

fn unwritable(case: CaseId, logged: &Logged, error: &serde_json::Error) -> StorageError {
    StorageError::Damaged { case: case.to_string(), sequence: number(logged), reason: error.to_string() }
}
