//! The store of documents: a folder, or a bucket of S3 or of what speaks as it does. A file stands under a random key; nothing that
//! anybody sent is ever part of a path.

mod folder;
mod writing;

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use futures_util::StreamExt as _;
use futures_util::stream::BoxStream;
use object_store::aws::AmazonS3Builder;
use object_store::buffered::BufWriter;
use object_store::path::Path;
use object_store::prefix::PrefixStore;
use object_store::{ClientOptions, GetOptions, GetRange, ObjectStore, ObjectStoreExt as _, RetryConfig};
use uuid::Uuid;

pub use writing::Writing;

use super::StoreAddress;
use crate::access::tls;

/// How much of a file is held in memory while it is written; S3 wants parts of no less than 5 MiB.
const PART: usize = 5 * 1024 * 1024;
/// How long one request to a bucket may take, and how long it is tried again.
const PATIENCE: Duration = Duration::from_secs(30);

/// Why the store did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// It cannot be opened as it is set up.
    #[error("the store of documents cannot be opened: {0}")]
    Open(String),
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
            StoreAddress::S3 { bucket, prefix } => self.open_bucket(bucket, prefix)?,
        };
        Ok(self.opened.get_or_init(|| opened))
    }

    fn open_bucket(&self, bucket: &str, prefix: &str) -> Result<Arc<dyn ObjectStore>, StoreError> {
        tls::install();
        let mut builder = AmazonS3Builder::from_env().with_bucket_name(bucket).with_retry(RetryConfig {
            max_retries: 3,
            retry_timeout: PATIENCE,
            ..RetryConfig::default()
        });
        let mut options = ClientOptions::new().with_timeout(PATIENCE).with_connect_timeout(PATIENCE / 6);
        if let Some(endpoint) = &self.settings.endpoint {
            // Whoever names an address without TLS means it: a store in the same house.
            options = options.with_allow_http(endpoint.starts_with("http://"));
            builder = builder.with_endpoint(endpoint);
        }
        if let Some(region) = &self.settings.region {
            builder = builder.with_region(region);
        }
        let open = |error: object_store::Error| StoreError::Open(error.to_string());
        let bucket = builder.with_client_options(options).build().map_err(open)?;
        let prefix = Path::parse(prefix).map_err(|error| StoreError::Open(error.to_string()))?;
        Ok(Arc::new(PrefixStore::new(bucket, prefix)))
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
    /// [`StoreError::Missing`] where there is none.
    pub async fn read(&self, key: &str, part: Option<std::ops::Range<u64>>) -> Result<Reading, StoreError> {
        let options = GetOptions { range: part.map(GetRange::Bounded), ..GetOptions::default() };
        let found = self.opened(false)?.get_opts(&Path::from(key), options).await?;
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
