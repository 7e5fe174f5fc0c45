//! Whether every document that is kept is in the store, and is what it was when it came.

use futures_util::StreamExt as _;
use redress_shared::case::record::Digest;
use sha2::{Digest as _, Sha256};

use super::Found;
use crate::documents::{Store, StoreError};
use crate::storage::Connection;
use crate::storage::documents::{is_kept, kept_after};

/// How many documents are looked up at once.
const PAGE: i64 = 500;

/// Reads every document that is kept, and tells of each that is not in the store as it came; says how many there are. The database is
/// not held meanwhile: what is removed while it is looked at is no difference.
///
/// # Errors
/// When the database fails, or the store cannot be reached.
pub async fn verify_documents(
    connection: &mut Connection,
    store: &Store,
    tell: &mut dyn FnMut(Found),
) -> anyhow::Result<u64> {
    let (mut looked_at, mut after) = (0, String::new());
    loop {
        let page = kept_after(connection, &after, PAGE)?;
        let Some(last) = page.last() else { return Ok(looked_at) };
        after.clone_from(&last.id);
        for document in page {
            looked_at += 1;
            let wrong = match digest(store, &document.key).await {
                Ok(found) if found == (document.size, document.digest) => continue,
                Ok(_) => "is not what its digest was made of",
                Err(StoreError::Missing) => "is not in the store",
                Err(error) => return Err(error.into()),
            };
            if is_kept(connection, &document.id)? {
                let what = format!("document {} {wrong}", document.id);
                tell(Found { landlord: Some(document.landlord), case: Some(document.case), what });
            }
        }
    }
}

/// The length and the digest of what stands under a key.
async fn digest(store: &Store, key: &str) -> Result<(u64, Digest), StoreError> {
    let mut reading = store.read(key, None).await?;
    let (mut hasher, mut size) = (Sha256::new(), 0_u64);
    while let Some(part) = reading.bytes.next().await {
        let part = part?;
        size = size.saturating_add(part.len() as u64);
        hasher.update(&part);
    }
    Ok((size, Digest(hasher.finalize().into())))
}
