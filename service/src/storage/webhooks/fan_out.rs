//! From the feed to deliveries.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::{ExpressionMethods, Insertable, QueryDsl, RunQueryDsl};
use uuid::Uuid;

use super::lines::{self, Line};
use super::{DeliveryId, DeliveryState, OUT, is_out};
use crate::storage::schema::{webhook_deliveries, webhook_endpoints};
use crate::storage::{Connection, StorageError, feed};

/// How many lines of the feed are looked at for endpoints in one transaction, or one for each where there are more of them: others who write
/// wait for its end.
const STRETCH: i64 = 300;

/// A delivery that is to be.
#[derive(Insertable)]
#[diesel(table_name = webhook_deliveries)]
pub(super) struct NewDelivery<'a> {
    pub id: String,
    pub landlord_id: &'a str,
    pub endpoint_id: &'a str,
    pub message: String,
    pub kind: &'a str,
    pub number: Option<i64>,
    pub case_id: Option<&'a str>,
    pub sequence: Option<i32>,
    pub notice_id: Option<&'a str>,
    pub occurred_at: NaiveDateTime,
    pub recorded_at: NaiveDateTime,
    pub lane: &'a str,
    pub state: &'static str,
    pub attempts: i32,
    pub due_at: Option<NaiveDateTime>,
    pub created_at: NaiveDateTime,
}

/// A new delivery's id.
pub(super) fn new_id() -> String {
    DeliveryId(Uuid::now_v7().as_u128()).to_string()
}

/// An endpoint that is behind the feed.
struct Behind {
    landlord: String,
    id: String,
    told_to: i64,
    /// The last number of its landlord's feed.
    head: i64,
    types: String,
}

/// Turns what endpoints have not been told of yet into deliveries, within the caller's write transaction; says whether there is more. No more
/// than a stretch of the feed is looked at for all of them together, shared out so that one that is far behind, as it is where somebody
/// wants all of a long feed again, keeps no other waiting. What another instance is at work on is left to it.
///
/// # Errors
/// When the database fails, or the feed is damaged.
pub fn fan_out(connection: &mut Connection, now: DateTime<Utc>) -> Result<bool, StorageError> {
    let landlords: Vec<String> = webhook_endpoints::table
        .filter(webhook_endpoints::disabled_at.is_null())
        .select(webhook_endpoints::landlord_id)
        .distinct()
        .order(webhook_endpoints::landlord_id)
        .load(connection)?;
    let mut all = Vec::new();
    for landlord in landlords {
        let head = feed::number(connection, &landlord)?;
        all.extend(behind(connection, &landlord, head)?);
    }
    // Those that are nearly there first: what they do not need of their share is shared among the others.
    all.sort_by_key(|one| one.head - one.told_to);
    let (mut more, mut left) = (false, STRETCH);
    for (one, sharing) in all.iter().zip((1..=all.len()).rev()) {
        let share = left / i64::try_from(sharing).unwrap_or(i64::MAX);
        let last = one.head.min(one.told_to.saturating_add(share.max(1)));
        more |= last < one.head;
        left -= last - one.told_to;
        let types: Vec<&str> = one.types.split_ascii_whitespace().collect();
        let stretch = lines::read(connection, &one.landlord, (one.told_to, last), &types)?;
        enter(connection, (&one.landlord, &one.id), &stretch, now)?;
        diesel::update(webhook_endpoints::table.find(&one.id))
            .set(webhook_endpoints::told_to.eq(last))
            .execute(connection)?;
    }
    Ok(more)
}

/// The landlord's endpoints that are behind, held until the transaction ends.
fn behind(connection: &mut Connection, landlord: &str, head: i64) -> Result<Vec<Behind>, StorageError> {
    let query = webhook_endpoints::table
        .filter(webhook_endpoints::landlord_id.eq(landlord))
        .filter(webhook_endpoints::disabled_at.is_null())
        .filter(webhook_endpoints::told_to.lt(head))
        .order(webhook_endpoints::id)
        .select((webhook_endpoints::id, webhook_endpoints::told_to, webhook_endpoints::types));
    let rows: Vec<(String, i64, String)> = match connection {
        Connection::Sqlite(sqlite) => query.load(sqlite)?,
        Connection::Postgres(postgres) => query.for_update().skip_locked().load(postgres)?,
    };
    let read = |(id, told_to, types)| Behind { landlord: landlord.to_owned(), id, told_to, head, types };
    Ok(rows.into_iter().map(read).collect())
}

