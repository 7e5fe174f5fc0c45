//! How far a duty has come that takes many rounds: written with what each round did, so that a round that was cut off is gone again and
//! one that was not is not.

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::{ExpressionMethods, OptionalExtension, QueryDsl, Queryable, RunQueryDsl};

use super::schema::duty_marks;
use super::{Connection, StorageError};

/// How far a duty has come.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Mark {
    /// Towards what.
    pub goal: String,
    /// To where.
    pub place: String,
    /// When it got there, where it has.
    pub reached_at: Option<NaiveDateTime>,
}

/// A duty's mark; none where it has never begun.
///
/// # Errors
/// When the database fails.
pub fn of(connection: &mut Connection, duty: &str) -> Result<Option<Mark>, StorageError> {
    Ok(duty_marks::table
        .find(duty)
        .select((duty_marks::goal, duty_marks::place, duty_marks::reached_at))
        .first(connection)
        .optional()?)
}

/// Sets a duty's mark, within the caller's write transaction.
///
/// # Errors
/// When the database fails.
pub fn set(
    connection: &mut Connection,
    duty: &str,
    (goal, place): (&str, &str),
    reached_at: Option<DateTime<Utc>>,
) -> Result<(), StorageError> {
    let reached_at = reached_at.map(|at| at.naive_utc());
    let values =
        (duty_marks::goal.eq(goal), duty_marks::place.eq(place), duty_marks::reached_at.eq(reached_at));
    if diesel::update(duty_marks::table.find(duty)).set(values).execute(connection)? == 0 {
        let values = (
            duty_marks::duty.eq(duty),
            duty_marks::goal.eq(goal),
            duty_marks::place.eq(place),
            duty_marks::reached_at.eq(reached_at),
        );
        diesel::insert_into(duty_marks::table).values(values).execute(connection)?;
    }
    Ok(())
}
