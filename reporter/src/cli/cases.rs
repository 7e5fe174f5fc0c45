//! Where the cases are read from, and whose.

use std::path::PathBuf;

use clap::Args;
use redress_shared::database::NoAddress;

use crate::source::{Address, Landlord, Origin, Snapshot};
use crate::{Error, Result};

/// Which cases, and from where.
#[derive(Debug, Args)]
pub(super) struct Cases {
    /// The landlord's id.
    #[arg(long, required_unless_present = "all")]
    landlord: Option<String>,
    /// Every landlord there is.
    #[arg(long, conflicts_with = "landlord")]
    all: bool,
    #[command(flatten)]
    from: From,
}

/// Where cases are read from.
#[derive(Debug, Args)]
pub(super) struct From {
    /// The service's database, or a copy or replica of it, which is only read: sqlite:redress.db or its path, or
    /// postgres://user@host/database with libpq's parameters. All landlords are read as they stood at one moment.
    #[arg(long, env = "REDRESS_DATABASE_URL", hide_env_values = true, required_unless_present = "extract")]
    database: Option<String>,
    /// A folder that `extract` has written; it goes before a database. Reports are the same to the byte.
    #[arg(long, value_name = "DIR")]
    extract: Option<PathBuf>,
}

impl From {
    /// Where they are. What is written as no address at all is a file's path; an address is not repeated, since it may hold a
    /// password.
    ///
    /// # Errors
    /// When it is an address of no database that Redress knows.
    pub(super) fn origin(&self) -> Result<Origin> {
        match (&self.extract, &self.database) {
            (Some(folder), _) => Ok(Origin::Extract(folder.clone())),
            (None, Some(database)) => address(database).map(Origin::Database),
            (None, None) => Err(Error::Request("give a database or an extract".to_owned())),
        }
    }
}

impl Cases {
    /// Where they are.
    ///
    /// # Errors
    /// When it is an address of no database that Redress knows.
    pub(super) fn origin(&self) -> Result<Origin> {
        self.from.origin()
    }

    /// The landlords that are asked for, in the order of their ids.
    ///
    /// # Errors
    /// When reading fails, or there is no such landlord.
    pub(super) fn landlords(&self, snapshot: &mut Snapshot) -> Result<Vec<Landlord>> {
        let mut landlords = snapshot.landlords()?;
        let Some(wanted) = &self.landlord else { return Ok(landlords) };
        landlords.retain(|landlord| landlord.landlord_id == *wanted);
        if landlords.is_empty() { Err(Error::NoSuchLandlord(wanted.clone())) } else { Ok(landlords) }
    }
}

fn address(database: &str) -> Result<Address> {
    match database.parse() {
        Err(NoAddress::Scheme) if !database.contains("://") && !database.contains('=') => {
            Ok(Address::Sqlite(database.to_owned()))
        }
        address => address.map_err(|error| Error::Request(format!("--database: {error}"))),
    }
}
