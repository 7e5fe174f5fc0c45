//! The log of a case: appended to, never changed.

use diesel::prelude::{ExpressionMethods, Insertable, OptionalExtension, QueryDsl, RunQueryDsl};
use diesel::sql_types::{Integer, Text};
use redress_shared::case::record::Digest;
use redress_shared::case::{Case, CaseId, Logged, chain, replay};

use super::prepared::{kept, on};
use super::schema::{case_events, case_references, cases};
use super::{Connection, StorageError, feed};

/// A case's log, with the digest of its last event.
#[derive(Debug, Clone, Default)]
pub struct Log {
    /// The events in order.
    pub events: Vec<Logged>,
    /// The digest of each, in the same order.
    pub digests: Vec<Digest>,
}

impl Log {
    /// The digest that the next event is chained to.
    #[must_use]
    pub fn last_digest(&self) -> Digest {
        self.digests.last().copied().unwrap_or_default()
    }

    /// The case that the events make; none where there are none.
    ///
    /// # Errors
    /// When the log does not begin with what opens a case: that is a fault of the log, not of whoever asks.
    pub fn case(&self, id: CaseId) -> Result<Option<Case>, StorageError> {
        match replay(id, &self.events) {
            None if !self.events.is_empty() => Err(StorageError::no_opening(id)),
            case => Ok(case),
        }
    }
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

/// Reads the log of one landlord's case; empty where that landlord has no such case. The chain is checked link by link.
///
/// # Errors
/// When the database fails, or an event does not read as it was written or is not the one that its digest was made of.
pub fn load(connection: &mut Connection, landlord: &str, case: CaseId) -> Result<Log, StorageError> {
    let query = case_events::table
        .filter(case_events::landlord_id.eq(landlord))
        .filter(case_events::case_id.eq(case.to_string()))
        .order(case_events::sequence)
        .select((case_events::sequence, case_events::body, case_events::digest));
    let rows: Vec<(i32, String, String)> = on!(connection => |it| query.load(it))?;
    read(case, rows.into_iter())
}

/// Reads a log, checking its chain link by link.
fn read(case: CaseId, rows: impl Iterator<Item = (i32, String, String)>) -> Result<Log, StorageError> {
    let mut log = Log::default();
    for (sequence, body, digest) in rows {
        let damaged = |reason: String| StorageError::Damaged { case: case.to_string(), sequence, reason };
        log.events.push(serde_json::from_str(&body).map_err(|error| damaged(error.to_string()))?);
        let digest = digest.parse().map_err(|_| damaged("its digest is not one".to_owned()))?;
        if chain::link(case, log.last_digest(), &body) != digest {
            return Err(damaged("it, or one before it, is not what its digest was made of".to_owned()));
        }
        log.digests.push(digest);
    }
    Ok(log)
}

/// Where a case stands, and by which rules its rows were made.
#[derive(Debug, Clone, PartialEq, Eq, diesel::Queryable)]
pub struct Head {
    /// The number of its events.
    pub version: i32,
    /// The stamp of what made its rows.
    pub made_by: String,
}

/// Takes hold of a case until the transaction ends, so that nobody else changes it meanwhile; none where the landlord has no such
/// case. SQLite has one writer at a time, and needs no more.
///
/// # Errors
/// When the database fails, or somebody else holds it for too long.
pub fn hold(connection: &mut Connection, landlord: &str, case: CaseId) -> Result<Option<Head>, StorageError> {
    let head = cases::table
        .filter(cases::landlord_id.eq(landlord))
        .filter(cases::id.eq(case.to_string()))
        .select((cases::version, cases::made_by));
    let found = match connection {
        Connection::Sqlite(sqlite) => head.first(sqlite).optional()?,
        Connection::Postgres(postgres) => head.for_update().first(postgres).optional()?,
    };
    Ok(found)
}

/// Whether the landlord has such a case.
///
/// # Errors
/// When the database fails.
pub fn exists(connection: &mut Connection, landlord: &str, case: CaseId) -> Result<bool, StorageError> {
    let same = cases::table.filter(cases::landlord_id.eq(landlord)).filter(cases::id.eq(case.to_string()));
    Ok(diesel::select(diesel::dsl::exists(same)).get_result(connection)?)
}

/// Whether anything is still owed on a case.
///
/// # Errors
/// When the database fails.
pub fn is_owed(connection: &mut Connection, landlord: &str, case: CaseId) -> Result<bool, StorageError> {
    let owed = cases::table
        .filter(cases::landlord_id.eq(landlord))
        .filter(cases::id.eq(case.to_string()))
        .filter(cases::next_due_on.is_not_null());
    Ok(diesel::select(diesel::dsl::exists(owed)).get_result(connection)?)
}

/// How many residents a case was received from.
///
/// # Errors
/// When the database fails.
pub fn residents(connection: &mut Connection, landlord: &str, case: CaseId) -> Result<i32, StorageError> {
    let found = cases::table
        .filter(cases::landlord_id.eq(landlord))
        .filter(cases::id.eq(case.to_string()))
        .select(cases::residents)
        .first(connection)
        .optional()?;
    Ok(found.unwrap_or(0))
}

/// The head of a case with its log, line by line; the case's own row is held, its events are not.
const HELD: &str = "
SELECT cases.version, cases.made_by, case_events.sequence, case_events.body, case_events.digest
FROM cases JOIN case_events ON case_events.case_id = cases.id AND case_events.landlord_id = cases.landlord_id
WHERE cases.landlord_id = $1 AND cases.id = $2 ORDER BY case_events.sequence FOR UPDATE OF cases";

#[derive(diesel::QueryableByName)]
struct HeldLine {
    #[diesel(sql_type = Integer)]
    version: i32,
    #[diesel(sql_type = Text)]
    made_by: String,
    #[diesel(sql_type = Integer)]
    sequence: i32,
    #[diesel(sql_type = Text)]
    body: String,
    #[diesel(sql_type = Text)]
    digest: String,
}

/// Takes hold of a case as [`hold`] does, and reads its log; none where the landlord has no such case. On PostgreSQL both are one
/// journey, but where the case was somebody else's just now: the log that was found with it is then the one from before.
///
/// # Errors
/// Those of [`hold`] and [`load`].
pub fn hold_log(
    connection: &mut Connection,
    landlord: &str,
    case: CaseId,
) -> Result<Option<(Head, Log)>, StorageError> {
    if let Connection::Postgres(postgres) = connection {
        let query = diesel::sql_query(HELD).bind::<Text, _>(landlord).bind::<Text, _>(case.to_string());
        let lines: Vec<HeldLine> = kept!(query).load(postgres)?;
        if let Some(last) = lines.last().filter(|last| last.sequence == last.version) {
            let head = Head { version: last.version, made_by: last.made_by.clone() };
            let rows = lines.into_iter().map(|line| (line.sequence, line.body, line.digest));
            return Ok(Some((head, read(case, rows)?)));
        }
    }
    let Some(head) = hold(connection, landlord, case)? else { return Ok(None) };
    Ok(Some((head, load(connection, landlord, case)?)))
}

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
    for logged in events {
        let stored = stored(case, previous, logged)?;
        previous = stored.digest;
        let id = case.to_string();
        let event = diesel::insert_into(case_events::table).values(NewEvent::of(landlord, &id, &stored));
        on!(connection => |it| event.execute(it))?;
    }
    feed::enter(connection, landlord, case, events)
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

/// An event's number in its case, as the tables hold it.
pub(super) fn number(logged: &Logged) -> i32 {
    i32::try_from(logged.sequence).unwrap_or(i32::MAX)
}

fn unwritable(case: CaseId, logged: &Logged, error: &serde_json::Error) -> StorageError {
    StorageError::Damaged { case: case.to_string(), sequence: number(logged), reason: error.to_string() }
}

/// The landlord's case with that reference in that system.
///
/// # Errors
/// When the database fails.
pub fn by_reference(
    connection: &mut Connection,
    landlord: &str,
    system: &str,
    value: &str,
) -> Result<Option<String>, StorageError> {
    let query = case_references::table
        .filter(case_references::landlord_id.eq(landlord))
        .filter(case_references::system.eq(system))
        .filter(case_references::value.eq(value))
        .select(case_references::case_id);
    Ok(on!(connection => |it| query.first(it)).optional()?)
}

/// The event that opened a case; none where the landlord has no such case.
///
/// # Errors
/// When the database fails, or the event does not read as it was written.
pub fn opening(
    connection: &mut Connection,
    landlord: &str,
    case: CaseId,
) -> Result<Option<Logged>, StorageError> {
    let body: Option<String> = case_events::table
        .filter(case_events::landlord_id.eq(landlord))
        .filter(case_events::case_id.eq(case.to_string()))
        .filter(case_events::sequence.eq(1))
        .select(case_events::body)
        .first(connection)
        .optional()?;
    let damaged = |error: serde_json::Error| StorageError::Damaged {
        case: case.to_string(),
        sequence: 1,
        reason: error.to_string(),
    };
    body.map(|body| serde_json::from_str(&body).map_err(damaged)).transpose()
}
