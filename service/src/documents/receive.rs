//! A file comes in: from the caller into the store, part by part, hashed and looked at on the way.

use std::time::Duration;

use actix_web::web::Payload;
use bytes::Bytes;
use futures_util::StreamExt as _;
use redress_shared::case::record::Digest;
use sha2::{Digest as _, Sha256};
use tokio::time::{Instant, timeout, timeout_at};

use super::content::Look;
use super::kinds::FileKind;
use super::store::{StoreError, Writing};
use super::{DocumentLimits, Store};

/// How long is waited for the next part of a file.
const PAUSE: Duration = Duration::from_secs(30);

/// A file that has come in whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Received {
    /// Its length in bytes.
    pub size: u64,
    /// Its SHA-256.
    pub digest: Digest,
}

/// Why a file did not come in.
#[derive(Debug, thiserror::Error)]
pub enum NotReceived {
    /// It is larger than is taken.
    #[error("a document has at most {0} bytes")]
    TooLarge(u64),
    /// It did not come in time.
    #[error("the document did not come in time")]
    TooSlow,
    /// The connection broke.
    #[error("the document did not arrive whole")]
    Broken,
    /// There is nothing in it.
    #[error("the document is empty")]
    Empty,
    /// It is not what it was declared to be.
    #[error("what came is not what was declared, or is of a kind that is not kept")]
    OtherKind,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Takes a file in under a key. Where it does not come in whole, or is not what it was declared to be, there is no file under the key,
/// as far as the store can see to that.
///
/// # Errors
/// See [`NotReceived`].
pub async fn receive(
    store: &Store,
    key: &str,
    kind: &FileKind,
    limits: &DocumentLimits,
    payload: Payload,
) -> Result<Received, NotReceived> {
    let mut writing = store.write(key)?;
    let mut look = Look::default();
    match stream(&mut writing, &mut look, limits, payload).await {
        Ok(received) if kind.contents.contains(&look.verdict()) => {
            writing.finish().await?;
            Ok(received)
        }
        Ok(_) => {
            writing.give_up().await;
            Err(NotReceived::OtherKind)
        }
        Err(error) => {
            writing.give_up().await;
            Err(error)
        }
    }
}

async fn stream(
    writing: &mut Writing,
    look: &mut Look,
    limits: &DocumentLimits,
    mut payload: Payload,
) -> Result<Received, NotReceived> {
    let end = Instant::now() + limits.within;
    let mut hasher = Sha256::new();
    let mut size: u64 = 0;
    loop {
        let next = timeout_at(end, timeout(PAUSE, payload.next())).await;
        let Ok(Ok(next)) = next else { return Err(NotReceived::TooSlow) };
        let Some(part) = next else { break };
        let part: Bytes = part.map_err(|_| NotReceived::Broken)?;
        size = size.saturating_add(part.len() as u64);
        if size > limits.file {
            return Err(NotReceived::TooLarge(limits.file));
        }
        hasher.update(&part);
        look.at(&part);
        writing.add(part).await?;
    }
    if size == 0 {
        return Err(NotReceived::Empty);
    }
    Ok(Received { size, digest: Digest(hasher.finalize().into()) })
}
