//! A landlord's events in their line.

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::{
    BoolExpressionMethods, ExpressionMethods, JoinOnDsl, NullableExpressionMethods, QueryDsl, RunQueryDsl,
};
use redress_shared::case::Logged;

use crate::notices::Noticed;
use crate::storage::schema::{case_events, feed, notices};
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

/// A line of the feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedLine {
    /// Its number in the line.
    pub number: i64,
    /// The case; none for a notice about all of the landlord's.
    pub case_id: Option<String>,
    /// The word for what it tells.
    pub kind: String,
    /// What it tells.
    pub told: Told,
}

/// What a line of the feed tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// What happened to a case.
    Event {
        /// The event.
        event: Box<Logged>,
        /// The digest that chains it to the one before it in its case.
        digest: String,
    },
    /// What the service noticed.
    Notice {
        /// Its id.
        id: String,
        /// What was noticed.
        noticed: Noticed,
        /// Since when it is so.
        occurred_at: DateTime<Utc>,
        /// When it was noticed.
        recorded_at: DateTime<Utc>,
    },
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
        .left_join(
            case_events::table.on(case_events::case_id
                .nullable()
                .eq(feed::case_id)
                .and(case_events::sequence.nullable().eq(feed::sequence))),
        )
        .left_join(notices::table.on(notices::id.nullable().eq(feed::notice_id)))
        .filter(feed::landlord_id.eq(&filter.landlord))
        .filter(feed::number.gt(after))
        .order(feed::number)
        .limit(i64::try_from(limit).unwrap_or(i64::MAX))
        .select((
            (feed::number, feed::case_id, feed::sequence, feed::kind),
            (case_events::body, case_events::digest).nullable(),
            (notices::id, notices::body, notices::occurred_at, notices::recorded_at).nullable(),
        ))
        .into_boxed();
    if !filter.types.is_empty() {
        query = query.filter(feed::kind.eq_any(&filter.types));
    }
    // Were both ends of the stretch given, SQLite would rather read all of it than the case's own index.
    query = match &filter.case {
        Some(case) => query.filter(feed::case_id.eq(case)),
        None => query.filter(feed::number.le(until)),
    };
    let rows: Vec<Row> = query.load(connection)?;
    let rows = rows.into_iter().filter(|((number, ..), ..)| *number <= until);
    let events: Vec<FeedLine> = rows.map(read).collect::<Result<_, _>>()?;
    let last = match events.last() {
        // There may be more of them before the end of what was looked at.
        Some(line) if events.len() >= limit => line.number,
        _ => until,
    };
    Ok(Stretch { events, last })
}

type Head = (i64, Option<String>, Option<i32>, String);
type NoticeRow = (String, String, NaiveDateTime, NaiveDateTime);
type Row = (Head, Option<(String, String)>, Option<NoticeRow>);

fn read(((number, case_id, sequence, kind), event, notice): Row) -> Result<FeedLine, StorageError> {
    let lost = |reason: &str| StorageError::DamagedNotice { number, reason: reason.to_owned() };
    let told = match (event, notice) {
        (Some((body, digest)), _) => {
            let damaged = |error: serde_json::Error| StorageError::Damaged {
                case: case_id.clone().unwrap_or_default(),
                sequence: sequence.unwrap_or(0),
                reason: error.to_string(),
            };
            Told::Event { event: serde_json::from_str(&body).map_err(damaged)?, digest }
        }
        (None, Some((id, body, occurred_at, recorded_at))) => Told::Notice {
            id,
            noticed: serde_json::from_str(&body).map_err(|error| lost(&error.to_string()))?,
            occurred_at: occurred_at.and_utc(),
            recorded_at: recorded_at.and_utc(),
        },
        (None, None) => return Err(lost("there is neither an event nor a notice")),
    };
    Ok(FeedLine { number, case_id, kind, told })
}
