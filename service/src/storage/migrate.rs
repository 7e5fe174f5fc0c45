//! Bringing a database up to date.

use std::time::{Duration, Instant};

use diesel::RunQueryDsl;
use diesel::connection::SimpleConnection;
use diesel::migration::{Migration, MigrationSource};
use diesel::pg::Pg;
use diesel::sqlite::Sqlite;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::Connection;
use super::{PATIENCE, StorageError};

/// SQLite's migrations; those of PostgreSQL have the same names.
pub const SQLITE: EmbeddedMigrations = embed_migrations!("../migrations/sqlite");
/// PostgreSQL's migrations.
pub const POSTGRES: EmbeddedMigrations = embed_migrations!("../migrations/postgres");

/// The number by which instances that start at once wait for each other on PostgreSQL. Any number that nobody else uses.
const START: i64 = 0x5265_6472_6573_7301;

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Does something once at a time over all instances that share the database, in one transaction.
///
/// # Errors
/// When the database fails, or the work does; nothing of it is kept then.
pub fn alone<T>(
    connection: &mut Connection,
    work: impl FnOnce(&mut Connection) -> Result<T, StorageError>,
) -> Result<T, StorageError> {
    use diesel::connection::TransactionManager;
    connection.begin_writing()?;
    let locked = match connection {
        // SQLite's write lock is held already.
        Connection::Sqlite(_) => Ok(0),
        Connection::Postgres(postgres) => {
            diesel::sql_query(format!("SELECT pg_advisory_xact_lock({START})")).execute(postgres)
        }
    };
    let done = locked.map_err(StorageError::from).and_then(|_| work(connection));
    match done {
        Ok(done) => {
            Connection::commit_transaction(connection)?;
            Ok(done)
        }
        Err(error) => {
            // What went wrong first is what is said.
            let _ = Connection::rollback_transaction(connection);
            Err(error)
        }
    }
}

/// Runs the migrations that are missing. A database with one that this program does not have is left alone.
///
/// # Errors
/// When the database was made by a newer version of this program, or a migration fails.
pub fn bring_up_to_date(connection: &mut Connection) -> Result<(), StorageError> {
    match connection {
        Connection::Sqlite(connection) => up::<Sqlite, _>(connection, SQLITE),
        Connection::Postgres(connection) => up::<Pg, _>(connection, POSTGRES),
    }
}

fn up<Backend: diesel::backend::Backend, C: MigrationHarness<Backend>>(
    connection: &mut C,
    embedded: EmbeddedMigrations,
) -> Result<(), StorageError>
where
    EmbeddedMigrations: MigrationSource<Backend>,
{
    not_newer(connection, &embedded)?;
    connection.run_pending_migrations(embedded).map_err(failed)?;
    Ok(())
}

fn failed(error: Failure) -> StorageError {
    StorageError::Open(format!("a migration failed: {error}"))
}

fn not_newer<Backend: diesel::backend::Backend, C: MigrationHarness<Backend>>(
    connection: &mut C,
    embedded: &EmbeddedMigrations,
) -> Result<(), StorageError>
where
    EmbeddedMigrations: MigrationSource<Backend>,
{
    let migrations: Vec<Box<dyn Migration<Backend>>> = embedded.migrations().map_err(failed)?;
    let known: Vec<_> = migrations.iter().map(|migration| migration.name().version()).collect();
    let applied = connection.applied_migrations().map_err(failed)?;
    let newer: Vec<String> =
        applied.iter().filter(|version| !known.contains(version)).map(ToString::to_string).collect();
    if newer.is_empty() {
        return Ok(());
    }
    Err(StorageError::Open(format!(
        "it was made by a newer version of this program (it has the migrations {}); use that version, or another database",
        newer.join(", ")
    )))
}

/// Makes sure that a database is one of this program's, and up to date; it is not changed.
///
/// # Errors
/// When it was made by a newer version, or a migration is missing.
pub fn is_up_to_date(connection: &mut Connection) -> Result<(), StorageError> {
    let pending = match connection {
        Connection::Sqlite(connection) => connection.has_pending_migration(SQLITE),
        Connection::Postgres(connection) => connection.has_pending_migration(POSTGRES),
    };
    match pending {
        Ok(false) => match connection {
            Connection::Sqlite(connection) => not_newer::<Sqlite, _>(connection, &SQLITE),
            Connection::Postgres(connection) => not_newer::<Pg, _>(connection, &POSTGRES),
        },
        Ok(true) => {
            Err(StorageError::Open("it has not all its tables; start the service on it first".to_owned()))
        }
        Err(error) => Err(StorageError::Open(error.to_string())),
    }
}

/// Changes a SQLite file to a write-ahead log, which it then keeps. SQLite does not wait its turn for this one change, so that another
/// instance that starts on the same new file at the same moment is waited for here.
///
/// # Errors
/// When the file is no database, or stays busy.
pub fn write_ahead(connection: &mut Connection) -> Result<(), StorageError> {
    let Connection::Sqlite(sqlite) = connection else { return Ok(()) };
    let begun = Instant::now();
    loop {
        match sqlite.batch_execute("PRAGMA journal_mode = WAL").map_err(StorageError::from) {
            Err(error) if error.is_busy() && begun.elapsed() < PATIENCE => {
                std::thread::sleep(Duration::from_millis(20));
            }
            done => return done,
        }
    }
}
