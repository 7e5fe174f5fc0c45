//! What the database itself can do: the same rows in the same table, entered, claimed and settled by prepared statements and nothing
//! else.

use std::time::{Duration, Instant};

use diesel::prelude::{ExpressionMethods, QueryDsl, RunQueryDsl};
use redress_service::storage::schema::webhook_deliveries;
use redress_service::storage::write::once;
use redress_service::storage::{Address, Connection, StorageError};
use uuid::Uuid;

/// How long it is measured for.
const LASTS: Duration = Duration::from_secs(4);

/// How many deliveries share a transaction.
const SHARE: usize = 8;

/// Deliveries a second, on one connection: each is entered in one transaction, claimed in the next and settled in a third, with others.
pub fn rate(address: &Address, webhook: &str) -> u64 {
    let mut connection = Connection::open(address).expect("the database");
    let begun = Instant::now();
    let mut done = 0_u128;
    while begun.elapsed() < LASTS {
        let ids: Vec<String> = (0..SHARE).map(|_| Uuid::now_v7().to_string()).collect();
        for step in [enter, claim, settle] {
            let work =
                |connection: &mut Connection| ids.iter().try_for_each(|id| step(connection, webhook, id));
            once(&mut connection, &work).expect("it is written");
        }
        done += SHARE as u128;
    }
    u64::try_from(done * 1_000_000 / begun.elapsed().as_micros().max(1)).expect("a rate")
}

fn enter(connection: &mut Connection, webhook: &str, id: &str) -> Result<(), StorageError> {
    let now = chrono::Utc::now().naive_utc();
    diesel::insert_into(webhook_deliveries::table)
        .values((
            webhook_deliveries::id.eq(id),
            webhook_deliveries::landlord_id.eq("hartlepool"),
            webhook_deliveries::endpoint_id.eq(webhook),
            webhook_deliveries::message.eq(format!("msg_{id}")),
            webhook_deliveries::kind.eq("resident-updated"),
            webhook_deliveries::case_id.eq(Some(id)),
            webhook_deliveries::sequence.eq(Some(1)),
            webhook_deliveries::occurred_at.eq(now),
            webhook_deliveries::recorded_at.eq(now),
            webhook_deliveries::lane.eq(id),
            webhook_deliveries::state.eq("pending"),
            webhook_deliveries::attempts.eq(0),
            webhook_deliveries::due_at.eq(Some(now)),
            webhook_deliveries::created_at.eq(now),
        ))
        .execute(connection)?;
    Ok(())
}

fn claim(connection: &mut Connection, webhook: &str, id: &str) -> Result<(), StorageError> {
    diesel::update(webhook_deliveries::table.find(id))
        .set((webhook_deliveries::state.eq("delivering"), webhook_deliveries::claim.eq(Some(webhook))))
        .execute(connection)?;
    Ok(())
}

fn settle(connection: &mut Connection, _: &str, id: &str) -> Result<(), StorageError> {
    let now = chrono::Utc::now().naive_utc();
    diesel::update(webhook_deliveries::table.find(id))
        .set((
            webhook_deliveries::state.eq("delivered"),
            webhook_deliveries::attempts.eq(1),
            webhook_deliveries::due_at.eq(None::<chrono::NaiveDateTime>),
            webhook_deliveries::claim.eq(None::<String>),
            webhook_deliveries::last_attempt_at.eq(Some(now)),
            webhook_deliveries::last_status.eq(Some(204)),
            webhook_deliveries::ended_at.eq(Some(now)),
        ))
        .execute(connection)?;
    Ok(())
}
