//! What came of deliveries.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use diesel::prelude::{ExpressionMethods, OptionalExtension, QueryDsl, RunQueryDsl};

use super::health::{give_up, ill, well};
use super::{DeliveryState, DisabledWhy, endpoints};
use crate::storage::schema::{webhook_deliveries, webhook_endpoints};
use crate::storage::{Connection, StorageError};
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
    /// What came of it; none where it was not sent, and is given back.
    pub outcome: Option<Outcome>,
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
    let mut by_endpoint: BTreeMap<&str, Vec<&Done>> = BTreeMap::new();
    for one in done {
        by_endpoint.entry(&one.endpoint).or_default().push(one);
    }
    for endpoint in by_endpoint.keys() {
        endpoints::hold_row(connection, endpoint)?;
    }
    by_endpoint.into_iter().try_for_each(|(endpoint, done)| settle_of(connection, endpoint, &done, now))
}

/// What came of one endpoint's deliveries: those that it took together, the others one by one, as few as there should be.
fn settle_of(
    connection: &mut Connection,
    endpoint: &str,
    done: &[&Done],
    now: DateTime<Utc>,
) -> Result<(), StorageError> {
    let there: Option<Told> = webhook_endpoints::table
        .find(endpoint)
        .select((
            webhook_endpoints::landlord_id,
            webhook_endpoints::told_to,
            webhook_endpoints::failing_since,
        ))
        .first(connection)
        .optional()?;
    let Some((landlord, told_to, failing_since)) = there else { return Ok(()) };
    let standing = standing(connection, done)?;
    let mut over: HashSet<&str> = HashSet::new();
    let mut delivered: BTreeMap<u16, Vec<&str>> = BTreeMap::new();
    let mut unsent: Vec<&str> = Vec::new();
    let mut since = failing_since.map(|since| since.and_utc());
    let mut was_ill = since.is_some();
    for one in done {
        let Some((lane, tries)) = standing.get(&one.id) else { continue };
        match one.outcome {
            None => unsent.push(&one.id),
            Some(Outcome::Delivered(status)) => {
                delivered.entry(status).or_default().push(&one.id);
                over.insert(lane);
                since = None;
            }
            Some(outcome) => {
                was_ill = true;
                if failed(connection, (&landlord, one, outcome), *tries, &mut since, now)? {
                    over.insert(lane);
                }
            }
        }
    }
    give_back(connection, &unsent, now)?;
    for (status, ids) in delivered {
        write(connection, &ids, (Some(status), None), Next::Over(DeliveryState::Delivered), now)?;
    }
    if since.is_none() && was_ill {
        well(connection, endpoint)?;
    }
    follow(connection, (endpoint, told_to), over, now)
}

/// An endpoint: its landlord, how far it is told, and since when it fails.
type Told = (String, i64, Option<NaiveDateTime>);

/// Those of the deliveries that are still the sender's: by id, the lane and how often it was tried.
fn standing(
    connection: &mut Connection,
    done: &[&Done],
) -> Result<HashMap<String, (String, i32)>, StorageError> {
    let ids = done.iter().map(|done| done.id.as_str());
    let rows: Vec<(String, Option<String>, String, i32)> = webhook_deliveries::table
        .filter(webhook_deliveries::id.eq_any(ids))
        .select((
            webhook_deliveries::id,
            webhook_deliveries::claim,
            webhook_deliveries::lane,
            webhook_deliveries::attempts,
        ))
        .load(connection)?;
    let claims: HashMap<&str, &str> =
        done.iter().map(|done| (done.id.as_str(), done.claim.as_str())).collect();
    let own = |(id, claim, ..): &(String, Option<String>, String, i32)| {
        claim.is_some() && claims.get(id.as_str()).copied() == claim.as_deref()
    };
    Ok(rows.into_iter().filter(own).map(|(id, _, lane, tries)| (id, (lane, tries))).collect())
}

