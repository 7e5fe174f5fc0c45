//! Who is held, over all of a landlord's cases, and which cases share their records.

use std::collections::BTreeSet;

use diesel::prelude::{
    BoolExpressionMethods, ExpressionMethods, NullableExpressionMethods, OptionalExtension, QueryDsl,
    RunQueryDsl,
};
use redress_shared::case::{CaseId, RecordId};

use crate::storage::schema::{case_learning, case_records, cases};
use crate::storage::{Connection, StorageError};

/// Somebody's name and contact details as they are kept, and under which case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The record.
    pub record: RecordId,
    /// The case under which it stands.
    pub case: CaseId,
    /// What it holds, as JSON.
    pub body: String,
}

/// People in the order of their records, after one, at most so many; and the record after which the next come, where there may be more.
///
/// # Errors
/// When the database fails.
pub fn after(
    connection: &mut Connection,
    landlord: &str,
    after: &str,
    limit: i64,
) -> Result<(Vec<Person>, Option<String>), StorageError> {
    let rows: Vec<(String, String, String)> = case_records::table
        .filter(case_records::landlord_id.eq(landlord))
        // Written out, since an index over some rows serves only who asks for just those.
        .filter(diesel::dsl::sql::<diesel::sql_types::Bool>("case_records.kind = 'person'"))
        .filter(case_records::id.gt(after))
        .order(case_records::id)
        .limit(limit)
        .select((case_records::id, case_records::case_id, case_records::body))
        .load(connection)?;
    let full = i64::try_from(rows.len()) == Ok(limit);
    let last = rows.last().map(|(id, ..)| id.clone()).filter(|_| full);
    let read = |(id, case, body): (String, String, String)| {
        Some(Person { record: id.parse().ok()?, case: case.parse().ok()?, body })
    };
    Ok((rows.into_iter().filter_map(read).collect(), last))
}

/// A case with all those that it came of and that came of it: they share records.
///
/// # Errors
/// When the database fails.
pub fn family(
    connection: &mut Connection,
    landlord: &str,
    case: CaseId,
) -> Result<Vec<CaseId>, StorageError> {
    let mut known = BTreeSet::new();
    let mut waiting = vec![case.to_string()];
    while let Some(id) = waiting.pop() {
        if known.contains(&id) {
            continue;
        }
        let of_landlord = cases::table.filter(cases::landlord_id.eq(landlord));
        let origin: Option<Option<String>> =
            of_landlord.filter(cases::id.eq(&id)).select(cases::came_from).first(connection).optional()?;
        let Some(origin) = origin else { continue };
        waiting.extend(origin);
        let came: Vec<String> =
            of_landlord.filter(cases::came_from.eq(&id)).select(cases::id).load(connection)?;
        waiting.extend(came);
        known.insert(id);
    }
    Ok(known.iter().filter_map(|id| id.parse().ok()).collect())
}

/// The records of a case that were written to be published: what it was learnt from it.
///
/// # Errors
/// When the database fails.
pub fn published(
    connection: &mut Connection,
    landlord: &str,
    case: CaseId,
) -> Result<BTreeSet<RecordId>, StorageError> {
    let ids: Vec<String> = case_learning::table
        .filter(case_learning::landlord_id.eq(landlord))
        .filter(case_learning::case_id.eq(case.to_string()))
        .select(case_learning::improvement_record)
        .load(connection)?;
    Ok(ids.iter().filter_map(|id| id.parse().ok()).collect())
}

/// The cases that ended on or before a day, are owed nothing, and have words or documents, in order, after one, at most so many. The
/// day on which a case was declined or dealt with is not in its row: such a case is among them where it was received by then.
///
/// # Errors
/// When the database fails.
pub fn ended_by(
    connection: &mut Connection,
    landlord: &str,
    day: chrono::NaiveDate,
    after: &str,
    limit: i64,
) -> Result<Vec<CaseId>, StorageError> {
    const OVER: [&str; 5] = ["refused", "escalation-refused", "closed", "withdrawn", "settled"];
    let ended = cases::closed_on
        .le(day)
        .or(cases::withdrawn_on.le(day))
        .assume_not_null()
        .or(cases::closed_on.is_null().and(cases::withdrawn_on.is_null()).and(cases::received_on.le(day)));
    let words = diesel::dsl::sql::<diesel::sql_types::Bool>(
        "(EXISTS (SELECT 1 FROM case_records WHERE case_records.case_id = cases.id AND NOT EXISTS \
         (SELECT 1 FROM case_learning WHERE case_learning.case_id = cases.id AND improvement_record = case_records.id)) \
         OR EXISTS (SELECT 1 FROM documents WHERE documents.case_id = cases.id AND state = 'kept'))",
    );
    let ids: Vec<String> = cases::table
        .filter(cases::landlord_id.eq(landlord))
        .filter(cases::phase.eq_any(OVER))
        .filter(cases::next_due_on.is_null())
        .filter(cases::id.gt(after))
        .filter(ended)
        .filter(words)
        .order(cases::id)
        .limit(limit)
        .select(cases::id)
        .load(connection)?;
    Ok(ids.iter().filter_map(|id| id.parse().ok()).collect())
}
