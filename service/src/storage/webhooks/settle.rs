//! What came of deliveries.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use diesel::prelude::{
    BoolExpressionMethods, ExpressionMethods, JoinOnDsl, OptionalExtension, QueryDsl, RunQueryDsl,
};

use super::{DeliveryState, DisabledWhy, WebhookId, endpoints};
use crate::notices::{Notice, Noticed, WebhookEndpointDisabled};
use crate::storage::schema::{webhook_deliveries, webhook_endpoints};
use crate::storage::{Connection, StorageError, notices};
use crate::webhooks::{Outcome, Trouble, schedule};

/// How long deliveries are kept that are over.
pub const KEPT_FOR: TimeDelta = TimeDelta::days(30);

/// How many of them are removed at a time.
const REMOVED_AT_ONCE: i64 = 500;

/// What came of a delivery.
#[derive(Debug, Clone)]
pub struct Done {
    /// Its id.
    pub id: String,
    /// The endpoint's id.
    pub endpoint: String,
    /// Whoever had it.
    pub claim: String,
    /// What came of it.
    pub outcome: Outcome,
    /// When it was sent.
    pub at: DateTime<Utc>,
    /// A number from 0 to 255 by which the next try is put off a little.
    pub chance: u8,
}

/// Writes down what came of deliveries, within the caller's write transaction: what follows each in its lane is to be sent then, and an
/// endpoint that is gone, or has failed for too long, is disabled. What is no longer the sender's, since its time was over, is passed
/// over: whoever took it next says what came of it.
///
/// # Errors
/// When the database fails.
pub fn settle(connection: &mut Connection, done: &[Done], now: DateTime<Utc>) -> Result<(), StorageError> {
    // In one order, whoever does it: two that each held what the other wants would wait for ever.
    let held: BTreeSet<&str> = done.iter().map(|done| done.endpoint.as_str()).collect();
    for endpoint in held {
        endpoints::hold_row(connection, endpoint)?;
    }
    for one in done {
        settle_one(connection, one, now)?;
    }
    Ok(())
}

/// A delivery as it stands.
type Standing = (String, i32, Option<NaiveDateTime>, String);

fn settle_one(connection: &mut Connection, done: &Done, now: DateTime<Utc>) -> Result<(), StorageError> {
    let standing: Option<Standing> = webhook_deliveries::table
        .inner_join(webhook_endpoints::table.on(webhook_endpoints::id.eq(webhook_deliveries::endpoint_id)))
        .filter(webhook_deliveries::id.eq(&done.id))
        .filter(webhook_deliveries::claim.eq(&done.claim))
        .select((
            webhook_deliveries::lane,
            webhook_deliveries::attempts,
            webhook_endpoints::failing_since,
            webhook_endpoints::landlord_id,
        ))
        .first(connection)
        .optional()?;
    let Some((lane, attempts, failing_since, landlord)) = standing else { return Ok(()) };
    let tries = attempts.saturating_add(1);
    match done.outcome {
        Outcome::Delivered(status) => {
            write(connection, done, tries, (Some(status), None), Next::Over(DeliveryState::Delivered), now)?;
            follow(connection, (&done.endpoint, &lane), now)?;
            if failing_since.is_some() {
                well(connection, &done.endpoint)?;
            }
            Ok(())
        }
        Outcome::Gone => {
            // It stays to be sent, for whenever the endpoint is enabled again.
            let next = Next::Again(now);
            write(connection, done, tries, (Some(410), Some(Trouble::Status)), next, now)?;
            give_up(connection, (&landlord, &done.endpoint), DisabledWhy::Gone, now)
        }
        Outcome::Failed { trouble, status, retry_after } => {
            let wait = schedule::wait(u32::try_from(tries).unwrap_or(u32::MAX), done.chance);
            let asked = retry_after.unwrap_or_default();
            let next =
                wait.map_or(Next::Over(DeliveryState::Failed), |wait| Next::Again(now + wait.max(asked)));
            write(connection, done, tries, (status, Some(trouble)), next, now)?;
            if wait.is_none() {
                follow(connection, (&done.endpoint, &lane), now)?;
            }
            let since = failing_since.map_or(done.at, |since| since.and_utc());
            ill(connection, &done.endpoint, since, asked, now)?;
            if now - since >= schedule::patience() {
                give_up(connection, (&landlord, &done.endpoint), DisabledWhy::Failing, now)?;
            }
            Ok(())
        }
    }
}