/// Writes down that a delivery was not taken; says whether it is given up. `since` is since when its endpoint has taken nothing.
fn failed(
    connection: &mut Connection,
    (landlord, done, outcome): (&str, &Done, Outcome),
    tries: i32,
    since: &mut Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<bool, StorageError> {
    let (trouble, status, retry_after) = match outcome {
        Outcome::Delivered(_) => return Ok(false),
        Outcome::Gone => {
            // It stays to be sent, for whenever the endpoint is enabled again.
            write(connection, &[&done.id], (Some(410), Some(Trouble::Status)), Next::Again(now), now)?;
            give_up(connection, (landlord, &done.endpoint), DisabledWhy::Gone, now)?;
            return Ok(false);
        }
        Outcome::Failed { trouble, status, retry_after } => (trouble, status, retry_after),
    };
    let wait = schedule::wait(u32::try_from(tries).unwrap_or(u32::MAX), done.chance);
    let asked = retry_after.unwrap_or_default();
    let next = wait.map_or(Next::Over(DeliveryState::Failed), |wait| Next::Again(now + wait.max(asked)));
    write(connection, &[&done.id], (status, Some(trouble)), next, now)?;
    let begun = *since.get_or_insert(done.at);
    ill(connection, &done.endpoint, begun, asked, now)?;
    if now - begun >= schedule::patience() {
        give_up(connection, (landlord, &done.endpoint), DisabledWhy::Failing, now)?;
    }
    Ok(wait.is_none())
}

/// Gives back what was not sent: it is to be sent as it was before, and was not tried.
fn give_back(connection: &mut Connection, ids: &[&str], now: DateTime<Utc>) -> Result<(), StorageError> {
    if ids.is_empty() {
        return Ok(());
    }
    let first = webhook_deliveries::attempts.eq(1);
    diesel::update(webhook_deliveries::table.filter(webhook_deliveries::id.eq_any(ids)).filter(first))
        .set(webhook_deliveries::last_attempt_at.eq(None::<NaiveDateTime>))
        .execute(connection)?;
    diesel::update(webhook_deliveries::table.filter(webhook_deliveries::id.eq_any(ids)))
        .set((
            webhook_deliveries::state.eq(DeliveryState::Pending.as_str()),
            webhook_deliveries::due_at.eq(Some(now.naive_utc())),
            webhook_deliveries::claim.eq(None::<String>),
            webhook_deliveries::attempts.eq(webhook_deliveries::attempts - 1),
        ))
        .execute(connection)?;
    Ok(())
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
    ids: &[&str],
    (status, trouble): (Option<u16>, Option<Trouble>),
    next: Next,
    now: DateTime<Utc>,
) -> Result<(), StorageError> {
    let (state, due_at, ended_at) = match next {
        Next::Again(then) => (DeliveryState::Pending, Some(then.naive_utc()), None),
        Next::Over(state) => (state, None, Some(now.naive_utc())),
    };
    diesel::update(webhook_deliveries::table.filter(webhook_deliveries::id.eq_any(ids)))
        .set((
            webhook_deliveries::state.eq(state.as_str()),
            webhook_deliveries::due_at.eq(due_at),
            webhook_deliveries::claim.eq(None::<String>),
            webhook_deliveries::last_status.eq(status.map(i32::from)),
            webhook_deliveries::last_problem.eq(trouble.map(Trouble::as_str)),
            webhook_deliveries::ended_at.eq(ended_at),
        ))
        .execute(connection)?;
    Ok(())
}

/// Has the next in each of these lanes sent, now that the one before it is over. What the feed has not been turned into again, where
/// somebody wants all of it again, is not looked at: its turn comes with what stands before it.
fn follow(
    connection: &mut Connection,
    (endpoint, told_to): (&str, i64),
    lanes: HashSet<&str>,
    now: DateTime<Utc>,
) -> Result<(), StorageError> {
    if lanes.is_empty() {
        return Ok(());
    }
    let waiting = webhook_deliveries::state.eq(DeliveryState::Waiting.as_str());
    let firsts: Vec<Option<i64>> = webhook_deliveries::table
        .filter(webhook_deliveries::endpoint_id.eq(endpoint))
        .filter(webhook_deliveries::lane.eq_any(lanes))
        .filter(waiting)
        .filter(webhook_deliveries::number.le(told_to))
        .group_by(webhook_deliveries::lane)
        .select(diesel::dsl::min(webhook_deliveries::number))
        .load(connection)?;
    let firsts: Vec<i64> = firsts.into_iter().flatten().collect();
    if firsts.is_empty() {
        return Ok(());
    }
    // A number is of one line of the feed, and so of one delivery of an endpoint's.
    diesel::update(
        webhook_deliveries::table
            .filter(webhook_deliveries::endpoint_id.eq(endpoint))
            .filter(webhook_deliveries::number.eq_any(firsts)),
    )
    .set((
        webhook_deliveries::state.eq(DeliveryState::Pending.as_str()),
        webhook_deliveries::due_at.eq(Some(now.naive_utc())),
    ))
    .execute(connection)?;
    Ok(())
}

/// Removes deliveries that have been over for [`KEPT_FOR`], not too many at a time; says whether there are more.
///
/// # Errors
/// When the database fails.
pub fn remove_old(connection: &mut Connection, now: DateTime<Utc>) -> Result<bool, StorageError> {
    let long_over = || webhook_deliveries::ended_at.lt((now - KEPT_FOR).naive_utc());
    let old: Vec<String> = webhook_deliveries::table
        .filter(long_over())
        .order(webhook_deliveries::ended_at)
        .limit(REMOVED_AT_ONCE)
        .select(webhook_deliveries::id)
        .load(connection)?;
    // It is asked again: what somebody has had sent anew since it was looked at is over no more.
    let still = webhook_deliveries::table.filter(webhook_deliveries::id.eq_any(&old)).filter(long_over());
    diesel::delete(still).execute(connection)?;
    Ok(i64::try_from(old.len()).unwrap_or(0) == REMOVED_AT_ONCE)
}
