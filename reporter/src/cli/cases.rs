//! Where the cases are read from, and whose.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::Utc;
use clap::{ArgGroup, Args};
use redress_shared::database::NoAddress;
use redress_shared::policy::Library;

use super::each::Console;
use super::service::FromService;
use crate::source::mapped::Mapped;
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

/// Where cases are read from. An extract or a file with its mapping goes before a database that the environment names.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("other-source").multiple(false))]
pub(super) struct From {
    /// The service's database, or a copy or replica of it, which is only read: sqlite:redress.db or its path, or
    /// postgres://user@host/database with libpq's parameters. All landlords are read as they stood at one moment.
    #[arg(
        long,
        env = "REDRESS_DATABASE_URL",
        hide_env_values = true,
        required_unless_present = "other-source"
    )]
    database: Option<String>,
    /// A folder that `extract` has written. Reports are the same to the byte.
    #[arg(long, value_name = "DIR", group = "other-source")]
    extract: Option<PathBuf>,
    /// A file of another system's cases, in CSV, NDJSON or Parquet, or a folder of such files: for a landlord that does not run the
    /// service. Each row is a case, as --mapping says.
    #[arg(long, value_name = "FILE_OR_DIR", group = "other-source", requires = "mapping")]
    mapped: Option<PathBuf>,
    /// The mapping of such files: which column is what, what its words mean, how its dates are written. The service's import takes the
    /// same.
    #[arg(long, value_name = "FILE", requires = "mapped")]
    mapping: Option<PathBuf>,
    /// Whose cases such files hold, where no --landlord is given.
    #[arg(long, value_name = "LANDLORD", requires = "mapped")]
    mapped_landlord: Option<String>,
    /// The homes that the landlord of such files owned: a CSV file of year_start,stock_type,homes.
    #[arg(long, value_name = "FILE", requires = "mapped")]
    stock: Option<PathBuf>,
    /// Such files have no row because there were no cases. Without it they are taken for a mistake.
    #[arg(long, requires = "mapped")]
    no_cases: bool,
    #[command(flatten)]
    service: FromService,
}

impl From {
    /// Where they are. What is written as no address at all is a file's path; an address is not repeated, since it may hold a
    /// password. Files with a mapping are read at once, by the policies that are known, and what came of them is said.
    ///
    /// # Errors
    /// When it is an address of no database that Redress knows, or files do not fit their mapping.
    pub(super) fn origin(
        &self,
        landlord: Option<&str>,
        library: &Library,
        console: &mut Console<'_>,
    ) -> Result<Origin> {
        if let Some(held) = self.service.read(library, console)? {
            return Ok(Origin::Held(Arc::new(held)));
        }
        match (&self.extract, &self.mapped, &self.database) {
            (Some(folder), ..) => Ok(Origin::Extract(folder.clone())),
            (None, Some(place), _) => self.read_mapped(place, landlord, library, console),
            (None, None, Some(database)) => address(database).map(Origin::Database),
            (None, None, None) => {
                Err(Error::Request("give a database, an extract, a mapped file or a service".to_owned()))
            }
        }
    }

    fn read_mapped(
        &self,
        place: &Path,
        landlord: Option<&str>,
        library: &Library,
        console: &mut Console<'_>,
    ) -> Result<Origin> {
        let nobody =
            || Error::Request("say whose cases these are by --landlord, or --mapped-landlord".to_owned());
        let landlord = landlord.or(self.mapped_landlord.as_deref()).ok_or_else(nobody)?;
        let mapped = Mapped {
            place: place.to_owned(),
            mapping: self.mapping.clone().unwrap_or_default(),
            landlord_id: landlord.to_owned(),
            stock: self.stock.clone(),
            no_cases: self.no_cases,
        };
        console.steps.doing(&format!("{landlord}: reading {}", place.display()));
        let (held, counts) = mapped.read(library, Utc::now())?;
        let mut said = format!("{}: {} rows, {} cases", place.display(), counts.rows, counts.cases);
        if counts.again > 0 {
            said.push_str(&format!("; {} rows say again what another says, and count once", counts.again));
        }
        console.say(&said);
        Ok(Origin::Held(Arc::new(held)))
    }
}

impl Cases {
    /// Where they are.
    ///
    /// # Errors
    /// As [`From::origin`].
    pub(super) fn origin(&self, library: &Library, console: &mut Console<'_>) -> Result<Origin> {
        self.from.origin(self.landlord.as_deref(), library, console)
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
