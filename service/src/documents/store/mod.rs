//! The store of documents: a folder, or a bucket of S3 or of what speaks as it does. A file stands under a random key; nothing that
//! anybody sent is ever part of a path.

mod bucket;
mod folder;
mod writing;

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use futures_util::StreamExt as _;
use futures_util::stream::BoxStream;
use object_store::buffered::BufWriter;
use object_store::path::Path;
use object_store::{GetOptions, GetRange, ObjectStore, ObjectStoreExt as _};
use uuid::Uuid;

pub use writing::Writing;

use super::StoreAddress;

/// How much of a file is held in memory while it is written; S3 wants parts of no less than 5 MiB.
const PART: usize = 5 * 1024 * 1024;
/// How long a store may be silent.
const PATIENCE: Duration = Duration::from_secs(30);

/// Why the store did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// It cannot be opened as it is set up.
    #[error("the store of documents cannot be opened: {0}")]
    Open(String),
    /// It is silent.
    #[error("the store of documents does not answer")]
    Silent,
    /// There is no such file.
    #[error("the store of documents has no such file")]
    Missing,
    /// It failed, or is away.
    #[error("the store of documents failed: {0}")]
    Failed(object_store::Error),
    /// Writing failed.
    #[error("the store of documents did not take a file: {0}")]
    Unwritten(std::io::Error),
}

impl From<object_store::Error> for StoreError {
    fn from(error: object_store::Error) -> Self {
        match error {
            object_store::Error::NotFound { .. } => Self::Missing,
            error => Self::Failed(error),
        }
    }
}

/// Where a store is and how it is reached. Credentials come from the environment (`AWS_ACCESS_KEY_ID` and the like) alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreSettings {
    /// The store.
    pub address: StoreAddress,
    /// The bucket's endpoint, where it is not AWS.
    pub endpoint: Option<String>,
    /// The bucket's region, where the environment does not say it.
    pub region: Option<String>,
}

/// A store of documents.
pub struct Store {
    settings: StoreSettings,
    opened: OnceLock<Arc<dyn ObjectStore>>,
}

/// A file that is being read: its length, and its bytes as they come.
pub struct Reading {
    /// How long the whole file is, in bytes.
    pub length: u64,
    /// What was asked for of it.
    pub bytes: BoxStream<'static, Result<Bytes, StoreError>>,
}

/// A file as a list of the store has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its key.
    pub key: String,
    /// When it was written.
    pub written_at: DateTime<Utc>,
}

/// A new key: two letters of a random number as a folder, and the number.
#[must_use]
pub fn new_key() -> String {
    let number = Uuid::new_v4().simple().to_string();
    let (folder, _) = number.split_at(2);
    format!("{folder}/{number}")
}

impl Store {
    /// A store by its settings. A folder is made when the first file is to stand in it.
    ///
    /// # Errors
    /// When a bucket's settings contradict themselves.
    pub fn new(settings: StoreSettings) -> Result<Self, StoreError> {
        let store = Self { settings, opened: OnceLock::new() };
        if !store.is_folder() {
            store.opened(false)?;
        }
        Ok(store)
    }

    /// The settings.
    #[must_use]
    pub const fn settings(&self) -> &StoreSettings {
        &self.settings
    }

    const fn is_folder(&self) -> bool {
        matches!(self.settings.address, StoreAddress::Folder(_))
    }

    /// The store, opened; a folder that is not there is made where something is to be written.
    fn opened(&self, to_write: bool) -> Result<&Arc<dyn ObjectStore>, StoreError> {
        if let Some(opened) = self.opened.get() {
            return Ok(opened);
        }
        let opened = match &self.settings.address {
            StoreAddress::Folder(folder) => folder::open(folder, to_write)?,
            StoreAddress::S3 { bucket, prefix } => bucket::open(&self.settings, bucket, prefix)?,
        };
        Ok(self.opened.get_or_init(|| opened))
    }

    /// Begins to write a file.
    ///
    /// # Errors
    /// When the store cannot be opened.
    pub fn write(&self, key: &str) -> Result<Writing, StoreError> {
        let store = self.opened(true)?.clone();
        Ok(Writing::new(BufWriter::with_capacity(store, Path::from(key), PART).with_max_concurrency(1)))
    }

    /// Begins to read a file, or a part of it.
    ///
    /// # Errors
    /// [`StoreError::Missing`] where there is none, [`StoreError::Silent`] where the store does not begin to answer.
    pub async fn read(&self, key: &str, part: Option<std::ops::Range<u64>>) -> Result<Reading, StoreError> {
        let options = GetOptions { range: part.map(GetRange::Bounded), ..GetOptions::default() };
        let key = Path::from(key);
        let asked = self.opened(false)?.get_opts(&key, options);
        // Until it begins to answer, tries and all; how long the bytes take then is the reader's affair.
        let found = tokio::time::timeout(PATIENCE, asked).await.map_err(|_| StoreError::Silent)??;
        let length = found.meta.size;
        let bytes = found.into_stream().map(|part| part.map_err(StoreError::from)).boxed();
        Ok(Reading { length, bytes })
    }

    /// Takes a file away; one that is not there is gone already.
    ///
    /// # Errors
    /// When the store fails: it may still be there.
    pub async fn remove(&self, key: &str) -> Result<(), StoreError> {
        let store = match self.opened(false) {
            // Where there is no folder, there is no file in it.
            Err(StoreError::Missing) => return Ok(()),
            opened => opened?,
        };
        match store.delete(&Path::from(key)).await.map_err(StoreError::from) {
            Err(StoreError::Missing) => Ok(()),
            done => done,
        }
    }

    /// Every file, in no order.
    ///
    /// # Errors
    /// When the store cannot be opened.
    pub fn list(&self) -> Result<BoxStream<'static, Result<Listed, StoreError>>, StoreError> {
        let store = match self.opened(false) {
            Err(StoreError::Missing) => return Ok(futures_util::stream::empty().boxed()),
            opened => opened?,
        };
        let one = |listed: object_store::ObjectMeta| Listed {
            key: listed.location.to_string(),
            written_at: listed.last_modified,
        };
        Ok(store.list(None).map(move |listed| listed.map(one).map_err(StoreError::from)).boxed())
    }

    /// Takes away what writings that were broken off have left, where they are older than this; says how many. In a folder they are
    /// files beside those that are whole; of a bucket, its own rules take them away.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn remove_unfinished(&self, older_than: Duration) -> std::io::Result<u64> {
        match &self.settings.address {
            StoreAddress::Folder(folder) => folder::remove_unfinished(folder, older_than),
            StoreAddress::S3 { .. } => Ok(0),
        }
    }
}
