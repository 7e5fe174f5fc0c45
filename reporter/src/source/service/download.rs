//! Tables on their way, a row a line. A row is kept once it has arrived whole; what is kept says where to go on.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::client::{Client, Failure};
use super::part::{take, trim};
use super::tables::{ALL, Table};
use super::tries::Tries;
use super::{Progress, Service};
use crate::error::{Error, Result};

/// For how long a download that broke off may be gone on with. After that the cases that came first would be of another day than the rest.
const GOOD_FOR: TimeDelta = TimeDelta::hours(6);
/// What is kept beside the tables.
const BEGUN: &str = "download.json";

/// What a download is of, and since when.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Begun {
    service: String,
    /// A digest of the key: another's cases are not gone on with.
    key: String,
    at: DateTime<Utc>,
}

/// A download under way.
pub(super) struct Download<'a> {
    service: &'a Service,
    client: &'a Client,
}

/// What the service says that it has.
#[derive(Deserialize)]
struct Tables {
    tables: Vec<Offered>,
}

#[derive(Deserialize)]
struct Offered {
    name: String,
    rows: usize,
    columns: Vec<Named>,
}

#[derive(Deserialize)]
struct Named {
    name: String,
}

impl<'a> Download<'a> {
    /// Goes on with what broke off, or begins anew.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub(super) fn begin(service: &'a Service, client: &'a Client, now: DateTime<Utc>) -> Result<Self> {
        let download = Self { service, client };
        let digest: String = Sha256::digest(&service.key).iter().map(|byte| format!("{byte:02x}")).collect();
        let now = Begun { service: client.address().to_owned(), key: digest, at: now };
        let path = service.folder.join(BEGUN);
        let begun: Option<Begun> = fs::read(&path).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
        let goes_on = begun.is_some_and(|begun| {
            begun.service == now.service
                && begun.key == now.key
                && now.at - begun.at < GOOD_FOR
                && begun.at <= now.at
        });
        if !goes_on {
            download.remove()?;
            fs::create_dir_all(&service.folder).map_err(|error| unwritable(&service.folder, error))?;
            let bytes = serde_json::to_vec(&now).map_err(|error| Error::Unwritable(error.to_string()))?;
            fs::write(&path, bytes).map_err(|error| unwritable(&path, error))?;
        }
        Ok(download)
    }

    /// Where the tables are.
    pub(super) fn folder(&self) -> &Path {
        &self.service.folder
    }

    /// Takes away everything that a download has put there, and the folder where nothing else is in it.
    ///
    /// # Errors
    /// When it cannot be taken away.
    pub(super) fn remove(&self) -> Result<()> {
        let folder = self.folder();
        let names = ALL.iter().flat_map(|table| [table.file(), table.part()]);
        for path in names.chain([BEGUN.to_owned()]).map(|name| folder.join(name)) {
            match fs::remove_file(&path) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(unwritable(&path, error));
                }
                _ => {}
            }
        }
        // It stays where there is something else in it, or it never was.
        let _ = fs::remove_dir(folder);
        Ok(())
    }

    /// Downloads every table that is not there yet.
    ///
    /// # Errors
    /// When the service goes away for too long, refuses, or lacks a table.
    pub(super) fn all(&self, progress: &mut dyn Progress) -> Result<()> {
        let rows = self.offered()?;
        progress.begin(rows);
        for table in &ALL {
            let (file, part) = (self.folder().join(table.file()), self.folder().join(table.part()));
            if !file.exists() {
                self.table(table, &part, progress)?;
                fs::rename(&part, &file).map_err(|error| unwritable(&file, error))?;
            }
        }
        Ok(())
    }

    /// How many rows are to come, of a service that has all tables with their columns.
    fn offered(&self) -> Result<usize> {
        let mut tries = Tries::new(self.service);
        let tables: Tables = loop {
            let asked = self.client.get("export", &[]).and_then(|answer| {
                answer
                    .json()
                    .map_err(|error| Failure::Passing(format!("its answer broke off: {error}"), None))
            });
            match asked {
                Ok(tables) => break tables,
                Err(failure) => tries.again(self.client, failure)?,
            }
        };
        let mut lacking = Vec::new();
        let mut rows = 0;
        for table in &ALL {
            match tables.tables.iter().find(|offered| offered.name == table.name) {
                None => lacking.push(table.name.to_owned()),
                Some(offered) => {
                    rows += offered.rows;
                    let there = |column: &&str| offered.columns.iter().any(|named| named.name == **column);
                    let missing = table.columns.iter().filter(|column| !there(column));
                    lacking.extend(missing.map(|column| format!("{}.{column}", table.name)));
                }
            }
        }
        if lacking.is_empty() {
            return Ok(rows);
        }
        let lacking = lacking.join(", ");
        Err(self
            .client
            .error(format!("it is of another version than this program: its export lacks {lacking}")))
    }

    fn table(&self, table: &Table, part: &Path, progress: &mut dyn Progress) -> Result<()> {
        let mut last = trim(part).map_err(|error| unwritable(part, error))?;
        progress.arrived(table.name, last.rows);
        let mut tries = Tries::new(self.service);
        loop {
            let after = last.line.as_deref().map(|line| self.place(table, line)).transpose()?;
            let query: Vec<(&str, &str)> = after.iter().map(|place| ("after", place.as_str())).collect();
            let failure = match self.client.get(&format!("export/{}", table.name), &query) {
                Err(failure) => failure,
                Ok(answer) => match take(answer, part, (table, &mut last), progress) {
                    Ok(None) => return Ok(()),
                    Ok(Some((failure, brought))) => {
                        if brought {
                            tries = Tries::new(self.service);
                        }
                        failure
                    }
                    Err(error) => return Err(unwritable(part, error)),
                },
            };
            tries.again(self.client, failure)?;
        }
    }

    /// What the key's columns hold in a row: where the service goes on.
    fn place(&self, table: &Table, line: &str) -> Result<String> {
        let broken = || self.client.error(format!("it gave a row of {} that is none", table.name));
        let row: Value = serde_json::from_str(line).map_err(|_| broken())?;
        let place: Option<Vec<&Value>> = table.key.iter().map(|name| row.get(*name)).collect();
        serde_json::to_string(&place.ok_or_else(broken)?).map_err(|_| broken())
    }
}

fn unwritable(path: &Path, error: std::io::Error) -> Error {
    Error::Write { path: PathBuf::from(path), error }
}
