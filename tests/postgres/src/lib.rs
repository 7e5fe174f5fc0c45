//! A PostgreSQL of one's own for tests: made from the installed programs, in a folder that goes when the tests have ended.

mod account;
mod binaries;
mod configuration;
mod database;
mod keeper;
mod place;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context as _, anyhow, ensure};
use diesel::connection::SimpleConnection as _;
use diesel::{Connection as _, PgConnection};

use account::Account;
use configuration::{percent_encoded, short_folder};
use keeper::Keeper;
use place::Place;

pub use database::Database;

/// The variable that makes a missing PostgreSQL a failure.
pub const REQUIRED: &str = "REDRESS_REQUIRE_POSTGRES";

/// How long PostgreSQL may take to answer after it was started, recovery included.
const PATIENCE: Duration = Duration::from_secs(60);

/// How much a cluster cares for what it was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Care {
    /// Nothing reaches the disk on purpose: for tests, which are done before the machine could fail.
    None,
    /// As at a landlord: what was committed is on the disk. For measurements and for tests of faults.
    Durable,
}

/// A running PostgreSQL, listening on a socket in its own folder alone. It goes with its folder when this is dropped, and also
/// when this process ends in any other way.
pub struct Cluster {
    keeper: Mutex<Keeper>,
    folder: PathBuf,
    process: AtomicU32,
    given: AtomicU64,
}

/// What every new database is a copy of.
const TEMPLATE: &str = "template_redress";

