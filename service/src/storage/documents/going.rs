//! What goes: first the row says so, then the file goes, then the row forgets where it was.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use diesel::prelude::{ExpressionMethods, QueryDsl, RunQueryDsl};

use super::{ABANDONED, KEPT, REMOVED};
use crate::documents::{DocumentId, RemovalReason};
use crate::storage::schema::documents;
use crate::storage::{Connection, StorageError};

/// Writes down that a document is to go, and forgets its name; says whether it was there. The file goes a little later.
///
/// # Errors
/// When the database fails.
pub fn remove(
    connection: &mut Connection,
    landlord: &str,
    id: DocumentId,
    (by, why): (&str, RemovalReason),
    now: DateTime<Utc>,
) -> Result<bool, StorageError> {
    let there = documents::table
        .find(id.to_string())
        .filter(documents::landlord_id.eq(landlord))
        .filter(documents::state.eq(KEPT));
    let removed = diesel::update(there)
        .set((
            documents::state.eq(REMOVED),
            documents::name.eq(None::<String>),
            documents::removed_at.eq(now.naive_utc()),
            documents::removed_by.eq(by),
            documents::removed_why.eq(why.as_str()),
        ))
        .execute(connection)?;
    Ok(removed == 1)
}

/// The files that are to go, at most so many: each document's id, and the key.
///
/// # Errors
/// When the database fails.
pub fn to_go(connection: &mut Connection, limit: i64) -> Result<Vec<(String, String)>, StorageError> {
    let rows: Vec<(String, Option<String>)> = documents::table
        .filter(documents::state.eq_any([ABANDONED, REMOVED]))
        .filter(documents::object_key.is_not_null())
        .order(documents::added_at)
        .limit(limit)
        .select((documents::id, documents::object_key))
        .load(connection)?;
    Ok(rows.into_iter().filter_map(|(id, key)| Some((id, key?))).collect())
}

/// Writes down that a file has gone. Of one that never came whole, no row is left.
///
/// # Errors
/// When the database fails.
pub fn gone(connection: &mut Connection, id: &str) -> Result<(), StorageError> {
    diesel::delete(documents::table.find(id).filter(documents::state.eq(ABANDONED))).execute(connection)?;
    diesel::update(documents::table.find(id).filter(documents::state.eq(REMOVED)))
        .set(documents::object_key.eq(None::<String>))
        .execute(connection)?;
    Ok(())
}

/// Which of these keys a row speaks of.
///
/// # Errors
/// When the database fails.
pub fn spoken_of(connection: &mut Connection, keys: &[String]) -> Result<BTreeSet<String>, StorageError> {
    let known: Vec<Option<String>> = documents::table
        .filter(documents::object_key.eq_any(keys))
        .select(documents::object_key)
        .load(connection)?;
    Ok(known.into_iter().flatten().collect())
}
