//! Cases out of a running service, over HTTPS: its export of what happened is taken out table by table, and the rows of the contract are
//! made of it as the service makes them. No names, addresses or words of residents are asked for.
//!
//! Each case is as its log was when it was read, checked link by link by its digests. A download that broke off goes on after the last row
//! that arrived whole, in the same run or in a later one.

mod client;
mod download;
mod part;
mod rebuild;
mod tables;
mod tries;

use std::path::PathBuf;
use std::time::Duration;

use chrono::{DateTime, Utc};
use redress_shared::policy::Library;

use super::contract::Held;
use crate::error::Result;
use client::Client;
use download::Download;

/// Which service, and how it is asked.
#[derive(Clone)]
pub struct Service {
    /// Its address: `https://redress.example`. Without TLS only on the same machine.
    pub address: String,
    /// The key that it knows the landlord by.
    pub key: String,
    /// Certificates, in PEM, that are trusted besides those that the system trusts.
    pub certificates: Option<Vec<u8>>,
    /// Where what has arrived is kept until all has.
    pub folder: PathBuf,
    /// How often a request is sent in a row that brings nothing.
    pub attempts: u32,
    /// How long is waited before the second; twice as long before each further one.
    pub first_wait: Duration,
}

impl std::fmt::Debug for Service {
    /// Without the key.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Service").field("address", &self.address).finish_non_exhaustive()
    }
}

/// Who is told how far a download has come.
pub trait Progress {
    /// So many rows are to come in all.
    fn begin(&mut self, rows: usize);
    /// So many more have arrived, of this table.
    fn arrived(&mut self, table: &str, rows: usize);
}

impl Service {
    /// Downloads what the service has of the key's landlord, and makes the rows of it. What was downloaded is removed once they are made.
    ///
    /// # Errors
    /// When the service cannot be reached or goes away for too long, refuses the key, or is of another version; when a log is not what
    /// its digests say, or a policy that a case falls under is not known.
    pub fn read(&self, library: &Library, now: DateTime<Utc>, progress: &mut dyn Progress) -> Result<Held> {
        let client = Client::new(self)?;
        let download = Download::begin(self, &client, now)?;
        download.all(progress)?;
        let held = rebuild::held(download.folder(), library)?;
        download.remove()?;
        Ok(held)
    }
}
