//! What is kept, of all landlords: for those who look after the whole database.

use diesel::prelude::{ExpressionMethods, QueryDsl, RunQueryDsl};
use redress_shared::case::record::Digest;

use super::KEPT;
use crate::storage::schema::documents;
use crate::storage::{Connection, StorageError};

/// A document that is kept, of whichever landlord.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Its id.
    pub id: String,
    /// Whose.
    pub landlord: String,
    /// On which case.
    pub case: String,
    /// Under which key it stands.
    pub key: String,
    /// Its length in bytes.
    pub size: u64,
    /// Its SHA-256.
    pub digest: Digest,
}

/// The documents that are kept, of all landlords, in the order of their ids, after one, at most so many: for those who look after the
/// whole database.
///
/// # Errors
/// When the database fails, or a row is damaged.
pub fn kept_after(connection: &mut Connection, after: &str, limit: i64) -> Result<Vec<Kept>, StorageError> {
    type Columns = (String, String, String, Option<String>, Option<i64>, Option<String>);
    let rows: Vec<Columns> = documents::table
        .filter(documents::state.eq(KEPT))
        .filter(documents::id.gt(after))
        .order(documents::id)
        .limit(limit)
        .select((
            documents::id,
            documents::landlord_id,
            documents::case_id,
            documents::object_key,
            documents::size,
            documents::digest,
        ))
        .load(connection)?;
    let read = |(id, landlord, case, key, size, digest): Columns| {
        let whole = (
            key,
            size.and_then(|size| u64::try_from(size).ok()),
            digest.and_then(|digest| digest.parse().ok()),
        );
        let (Some(key), Some(size), Some(digest)) = whole else {
            return Err(StorageError::DamagedDocument { document: id, what: "key, size or digest" });
        };
        Ok(Kept { id, landlord, case, key, size, digest })
    };
    rows.into_iter().map(read).collect()
}

/// Whether a document is kept, and has not been removed.
///
/// # Errors
/// When the database fails.
pub fn is_kept(connection: &mut Connection, id: &str) -> Result<bool, StorageError> {
    let kept = documents::table.find(id).filter(documents::state.eq(KEPT));
    Ok(diesel::select(diesel::dsl::exists(kept)).get_result(connection)?)
}
