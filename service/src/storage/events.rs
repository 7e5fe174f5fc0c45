//! The log of a case: appended to, never changed.

use diesel::prelude::{ExpressionMethods, Insertable, OptionalExtension, QueryDsl, RunQueryDsl};
use redress_shared::case::record::Digest;
use redress_shared::case::{Case, CaseId, Logged, chain, replay};

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
#[diesel(table_name = case_events)]
struct NewEvent<'a> {
    case_id: String,
    sequence: i32,
    landlord_id: &'a str,
    kind: &'a str,
    body: String,
    digest: String,
}

/// Reads the log of one landlord's case; empty where that landlord has no such case. The chain is checked link by link.
///
/// # Errors
/// When the database fails, or an event does not read as it was written or is not the one that its digest was made of.
pub fn load(connection: &mut Connection, landlord: &str, case: CaseId) -> Result<Log, StorageError> {
    let rows: Vec<(i32, String, String)> = case_events::table
        .filter(case_events::landlord_id.eq(landlord))
        .filter(case_events::case_id.eq(case.to_string()))
        .order(case_events::sequence)
        .select((case_events::sequence, case_events::body, case_events::digest))
        .load(connection)?;
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
        let body = chain::stored(logged).map_err(|error| unwritable(case, logged, &error))?;
        previous = chain::link(case, previous, &body);
        diesel::insert_into(case_events::table)
            .values(NewEvent {
                case_id: case.to_string(),
                sequence: number(logged),
                landlord_id: landlord,
                kind: logged.event.word(),
                body,
                digest: previous.to_string(),
            })
            .execute(connection)?;
    }
    feed::enter(connection, landlord, case, events)
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
    Ok(case_references::table
        .filter(case_references::landlord_id.eq(landlord))
        .filter(case_references::system.eq(system))
        .filter(case_references::value.eq(value))
        .select(case_references::case_id)
        .first(connection)
        .optional()?)
}

/// By whom a history is recorded that was brought in from elsewhere.
pub const BROUGHT_IN_BY: &str = "import";

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
