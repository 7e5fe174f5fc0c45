//! A landlord's events in their line.

use diesel::prelude::{BoolExpressionMethods, ExpressionMethods, JoinOnDsl, QueryDsl, RunQueryDsl};
use redress_shared::case::Logged;

use crate::storage::schema::{case_events, feed};
use crate::storage::{Connection, StorageError};

/// What of the line is wanted.
#[derive(Debug, Clone, Default)]
pub struct FeedFilter {
    /// Whose line.
    pub landlord: String,
    /// Only events of these types; of all, where none is named.
    pub types: Vec<String>,
    /// Only events of this case.
    pub case: Option<String>,
}

/// An event in the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedLine {
    /// Its number in the line.
    pub number: i64,
    /// The case.
    pub case_id: String,
    /// The event.
    pub event: Logged,
    /// The digest that chains it to the one before it in its case.
    pub digest: String,
}

/// A stretch of the line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stretch {
    /// The events that were wanted, in order.
    pub events: Vec<FeedLine>,
    /// The number up to which was looked.
    pub last: i64,
}

/// How far is looked in one answer for types that may be rare, so that no answer takes long.
const REACH: i64 = 20_000;

/// The events after a number, at most `limit` of them, in a line that goes up to `head`.
///
/// # Errors
/// When the database fails, or an event does not read as it was written.
pub fn after(
    connection: &mut Connection,
    filter: &FeedFilter,
    (after, head): (i64, i64),
    limit: usize,
) -> Result<Stretch, StorageError> {
    let rare = filter.case.is_none() && !filter.types.is_empty();
    let until = if rare { head.min(after.saturating_add(REACH)) } else { head };
    let mut query = feed::table
        .inner_join(
            case_events::table
                .on(case_events::case_id.eq(feed::case_id).and(case_events::sequence.eq(feed::sequence))),
        )
        .filter(feed::landlord_id.eq(&filter.landlord))
        .filter(feed::number.gt(after))
        .order(feed::number)
        .limit(i64::try_from(limit).unwrap_or(i64::MAX))
        .select((feed::number, feed::case_id, case_events::sequence, case_events::body, case_events::digest))
        .into_boxed();
    if !filter.types.is_empty() {
        query = query.filter(feed::kind.eq_any(&filter.types));
    }
    // Were both ends of the stretch given, SQLite would rather read all of it than the case's own index.
    query = match &filter.case {
        Some(case) => query.filter(feed::case_id.eq(case)),
        None => query.filter(feed::number.le(until)),
    };
    let rows: Vec<(i64, String, i32, String, String)> = query.load(connection)?;
    let rows = rows.into_iter().filter(|(number, ..)| *number <= until);
    let events: Vec<FeedLine> = rows.map(read).collect::<Result<_, _>>()?;
    let last = match events.last() {
        // There may be more of them before the end of what was looked at.
        Some(line) if events.len() >= limit => line.number,
        _ => until,
    };
    Ok(Stretch { events, last })
}

fn read(
    (number, case_id, sequence, body, digest): (i64, String, i32, String, String),
) -> Result<FeedLine, StorageError> {
    match serde_json::from_str(&body) {
        Ok(event) => Ok(FeedLine { number, case_id, event, digest }),
        Err(error) => Err(StorageError::Damaged { case: case_id, sequence, reason: error.to_string() }),
    }
}