/// Enters a stretch of lines for an endpoint, which is held. One that was told before, which is so where somebody wanted it again, is
/// told again as the same message; one that is still to be told is left as it is.
fn enter(
    connection: &mut Connection,
    (landlord, endpoint): (&str, &str),
    lines: &[Line],
    now: DateTime<Utc>,
) -> Result<(), StorageError> {
    let there = known(connection, endpoint, lines)?;
    let mut taken = taken(connection, endpoint, lines)?;
    let mut new = Vec::new();
    for line in lines {
        let known = there.get(&line.message);
        if known.is_some_and(|(_, state)| is_out(state)) {
            continue;
        }
        let free = taken.insert(line.lane().to_owned());
        let state = if free { DeliveryState::Pending } else { DeliveryState::Waiting };
        match known {
            Some((id, _)) => again(connection, id, state, now)?,
            None => new.push(line.delivery((landlord, endpoint), state, now)),
        }
    }
    insert(connection, &new)
}

/// Those of the messages that are there: id and state.
fn known(
    connection: &mut Connection,
    endpoint: &str,
    lines: &[Line],
) -> Result<HashMap<String, (String, String)>, StorageError> {
    let messages: Vec<&str> = lines.iter().map(|line| line.message.as_str()).collect();
    let rows: Vec<(String, String, String)> = webhook_deliveries::table
        .filter(webhook_deliveries::endpoint_id.eq(endpoint))
        .filter(webhook_deliveries::message.eq_any(messages))
        .select((webhook_deliveries::message, webhook_deliveries::id, webhook_deliveries::state))
        .load(connection)?;
    Ok(rows.into_iter().map(|(message, id, state)| (message, (id, state))).collect())
}

/// Those of the lanes in which there is a delivery to be sent, or being sent.
fn taken(
    connection: &mut Connection,
    endpoint: &str,
    lines: &[Line],
) -> Result<HashSet<String>, StorageError> {
    let lanes: HashSet<&str> = lines.iter().map(Line::lane).collect();
    let taken: Vec<String> = webhook_deliveries::table
        .filter(webhook_deliveries::endpoint_id.eq(endpoint))
        .filter(webhook_deliveries::lane.eq_any(lanes))
        .filter(webhook_deliveries::state.eq_any(OUT))
        .select(webhook_deliveries::lane)
        .load(connection)?;
    Ok(taken.into_iter().collect())
}

fn insert(connection: &mut Connection, new: &[NewDelivery<'_>]) -> Result<(), StorageError> {
    match connection {
        Connection::Postgres(postgres) => {
            diesel::insert_into(webhook_deliveries::table).values(new).execute(postgres)?;
        }
        Connection::Sqlite(sqlite) => {
            for delivery in new {
                diesel::insert_into(webhook_deliveries::table).values(delivery).execute(sqlite)?;
            }
        }
    }
    Ok(())
}

/// What a delivery is that comes into a lane: to be sent, or to wait for the one that is. The endpoint must be held.
pub(super) fn state_in(
    connection: &mut Connection,
    endpoint: &str,
    lane: &str,
) -> Result<DeliveryState, StorageError> {
    let first = webhook_deliveries::table
        .filter(webhook_deliveries::endpoint_id.eq(endpoint))
        .filter(webhook_deliveries::lane.eq(lane))
        .filter(webhook_deliveries::state.eq_any(OUT));
    let taken: bool = diesel::select(diesel::dsl::exists(first)).get_result(connection)?;
    Ok(if taken { DeliveryState::Waiting } else { DeliveryState::Pending })
}

/// When a delivery that comes into this state is to be sent.
pub(super) fn due(state: DeliveryState, now: DateTime<Utc>) -> Option<NaiveDateTime> {
    (state == DeliveryState::Pending).then(|| now.naive_utc())
}

/// Has a delivery sent anew, from the first try on.
pub(super) fn again(
    connection: &mut Connection,
    id: &str,
    state: DeliveryState,
    now: DateTime<Utc>,
) -> Result<(), StorageError> {
    diesel::update(webhook_deliveries::table.find(id))
        .set((
            webhook_deliveries::state.eq(state.as_str()),
            webhook_deliveries::attempts.eq(0),
            webhook_deliveries::due_at.eq(due(state, now)),
            webhook_deliveries::claim.eq(None::<String>),
            webhook_deliveries::ended_at.eq(None::<NaiveDateTime>),
        ))
        .execute(connection)?;
    Ok(())
}

/// Whether any endpoint is told of anything.
///
/// # Errors
/// When the database fails.
pub fn any(connection: &mut Connection) -> Result<bool, StorageError> {
    let told = webhook_endpoints::table.filter(webhook_endpoints::disabled_at.is_null());
    Ok(diesel::select(diesel::dsl::exists(told)).get_result(connection)?)
}
