//! What lists and reports read, written anew from the case whenever its events grow.

mod case;
mod due;
mod ombudsman;
mod outcome;

pub use case::case_row;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::{ExpressionMethods, QueryDsl, RunQueryDsl};
use redress_shared::calendar::{CalendarError, london};
use redress_shared::case::Rules;
use redress_shared::case::deadline::deadlines;
use redress_shared::case::obligation::obligations;
use redress_shared::case::state::Case;

use super::schema::{
    case_actions, case_categories, case_deadlines, case_escalations, case_failure_orders, case_findings,
    case_learning, case_orders, case_references, case_refusals, case_remedies, case_stages, case_surveys,
};
use super::{Connection, StorageError};

/// Why a case could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ProjectError {
    /// The database failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// A due date lies past the calendar.
    #[error(transparent)]
    Calendar(#[from] CalendarError),
    /// A sum of money is larger than a column holds; kept smaller, it would be a wrong one.
    #[error("a sum of {0} pence is more than can be kept")]
    Money(u64),
}

impl From<diesel::result::Error> for ProjectError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Storage(error.into())
    }
}

fn day(at: DateTime<Utc>) -> NaiveDate {
    london::date_of(at)
}

fn small(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

fn money(pence: Option<u64>) -> Result<Option<i64>, ProjectError> {
    pence.map(|pence| i64::try_from(pence).map_err(|_| ProjectError::Money(pence))).transpose()
}

macro_rules! clear {
    ($connection:expr, $landlord:expr, $case:expr, $($table:ident),+) => {
        $(
            let rows = $table::table.filter($table::case_id.eq($case)).filter($table::landlord_id.eq($landlord));
            diesel::delete(rows).execute($connection)?;
        )+
    };
}

/// Writes everything that hangs on the case.
///
/// # Errors
/// When the database fails, or a due date lies past the calendar.
pub fn details(
    connection: &mut Connection,
    landlord: &str,
    case: &Case,
    rules: &Rules,
) -> Result<(), ProjectError> {
    let id = case.id.to_string();
    clear!(
        connection,
        landlord,
        &id,
        case_categories,
        case_references,
        case_stages,
        case_deadlines,
        case_refusals,
        case_escalations,
        case_remedies,
        case_actions,
        case_findings,
        case_orders,
        case_failure_orders,
        case_learning,
        case_surveys
    );
    let due = deadlines(case, rules)?;
    case::facts(connection, landlord, &id, case)?;
    due::stages(connection, landlord, &id, (case, rules), &due)?;
    due::owed(connection, landlord, &id, case, &due)?;
    due::promised(connection, landlord, &id, &obligations(case, rules)?)?;
    outcome::refusals(connection, landlord, &id, (case, rules))?;
    outcome::redress(connection, landlord, &id, case)?;
    ombudsman::ombudsman(connection, landlord, &id, case)?;
    outcome::learning(connection, landlord, &id, case)?;
    Ok(())
}
