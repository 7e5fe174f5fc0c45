//! Cases in pages, with what each line of a list shows.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use diesel::dsl::sql;
use diesel::prelude::{
    ExpressionMethods, NullableExpressionMethods, QueryDsl, Queryable, RunQueryDsl, Selectable,
    SelectableHelper,
};
use diesel::sql_types::{Bool, Date, Text};

use super::Either;
use super::filter::{CaseFilter, narrowed};
use crate::storage::overdue::{overdue, today};
use crate::storage::schema::{case_categories, case_deadlines, case_references, cases};
use crate::storage::{Connection, StorageError};

/// A case in a list, as its own row has it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
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
    /// The stage that is open or was last open.
    pub stage: Option<i32>,
    /// When it was received, in London.
    pub received_on: NaiveDate,
    /// The earliest London day on which something that is still owed is due.
    pub next_due_on: Option<NaiveDate>,
    /// Who deals with it.
    pub handler: Option<String>,
    /// The area.
    pub area: Option<String>,
    /// The service that it is about.
    pub service_area: Option<String>,
    /// The policy version that it falls under.
    pub policy_id: String,
    /// The edition of the Code that it falls under.
    pub code_id: String,
}

/// What a list is sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CaseSort {
    /// The day of receipt.
    Received,
    /// The next day on which something is due; cases on which nothing is owed come last, by receipt.
    Due,
}

/// Which way a list goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// The earliest first.
    Forward,
    /// The latest first.
    Back,
}

/// Where a case stands in a list: what it is sorted by, and its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CasePlace {
    /// By receipt.
    Received(NaiveDate, String),
    /// By its next due date.
    Due(NaiveDate, String),
    /// Among those on which nothing is owed, by receipt.
    NothingDue(NaiveDate, String),
}

impl CasePlace {
    /// Where a case stands in a list that is sorted so.
    #[must_use]
    pub fn of(line: &CaseLine, sort: CaseSort) -> Self {
        match (sort, line.next_due_on) {
            (CaseSort::Received, _) => Self::Received(line.received_on, line.id.clone()),
            (CaseSort::Due, Some(due_on)) => Self::Due(due_on, line.id.clone()),
            (CaseSort::Due, None) => Self::NothingDue(line.received_on, line.id.clone()),
        }
    }
}

/// A landlord's cases that a filter lets through, after a place in the list, at most `limit` of them.
///
/// # Errors
/// When the database fails.
pub fn page(
    connection: &mut Connection,
    filter: &CaseFilter,
    (sort, way): (CaseSort, Way),
    after: Option<&CasePlace>,
    limit: usize,
) -> Result<Vec<CaseLine>, StorageError> {
    if sort == CaseSort::Received {
        return by_receipt(connection, (filter, false), way, after, limit);
    }
    let mut lines = match after {
        Some(CasePlace::NothingDue(..)) => Vec::new(),
        _ => by_due(connection, filter, way, after, limit)?,
    };
    if lines.len() < limit && !filter.wants_a_due_date() {
        let after = after.filter(|place| matches!(place, CasePlace::NothingDue(..)));
        let rest = limit - lines.len();
        lines.extend(by_receipt(connection, (filter, true), Way::Forward, after, rest)?);
    }
    Ok(lines)
}

/// How many cases a filter lets through.
///
/// # Errors
/// When the database fails.
pub fn count(connection: &mut Connection, filter: &CaseFilter) -> Result<i64, StorageError> {
    Ok(narrowed(cases::table.count().into_boxed::<Either>(), filter).first(connection)?)
}

/// Whether a case is still dealt with.
///
/// # Errors
/// When the database fails.
pub fn is_open(connection: &mut Connection, landlord: &str, case: &str) -> Result<bool, StorageError> {
    let filter = CaseFilter {
        landlord: landlord.to_owned(),
        case: Some(case.to_owned()),
        open: Some(true),
        ..CaseFilter::default()
    };
    Ok(count(connection, &filter)? > 0)
}

