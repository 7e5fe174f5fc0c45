//! Cases whose rows were made by other rules than those that hold.

use diesel::dsl::{not, sql};
use diesel::prelude::{ExpressionMethods, QueryDsl, RunQueryDsl};
use diesel::sql_types::Bool;

use super::read::filter::OPEN;
use super::schema::cases;
use super::{Connection, StorageError};

/// Of all landlords' cases after one, in order, those whose rows have none of these stamps: landlord and case. Either those on which
/// something is owed or that are open, or all others.
///
/// # Errors
/// When the database fails.
pub fn stale(
    connection: &mut Connection,
    stamps: &[String],
    (live, after): (bool, &str),
    limit: i64,
) -> Result<Vec<(String, String)>, StorageError> {
    let is_live = || sql::<Bool>(&format!("({OPEN} OR next_due_on IS NOT NULL)"));
    let query = cases::table
        .filter(cases::id.gt(after))
        .filter(cases::made_by.ne_all(stamps))
        .order(cases::id)
        .limit(limit)
        .select((cases::landlord_id, cases::id));
    Ok(if live {
        query.filter(is_live()).load(connection)?
    } else {
        query.filter(not(is_live())).load(connection)?
    })
}
