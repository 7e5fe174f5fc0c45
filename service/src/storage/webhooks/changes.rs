//! Changing endpoints. Whoever changes one holds it.

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::dsl::Eq;
use diesel::prelude::{ExpressionMethods, QueryDsl, RunQueryDsl};

use super::endpoints::{Endpoint, Wanted};
use super::{DeliveryState, DisabledWhy, OUT, WebhookId};
use crate::storage::schema::{webhook_deliveries, webhook_endpoints};
use crate::storage::{Connection, StorageError};
use crate::webhooks::secret::Secret;

/// Says anew where an endpoint is and what it is told of. What was held against another address is not held against this one; what is out
/// to the other is taken back, so that its answer says nothing of this one, and goes out again with what was to be tried there.
///
/// # Errors
/// When the database fails.
pub fn change(
    connection: &mut Connection,
    there: &Endpoint,
    wanted: &Wanted,
    now: DateTime<Utc>,
) -> Result<(), StorageError> {
    let id = there.id.to_string();
    if there.url != wanted.url {
        diesel::update(webhook_endpoints::table.find(&id)).set(untroubled()).execute(connection)?;
        let out = webhook_deliveries::table
            .filter(webhook_deliveries::endpoint_id.eq(&id))
            .filter(webhook_deliveries::state.eq_any(OUT));
        diesel::update(out)
            .set((
                webhook_deliveries::state.eq(DeliveryState::Pending.as_str()),
                webhook_deliveries::claim.eq(None::<String>),
                webhook_deliveries::attempts.eq(0),
                webhook_deliveries::due_at.eq(Some(now.naive_utc())),
            ))
            .execute(connection)?;
    }
    diesel::update(webhook_endpoints::table.find(&id))
        .set((
            webhook_endpoints::url.eq(&wanted.url),
            webhook_endpoints::description.eq(&wanted.description),
            webhook_endpoints::types.eq(wanted.words()),
        ))
        .execute(connection)?;
    Ok(())
}

/// Nothing that was not delivered is held against an endpoint.
type Untroubled = (
    Eq<webhook_endpoints::failing_since, Option<NaiveDateTime>>,
    Eq<webhook_endpoints::rests_until, Option<NaiveDateTime>>,
);

pub(super) fn untroubled() -> Untroubled {
    (webhook_endpoints::failing_since.eq(None), webhook_endpoints::rests_until.eq(None))
}

/// Has an endpoint told again, from where it stopped being told. What failed before counts no more.
///
/// # Errors
/// When the database fails.
pub fn enable(connection: &mut Connection, id: WebhookId) -> Result<(), StorageError> {
    diesel::update(webhook_endpoints::table.find(id.to_string()))
        .set((
            webhook_endpoints::disabled_at.eq(None::<NaiveDateTime>),
            webhook_endpoints::disabled_why.eq(None::<String>),
            untroubled(),
        ))
        .execute(connection)?;
    Ok(())
}

/// Has an endpoint told nothing; says whether it was told until now.
///
/// # Errors
/// When the database fails.
pub fn disable(
    connection: &mut Connection,
    id: WebhookId,
    why: DisabledWhy,
    now: DateTime<Utc>,
) -> Result<bool, StorageError> {
    let row = webhook_endpoints::table.find(id.to_string());
    let disabled = diesel::update(row.filter(webhook_endpoints::disabled_at.is_null()))
        .set((
            webhook_endpoints::disabled_at.eq(Some(now.naive_utc())),
            webhook_endpoints::disabled_why.eq(Some(why.as_str())),
        ))
        .execute(connection)?;
    Ok(disabled == 1)
}

/// Lets an endpoint be tried at once, though it was to be left alone.
///
/// # Errors
/// When the database fails.
pub fn wake(connection: &mut Connection, id: WebhookId) -> Result<(), StorageError> {
    diesel::update(webhook_endpoints::table.find(id.to_string()))
        .set(webhook_endpoints::rests_until.eq(None::<NaiveDateTime>))
        .execute(connection)?;
    Ok(())
}

/// Puts a secret in the place of an endpoint's, which goes on signing beside it until then; not at all, where that is now.
///
/// # Errors
/// When the database fails.
pub fn rotate(
    connection: &mut Connection,
    endpoint: &Endpoint,
    secret: &Secret,
    (until, now): (DateTime<Utc>, DateTime<Utc>),
) -> Result<(), StorageError> {
    let previous = (until > now).then(|| (endpoint.secret.reveal(), until.naive_utc()));
    let (old, end) = previous.unzip();
    diesel::update(webhook_endpoints::table.find(endpoint.id.to_string()))
        .set((
            webhook_endpoints::secret.eq(secret.reveal()),
            webhook_endpoints::previous_secret.eq(old),
            webhook_endpoints::previous_until.eq(end),
        ))
        .execute(connection)?;
    Ok(())
}

/// Takes an endpoint away, with its deliveries.
///
/// # Errors
/// When the database fails.
pub fn delete(connection: &mut Connection, id: WebhookId) -> Result<(), StorageError> {
    let id = id.to_string();
    diesel::delete(webhook_deliveries::table.filter(webhook_deliveries::endpoint_id.eq(&id)))
        .execute(connection)?;
    diesel::delete(webhook_endpoints::table.find(&id)).execute(connection)?;
    Ok(())
}
