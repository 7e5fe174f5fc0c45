//! Deliveries as somebody looks at them, and wants them sent again.

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use diesel::prelude::{
    ExpressionMethods, NullableExpressionMethods, OptionalExtension, QueryDsl, Queryable, RunQueryDsl,
    Selectable, SelectableHelper,
};
use serde::Deserialize;
use uuid::Uuid;

use super::endpoints::Endpoint;
use super::fan_out::{NewDelivery, again, due, new_id, state_in};
use super::{DeliveryId, DeliveryState, WebhookId};
use crate::storage::schema::{case_events, feed as lines, notices, webhook_deliveries, webhook_endpoints};
use crate::storage::{Connection, StorageError, feed};
use crate::webhooks::payload::TEST;

/// How much earlier than the time that is asked for deliveries begin again: the feed is in the order in which instances with clocks of
/// their own recorded things, and that of their clocks may be a little another.
const EARLIER: TimeDelta = TimeDelta::minutes(1);

/// A delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Its id.
    pub id: DeliveryId,
    /// The id of the message.
    pub message: String,
    /// What it tells.
    pub kind: String,
    /// Its number in the feed; none for a test.
    pub number: Option<i64>,
    /// The case.
    pub case: Option<String>,
    /// What has become of it.
    pub state: DeliveryState,
    /// How often it was tried.
    pub attempts: u32,
    /// When it is tried next.
    pub next_attempt_at: Option<DateTime<Utc>>,
    /// When it was tried last.
    pub last_attempt_at: Option<DateTime<Utc>>,
    /// What the receiver answered then.
    pub last_status: Option<i32>,
    /// What went wrong then.
    pub last_problem: Option<String>,
    /// When it came to be delivered or given up.
    pub ended_at: Option<DateTime<Utc>>,
    /// Since when it is there.
    pub created_at: DateTime<Utc>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = webhook_deliveries)]
struct Row {
    id: String,
    message: String,
    kind: String,
    number: Option<i64>,
    case_id: Option<String>,
    state: String,
    attempts: i32,
    due_at: Option<NaiveDateTime>,
    last_attempt_at: Option<NaiveDateTime>,
    last_status: Option<i32>,
    last_problem: Option<String>,
    ended_at: Option<NaiveDateTime>,
    created_at: NaiveDateTime,
}

impl Row {
    fn read(self) -> Result<Delivery, StorageError> {
        let damaged = |what: &'static str| StorageError::DamagedWebhook { id: self.id.clone(), what };
        let state = DeliveryState::read(&self.state).ok_or_else(|| damaged("state"))?;
        Ok(Delivery {
            id: self.id.parse().map_err(|_| damaged("id"))?,
            state,
            message: self.message,
            kind: self.kind,
            number: self.number,
            case: self.case_id,
            attempts: u32::try_from(self.attempts).unwrap_or(0),
            // While it is being sent, that is the time at which whoever sends it has lost it.
            next_attempt_at: self.due_at.filter(|_| state == DeliveryState::Pending).map(|at| at.and_utc()),
            last_attempt_at: self.last_attempt_at.map(|at| at.and_utc()),
            last_status: self.last_status,
            last_problem: self.last_problem,
            ended_at: self.ended_at.map(|at| at.and_utc()),
            created_at: self.created_at.and_utc(),
        })
    }
}

/// An endpoint's deliveries, the newest first: at most `limit` that came before one of them, or from the newest on.
///
/// # Errors
/// When the database fails.
pub fn of_endpoint(
    connection: &mut Connection,
    endpoint: WebhookId,
    state: Option<DeliveryState>,
    (before, limit): (Option<DeliveryId>, i64),
) -> Result<Vec<Delivery>, StorageError> {
    let mut query = webhook_deliveries::table
        .filter(webhook_deliveries::endpoint_id.eq(endpoint.to_string()))
        .order(webhook_deliveries::id.desc())
        .limit(limit)
        .select(Row::as_select())
        .into_boxed();
    if let Some(state) = state {
        query = query.filter(webhook_deliveries::state.eq(state.as_str()));
    }
    if let Some(before) = before {
        query = query.filter(webhook_deliveries::id.lt(before.to_string()));
    }
    let rows: Vec<Row> = query.load(connection)?;
    rows.into_iter().map(Row::read).collect()
}

/// One of an endpoint's deliveries.
///
/// # Errors
/// When the database fails.
pub fn by_id(
    connection: &mut Connection,
    endpoint: WebhookId,
    id: DeliveryId,
) -> Result<Option<Delivery>, StorageError> {
    let row: Option<Row> = webhook_deliveries::table
        .filter(webhook_deliveries::endpoint_id.eq(endpoint.to_string()))
        .filter(webhook_deliveries::id.eq(id.to_string()))
        .select(Row::as_select())
        .first(connection)
        .optional()?;
    row.map(Row::read).transpose()
}

