//! The feed, as far as webhooks are told of it.

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use diesel::prelude::{
    BoolExpressionMethods, ExpressionMethods, JoinOnDsl, NullableExpressionMethods, OptionalExtension,
    QueryDsl, RunQueryDsl,
};
use serde::Deserialize;

use super::fan_out::{NewDelivery, due, new_id};
use super::{DeliveryState, NO_CASE};
use crate::storage::schema::{case_events, feed as lines, notices};
use crate::storage::{Connection, StorageError, feed};

/// How much earlier than the time that is asked for deliveries begin again: the feed is in the order in which instances with clocks of
/// their own recorded things, and that of their clocks may be a little another.
const EARLIER: TimeDelta = TimeDelta::minutes(1);

/// What of an event is told; the rest of it is for whoever asks. What came with a history is no news, and is not told of.
#[derive(Deserialize)]
struct When {
    occurred_at: DateTime<Utc>,
    recorded_at: DateTime<Utc>,
    #[serde(default)]
    imported: bool,
}

/// A line of the feed, as far as it is told of.
pub(super) struct Line {
    number: i64,
    case: Option<String>,
    sequence: Option<i32>,
    notice: Option<String>,
    kind: String,
    /// What makes it the same message when it is told again.
    pub(super) message: String,
    occurred_at: NaiveDateTime,
    recorded_at: NaiveDateTime,
}

impl Line {
    pub(super) fn lane(&self) -> &str {
        self.case.as_deref().unwrap_or(NO_CASE)
    }

    pub(super) fn delivery<'a>(
        &'a self,
        (landlord, endpoint): (&'a str, &'a str),
        state: DeliveryState,
        now: DateTime<Utc>,
    ) -> NewDelivery<'a> {
        NewDelivery {
            id: new_id(),
            landlord_id: landlord,
            endpoint_id: endpoint,
            message: self.message.clone(),
            kind: &self.kind,
            number: Some(self.number),
            case_id: self.case.as_deref(),
            sequence: self.sequence,
            notice_id: self.notice.as_deref(),
            occurred_at: self.occurred_at,
            recorded_at: self.recorded_at,
            lane: self.lane(),
            state: state.as_str(),
            attempts: 0,
            due_at: due(state, now),
            created_at: now.naive_utc(),
        }
    }
}

type Head = (i64, Option<String>, Option<i32>, String);
type Row = (Head, Option<(String, String)>, Option<(String, NaiveDateTime, NaiveDateTime)>);

/// The lines after a number up to another, of these types or of all.
pub(super) fn read(
    connection: &mut Connection,
    landlord: &str,
    (after, last): (i64, i64),
    types: &[&str],
) -> Result<Vec<Line>, StorageError> {
    let event = case_events::case_id
        .nullable()
        .eq(lines::case_id)
        .and(case_events::sequence.nullable().eq(lines::sequence));
    let mut query = lines::table
        .left_join(case_events::table.on(event))
        .left_join(notices::table.on(notices::id.nullable().eq(lines::notice_id)))
        .filter(lines::landlord_id.eq(landlord))
        .filter(lines::number.gt(after))
        .filter(lines::number.le(last))
        .order(lines::number)
        .select((
            (lines::number, lines::case_id, lines::sequence, lines::kind),
            (case_events::body, case_events::digest).nullable(),
            (notices::id, notices::occurred_at, notices::recorded_at).nullable(),
        ))
        .into_boxed();
    if !types.is_empty() {
        query = query.filter(lines::kind.eq_any(types));
    }
    let rows: Vec<Row> = query.load(connection)?;
    rows.into_iter().filter_map(|row| line(row).transpose()).collect()
}

fn line(((number, case, sequence, kind), event, notice): Row) -> Result<Option<Line>, StorageError> {
    let lost = |reason: String| StorageError::DamagedNotice { number, reason };
    let (message, occurred_at, recorded_at, notice) = match (event, notice) {
        (Some((body, digest)), _) => {
            let when: When = serde_json::from_str(&body).map_err(|error| lost(error.to_string()))?;
            if when.imported {
                return Ok(None);
            }
            (digest, when.occurred_at.naive_utc(), when.recorded_at.naive_utc(), None)
        }
        (None, Some((id, occurred_at, recorded_at))) => {
            (id.replace('-', ""), occurred_at, recorded_at, Some(id))
        }
        (None, None) => return Err(lost("there is neither an event nor a notice".to_owned())),
    };
    // Half of a digest tells events apart as well as all of it.
    let message = format!("msg_{}", message.get(..32).unwrap_or(&message));
    Ok(Some(Line { number, case, sequence, notice, kind, message, occurred_at, recorded_at }))
}

/// The number in the feed after which everything stands that was recorded from a time on, and a little more.
///
/// # Errors
/// When the database fails.
pub fn number_before(
    connection: &mut Connection,
    landlord: &str,
    since: DateTime<Utc>,
) -> Result<i64, StorageError> {
    let wanted = since - EARLIER;
    let (mut low, mut high) = (0, feed::head(connection, landlord)?);
    // Everything up to `low` is earlier; what comes after `high` is not.
    while low < high {
        let middle = low + (high - low + 1) / 2;
        if recorded_at(connection, landlord, middle)?.is_some_and(|at| at < wanted) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    Ok(low)
}

fn recorded_at(
    connection: &mut Connection,
    landlord: &str,
    number: i64,
) -> Result<Option<DateTime<Utc>>, StorageError> {
    let event = case_events::case_id
        .nullable()
        .eq(lines::case_id)
        .and(case_events::sequence.nullable().eq(lines::sequence));
    let row: Option<(Option<String>, Option<NaiveDateTime>)> = lines::table
        .left_join(case_events::table.on(event))
        .left_join(notices::table.on(notices::id.nullable().eq(lines::notice_id)))
        .filter(lines::landlord_id.eq(landlord))
        .filter(lines::number.eq(number))
        .select((case_events::body.nullable(), notices::recorded_at.nullable()))
        .first(connection)
        .optional()?;
    let lost = |error: serde_json::Error| StorageError::DamagedNotice { number, reason: error.to_string() };
    match row {
        Some((Some(body), _)) => Ok(Some(serde_json::from_str::<When>(&body).map_err(lost)?.recorded_at)),
        Some((None, at)) => Ok(at.map(|at| at.and_utc())),
        None => Ok(None),
    }
}
