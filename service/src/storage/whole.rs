//! What is asked of a whole database, and not on behalf of one landlord: for those who look after it.

use diesel::dsl::{count_star, max, min};
use diesel::prelude::{ExpressionMethods, NullableExpressionMethods, QueryDsl, RunQueryDsl};

use super::schema::{case_events, cases, feed, landlords, notices};
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

/// The numbers of a landlord's feed, and what waits for one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbers {
    /// The last that was given.
    pub given: i64,
    /// How many there are.
    pub count: i64,
    /// The least.
    pub least: Option<i64>,
    /// The greatest.
    pub greatest: Option<i64>,
    /// How many have none yet.
    pub waiting: i64,
    /// How many are, or are to be, of notices.
    pub notices: i64,
}

/// The numbers that are there.
///
/// # Errors
/// When the database fails.
pub fn feed_numbers(connection: &mut Connection, landlord: &str) -> Result<Numbers, StorageError> {
    let of_landlord = feed::table.filter(feed::landlord_id.eq(landlord));
    Ok(Numbers {
        given: super::feed::head(connection, landlord)?,
        count: of_landlord.select(count_star()).first(connection)?,
        least: of_landlord.select(min(feed::number)).first(connection)?,
        greatest: of_landlord.select(max(feed::number)).first(connection)?,
        waiting: super::feed::waiting(connection, landlord)?,
        notices: notices::table
            .filter(notices::landlord_id.eq(landlord))
            .select(count_star())
            .first(connection)?,
    })
}

/// What the feed tells of a case, in the order of the feed: number, the event's number in the case, and what it is called.
///
/// # Errors
/// When the database fails.
pub fn feed_of(
    connection: &mut Connection,
    landlord: &str,
    case: &str,
) -> Result<Vec<(i64, i32, String)>, StorageError> {
    Ok(feed::table
        .filter(feed::landlord_id.eq(landlord))
        .filter(feed::case_id.eq(case))
        .filter(feed::sequence.is_not_null())
        .order(feed::number)
        .select((feed::number, feed::sequence.assume_not_null(), feed::kind))
        .load(connection)?)
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
