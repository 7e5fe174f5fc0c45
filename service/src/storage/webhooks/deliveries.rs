//! Deliveries as somebody looks at them.

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::{
    ExpressionMethods, OptionalExtension, QueryDsl, Queryable, RunQueryDsl, Selectable, SelectableHelper,
};

use super::{DeliveryId, DeliveryState, WebhookId};
use crate::storage::schema::{webhook_deliveries, webhook_endpoints};
use crate::storage::{Connection, StorageError};

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
        let state = DeliveryState::of(&self.state).ok_or_else(|| damaged("state"))?;
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

/// How many deliveries, by landlord.
pub type Counts = Vec<(String, i64)>;

/// How the deliveries stand that are not over.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Open {
    /// How many are to be made, by landlord.
    pub to_make: Counts,
    /// Since when the oldest of those is.
    pub oldest: Option<NaiveDateTime>,
    /// How many are of a disabled webhook, by landlord: none of them is made before somebody enables it.
    pub held: Counts,
}

/// How the deliveries stand that are not over.
///
/// # Errors
/// When the database fails.
pub fn standing(connection: &mut Connection) -> Result<Open, StorageError> {
    let open = webhook_deliveries::ended_at.is_null();
    let disabled = webhook_endpoints::table
        .filter(webhook_endpoints::disabled_at.is_not_null())
        .select(webhook_endpoints::id);
    let of_disabled = || webhook_deliveries::endpoint_id.eq_any(disabled);
    let by_landlord = (webhook_deliveries::landlord_id, diesel::dsl::count_star());
    let to_make = webhook_deliveries::table
        .filter(open)
        .filter(diesel::dsl::not(of_disabled()))
        .group_by(webhook_deliveries::landlord_id)
        .select(by_landlord)
        .load(connection)?;
    let held = webhook_deliveries::table
        .filter(open)
        .filter(of_disabled())
        .group_by(webhook_deliveries::landlord_id)
        .select(by_landlord)
        .load(connection)?;
    let oldest = webhook_deliveries::table
        .filter(open)
        .filter(diesel::dsl::not(of_disabled()))
        .select(diesel::dsl::min(webhook_deliveries::recorded_at))
        .first(connection)?;
    Ok(Open { to_make, oldest, held })
}
