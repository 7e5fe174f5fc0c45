//! One connection type for both databases: whatever is written for it runs on either.

use diesel::connection::{AnsiTransactionManager, SimpleConnection};
use diesel::pg::PgConnection;
use diesel::r2d2::ManageConnection;
use diesel::sqlite::SqliteConnection;
use diesel::{Connection as _, QueryResult};

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

/// What every connection to PostgreSQL is set to. A lock that is not had in time is an answer too: busy. No answer is sent
/// before its commit is on disk, whatever the server's own setting.
const POSTGRES: &str =
    "SET TIME ZONE 'UTC'; SET lock_timeout = '5s'; SET idle_in_transaction_session_timeout = '60s';";

impl EitherConnection {
    /// Opens a connection. The backend is chosen by the address and nothing is tried that it does not name.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub fn open(address: &Address) -> Result<Self, StorageError> {
        let failed = |error: diesel::ConnectionError| StorageError::Open(error.to_string());
        match address {
            Address::Sqlite(file) => {
                let mut connection = SqliteConnection::establish(file).map_err(failed)?;
                connection.batch_execute(SQLITE)?;
                read::register(&mut connection)?;
                Ok(Self::Sqlite(connection))
            }
            Address::Postgres(url) => {
                let mut connection = PgConnection::establish(url).map_err(failed)?;
                connection.batch_execute(POSTGRES)?;
                Ok(Self::Postgres(connection))
            }
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

impl ManageConnection for Manager {
    type Connection = EitherConnection;
    type Error = StorageError;

    fn connect(&self) -> Result<EitherConnection, StorageError> {
        EitherConnection::open(&self.0)
    }

    fn is_valid(&self, connection: &mut EitherConnection) -> Result<(), StorageError> {
        Ok(connection.batch_execute("SELECT 1")?)
    }

    fn has_broken(&self, connection: &mut EitherConnection) -> bool {
        use diesel::connection::TransactionManager;
        std::thread::panicking()
            || <EitherConnection as TransactionManager<EitherConnection>>::is_broken_transaction_manager(
                connection,
            )
    }
}