/// Has one delivery sent again: at once where it waits for its next try, and from the first try on where it is over. The endpoint must
/// be held.
///
/// # Errors
/// When the database fails.
pub fn replay(
    connection: &mut Connection,
    endpoint: WebhookId,
    id: DeliveryId,
    now: DateTime<Utc>,
) -> Result<Option<Delivery>, StorageError> {
    let Some(there) = by_id(connection, endpoint, id)? else { return Ok(None) };
    let row = webhook_deliveries::table.find(id.to_string());
    match there.state {
        DeliveryState::Waiting | DeliveryState::Delivering => {}
        DeliveryState::Pending => {
            let at_once = webhook_deliveries::due_at.eq(Some(now.naive_utc()));
            diesel::update(row).set(at_once).execute(connection)?;
        }
        DeliveryState::Delivered | DeliveryState::Failed => {
            let lane: String = row.select(webhook_deliveries::lane).first(connection)?;
            let state = state_in(connection, &endpoint.to_string(), &lane)?;
            again(connection, &id.to_string(), state, now)?;
        }
    }
    by_id(connection, endpoint, id)
}

/// Enters a message that tells nothing, to try an endpoint with. It waits for no other.
///
/// # Errors
/// When the database fails.
pub fn test(
    connection: &mut Connection,
    endpoint: &Endpoint,
    now: DateTime<Utc>,
) -> Result<Option<Delivery>, StorageError> {
    let (id, endpoint_id, message) =
        (new_id(), endpoint.id.to_string(), format!("msg_{}", Uuid::now_v7().simple()));
    let delivery = NewDelivery {
        id: id.clone(),
        landlord_id: &endpoint.landlord,
        endpoint_id: &endpoint_id,
        message: message.clone(),
        kind: TEST,
        number: None,
        case_id: None,
        sequence: None,
        notice_id: None,
        occurred_at: now.naive_utc(),
        recorded_at: now.naive_utc(),
        lane: &message,
        state: DeliveryState::Pending.as_str(),
        attempts: 0,
        due_at: due(DeliveryState::Pending, now),
        created_at: now.naive_utc(),
    };
    diesel::insert_into(webhook_deliveries::table).values(&delivery).execute(connection)?;
    let damaged = |_| StorageError::DamagedWebhook { id: id.clone(), what: "id" };
    by_id(connection, endpoint.id, id.parse().map_err(damaged)?)
}

/// Has everything after a number of the feed delivered again that the endpoint is told of, in the order of the feed: what was delivered
/// or given up too, also where its delivery is no longer kept. The endpoint must be held.
///
/// # Errors
/// When the database fails.
pub fn replay_after(
    connection: &mut Connection,
    endpoint: &Endpoint,
    after: i64,
) -> Result<(), StorageError> {
    let id = endpoint.id.to_string();
    // What is still to be sent waits for what comes before it again.
    diesel::update(
        webhook_deliveries::table
            .filter(webhook_deliveries::endpoint_id.eq(&id))
            .filter(webhook_deliveries::state.eq(DeliveryState::Pending.as_str()))
            .filter(webhook_deliveries::number.gt(after)),
    )
    .set((
        webhook_deliveries::state.eq(DeliveryState::Waiting.as_str()),
        webhook_deliveries::due_at.eq(None::<NaiveDateTime>),
    ))
    .execute(connection)?;
    diesel::update(webhook_endpoints::table.find(&id))
        .set(webhook_endpoints::told_to.eq(endpoint.told_to.min(after)))
        .execute(connection)?;
    Ok(())
}

#[derive(Deserialize)]
struct When {
    recorded_at: DateTime<Utc>,
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
    use diesel::prelude::{BoolExpressionMethods, JoinOnDsl};
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

/// How many deliveries, by landlord.
pub type Counts = Vec<(String, i64)>;

/// How many deliveries are to be made, by landlord, and since when the oldest is.
///
/// # Errors
/// When the database fails.
pub fn standing(connection: &mut Connection) -> Result<(Counts, Option<NaiveDateTime>), StorageError> {
    let open = webhook_deliveries::ended_at.is_null();
    let counts = webhook_deliveries::table
        .filter(open)
        .group_by(webhook_deliveries::landlord_id)
        .select((webhook_deliveries::landlord_id, diesel::dsl::count_star()))
        .load(connection)?;
    let oldest = webhook_deliveries::table
        .filter(open)
        .select(diesel::dsl::min(webhook_deliveries::recorded_at))
        .first(connection)?;
    Ok((counts, oldest))
}
