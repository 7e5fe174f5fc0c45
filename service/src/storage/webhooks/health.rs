//! How an endpoint is, by what became of its deliveries.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::{ExpressionMethods, QueryDsl, RunQueryDsl};

use super::{DisabledWhy, WebhookId, changes};
use crate::notices::{Notice, Noticed, WebhookEndpointDisabled};
use crate::storage::schema::webhook_endpoints;
use crate::storage::{Connection, StorageError, notices};
use crate::webhooks::schedule;

/// An endpoint has taken something.
pub(super) fn well(connection: &mut Connection, endpoint: &str) -> Result<(), StorageError> {
    diesel::update(webhook_endpoints::table.find(endpoint)).set(changes::untroubled()).execute(connection)?;
    Ok(())
}

/// An endpoint has not taken something: it is left alone for as long as it asks, and the longer the longer it has been so.
pub(super) fn ill(
    connection: &mut Connection,
    endpoint: &str,
    since: DateTime<Utc>,
    asked: TimeDelta,
    now: DateTime<Utc>,
) -> Result<(), StorageError> {
    let rest = asked.max(schedule::rest(now - since));
    let until = (rest > TimeDelta::zero()).then(|| (now + rest).naive_utc());
    diesel::update(webhook_endpoints::table.find(endpoint))
        .set((
            webhook_endpoints::failing_since.eq(Some(since.naive_utc())),
            webhook_endpoints::rests_until.eq(until),
        ))
        .execute(connection)?;
    Ok(())
}

/// Tells an endpoint nothing any more, and tells everybody else.
pub(super) fn give_up(
    connection: &mut Connection,
    (landlord, endpoint): (&str, &str),
    why: DisabledWhy,
    now: DateTime<Utc>,
) -> Result<(), StorageError> {
    let damaged = || StorageError::DamagedWebhook { id: endpoint.to_owned(), what: "id" };
    let id: WebhookId = endpoint.parse().map_err(|_| damaged())?;
    if !changes::disable(connection, id, why, now)? {
        return Ok(());
    }
    tracing::warn!(webhook = endpoint, landlord, why = why.as_str(), "a webhook was disabled");
    let notice = Notice {
        case: None,
        key: format!("webhook-endpoint-disabled {endpoint} {}", now.to_rfc3339()),
        noticed: Noticed::WebhookEndpointDisabled(WebhookEndpointDisabled { webhook: id, why }),
        occurred_at: now,
    };
    notices::give(connection, landlord, &notice, now).map(drop)
}
