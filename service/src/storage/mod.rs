//! Where cases are kept. One write transaction appends events and writes everything that is read from them, so that log and
//! tables cannot drift.

pub mod events;
pub mod landlords;
pub mod project;
pub mod read;
pub mod records;
#[allow(missing_docs, reason = "the macro documents nothing it makes")]
mod schema;

use diesel::connection::SimpleConnection;
use diesel::r2d2::{ConnectionManager, CustomizeConnection, Error as PoolError, Pool, PooledConnection};
use diesel::sqlite::SqliteConnection;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};
use std::path::Path;

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

#[derive(Debug)]
struct Pragmas;

impl CustomizeConnection<Connection, PoolError> for Pragmas {
    fn on_acquire(&self, connection: &mut Connection) -> Result<(), PoolError> {
        // The timeout comes first, so that the change to WAL waits its turn too.
        connection
            .batch_execute(
                "PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;",
            )
            .map_err(PoolError::QueryError)
    }
}

/// Opens the database file, making it where there is none, and brings it up to date.
///
/// # Errors
/// When the file cannot be opened, or a migration fails.
pub fn open(path: &Path) -> Result<Connections, StorageError> {
    let manager = ConnectionManager::<Connection>::new(path.to_string_lossy());
    let pool = Pool::builder().max_size(8).connection_customizer(Box::new(Pragmas)).build(manager)?;
    let mut connection = pool.get()?;
    connection
        .run_pending_migrations(MIGRATIONS)
        .map_err(|error| StorageError::Open(format!("a migration failed: {error}")))?;
    Ok(pool)
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
