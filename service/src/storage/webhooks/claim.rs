//! Taking hold of deliveries that are due, for a time.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use diesel::prelude::{
    BoolExpressionMethods, ExpressionMethods, QueryDsl, Queryable, RunQueryDsl, Selectable, SelectableHelper,
};

use super::endpoints::{Endpoint, Row};
use super::{DeliveryState, OUT};
use crate::storage::schema::{webhook_deliveries, webhook_endpoints};
use crate::storage::{Connection, StorageError};
use crate::webhooks::Letter;
use crate::webhooks::payload::{Data, Payload, case_address};

/// An endpoint that has failed for so long is tried with one delivery at a time.
const DOUBT_AFTER: TimeDelta = TimeDelta::seconds(30);

/// How much an instance takes on.
#[derive(Debug, Clone)]
pub struct Room {
    /// Whoever takes hold: no two are the same, whichever instance and whichever time.
    pub claim: String,
    /// For how long; a little longer than sending can take.
    pub lasts: TimeDelta,
    /// How many in all.
    pub free: usize,
    /// How many to one endpoint.
    pub each: usize,
    /// How many it holds already, out or to go out, by endpoint.
    pub out: HashMap<String, usize>,
}

/// A delivery that is somebody's to send.
#[derive(Debug, Clone)]
pub struct Claimed {
    /// Its id.
    pub id: String,
    /// The endpoint's id.
    pub endpoint: String,
    /// Whoever has it.
    pub claim: String,
    /// What is to be sent.
    pub letter: Letter,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = webhook_deliveries)]
struct Due {
    id: String,
    landlord_id: String,
    endpoint_id: String,
    message: String,
    kind: String,
    number: Option<i64>,
    case_id: Option<String>,
    sequence: Option<i32>,
    notice_id: Option<String>,
    occurred_at: NaiveDateTime,
    recorded_at: NaiveDateTime,
}

impl Due {
    fn body(&self, public_url: Option<&str>) -> String {
        let data = Data {
            landlord: self.landlord_id.clone(),
            feed: self.number,
            case: self.case_id.clone(),
            sequence: self.sequence,
            notice: self.notice_id.clone(),
            occurred_at: self.occurred_at.and_utc(),
            url: self.case_id.as_deref().map(|case| case_address(public_url, case)),
        };
        Payload { kind: self.kind.clone(), timestamp: self.recorded_at.and_utc(), data }.written()
    }
}

/// Takes hold of deliveries that are due, the longest due first, within the caller's write transaction. One that was taken and never settled
/// is due again when its time is over.
///
/// # Errors
/// When the database fails.
pub fn claim(
    connection: &mut Connection,
    room: &Room,
    public_url: Option<&str>,
    now: DateTime<Utc>,
) -> Result<Vec<Claimed>, StorageError> {
    let (mut taken, mut left) = (Vec::new(), room.free);
    for (endpoint, failing_since) in awake(connection, now)? {
        let out = room.out.get(&endpoint).copied().unwrap_or(0);
        let doubted = failing_since.is_some_and(|since| now - since.and_utc() > DOUBT_AFTER);
        let each = if doubted { 1 } else { room.each };
        let free = each.saturating_sub(out).min(left);
        if free > 0 {
            let due = due(connection, &endpoint, now, free)?;
            left -= due.len();
            taken.extend(due);
        }
    }
    let ids: Vec<&str> = taken.iter().map(|due| due.id.as_str()).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    diesel::update(webhook_deliveries::table.filter(webhook_deliveries::id.eq_any(ids)))
        .set((
            webhook_deliveries::state.eq(DeliveryState::Delivering.as_str()),
            webhook_deliveries::claim.eq(Some(&room.claim)),
            webhook_deliveries::attempts.eq(webhook_deliveries::attempts + 1),
            webhook_deliveries::last_attempt_at.eq(Some(now.naive_utc())),
            webhook_deliveries::due_at.eq(Some((now + room.lasts).naive_utc())),
        ))
        .execute(connection)?;
    // Read once their deliveries are held: whoever gives an endpoint another address waits for these, and takes them back.
    let endpoints = of(connection, &taken)?;
    let claimed = taken.iter().filter_map(|due| {
        let endpoint = endpoints.get(&due.endpoint_id)?;
        Some(Claimed {
            id: due.id.clone(),
            endpoint: due.endpoint_id.clone(),
            claim: room.claim.clone(),
            letter: Letter {
                url: endpoint.url.clone(),
                message: due.message.clone(),
                body: due.body(public_url),
                secrets: endpoint.signs_with(now),
            },
        })
    });
    Ok(claimed.collect())
}

/// The endpoints to which deliveries go.
fn of(connection: &mut Connection, taken: &[Due]) -> Result<HashMap<String, Endpoint>, StorageError> {
    let ids: BTreeSet<&str> = taken.iter().map(|due| due.endpoint_id.as_str()).collect();
    let rows: Vec<Row> = webhook_endpoints::table
        .filter(webhook_endpoints::id.eq_any(ids))
        .select(Row::as_select())
        .load(connection)?;
    rows.into_iter().map(|row| row.read().map(|endpoint| (endpoint.id.to_string(), endpoint))).collect()
}

/// An endpoint, and since when it fails.
type Awake = (String, Option<NaiveDateTime>);

/// The endpoints that may be sent something now and for which something is due, beginning with the one that has waited longest.
fn awake(connection: &mut Connection, now: DateTime<Utc>) -> Result<Vec<Awake>, StorageError> {
    let rested =
        webhook_endpoints::rests_until.is_null().or(webhook_endpoints::rests_until.le(now.naive_utc()));
    let first_due = webhook_deliveries::table
        .filter(webhook_deliveries::endpoint_id.eq(webhook_endpoints::id))
        .filter(webhook_deliveries::due_at.le(now.naive_utc()))
        .order(webhook_deliveries::due_at)
        .select(webhook_deliveries::due_at)
        .single_value();
    let mut rows: Vec<(String, Option<NaiveDateTime>, Option<NaiveDateTime>)> = webhook_endpoints::table
        .filter(webhook_endpoints::disabled_at.is_null())
        .filter(rested)
        .order(webhook_endpoints::id)
        .select((webhook_endpoints::id, webhook_endpoints::failing_since, first_due))
        .load(connection)?;
    rows.retain(|(.., first_due)| first_due.is_some());
    rows.sort_by_key(|(.., first_due)| *first_due);
    Ok(rows.into_iter().map(|(id, failing_since, _)| (id, failing_since)).collect())
}

/// What is due for an endpoint, held until the transaction ends; what another instance holds is passed over.
fn due(
    connection: &mut Connection,
    endpoint: &str,
    now: DateTime<Utc>,
    limit: usize,
) -> Result<Vec<Due>, StorageError> {
    let query = webhook_deliveries::table
        .filter(webhook_deliveries::endpoint_id.eq(endpoint))
        .filter(webhook_deliveries::due_at.le(now.naive_utc()))
        .filter(webhook_deliveries::state.eq_any(OUT))
        .order((webhook_deliveries::due_at, webhook_deliveries::number))
        .limit(i64::try_from(limit).unwrap_or(i64::MAX));
    Ok(match connection {
        Connection::Sqlite(sqlite) => query.select(Due::as_select()).load(sqlite)?,
        Connection::Postgres(postgres) => {
            query.select(Due::as_select()).for_update().skip_locked().load(postgres)?
        }
    })
}
