//! A file on its way into the store.

use bytes::Bytes;
use object_store::buffered::BufWriter;
use tokio::io::AsyncWriteExt as _;

use super::StoreError;

/// A file that is being written. It is there, whole, when it has been finished, and not before.
pub struct Writing(BufWriter);

impl Writing {
    pub(super) const fn new(writer: BufWriter) -> Self {
        Self(writer)
    }

    /// Adds to the file.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn add(&mut self, bytes: Bytes) -> Result<(), StoreError> {
        Ok(self.0.put(bytes).await?)
    }

    /// Ends it: from now on it is there.
    ///
    /// # Errors
    /// When the store fails; whether the file is there is not known then.
    pub async fn finish(mut self) -> Result<(), StoreError> {
        self.0.shutdown().await.map_err(StoreError::Unwritten)
    }

    /// Gives it up, as far as the store can. What it leaves is taken away later.
    pub async fn give_up(mut self) {
        if let Err(error) = self.0.abort().await {
            tracing::warn!(%error, "a file that was broken off could not be taken back at once");
        }
    }
}
