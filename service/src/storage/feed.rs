//! A landlord's events and notices in one line, numbered 1, 2, 3 without a gap.
//!
//! A number that is drawn while a transaction runs may be committed after a larger one, and whoever reads by number would skip it. So
//! an event is numbered after it is committed: it waits in a table of its own, and whoever reads the feed numbers what is waiting
//! first, one at a time for each landlord. Writers never wait for each other. SQLite has one writer at a time, and numbers at once.

use chrono::{DateTime, Utc};
use diesel::prelude::{ExpressionMethods, Insertable, OptionalExtension, QueryDsl, RunQueryDsl};
use diesel::query_builder::AsChangeset;
use diesel::sql_types::{BigInt, Text};
use diesel::sqlite::SqliteConnection;
use redress_shared::case::{CaseId, Logged};

use super::append::{self, Stored};
use super::prepared::{kept, on, update};
use super::schema::{feed, feed_heads, feed_waiting};
use super::{Connection, StorageError};

/// What stands in a line: an event of a case, or a notice.
#[derive(Debug, Clone, Copy)]
struct Entry<'a> {
    case: Option<&'a str>,
    /// The event's number in its case; none for a notice.
    sequence: Option<i32>,
    notice: Option<&'a str>,
    kind: &'a str,
    recorded_at: DateTime<Utc>,
}

#[derive(Insertable)]
#[diesel(table_name = feed, treat_none_as_default_value = false)]
struct Numbered<'a> {
    landlord_id: &'a str,
    number: i64,
    case_id: Option<&'a str>,
    sequence: Option<i32>,
    notice_id: Option<&'a str>,
    kind: &'a str,
}

#[derive(Insertable)]
#[diesel(table_name = feed_waiting, treat_none_as_default_value = false)]
struct Waiting<'a> {
    landlord_id: &'a str,
    source: &'a str,
    sequence: i32,
    case_id: Option<&'a str>,
    kind: &'a str,
    recorded_at: chrono::NaiveDateTime,
}

/// Enters a case's new events, in the transaction that appends them.
///
/// # Errors
/// When the database fails.
pub fn enter(
    connection: &mut Connection,
    landlord: &str,
    case: CaseId,
    events: &[Logged],
) -> Result<(), StorageError> {
    let case = case.to_string();
    let entry = |logged: &'_ Logged| Entry {
        case: Some(&case),
        sequence: Some(append::number(logged)),
        notice: None,
        kind: logged.event.word(),
        recorded_at: logged.recorded_at,
    };
    let entries: Vec<Entry<'_>> = events.iter().map(entry).collect();
    enter_all(connection, landlord, &entries)
}

/// Enters the whole logs of many cases, in the transaction that appends them.
///
/// # Errors
/// When the database fails.
pub fn enter_stored(
    connection: &mut Connection,
    landlord: &str,
    cases: &[(String, &[Stored])],
) -> Result<(), StorageError> {
    let mut entries = Vec::new();
    for (case, events) in cases {
        entries.extend(events.iter().map(|event| Entry {
            case: Some(case),
            sequence: Some(event.sequence),
            notice: None,
            kind: event.kind,
            recorded_at: event.recorded_at,
        }));
    }
    enter_all(connection, landlord, &entries)
}

/// Enters a notice, in the transaction that gives it: its id, the case that it is about, and the word for it.
///
/// # Errors
/// When the database fails.
pub fn enter_notice(
    connection: &mut Connection,
    landlord: &str,
    (notice, case, kind): (&str, Option<&str>, &str),
    recorded_at: DateTime<Utc>,
) -> Result<(), StorageError> {
    let entry = Entry { case, sequence: None, notice: Some(notice), kind, recorded_at };
    enter_all(connection, landlord, &[entry])
}

