//! One connection type for both databases: whatever is written for it runs on either.

use std::ops::{Deref, DerefMut};
use std::time::{Duration, Instant};

use diesel::connection::{AnsiTransactionManager, SimpleConnection};
use diesel::pg::PgConnection;
use diesel::r2d2::{ManageConnection, PooledConnection};
use diesel::sqlite::SqliteConnection;
use diesel::{Connection as _, QueryResult};
use redress_shared::database::for_libpq;

use super::address::Address;
use super::{StorageError, read};

/// A connection to either database.
#[derive(diesel::MultiConnection)]
pub enum EitherConnection {
    /// The embedded one.
    Sqlite(SqliteConnection),
    /// The server.
    Postgres(PgConnection),
}

/// What every connection to SQLite is set to. `busy_timeout` comes first, so that the rest waits its turn.
const SQLITE: &str = "PRAGMA busy_timeout = 5000; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;";

/// What the one connection that writes to SQLite has besides: nobody else changes what it holds in memory, which is the more worth
/// for it (in KiB, negative as SQLite has it). What is written again and again goes from the log to the file less often.
const SQLITE_WRITER: &str = "PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 4000;";

/// What every connection to PostgreSQL is set to. A lock that is not had in time is an answer too: busy. No answer is sent
/// before its commit is on disk, whatever the server's own setting.
const POSTGRES: &str =
    "SET TIME ZONE 'UTC'; SET lock_timeout = '5s'; SET idle_in_transaction_session_timeout = '60s';
    SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off';";

impl EitherConnection {
    /// Opens a connection. The backend is chosen by the address and nothing is tried that it does not name.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub fn open(address: &Address) -> Result<Self, StorageError> {
        let failed =
            |error: diesel::ConnectionError| StorageError::Open(address.without_secrets(&error.to_string()));
        match address {
            Address::Sqlite(file) => {
                let mut connection = SqliteConnection::establish(file).map_err(failed)?;
                connection.batch_execute(SQLITE)?;
                read::register(&mut connection)?;
                Ok(Self::Sqlite(connection))
            }
            Address::Postgres(url) => {
                let mut connection = PgConnection::establish(&for_libpq(url)).map_err(failed)?;
                connection.batch_execute(POSTGRES)?;
                Ok(Self::Postgres(connection))
            }
        }
    }

    /// Makes it the connection that writes.
    pub(super) fn set_to_write(&mut self) -> QueryResult<()> {
        match self {
            Self::Sqlite(connection) => connection.batch_execute(SQLITE_WRITER),
            Self::Postgres(_) => Ok(()),
        }
    }

    /// Begins a transaction that is going to write. SQLite takes its one write lock at once: a transaction that reads first
    /// and asks for the lock later is refused when somebody else wrote in between.
    pub(super) fn begin_writing(&mut self) -> QueryResult<()> {
        match self {
            Self::Sqlite(connection) => {
                AnsiTransactionManager::begin_transaction_sql(connection, "BEGIN IMMEDIATE")
            }
            Self::Postgres(connection) => AnsiTransactionManager::begin_transaction_sql(connection, "BEGIN"),
        }
    }
}

/// Makes the connections of a pool.
#[derive(Debug)]
pub struct Manager(pub(super) Address);

/// A connection of a pool. It is tried before it is given out, unless it was tried a moment ago: trying costs PostgreSQL a journey.
pub struct Pooled {
    connection: EitherConnection,
    tried: Instant,
}

/// For how long a connection that answered is taken to be good.
const GOOD_FOR: Duration = Duration::from_millis(500);

/// A connection that is lent; it goes back to its pool when this is dropped.
pub struct Lent(pub(super) PooledConnection<Manager>);

impl Deref for Lent {
    type Target = EitherConnection;

    fn deref(&self) -> &EitherConnection {
        &self.0.connection
    }
}

impl DerefMut for Lent {
    fn deref_mut(&mut self) -> &mut EitherConnection {
        &mut self.0.connection
    }
}

impl ManageConnection for Manager {
    type Connection = Pooled;
    type Error = StorageError;

    fn connect(&self) -> Result<Pooled, StorageError> {
        Ok(Pooled { connection: EitherConnection::open(&self.0)?, tried: Instant::now() })
    }

    fn is_valid(&self, pooled: &mut Pooled) -> Result<(), StorageError> {
        if pooled.tried.elapsed() > GOOD_FOR {
            pooled.connection.batch_execute("SELECT 1")?;
            pooled.tried = Instant::now();
        }
        Ok(())
    }

    fn has_broken(&self, pooled: &mut Pooled) -> bool {
        use diesel::connection::TransactionManager;
        std::thread::panicking()
            || <EitherConnection as TransactionManager<EitherConnection>>::is_broken_transaction_manager(
                &mut pooled.connection,
            )
    }
}
