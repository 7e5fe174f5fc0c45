//! A connection to either database that reads and cannot write, and everything read on it as it stood at one moment.

use diesel::connection::{AnsiTransactionManager, SimpleConnection};
use diesel::{Connection as _, PgConnection, QueryResult, SqliteConnection};
use redress_shared::database::{Address, for_libpq};

use crate::error::{Error, Result};

/// A connection to either database.
#[derive(diesel::MultiConnection)]
pub enum EitherConnection {
    /// A file.
    Sqlite(SqliteConnection),
    /// The server, or a replica of it.
    Postgres(PgConnection),
}

/// What is said to whoever wants TLS of a program that was built without.
const NO_TLS: &str = "its sslmode wants TLS, which this program was built without: build it with --features postgres-tls, or go without \
    by sslmode=disable where the way to the server is private";

impl EitherConnection {
    /// Opens an existing database for reading and takes hold of it as it stands: whatever others write meanwhile is not seen.
    ///
    /// A landlord's cases must not change because a report was asked for, so both the connection and its transaction refuse to write.
    pub(super) fn open(address: &Address) -> Result<Self> {
        let unusable = |reason: &str| Error::Database {
            address: address.to_string(),
            reason: address.without_secrets(reason),
        };
        match address {
            Address::Sqlite(file) => {
                let uri = read_only(file).map_err(|reason| unusable(&reason))?;
                let opened =
                    SqliteConnection::establish(&uri).map_err(|error| unusable(&error.to_string()))?;
                let mut connection = Self::Sqlite(opened);
                connection.begin().map_err(|error| unusable(&error.to_string()))?;
                Ok(connection)
            }
            Address::Postgres(_) if address.wants_tls() && !cfg!(feature = "postgres-tls") => {
                Err(unusable(NO_TLS))
            }
            Address::Postgres(url) => {
                let opened =
                    PgConnection::establish(&for_libpq(url)).map_err(|error| unusable(&error.to_string()))?;
                let mut connection = Self::Postgres(opened);
                connection.begin().map_err(|error| unusable(&error.to_string()))?;
                Ok(connection)
            }
        }
    }

    /// Begins the one transaction that everything is read in. It is never committed: it goes with its connection.
    fn begin(&mut self) -> QueryResult<()> {
        match self {
            Self::Sqlite(connection) => {
                connection.batch_execute("PRAGMA busy_timeout = 5000; PRAGMA query_only = ON;")?;
                AnsiTransactionManager::begin_transaction_sql(connection, "BEGIN")?;
                // The moment is that of the first read.
                connection.batch_execute("SELECT count(*) FROM sqlite_schema")
            }
            Self::Postgres(connection) => {
                AnsiTransactionManager::begin_transaction_sql(
                    connection,
                    "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY",
                )?;
                connection.batch_execute("SELECT 1")
            }
        }
    }
}

/// The address of a file as SQLite takes one that must be there and is not written to.
fn read_only(file: &str) -> std::result::Result<String, String> {
    let path = std::path::absolute(file).map_err(|error| error.to_string())?;
    if !path.is_file() {
        return Err("there is no such file".to_owned());
    }
    // Inside a `file:` address these would mean something else.
    let encoded = path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    Ok(format!("file:{encoded}?mode=ro"))
}
