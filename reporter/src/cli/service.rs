//! The cases of a running service, over HTTPS.

use std::path::PathBuf;
use std::time::Duration;

use chrono::Utc;
use clap::Args;
use redress_shared::policy::Library;

use super::each::Console;
use super::steps::Steps;
use crate::source::Held;
use crate::source::service::{Progress, Service};
use crate::{Error, Result};

/// Where the key is looked for that no file holds. It is never on the command line, which others on the machine can read.
const KEY: &str = "REDRESS_SERVICE_KEY";

/// How often is asked in a row for nothing: for about two minutes, longer than a service takes to start anew.
const ATTEMPTS: u32 = 7;

/// Which service.
#[derive(Debug, Args)]
pub(super) struct FromService {
    /// A running service, as `https://redress.example`: what its export has of the key's landlord is downloaded first. The key is in
    /// REDRESS_SERVICE_KEY, or in a file; it wants the scopes cases:read, special-category and personal:read.
    #[arg(long, value_name = "URL", group = "other-source")]
    service: Option<String>,
    /// A file that holds the key to that service and nothing else.
    #[arg(long, value_name = "FILE", requires = "service")]
    service_key_file: Option<PathBuf>,
    /// Certificates, in PEM, to trust for that service besides those that the system trusts.
    #[arg(long, value_name = "FILE", requires = "service")]
    service_certificate: Option<PathBuf>,
    /// Where what has arrived is kept until all has: the same command, called again after it broke off, goes on from there.
    #[arg(long, value_name = "DIR", requires = "service", default_value = "redress-download")]
    download: PathBuf,
}

/// The bar of a run, told of rows.
struct Bar<'a>(&'a Steps);

impl Progress for Bar<'_> {
    fn begin(&mut self, rows: usize) {
        self.0.begin(rows);
    }

    fn arrived(&mut self, table: &str, rows: usize) {
        self.0.doing(&format!("downloading {table}"));
        self.0.rows(rows);
    }
}

impl FromService {
    /// Downloads the cases, where a service is named.
    ///
    /// # Errors
    /// When there is no key, or as [`Service::read`].
    pub(super) fn read(&self, library: &Library, console: &mut Console<'_>) -> Result<Option<Held>> {
        let Some(address) = &self.service else { return Ok(None) };
        let certificates = match &self.service_certificate {
            None => None,
            Some(path) => Some(std::fs::read(path).map_err(|error| given(path, &error))?),
        };
        let service = Service {
            address: address.clone(),
            key: self.key()?,
            certificates,
            folder: self.download.clone(),
            attempts: ATTEMPTS,
            first_wait: Duration::from_secs(1),
        };
        console.steps.doing("asking the service");
        let held = service.read(library, Utc::now(), &mut Bar(console.steps))?;
        console.say(&format!(
            "{address}: {} cases, {} events",
            held.report_cases.len(),
            held.report_events.len()
        ));
        Ok(Some(held))
    }

    fn key(&self) -> Result<String> {
        let key = match &self.service_key_file {
            Some(path) => std::fs::read_to_string(path).map_err(|error| given(path, &error))?,
            None => std::env::var(KEY).unwrap_or_default(),
        };
        let key = key.trim();
        // What no header can hold is no key, and is not said back.
        if key.is_empty() || !key.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(Error::Request(format!(
                "--service wants a key, in {KEY} or in the file of --service-key-file"
            )));
        }
        Ok(key.to_owned())
    }
}

fn given(path: &std::path::Path, error: &std::io::Error) -> Error {
    Error::Given(format!("{}: {error}", path.display()))
}
