//! What becomes of keys: they are used, replaced and revoked.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::{BoolExpressionMethods, ExpressionMethods, QueryDsl, RunQueryDsl};

use super::{Issued, KeyId, LAST_USE_WITHIN, Wanted, by_id, create};
use crate::access::key::Key;
use crate::storage::schema::api_keys;
use crate::storage::write::Failure;
use crate::storage::{Connection, StorageError};

/// Ends a landlord's key at once. One that was revoked before keeps the time at which it was.
///
/// # Errors
/// When the database fails.
pub fn revoke(
    connection: &mut Connection,
    landlord: &str,
    id: KeyId,
    now: DateTime<Utc>,
) -> Result<Option<Issued>, StorageError> {
    diesel::update(
        api_keys::table
            .filter(api_keys::landlord_id.eq(landlord))
            .filter(api_keys::id.eq(id.to_string()))
            .filter(api_keys::revoked_at.is_null()),
    )
    .set(api_keys::revoked_at.eq(now.naive_utc()))
    .execute(connection)?;
    by_id(connection, landlord, id)
}

/// Why a key was not rotated.
#[derive(Debug, thiserror::Error)]
pub enum NotRotated {
    /// The landlord has no such key.
    #[error("there is no such key")]
    NoSuchKey,
    /// It is over, or has a successor already.
    #[error("the key is no longer in force, or has been replaced already")]
    Over,
    /// The database failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// Issues a key in place of another: of the same name, role and scopes, and for as long as that one was issued for. The old one stays
/// good for the overlap, in which whoever uses it is to change to the new one.
///
/// # Errors
/// When there is no such key, it is not in force or has been replaced already, or the database fails.
pub fn rotate(
    connection: &mut Connection,
    (landlord, id): (&str, KeyId),
    key: &Key,
    overlap: TimeDelta,
    (created_by, now): (&str, DateTime<Utc>),
) -> Result<(Issued, Issued), NotRotated> {
    let old = by_id(connection, landlord, id)?.ok_or(NotRotated::NoSuchKey)?;
    if !old.in_force(now) || old.replaced_by.is_some() {
        return Err(NotRotated::Over);
    }
    let wanted = Wanted {
        landlord,
        name: &old.name,
        role: old.role,
        scopes: &old.scopes,
        expires_at: old.expires_at.map(|end| now + (end - old.created_at)),
        created_by,
    };
    let new = create(connection, key, &wanted, now)?;
    let end = old.expires_at.map_or(now + overlap, |end| end.min(now + overlap));
    let replaced = diesel::update(
        api_keys::table
            .filter(api_keys::id.eq(id.to_string()))
            .filter(api_keys::revoked_at.is_null())
            .filter(api_keys::replaced_by.is_null()),
    )
    .set((api_keys::expires_at.eq(Some(end.naive_utc())), api_keys::replaced_by.eq(Some(new.id.to_string()))))
    .execute(connection)
    .map_err(StorageError::from)?;
    // Somebody else was quicker; the caller's transaction undoes the new key.
    if replaced == 0 {
        return Err(NotRotated::Over);
    }
    let old = Issued { expires_at: Some(end), replaced_by: Some(new.id), ..old };
    Ok((new, old))
}

/// Writes down that a key is being used, unless somebody has just done so.
///
/// # Errors
/// When the database fails.
pub fn used(connection: &mut Connection, id: KeyId, now: DateTime<Utc>) -> Result<(), StorageError> {
    let stale = (now - LAST_USE_WITHIN).naive_utc();
    diesel::update(
        api_keys::table
            .filter(api_keys::id.eq(id.to_string()))
            .filter(api_keys::last_used_at.is_null().or(api_keys::last_used_at.lt(stale))),
    )
    .set(api_keys::last_used_at.eq(now.naive_utc()))
    .execute(connection)?;
    Ok(())
}

impl Failure for NotRotated {
    fn storage(&self) -> Option<&StorageError> {
        match self {
            Self::Storage(error) => Some(error),
            _ => None,
        }
    }
}
