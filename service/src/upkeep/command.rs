//! `backup` and `verify` on the command line.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;

use super::{backup, verify, verify_documents};
use crate::application::library;
use crate::documents::{Store, StoreAddress, StoreSettings};
use crate::storage::address::ensure_there;
use crate::storage::{Address, Connection, migrate};

/// Copy a SQLite database while the service runs.
#[derive(Debug, clap::Args)]
pub struct Backup {
    /// The database: `sqlite:redress.db`.
    #[arg(long, env = "REDRESS_DATABASE_URL", hide_env_values = true, default_value = "sqlite:redress.db")]
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
    #[arg(long, env = "REDRESS_DATABASE_URL", hide_env_values = true, default_value = "sqlite:redress.db")]
    database: Address,
    /// A folder of policy profiles to add to the built-in ones.
    #[arg(long, env = "REDRESS_POLICIES")]
    policies: Option<PathBuf>,
    /// Write rows anew that differ from what the events say, as after a change of rules; the log is never touched.
    #[arg(long)]
    renew: bool,
    /// Read every document too, and hold it against its digest.
    #[arg(long)]
    documents: bool,
    /// The store of documents: `file:documents`, or `s3://bucket/prefix`.
    #[arg(long, env = "REDRESS_DOCUMENTS", default_value = "file:documents")]
    store: StoreAddress,
    /// The endpoint of a bucket that is not at AWS.
    #[arg(long, env = "REDRESS_DOCUMENTS_ENDPOINT")]
    endpoint: Option<String>,
    /// The region of a bucket.
    #[arg(long, env = "REDRESS_DOCUMENTS_REGION")]
    region: Option<String>,
}

impl Verify {
    /// Looks at everything; each difference is a line on stdout, the sum goes to stderr. The exit code is 1 where anything differs.
    ///
    /// # Errors
    /// When the database or a policy cannot be read.
    #[allow(clippy::print_stdout, clippy::print_stderr, reason = "this is the command's output")]
    pub async fn run(&self) -> anyhow::Result<ExitCode> {
        let library = library(self.policies.as_deref())?;
        ensure_there(&self.database)?;
        let mut connection = Connection::open(&self.database)?;
        migrate::is_up_to_date(&mut connection)?;
        let mut differences = 0_u64;
        let report = verify(&mut connection, library, self.renew, &mut |found| {
            differences += 1;
            println!("{found}");
        })?;
        if self.documents {
            let looked_at = self.documents(&mut connection, &mut differences).await?;
            eprintln!("{looked_at} documents");
        }
        eprintln!(
            "{} cases, {} events, {differences} differences, {} renewed, {} records erased",
            report.cases, report.events, report.renewed, report.erased
        );
        Ok(if differences == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }

    #[allow(clippy::print_stdout, reason = "this is the command's output")]
    async fn documents(&self, connection: &mut Connection, differences: &mut u64) -> anyhow::Result<u64> {
        let (address, endpoint, region) = (self.store.clone(), self.endpoint.clone(), self.region.clone());
        let store = Store::new(StoreSettings { address, endpoint, region })?;
        verify_documents(connection, &store, &mut |found| {
            *differences += 1;
            println!("{found}");
        })
        .await
    }
}
