//! What is owed, over all cases.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use diesel::dsl::{exists, not, sql};
use diesel::prelude::{ExpressionMethods, QueryDsl, Queryable, RunQueryDsl, Selectable, SelectableHelper};
use diesel::sql_types::{Bool, Date, Text};

use super::Either;
use crate::storage::overdue::{due, is_overdue, overdue, today};
use crate::storage::schema::{case_deadlines, cases};
use crate::storage::{Connection, StorageError};

/// Something that is owed.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
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
    pub due_at: Option<NaiveDateTime>,
    /// Whether the date counts from something that has yet to happen.
    pub projected: bool,
}

impl DueLine {
    /// Whether it should have been done by then.
    #[must_use]
    pub fn is_overdue(&self, as_of: DateTime<Utc>) -> bool {
        is_overdue(due(self.due_on, self.due_at), as_of)
    }
}

/// What a list of what is owed is narrowed to.
#[derive(Debug, Clone, Default)]
pub struct DueFilter {
    /// Whose cases.
    pub landlord: String,
    /// The instant that it is looked from.
    pub as_of: DateTime<Utc>,
    /// The last London day that is looked at.
    pub until: NaiveDate,
    /// Only this clock.
    pub clock: Option<String>,
    /// Only cases that this member of staff deals with.
    pub handler: Option<String>,
    /// Only what should have been done by now, or only the rest.
    pub overdue: Option<bool>,
}

/// Where a line stands in the list: day, case, what, clock.
pub type DuePlace = (NaiveDate, String, String, String);

impl DueLine {
    /// Where it stands in the list.
    #[must_use]
    pub fn place(&self) -> DuePlace {
        (self.due_on, self.case_id.clone(), self.name.clone(), self.clock.clone())
    }
}

type Query<'a, Selected> = case_deadlines::BoxedQuery<'a, Either, Selected>;

fn narrowed<'a, Selected>(query: Query<'a, Selected>, filter: &'a DueFilter) -> Query<'a, Selected> {
    let mut query = query
        .filter(case_deadlines::landlord_id.eq(&filter.landlord))
        .filter(case_deadlines::due_on.le(filter.until));
    if let Some(clock) = &filter.clock {
        query = query.filter(case_deadlines::clock.eq(clock));
    }
    if let Some(handler) = &filter.handler {
        let of =
            cases::table.filter(cases::id.eq(case_deadlines::case_id)).filter(cases::handler.eq(handler));
        query = query.filter(exists(of.select(cases::id)));
    }
    match filter.overdue {
        Some(true) => query.filter(overdue(filter.as_of.naive_utc(), today(filter.as_of))),
        Some(false) => query.filter(not(overdue(filter.as_of.naive_utc(), today(filter.as_of)))),
        None => query,
    }
}

/// What a landlord owes, the oldest first, after a place in the list, at most `limit` lines.
///
/// # Errors
/// When the database fails.
pub fn page(
    connection: &mut Connection,
    filter: &DueFilter,
    after: Option<&DuePlace>,
    limit: usize,
) -> Result<Vec<DueLine>, StorageError> {
    let mut query = narrowed(case_deadlines::table.select(DueLine::as_select()).into_boxed(), filter);
    if let Some((date, case, name, clock)) = after {
        let beyond =
            "(case_deadlines.due_on, case_deadlines.case_id, case_deadlines.name, case_deadlines.clock) > (";
        let beyond = sql::<Bool>(beyond).bind::<Date, _>(*date);
        let beyond = beyond.sql(", ").bind::<Text, _>(case.as_str());
        let beyond = beyond.sql(", ").bind::<Text, _>(name.as_str());
        query = query.filter(beyond.sql(", ").bind::<Text, _>(clock.as_str()).sql(")"));
    }
    Ok(query
        .order((case_deadlines::due_on, case_deadlines::case_id, case_deadlines::name, case_deadlines::clock))
        .limit(i64::try_from(limit).unwrap_or(i64::MAX))
        .load(connection)?)
}

/// How many lines there are.
///
/// # Errors
/// When the database fails.
pub fn count(connection: &mut Connection, filter: &DueFilter) -> Result<i64, StorageError> {
    Ok(narrowed(case_deadlines::table.count().into_boxed::<Either>(), filter).first(connection)?)
}
