//! `backup` and `verify` on the command line.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;

use super::{backup, verify};
use crate::application::library;
use crate::storage::{Address, Connection, migrate};
use crate::use_cases::bank_holidays;

/// Copy a SQLite database while the service runs.
#[derive(Debug, clap::Args)]
pub struct Backup {
    /// The database: `sqlite:redress.db`.
    #[arg(long, env = "REDRESS_DATABASE_URL", default_value = "sqlite:redress.db")]
    database: Address,
    /// The file to make; it must not be there yet.
    to: PathBuf,
}

impl Backup {
    /// Makes the copy.
    ///
    /// # Errors
    /// When there is none.
    pub fn run(&self) -> anyhow::Result<ExitCode> {
        backup(&self.database, &self.to).with_context(|| format!("copying {}", self.database))?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Compute everything anew from the events, and name whatever differs.
#[derive(Debug, clap::Args)]
pub struct Verify {
    /// The database: `sqlite:redress.db`, or `postgres://user@host/database`.
    #[arg(long, env = "REDRESS_DATABASE_URL", default_value = "sqlite:redress.db")]
    database: Address,
    /// A folder of policy profiles to add to the built-in ones.
    #[arg(long, env = "REDRESS_POLICIES")]
    policies: Option<PathBuf>,
    /// Write rows anew that differ from what the events say, as after a change of rules; the log is never touched.
    #[arg(long)]
    renew: bool,
}

impl Verify {
    /// Looks at everything; each difference is a line on stdout, the sum goes to stderr. The exit code is 1 where anything differs.
    ///
    /// # Errors
    /// When the database or a policy cannot be read.
    #[allow(clippy::print_stdout, clippy::print_stderr, reason = "this is the command's output")]
    pub fn run(&self) -> anyhow::Result<ExitCode> {
        let library = library(self.policies.as_deref())?;
        if let Address::Sqlite(file) = &self.database {
            anyhow::ensure!(std::path::Path::new(file).is_file(), "{file} is not there");
        }
        let mut connection = Connection::open(&self.database)?;
        migrate::is_up_to_date(&mut connection)?;
        let rulebook = bank_holidays::rulebook(&mut connection, library)?;
        let mut differences = 0_u64;
        let report = verify(&mut connection, &rulebook, self.renew, &mut |found| {
            differences += 1;
            println!("{found}");
        })?;
        eprintln!(
            "{} cases, {} events, {differences} differences, {} renewed, {} records erased or lost",
            report.cases, report.events, report.renewed, report.gone
        );
        Ok(if differences == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}
