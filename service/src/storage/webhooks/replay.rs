//! Deliveries that somebody wants: again, or to try an endpoint with.

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::{ExpressionMethods, QueryDsl, RunQueryDsl};
use uuid::Uuid;

use super::deliveries::{Delivery, by_id};
use super::endpoints::Endpoint;
use super::fan_out::{NewDelivery, again, due, new_id, state_in};
use super::{DeliveryId, DeliveryState, WebhookId};
use crate::event_type::EventType;
use crate::storage::schema::{webhook_deliveries, webhook_endpoints};
use crate::storage::{Connection, StorageError};
use crate::webhooks::payload::TEST;

/// Has one delivery sent again: at once where it waits for its next try, and from the first try on where it is over. The endpoint must
/// be held.
///
/// # Errors
/// When the database fails.
pub fn one(
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
pub fn after(connection: &mut Connection, endpoint: &Endpoint, number: i64) -> Result<(), StorageError> {
    let id = endpoint.id.to_string();
    // What is still to be sent waits for what comes before it again; what the endpoint is no longer told of does not come again.
    let wanted: Vec<&str> = match endpoint.types.as_slice() {
        [] => EventType::all().collect(),
        some => some.iter().map(|kind| kind.as_str()).collect(),
    };
    diesel::update(
        webhook_deliveries::table
            .filter(webhook_deliveries::endpoint_id.eq(&id))
            .filter(webhook_deliveries::state.eq(DeliveryState::Pending.as_str()))
            .filter(webhook_deliveries::kind.eq_any(wanted))
            .filter(webhook_deliveries::number.gt(number)),
    )
    .set((
        webhook_deliveries::state.eq(DeliveryState::Waiting.as_str()),
        webhook_deliveries::due_at.eq(None::<NaiveDateTime>),
    ))
    .execute(connection)?;
    diesel::update(webhook_endpoints::table.find(&id))
        .set(webhook_endpoints::told_to.eq(endpoint.told_to.min(number)))
        .execute(connection)?;
    Ok(())
}
