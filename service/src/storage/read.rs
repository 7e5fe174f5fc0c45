//! What lists are made of.

use chrono::NaiveDate;
use diesel::prelude::{
    BoolExpressionMethods, ExpressionMethods, QueryDsl, Queryable, RunQueryDsl, Selectable, SelectableHelper,
};
use serde::Serialize;

use super::schema::{case_deadlines, cases};
use super::{Connection, StorageError};

/// A case in a list.
#[derive(Debug, Clone, Serialize, Queryable, Selectable)]
#[diesel(table_name = cases)]
pub struct CaseLine {
    /// Its id.
    pub id: String,
    /// The number of events so far.
    pub version: i32,
    /// What it is.
    pub kind: String,
    /// Where it stands.
    pub phase: String,
    /// When it was received, in London.
    pub received_on: NaiveDate,
    /// The policy version that it falls under.
    pub policy_id: String,
    /// The edition of the Code that it falls under.
    pub code_id: String,
    /// The service that it is about.
    pub service_area: Option<String>,
}

/// Something that is owed.
#[derive(Debug, Clone, Serialize, Queryable, Selectable)]
#[diesel(table_name = case_deadlines)]
pub struct DueLine {
    /// The case.
    pub case_id: String,
    /// Which clock; `promise` for what is owed besides acknowledgements and responses.
    pub clock: String,
    /// What is due.
    pub name: String,
    /// The London date by the end of which it is due.
    pub due_on: NaiveDate,
    /// The instant, where the policy counts hours; UTC.
    pub due_at: Option<chrono::NaiveDateTime>,
    /// Whether the date counts from something that has yet to happen.
    pub projected: bool,
}

/// What a list of cases is narrowed to.
#[derive(Debug, Clone, Default)]
pub struct CaseFilter {
    /// Only this phase.
    pub phase: Option<String>,
    /// Only this kind.
    pub kind: Option<String>,
    /// Only those after this one, in the list's order: its date of receipt and id.
    pub after: Option<(NaiveDate, String)>,
}

/// A landlord's cases in order of receipt, at most `limit` of them.
///
/// # Errors
/// When the database fails.
pub fn cases(
    connection: &mut Connection,
    landlord: &str,
    filter: &CaseFilter,
    limit: i64,
) -> Result<Vec<CaseLine>, StorageError> {
    let mut query = cases::table
        .filter(cases::landlord_id.eq(landlord))
        .order((cases::received_on, cases::id))
        .select(CaseLine::as_select())
        .limit(limit)
        .into_boxed();
    if let Some(phase) = &filter.phase {
        query = query.filter(cases::phase.eq(phase));
    }
    if let Some(kind) = &filter.kind {
        query = query.filter(cases::kind.eq(kind));
    }
    if let Some((date, id)) = &filter.after {
        query =
            query.filter(cases::received_on.gt(date).or(cases::received_on.eq(date).and(cases::id.gt(id))));
    }
    Ok(query.load(connection)?)
}

/// What a landlord owes up to and including a day, the oldest first, at most `limit` lines after the first `skip`.
///
/// # Errors
/// When the database fails.
pub fn due(
    connection: &mut Connection,
    landlord: &str,
    until: NaiveDate,
    (skip, limit): (i64, i64),
) -> Result<Vec<DueLine>, StorageError> {
    Ok(case_deadlines::table
        .filter(case_deadlines::landlord_id.eq(landlord))
        .filter(case_deadlines::due_on.le(until))
        .order((case_deadlines::due_on, case_deadlines::case_id, case_deadlines::name, case_deadlines::clock))
        .select(DueLine::as_select())
        .offset(skip)
        .limit(limit)
        .load(connection)?)
}
