//! A database of one's own, on either of the two that Redress keeps cases in.

use std::path::Path;

use anyhow::Context as _;
use diesel::connection::SimpleConnection as _;
use diesel::sql_types::Text;
use diesel::{QueryableByName, RunQueryDsl as _, sql_query};
use redress_service::storage::{self, Address, Connection, StorageError};

/// Which of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backend {
    /// A file.
    Sqlite,
    /// A server.
    Postgres,
}

/// A database's address, and what has to be there as long as it is used.
#[derive(Debug)]
pub struct Database {
    address: Address,
    _kept: Kept,
}

#[derive(Debug)]
enum Kept {
    ByOthers,
    Folder { _folder: tempfile::TempDir },
    Server { _database: redress_postgres::Database },
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

impl Database {
    /// A database that is somebody else's to keep.
    #[must_use]
    pub const fn at(address: Address) -> Self {
        Self { address, _kept: Kept::ByOthers }
    }

    /// A SQLite file, made at its first use.
    #[must_use]
    pub fn file(path: &Path) -> Self {
        Self::at(Address::file(path))
    }

    /// A new database that goes when this is dropped, ready for a service. A SQLite file is made by the service itself.
    ///
    /// # Errors
    /// When there is no room for it, or PostgreSQL cannot be started.
    pub fn fresh(backend: Backend) -> anyhow::Result<Self> {
        match backend {
            Backend::Sqlite => Self::new_file(),
            Backend::Postgres => Ok(Self::on_server(shared_cluster()?.database()?)),
        }
    }

    /// A new database with no table in it, that goes when this is dropped.
    ///
    /// # Errors
    /// When there is no room for it, or PostgreSQL cannot be started.
    pub fn empty(backend: Backend) -> anyhow::Result<Self> {
        match backend {
            Backend::Sqlite => Self::new_file(),
            Backend::Postgres => Ok(Self::on_server(shared_cluster()?.empty_database()?)),
        }
    }

    /// A cluster's database, for a service.
    #[must_use]
    pub fn on_server(database: redress_postgres::Database) -> Self {
        let address = Address::Postgres(database.url().to_owned());
        Self { address, _kept: Kept::Server { _database: database } }
    }

    fn new_file() -> anyhow::Result<Self> {
        let folder = tempfile::tempdir().context("making a folder for the database")?;
        let file = Self::file(&folder.path().join("redress.db"));
        Ok(Self { _kept: Kept::Folder { _folder: folder }, ..file })
    }

    /// Its address.
    #[must_use]
    pub const fn address(&self) -> &Address {
        &self.address
    }

    /// Its address as the service's settings take it.
    #[must_use]
    pub fn url(&self) -> String {
        match &self.address {
            Address::Sqlite(file) => format!("sqlite:{file}"),
            Address::Postgres(url) => url.clone(),
        }
    }

    /// The file, where it is one.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        match &self.address {
            Address::Sqlite(file) => Some(Path::new(file)),
            Address::Postgres(_) => None,
        }
    }

    /// Connects to it past the service.
    ///
    /// # Errors
    /// When it cannot be reached.
    pub fn connect(&self) -> Result<Connection, StorageError> {
        Connection::open(&self.address)
    }

    /// Opens it as the service does, and brings it up to date.
    ///
    /// # Errors
    /// When the service would not start with it.
    pub fn open(&self) -> Result<storage::Database, StorageError> {
        storage::Database::open(&self.address, 8)
    }
}

/// The cluster of this process, whose template the service itself migrates.
fn shared_cluster() -> anyhow::Result<&'static redress_postgres::Cluster> {
    redress_postgres::Cluster::shared(|url| Ok(Database::at(url.parse()?).open().map(drop)?))
}

/// The one text column, named `line`, of a query.
///
/// # Errors
/// When the query fails.
pub fn lines(connection: &mut Connection, query: &str) -> anyhow::Result<Vec<String>> {
    let lines: Result<Vec<Line>, _> = match connection {
        Connection::Sqlite(connection) => sql_query(query).load(connection),
        Connection::Postgres(connection) => sql_query(query).load(connection),
    };
    Ok(lines.with_context(|| query.to_owned())?.into_iter().map(|line| line.line).collect())
}

/// Executes statements that give nothing back.
///
/// # Errors
/// When one of them fails.
pub fn execute(connection: &mut Connection, statements: &str) -> anyhow::Result<()> {
    connection.batch_execute(statements).with_context(|| statements.to_owned())
}