fn by_receipt(
    connection: &mut Connection,
    (filter, nothing_due): (&CaseFilter, bool),
    way: Way,
    after: Option<&CasePlace>,
    limit: usize,
) -> Result<Vec<CaseLine>, StorageError> {
    let mut query = narrowed(cases::table.select(CaseLine::as_select()).into_boxed(), filter);
    if nothing_due {
        query = query.filter(cases::next_due_on.is_null());
    }
    if let Some(CasePlace::Received(date, id) | CasePlace::NothingDue(date, id)) = after {
        let beyond = match way {
            Way::Forward => "(cases.received_on, cases.id) > (",
            Way::Back => "(cases.received_on, cases.id) < (",
        };
        query = query.filter(
            sql::<Bool>(beyond).bind::<Date, _>(*date).sql(", ").bind::<Text, _>(id.as_str()).sql(")"),
        );
    }
    let query = match way {
        Way::Forward => query.order((cases::received_on.asc(), cases::id.asc())),
        Way::Back => query.order((cases::received_on.desc(), cases::id.desc())),
    };
    Ok(query.limit(lines_of(limit)).load(connection)?)
}

fn by_due(
    connection: &mut Connection,
    filter: &CaseFilter,
    way: Way,
    after: Option<&CasePlace>,
    limit: usize,
) -> Result<Vec<CaseLine>, StorageError> {
    let query = cases::table.select(CaseLine::as_select()).into_boxed();
    let mut query = narrowed(query, filter).filter(cases::next_due_on.is_not_null());
    if let Some(CasePlace::Due(date, id)) = after {
        let beyond = match way {
            Way::Forward => "(cases.next_due_on, cases.id) > (",
            Way::Back => "(cases.next_due_on, cases.id) < (",
        };
        query = query.filter(
            sql::<Bool>(beyond).bind::<Date, _>(*date).sql(", ").bind::<Text, _>(id.as_str()).sql(")"),
        );
    }
    let query = match way {
        Way::Forward => query.order((cases::next_due_on.asc(), cases::id.asc())),
        Way::Back => query.order((cases::next_due_on.desc(), cases::id.desc())),
    };
    Ok(query.limit(lines_of(limit)).load(connection)?)
}

fn lines_of(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX)
}

/// What the lines of one page have besides their own rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Besides {
    /// The categories, by case, in order.
    pub categories: BTreeMap<String, Vec<String>>,
    /// The CRM's references, by case: system and value, in order.
    pub references: BTreeMap<String, Vec<(String, String)>>,
    /// The cases on which something should have been done by now.
    pub overdue: BTreeSet<String>,
}

/// What the lines have besides: three queries, however many lines there are.
///
/// # Errors
/// When the database fails.
pub fn besides(
    connection: &mut Connection,
    landlord: &str,
    lines: &[CaseLine],
    as_of: DateTime<Utc>,
) -> Result<Besides, StorageError> {
    let ids: Vec<&str> = lines.iter().map(|line| line.id.as_str()).collect();
    let pairs: Vec<(String, String)> = case_categories::table
        .filter(case_categories::landlord_id.eq(landlord))
        .filter(case_categories::case_id.eq_any(&ids))
        .order((case_categories::case_id, case_categories::category))
        .select((case_categories::case_id, case_categories::category))
        .load(connection)?;
    let mut categories: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (case, category) in pairs {
        categories.entry(case).or_default().push(category);
    }
    let late: Vec<String> = case_deadlines::table
        .filter(case_deadlines::landlord_id.eq(landlord))
        .filter(case_deadlines::case_id.eq_any(&ids))
        .filter(overdue(as_of.naive_utc(), today(as_of)).assume_not_null())
        .select(case_deadlines::case_id)
        .load(connection)?;
    let references = references(connection, landlord, &ids)?;
    Ok(Besides { categories, references, overdue: late.into_iter().collect() })
}

/// The CRM's references of some cases.
///
/// # Errors
/// When the database fails.
pub fn references(
    connection: &mut Connection,
    landlord: &str,
    ids: &[&str],
) -> Result<BTreeMap<String, Vec<(String, String)>>, StorageError> {
    let triples: Vec<(String, String, String)> = case_references::table
        .filter(case_references::landlord_id.eq(landlord))
        .filter(case_references::case_id.eq_any(ids))
        .order((case_references::case_id, case_references::system, case_references::value))
        .select((case_references::case_id, case_references::system, case_references::value))
        .load(connection)?;
    let mut by_case: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for (case, system, value) in triples {
        by_case.entry(case).or_default().push((system, value));
    }
    Ok(by_case)
}
