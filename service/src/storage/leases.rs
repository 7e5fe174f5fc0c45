//! Who does what only one instance may do at a time.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::{BoolExpressionMethods, ExpressionMethods, QueryDsl, RunQueryDsl};
use uuid::Uuid;

use super::schema::leases;
use super::{Connection, StorageError};

/// Takes a lease, or keeps it, until then, within the caller's write transaction; says whether the holder has it. An instance that dies
/// loses it when its time is over.
///
/// # Errors
/// When the database fails. Two that take it for the first time at once conflict, and one of them is done again.
pub fn take(
    connection: &mut Connection,
    (name, holder): (&str, &str),
    now: DateTime<Utc>,
    lasts: TimeDelta,
) -> Result<bool, StorageError> {
    let until = (now + lasts).naive_utc();
    let free = leases::holder.eq(holder).or(leases::until.lt(now.naive_utc()));
    let taken = diesel::update(leases::table.filter(leases::name.eq(name)).filter(free))
        .set((leases::holder.eq(holder), leases::until.eq(until)))
        .execute(connection)?;
    if taken == 1 {
        return Ok(true);
    }
    if diesel::select(diesel::dsl::exists(leases::table.filter(leases::name.eq(name))))
        .get_result(connection)?
    {
        return Ok(false);
    }
    diesel::insert_into(leases::table)
        .values((leases::name.eq(name), leases::holder.eq(holder), leases::until.eq(until)))
        .execute(connection)?;
    Ok(true)
}

/// Takes a lease that nobody has, not even the caller, until then: what is to be done once in so long is done by whoever gets it.
///
/// # Errors
/// When the database fails. Two that take it for the first time at once conflict, and one of them is done again.
pub fn take_anew(
    connection: &mut Connection,
    name: &str,
    now: DateTime<Utc>,
    lasts: TimeDelta,
) -> Result<bool, StorageError> {
    take(connection, (name, &Uuid::now_v7().to_string()), now, lasts)
}

/// Gives a lease back, so that another instance need not wait for its end.
///
/// # Errors
/// When the database fails.
pub fn give_back(connection: &mut Connection, name: &str, holder: &str) -> Result<(), StorageError> {
    diesel::delete(leases::table.filter(leases::name.eq(name)).filter(leases::holder.eq(holder)))
        .execute(connection)?;
    Ok(())
}
