//! The log of a case as it is read: it is appended to (`append`), never changed.

use diesel::prelude::{ExpressionMethods, OptionalExtension, QueryDsl, RunQueryDsl};
use diesel::sql_types::{Integer, Text};
use redress_shared::case::record::Digest;
use redress_shared::case::{Case, CaseId, Logged, chain, replay};

use super::prepared::{kept, on};
use super::schema::{case_events, case_references, cases};
use super::{Connection, StorageError};

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
