//! What is asked of a whole database, and not on behalf of one landlord: for those who look after it.

use diesel::dsl::{count_star, max, min};
use diesel::prelude::{ExpressionMethods, OptionalExtension, QueryDsl, RunQueryDsl};

use super::schema::{case_events, cases, feed_heads, landlords};
use super::{Connection, StorageError};

/// Every landlord's id, in order.
///
/// # Errors
/// When the database fails.
pub fn landlords(connection: &mut Connection) -> Result<Vec<String>, StorageError> {
    Ok(landlords::table.order(landlords::id).select(landlords::id).load(connection)?)
}

/// The ids of a landlord's cases after one, in order, at most `limit` of them.
///
/// # Errors
/// When the database fails.
pub fn case_ids(
    connection: &mut Connection,
    landlord: &str,
    after: &str,
    limit: i64,
) -> Result<Vec<String>, StorageError> {
    Ok(cases::table
        .filter(cases::landlord_id.eq(landlord))
        .filter(cases::id.gt(after))
        .order(cases::id)
        .select(cases::id)
        .limit(limit)
        .load(connection)?)
}

/// The numbers that a landlord's events have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbers {
    /// How many.
    pub count: i64,
    /// The least.
    pub least: Option<i64>,
    /// The greatest.
    pub greatest: Option<i64>,
}

/// The last number that was given, and the numbers that are there.
///
/// # Errors
/// When the database fails.
pub fn feed_numbers(connection: &mut Connection, landlord: &str) -> Result<(i64, Numbers), StorageError> {
    let given: Option<i64> =
        feed_heads::table.find(landlord).select(feed_heads::last).first(connection).optional()?;
    let of_landlord = case_events::table.filter(case_events::landlord_id.eq(landlord));
    let count = of_landlord.select(count_star()).first(connection)?;
    let least = of_landlord.select(min(case_events::feed)).first(connection)?;
    let greatest = of_landlord.select(max(case_events::feed)).first(connection)?;
    Ok((given.unwrap_or(0), Numbers { count, least, greatest }))
}

/// How many events a case has.
///
/// # Errors
/// When the database fails.
pub fn events_of(connection: &mut Connection, landlord: &str, case: &str) -> Result<i64, StorageError> {
    Ok(case_events::table
        .filter(case_events::landlord_id.eq(landlord))
        .filter(case_events::case_id.eq(case))
        .select(count_star())
        .first(connection)?)
}