impl Cluster {
    /// This process's cluster for tests, started at the first use. `migrate` is told the address of a new database and makes of
    /// it what all others are copies of; it runs once.
    ///
    /// # Errors
    /// When PostgreSQL is not installed or does not start, or `migrate` fails; the same each time.
    pub fn shared(migrate: impl FnOnce(&str) -> anyhow::Result<()>) -> anyhow::Result<&'static Self> {
        static SHARED: OnceLock<Result<Cluster, String>> = OnceLock::new();
        let started = SHARED.get_or_init(|| {
            Self::start(Care::None, migrate).map_err(|error| format!("PostgreSQL for tests: {error:#}"))
        });
        started.as_ref().map_err(|error| anyhow!("{error}"))
    }

    /// A cluster of one's own.
    ///
    /// # Errors
    /// When PostgreSQL is not installed or does not start, or `migrate` fails.
    pub fn start(care: Care, migrate: impl FnOnce(&str) -> anyhow::Result<()>) -> anyhow::Result<Self> {
        let cluster = Self::begin(|place| place.initialise(care))?;
        cluster.run(&create(TEMPLATE, "template0", cluster.has_icu()?))?;
        migrate(&cluster.url(TEMPLATE)).context("migrating the template")?;
        cluster.run(&format!("ALTER DATABASE {TEMPLATE} WITH IS_TEMPLATE true ALLOW_CONNECTIONS false"))?;
        Ok(cluster)
    }

    /// A replica of this cluster, which is told of whatever is committed, can be read, and refuses to be written to. The cluster is stopped for
    /// a moment, and is a [`Care::Durable`] one: any other keeps no log that could be sent.
    ///
    /// # Errors
    /// When the cluster does not stop or start again, or its replica does not start.
    pub fn replica(&self) -> anyhow::Result<Self> {
        self.stop()?;
        let replica = Self::begin(|place| {
            place.follow(&self.folder)?;
            self.resume()
        });
        replica.context("a replica")
    }

    /// Starts what `fill` puts into a folder of its own.
    fn begin(fill: impl FnOnce(&Place<'_>) -> anyhow::Result<()>) -> anyhow::Result<Self> {
        let binaries = binaries::find()?;
        let folder = tempfile::Builder::new().prefix("redress-").tempdir_in(short_folder())?;
        let account = Account::of(folder.path())?;
        let keeper = Keeper::of(folder.path(), &binaries, account)?;
        let folder = folder.keep();
        let (process, given) = (AtomicU32::default(), AtomicU64::default());
        let cluster = Self { keeper: Mutex::new(keeper), folder, process, given };
        fill(&Place { binaries: &binaries, account, folder: &cluster.folder })?;
        cluster.resume()?;
        Ok(cluster)
    }

    /// A new database, migrated.
    ///
    /// # Errors
    /// When PostgreSQL refuses it.
    pub fn database(&self) -> anyhow::Result<Database> {
        self.copy_of(TEMPLATE)
    }

    /// A new database with nothing in it.
    ///
    /// # Errors
    /// When PostgreSQL refuses it.
    pub fn empty_database(&self) -> anyhow::Result<Database> {
        self.copy_of("template0")
    }

    /// A new database, migrated, whose tables are in a folder of their own: that of a disk, say, that is to run full. The folder is empty,
    /// and PostgreSQL's account may write there.
    ///
    /// # Errors
    /// When PostgreSQL refuses it.
    pub fn database_in(&self, folder: &Path) -> anyhow::Result<Database> {
        self.run(&format!("CREATE TABLESPACE elsewhere LOCATION '{}'", folder.display()))?;
        let database = self.copy_of(TEMPLATE)?;
        self.run(&format!("ALTER DATABASE {} SET TABLESPACE elsewhere", database.name()))?;
        Ok(database)
    }

    fn copy_of(&self, template: &str) -> anyhow::Result<Database> {
        let name = format!("redress_{}", self.given.fetch_add(1, Ordering::Relaxed) + 1);
        self.run(&create(&name, template, template == "template0" && self.has_icu()?))?;
        Ok(Database::new(self.url(&name), name, self.url("postgres")))
    }

    /// The address of a database in it, in the form that libpq takes.
    #[must_use]
    pub fn url(&self, database: &str) -> String {
        let folder = percent_encoded(&self.folder.to_string_lossy());
        format!("postgres://redress@localhost/{database}?host={folder}")
    }

    /// The folder that everything of it is in; the socket too.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// PostgreSQL's first process.
    #[must_use]
    pub fn process(&self) -> u32 {
        self.process.load(Ordering::Relaxed)
    }

    /// Ends PostgreSQL as a crash would: nothing is finished or written out, every connection is cut, and the next start has to
    /// recover. All its processes are gone afterwards.
    ///
    /// # Errors
    /// When it does not run.
    pub fn stop_hard(&self) -> anyhow::Result<()> {
        self.keeper.lock().unwrap_or_else(PoisonError::into_inner).stop("QUIT")
    }

    /// Ends PostgreSQL in an orderly way, though without waiting for its clients.
    ///
    /// # Errors
    /// When it does not run.
    pub fn stop(&self) -> anyhow::Result<()> {
        self.keeper.lock().unwrap_or_else(PoisonError::into_inner).stop("INT")
    }

    /// Starts PostgreSQL again after it was stopped, and waits until it answers.
    ///
    /// # Errors
    /// When it does not answer in time, with the end of its log.
    pub fn resume(&self) -> anyhow::Result<()> {
        let process = self.keeper.lock().unwrap_or_else(PoisonError::into_inner).start()?;
        self.process.store(process, Ordering::Relaxed);
        let begun = Instant::now();
        while let Err(error) = PgConnection::establish(&self.url("postgres")) {
            ensure!(begun.elapsed() < PATIENCE, "PostgreSQL did not start: {error}\n{}", self.end_of_log());
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(())
    }

    fn end_of_log(&self) -> String {
        let log = std::fs::read_to_string(self.folder.join("log")).unwrap_or_default();
        // Each of our own attempts has left a line as well.
        let said = |line: &&str| {
            !["starting up", "not yet accep", "not yet been reached"].iter().any(|own| line.contains(own))
        };
        let lines: Vec<&str> = log.lines().filter(said).collect();
        lines[lines.len().saturating_sub(20)..].join("\n")
    }

    fn run(&self, statement: &str) -> anyhow::Result<()> {
        let mut connection = PgConnection::establish(&self.url("postgres"))?;
        connection.batch_execute(statement).with_context(|| statement.to_owned())
    }

    fn has_icu(&self) -> anyhow::Result<bool> {
        let mut connection = PgConnection::establish(&self.url("postgres"))?;
        let query = "SELECT 1 FROM pg_collation WHERE collprovider = 'i' LIMIT 1";
        Ok(diesel::RunQueryDsl::execute(diesel::sql_query(query), &mut connection)? > 0)
    }
}

/// Text is in English order, as on a landlord's server, where PostgreSQL can do so: whatever needs the order of bytes must ask
/// for it.
fn create(database: &str, template: &str, english: bool) -> String {
    let order = if english { " LOCALE_PROVIDER icu ICU_LOCALE 'en-GB'" } else { "" };
    format!("CREATE DATABASE {database} TEMPLATE {template}{order}")
}

/// Whether tests can have PostgreSQL. Where it is not installed, that is said on the terminal, past the test runner, which
/// would keep it to itself.
///
/// # Errors
/// When it is not installed and [`REQUIRED`] is `1`.
pub fn available() -> anyhow::Result<bool> {
    let Err(missing) = binaries::find() else { return Ok(true) };
    if std::env::var_os(REQUIRED).is_some_and(|value| value == "1") {
        return Err(missing.context(format!("{REQUIRED} is set")));
    }
    let _ = writeln!(std::io::stderr(), "\n*** SKIPPED, NOT TESTED: {missing} ***\n");
    Ok(false)
}
