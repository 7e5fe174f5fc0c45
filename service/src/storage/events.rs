//! The log of a case: appended to, never changed.

use diesel::prelude::{ExpressionMethods, Insertable, OptionalExtension, QueryDsl, RunQueryDsl};
use redress_shared::case::record::Digest;
use redress_shared::case::{Case, CaseId, Logged, chain, replay};

use super::schema::{case_events, case_references};
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

#[derive(Insertable)]
#[diesel(table_name = case_events)]
struct NewEvent<'a> {
    landlord_id: &'a str,
    case_id: String,
    sequence: i32,
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

/// Appends events to a case, each chained to the one before it.
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
        let body = chain::stored(logged).map_err(|error| StorageError::Damaged {
            case: case.to_string(),
            sequence: i32::try_from(logged.sequence).unwrap_or(i32::MAX),
            reason: error.to_string(),
        })?;
        previous = chain::link(case, previous, &body);
        diesel::insert_into(case_events::table)
            .values(NewEvent {
                landlord_id: landlord,
                case_id: case.to_string(),
                sequence: i32::try_from(logged.sequence).unwrap_or(i32::MAX),
                body,
                digest: previous.to_string(),
            })
            .execute(connection)?;
    }
    Ok(())
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