fn enter_all<'a>(
    connection: &mut Connection,
    landlord: &'a str,
    entries: &[Entry<'a>],
) -> Result<(), StorageError> {
    match connection {
        Connection::Sqlite(sqlite) => number_at_once(sqlite, landlord, entries),
        Connection::Postgres(_) => {
            let waiting = |entry: &Entry<'a>| Waiting {
                landlord_id: landlord,
                source: entry.notice.or(entry.case).unwrap_or_default(),
                sequence: entry.sequence.unwrap_or(0),
                case_id: entry.case,
                kind: entry.kind,
                recorded_at: entry.recorded_at.naive_utc(),
            };
            let rows: Vec<Waiting<'_>> = entries.iter().map(waiting).collect();
            super::bulk::insert_all!(connection, feed_waiting::table, rows.iter().collect::<Vec<_>>());
            Ok(())
        }
    }
}

fn number_at_once(
    sqlite: &mut SqliteConnection,
    landlord: &str,
    entries: &[Entry<'_>],
) -> Result<(), StorageError> {
    let count = i64::try_from(entries.len()).unwrap_or(i64::MAX);
    // What an UPDATE returns SQLite puts into a table of its own first, which costs more than to ask before.
    let last: i64 = feed_heads::table.find(landlord).select(feed_heads::last).first(sqlite)?;
    let moved = feed_heads::last.eq(last + count).as_changeset();
    kept!(update("feed_heads", moved, feed_heads::landlord_id.eq(landlord))).execute(sqlite)?;
    for (number, entry) in (last + 1..).zip(entries) {
        let numbered = Numbered {
            landlord_id: landlord,
            number,
            case_id: entry.case,
            sequence: entry.sequence,
            notice_id: entry.notice,
            kind: entry.kind,
        };
        diesel::insert_into(feed::table).values(numbered).execute(sqlite)?;
    }
    Ok(())
}

/// Moves what is waiting into the line: in the order in which it was recorded, each case's events in their own. A clock that was put
/// back does not turn a case's events round, as an event is taken to be no earlier than those before it.
const NUMBER: &str = "
WITH taken AS (DELETE FROM feed_waiting WHERE landlord_id = $1 RETURNING source, sequence, case_id, kind, recorded_at),
timed AS (
    SELECT source, sequence, case_id, kind, max(recorded_at) OVER (PARTITION BY source ORDER BY sequence) AS at FROM taken
)
INSERT INTO feed (landlord_id, number, case_id, sequence, notice_id, kind)
SELECT $1, $2 + row_number() OVER (ORDER BY at, source, sequence), case_id,
    CASE WHEN sequence > 0 THEN sequence END, CASE WHEN sequence = 0 THEN source END, kind
FROM timed";

/// Numbers a landlord's events that are committed and wait for it, in a write transaction of its own; says up to which number the line
/// goes now. Where nothing waits, nothing is written and nobody is waited for.
///
/// # Errors
/// When the database fails.
pub fn number(connection: &mut Connection, landlord: &str) -> Result<i64, StorageError> {
    if let Connection::Postgres(postgres) = connection {
        let waiting: bool = diesel::select(diesel::dsl::exists(
            feed_waiting::table.filter(feed_waiting::landlord_id.eq(landlord)),
        ))
        .get_result(postgres)?;
        if waiting {
            let head = feed_heads::table.find(landlord).for_update().select(feed_heads::last);
            let last: i64 = head.first(postgres)?;
            let count = diesel::sql_query(NUMBER)
                .bind::<Text, _>(landlord)
                .bind::<BigInt, _>(last)
                .execute(postgres)?;
            let last = last + i64::try_from(count).unwrap_or(i64::MAX);
            let moved = feed_heads::last.eq(last).as_changeset();
            kept!(update("feed_heads", moved, feed_heads::landlord_id.eq(landlord))).execute(postgres)?;
        }
    }
    head(connection, landlord)
}

/// Whether a landlord's events wait for their numbers.
///
/// # Errors
/// When the database fails.
pub fn waiting(connection: &mut Connection, landlord: &str) -> Result<i64, StorageError> {
    Ok(feed_waiting::table.filter(feed_waiting::landlord_id.eq(landlord)).count().get_result(connection)?)
}

/// The number up to which a landlord's line goes.
///
/// # Errors
/// When the database fails.
pub fn head(connection: &mut Connection, landlord: &str) -> Result<i64, StorageError> {
    let query = feed_heads::table.find(landlord).select(feed_heads::last);
    let last = on!(connection => |it| query.first(it)).optional()?;
    Ok(last.unwrap_or(0))
}