/// What is next for a delivery.
#[derive(Clone, Copy)]
enum Next {
    /// It is sent again then.
    Again(DateTime<Utc>),
    /// Nothing.
    Over(DeliveryState),
}

fn write(
    connection: &mut Connection,
    done: &Done,
    tries: i32,
    (status, trouble): (Option<u16>, Option<Trouble>),
    next: Next,
    now: DateTime<Utc>,
) -> Result<(), StorageError> {
    let (state, due_at, ended_at) = match next {
        Next::Again(then) => (DeliveryState::Pending, Some(then.naive_utc()), None),
        Next::Over(state) => (state, None, Some(now.naive_utc())),
    };
    diesel::update(webhook_deliveries::table.find(&done.id))
        .set((
            webhook_deliveries::state.eq(state.as_str()),
            webhook_deliveries::attempts.eq(tries),
            webhook_deliveries::due_at.eq(due_at),
            webhook_deliveries::claim.eq(None::<String>),
            webhook_deliveries::last_attempt_at.eq(Some(done.at.naive_utc())),
            webhook_deliveries::last_status.eq(status.map(i32::from)),
            webhook_deliveries::last_problem.eq(trouble.map(Trouble::as_str)),
            webhook_deliveries::ended_at.eq(ended_at),
        ))
        .execute(connection)?;
    Ok(())
}

/// Has the next in a lane sent, now that the one before it is over. What the feed has not been turned into again, where somebody wants
/// all of it again, is not looked at: its turn comes with what stands before it.
fn follow(
    connection: &mut Connection,
    (endpoint, lane): (&str, &str),
    now: DateTime<Utc>,
) -> Result<(), StorageError> {
    let told_to: i64 =
        webhook_endpoints::table.find(endpoint).select(webhook_endpoints::told_to).first(connection)?;
    let next: Option<String> = webhook_deliveries::table
        .filter(webhook_deliveries::endpoint_id.eq(endpoint))
        .filter(webhook_deliveries::lane.eq(lane))
        .filter(webhook_deliveries::state.eq(DeliveryState::Waiting.as_str()))
        .filter(webhook_deliveries::number.is_null().or(webhook_deliveries::number.le(told_to)))
        .order((webhook_deliveries::number, webhook_deliveries::id))
        .select(webhook_deliveries::id)
        .first(connection)
        .optional()?;
    if let Some(next) = next {
        diesel::update(webhook_deliveries::table.find(next))
            .set((
                webhook_deliveries::state.eq(DeliveryState::Pending.as_str()),
                webhook_deliveries::due_at.eq(Some(now.naive_utc())),
            ))
            .execute(connection)?;
    }
    Ok(())
}

/// An endpoint has taken something.
fn well(connection: &mut Connection, endpoint: &str) -> Result<(), StorageError> {
    diesel::update(webhook_endpoints::table.find(endpoint))
        .set((
            webhook_endpoints::failing_since.eq(None::<NaiveDateTime>),
            webhook_endpoints::rests_until.eq(None::<NaiveDateTime>),
        ))
        .execute(connection)?;
    Ok(())
}

/// An endpoint has not taken something: it is left alone for as long as it asks, and the longer the longer it has been so.
fn ill(
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
fn give_up(
    connection: &mut Connection,
    (landlord, endpoint): (&str, &str),
    why: DisabledWhy,
    now: DateTime<Utc>,
) -> Result<(), StorageError> {
    let damaged = || StorageError::DamagedWebhook { id: endpoint.to_owned(), what: "id" };
    let id: WebhookId = endpoint.parse().map_err(|_| damaged())?;
    if !endpoints::disable(connection, id, why, now)? {
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

/// Removes deliveries that have been over for [`KEPT_FOR`], not too many at a time; says whether there are more.
///
/// # Errors
/// When the database fails.
pub fn remove_old(connection: &mut Connection, now: DateTime<Utc>) -> Result<bool, StorageError> {
    let old: Vec<String> = webhook_deliveries::table
        .filter(webhook_deliveries::ended_at.lt((now - KEPT_FOR).naive_utc()))
        .order(webhook_deliveries::ended_at)
        .limit(REMOVED_AT_ONCE)
        .select(webhook_deliveries::id)
        .load(connection)?;
    diesel::delete(webhook_deliveries::table.filter(webhook_deliveries::id.eq_any(&old)))
        .execute(connection)?;
    Ok(i64::try_from(old.len()).unwrap_or(0) == REMOVED_AT_ONCE)
}
