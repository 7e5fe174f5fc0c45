//! What is to be told of because its time comes: what is owed, and what the resident may do until then. What has been told stands in the
//! row itself, so that the next look finds only the rest; a row whose date moves begins anew.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::NullableExpressionMethods;
use diesel::prelude::{BoolExpressionMethods, ExpressionMethods, QueryDsl, Queryable, RunQueryDsl};

use super::overdue::overdue;
use super::schema::{case_deadlines, case_windows};
use super::{Connection, StorageError};

/// The clock of what the resident may do; what is owed has `policy`, `code` or `promise`.
pub const WINDOW: &str = "window";

/// Something whose time comes.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Timer {
    /// The case.
    pub case_id: String,
    /// Which clock.
    pub clock: String,
    /// What is due, or what closes.
    pub name: String,
    /// The London date by the end of which it is.
    pub due_on: NaiveDate,
    /// The instant, where hours count; UTC.
    pub due_at: Option<NaiveDateTime>,
    /// The clause that it rests on.
    pub clause: String,
    /// That fewer working days than this are left has not been told yet.
    pub untold_below: i32,
}

/// What a landlord owes whose time is over and of which that has not been told, the oldest first.
///
/// # Errors
/// When the database fails.
pub fn over(
    connection: &mut Connection,
    landlord: &str,
    (now, today): (NaiveDateTime, NaiveDate),
    limit: i64,
) -> Result<Vec<Timer>, StorageError> {
    Ok(case_deadlines::table
        .filter(case_deadlines::landlord_id.eq(landlord))
        .filter(case_deadlines::untold_below.is_not_null())
        // What is overdue was due today at the latest: this is what the index is gone through by.
        .filter(case_deadlines::due_on.le(today))
        .filter(overdue(now, today))
        .order((case_deadlines::due_on, case_deadlines::case_id, case_deadlines::name, case_deadlines::clock))
        .limit(limit)
        .select((
            case_deadlines::case_id,
            case_deadlines::clock,
            case_deadlines::name,
            case_deadlines::due_on,
            case_deadlines::due_at,
            case_deadlines::clause,
            case_deadlines::untold_below.assume_not_null(),
        ))
        .load(connection)?)
}

/// What a landlord owes until then and of which it has not been told that no more than so many working days are left, the oldest first.
///
/// # Errors
/// When the database fails.
pub fn ahead(
    connection: &mut Connection,
    landlord: &str,
    (until, working_days): (NaiveDate, i32),
    limit: i64,
) -> Result<Vec<Timer>, StorageError> {
    Ok(case_deadlines::table
        .filter(case_deadlines::landlord_id.eq(landlord))
        .filter(case_deadlines::untold_below.is_not_null())
        .filter(case_deadlines::untold_below.gt(working_days))
        .filter(case_deadlines::due_on.le(until))
        .order((case_deadlines::due_on, case_deadlines::case_id, case_deadlines::name, case_deadlines::clock))
        .limit(limit)
        .select((
            case_deadlines::case_id,
            case_deadlines::clock,
            case_deadlines::name,
            case_deadlines::due_on,
            case_deadlines::due_at,
            case_deadlines::clause,
            case_deadlines::untold_below.assume_not_null(),
        ))
        .load(connection)?)
}

/// The windows that have closed unused and of which that has not been told, the oldest first.
///
/// # Errors
/// When the database fails.
pub fn closed(
    connection: &mut Connection,
    landlord: &str,
    today: NaiveDate,
    limit: i64,
) -> Result<Vec<Timer>, StorageError> {
    let found: Vec<(String, String, NaiveDate, String, i32)> = case_windows::table
        .filter(case_windows::landlord_id.eq(landlord))
        .filter(case_windows::untold_below.is_not_null())
        .filter(case_windows::due_on.lt(today))
        .order((case_windows::due_on, case_windows::case_id, case_windows::name))
        .limit(limit)
        .select((
            case_windows::case_id,
            case_windows::name,
            case_windows::due_on,
            case_windows::clause,
            case_windows::untold_below.assume_not_null(),
        ))
        .load(connection)?;
    let timer = |(case_id, name, due_on, clause, untold_below)| Timer {
        case_id,
        clock: WINDOW.to_owned(),
        name,
        due_on,
        due_at: None,
        clause,
        untold_below,
    };
    Ok(found.into_iter().map(timer).collect())
}

/// Notes what has been told of a timer, within the caller's write transaction; says whether the timer was still as it was found.
///
/// # Errors
/// When the database fails.
pub fn told(
    connection: &mut Connection,
    landlord: &str,
    timer: &Timer,
    untold_below: Option<i32>,
) -> Result<bool, StorageError> {
    let written = if timer.clock == WINDOW {
        let place = case_windows::table
            .filter(case_windows::landlord_id.eq(landlord))
            .filter(case_windows::case_id.eq(&timer.case_id))
            .filter(case_windows::name.eq(&timer.name))
            .filter(case_windows::due_on.eq(timer.due_on))
            .filter(case_windows::untold_below.eq(timer.untold_below));
        diesel::update(place).set(case_windows::untold_below.eq(untold_below)).execute(connection)?
    } else {
        let place = case_deadlines::table
            .filter(case_deadlines::landlord_id.eq(landlord))
            .filter(case_deadlines::case_id.eq(&timer.case_id))
            .filter(case_deadlines::clock.eq(&timer.clock))
            .filter(case_deadlines::name.eq(&timer.name))
            .filter(case_deadlines::due_on.eq(timer.due_on))
            // What is not there is not equal to anything, and both of them not being there is the same.
            .filter(case_deadlines::due_at.is_null().eq(timer.due_at.is_none()))
            .filter(case_deadlines::due_at.is_null().or(case_deadlines::due_at.eq(timer.due_at)))
            .filter(case_deadlines::untold_below.eq(timer.untold_below));
        diesel::update(place).set(case_deadlines::untold_below.eq(untold_below)).execute(connection)?
    };
    Ok(written == 1)
}
