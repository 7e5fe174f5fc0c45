//! What a case has, and had.

use diesel::prelude::{ExpressionMethods, OptionalExtension, QueryDsl, RunQueryDsl, SelectableHelper};
use redress_shared::case::CaseId;

use super::{Document, KEPT, REMOVED, Row};
use crate::documents::DocumentId;
use crate::storage::schema::documents;
use crate::storage::{Connection, StorageError};

/// How many files a case has, and how many bytes they have together.
///
/// # Errors
/// When the database fails.
pub fn totals(connection: &mut Connection, landlord: &str, case: CaseId) -> Result<(u64, u64), StorageError> {
    let sizes: Vec<Option<i64>> = documents::table
        .filter(documents::landlord_id.eq(landlord))
        .filter(documents::case_id.eq(case.to_string()))
        .filter(documents::state.eq(KEPT))
        .select(documents::size)
        .load(connection)?;
    let count = u64::try_from(sizes.len()).unwrap_or(u64::MAX);
    Ok((count, sizes.into_iter().flatten().filter_map(|size| u64::try_from(size).ok()).sum()))
}

/// What a case has and had, in the order in which it came, after one; what is still coming is left out.
///
/// # Errors
/// When the database fails.
pub fn of_case(
    connection: &mut Connection,
    landlord: &str,
    case: CaseId,
    after: Option<DocumentId>,
    limit: i64,
) -> Result<Vec<Document>, StorageError> {
    let after = after.map(|id| id.to_string()).unwrap_or_default();
    let rows: Vec<Row> = documents::table
        .filter(documents::landlord_id.eq(landlord))
        .filter(documents::case_id.eq(case.to_string()))
        .filter(documents::state.eq_any([KEPT, REMOVED]))
        .filter(documents::id.gt(after))
        .order(documents::id)
        .limit(limit)
        .select(Row::as_select())
        .load(connection)?;
    rows.into_iter().map(Document::try_from).collect()
}

/// One document of a case; none where the landlord has no such case, the case no such document, or it has not come yet.
///
/// # Errors
/// When the database fails.
pub fn find(
    connection: &mut Connection,
    landlord: &str,
    case: CaseId,
    id: DocumentId,
) -> Result<Option<Document>, StorageError> {
    let row: Option<Row> = documents::table
        .find(id.to_string())
        .filter(documents::landlord_id.eq(landlord))
        .filter(documents::case_id.eq(case.to_string()))
        .filter(documents::state.eq_any([KEPT, REMOVED]))
        .select(Row::as_select())
        .first(connection)
        .optional()?;
    row.map(Document::try_from).transpose()
}
