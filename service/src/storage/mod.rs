//! Where cases are kept. One write transaction appends events and writes everything that is read from them, so that log and
//! tables cannot drift.

pub mod events;
pub mod landlords;
pub mod project;
pub mod read;
pub mod records;
#[allow(missing_docs, reason = "the macro documents nothing it makes")]
mod schema;
#[cfg(test)]
mod schema_tests;

use diesel::Connection as _;
use diesel::connection::SimpleConnection;
use diesel::migration::MigrationSource;
use diesel::r2d2::{ConnectionManager, CustomizeConnection, Error as PoolError, Pool, PooledConnection};
use diesel::sqlite::{Sqlite, SqliteConnection};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};
use redress_shared::case::CaseId;
use std::path::Path;
use std::time::{Duration, Instant};

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("../migrations/sqlite");

/// A connection to the database.
pub type Connection = SqliteConnection;

/// The connections that the requests share.
pub type Connections = Pool<ConnectionManager<Connection>>;

/// What can go wrong with the database. Whoever meets one inside a transaction hands it on, and all of it is rolled back.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// The database refused or failed.
    #[error("the database failed: {0}")]
    Database(#[from] diesel::result::Error),
    /// No connection could be had.
    #[error("no database connection could be had: {0}")]
    Pool(#[from] diesel::r2d2::PoolError),
    /// The file could not be opened or set up.
    #[error("the database could not be opened: {0}")]
    Open(String),
    /// What is stored does not read as what was written.
    #[error("case {case}: event {sequence} is damaged: {reason}")]
    Damaged {
        /// The case.
        case: String,
        /// The event's number in it.
        sequence: i32,
        /// What is wrong with it.
        reason: String,
    },
}

impl StorageError {
    /// A log whose first event does not open the case.
    #[must_use]
    pub fn no_opening(case: CaseId) -> Self {
        Self::Damaged { case: case.to_string(), sequence: 1, reason: "it does not open the case".to_owned() }
    }

    /// Whether the database was held by others for too long: the same request may succeed in a moment.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        match self {
            Self::Database(diesel::result::Error::DatabaseError(_, what)) => {
                what.message().contains("is locked")
            }
            Self::Pool(_) => true,
            _ => false,
        }
    }
}

const PRAGMAS: &str = "PRAGMA busy_timeout = 5000; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;";

#[derive(Debug)]
struct Pragmas;

impl CustomizeConnection<Connection, PoolError> for Pragmas {
    fn on_acquire(&self, connection: &mut Connection) -> Result<(), PoolError> {
        connection.batch_execute(PRAGMAS).map_err(PoolError::QueryError)
    }
}

/// How long a use case waits for its turn.
const PATIENCE: Duration = Duration::from_secs(5);

/// Opens the database file, making it where there is none, and brings it up to date. No more than so many connections, one at the
/// least, are open at once.
///
/// # Errors
/// When the file cannot be opened, was made by a newer version of this program, or a migration fails.
pub fn open(path: &Path, connections: u16) -> Result<Connections, StorageError> {
    let file = file_name(path)?;
    // One connection first: a pool would try again and again before it said what is wrong.
    let mut first = Connection::establish(file).map_err(|error| StorageError::Open(error.to_string()))?;
    first.batch_execute(PRAGMAS)?;
    write_ahead(&mut first)?;
    first.immediate_transaction(bring_up_to_date)?;
    drop(first);
    let manager = ConnectionManager::<Connection>::new(file);
    let customizer = Box::new(Pragmas);
    Ok(Pool::builder()
        .max_size(u32::from(connections.max(1)))
        .connection_timeout(PATIENCE)
        .connection_customizer(customizer)
        .build(manager)?)
}

/// Changes the file to a write-ahead log, which it then keeps. SQLite does not wait its turn for this one change, so that another
/// instance that starts on the same new file at the same moment is waited for here.
fn write_ahead(connection: &mut Connection) -> Result<(), StorageError> {
    let begun = Instant::now();
    loop {
        match connection.batch_execute("PRAGMA journal_mode = WAL").map_err(StorageError::from) {
            Err(error) if error.is_busy() && begun.elapsed() < PATIENCE => {
                std::thread::sleep(Duration::from_millis(20));
            }
            done => return done,
        }
    }
}

/// The name of a file that SQLite can open, and that all connections share.
fn file_name(path: &Path) -> Result<&str, StorageError> {
    let refused = |why: String| Err(StorageError::Open(why));
    let Some(file) = path.to_str() else {
        return refused("its name is not UTF-8".to_owned());
    };
    if file.is_empty() || file.starts_with(':') || file.starts_with("file:") {
        return refused("it must be a file: one in memory would be another for every connection".to_owned());
    }
    if path.is_dir() {
        return refused(format!("{file} is a folder; name a file in it"));
    }
    match path.parent().filter(|folder| !folder.as_os_str().is_empty() && !folder.is_dir()) {
        Some(folder) => refused(format!("the folder {} does not exist; make it first", folder.display())),
        None => Ok(file),
    }
}

/// Runs the migrations that are missing. A database with one that this program does not have is left alone.
fn bring_up_to_date(connection: &mut Connection) -> Result<(), StorageError> {
    let failed = |error: Box<dyn std::error::Error + Send + Sync>| {
        StorageError::Open(format!("a migration failed: {error}"))
    };
    let migrations = MigrationSource::<Sqlite>::migrations(&MIGRATIONS).map_err(failed)?;
    let known: Vec<_> = migrations.iter().map(|migration| migration.name().version()).collect();
    let applied = connection.applied_migrations().map_err(failed)?;
    let newer: Vec<String> =
        applied.iter().filter(|version| !known.contains(version)).map(ToString::to_string).collect();
    if !newer.is_empty() {
        return Err(StorageError::Open(format!(
            "it was made by a newer version of this program (it has the migrations {}); use that version, or another file",
            newer.join(", ")
        )));
    }
    connection.run_pending_migrations(MIGRATIONS).map_err(failed)?;
    Ok(())
}

/// A connection for one use case.
///
/// # Errors
/// When none is free in time.
pub fn connection(
    pool: &Connections,
) -> Result<PooledConnection<ConnectionManager<Connection>>, StorageError> {
    Ok(pool.get()?)
}
