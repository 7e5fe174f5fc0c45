//! Where cases are kept, on SQLite or PostgreSQL. One write transaction appends events and writes everything that is read from
//! them, so that log and tables cannot drift.

pub mod address;
mod alone;
pub mod append;
pub mod bulk;
pub mod calendars;
#[allow(missing_docs, reason = "the macro documents nothing it makes")]
pub mod connection;
pub mod documents;
mod error;
pub mod events;
pub mod feed;
pub mod imports;
pub mod kept_answers;
pub mod keys;
pub mod landlords;
pub mod leases;
pub mod letters;
pub mod marks;
pub mod migrate;
pub mod notices;
pub mod overdue;
pub mod personal;
pub mod prepared;
pub mod pulse;
pub mod read;
pub mod records;
pub mod renewal;
pub mod rows;
#[allow(missing_docs, reason = "the macro documents nothing it makes")]
pub mod schema;
#[cfg(test)]
mod schema_tests;
pub mod timers;
pub mod webhooks;
pub mod whole;
pub mod write;

pub use address::Address;
pub use connection::EitherConnection as Connection;
pub use error::StorageError;

pub use connection::Lent;
use connection::Manager;
use diesel::r2d2::Pool;
use std::time::Duration;
use write::Writer;

/// How long a use case waits for its turn.
pub(crate) const PATIENCE: Duration = Duration::from_secs(5);

/// A database that is open: connections for those who read, and the way to write.
#[derive(Clone)]
pub struct Database {
    address: Address,
    pool: Pool<Manager>,
    writer: Writer,
}

impl Database {
    /// Opens the database, making the file where there is none, and brings it up to date. No more than so many connections, one at
    /// the least, are open at once, and on SQLite one more that writes.
    ///
    /// # Errors
    /// When it cannot be reached, was made by a newer version of this program, or a migration fails.
    pub fn open(address: &Address, connections: u16) -> Result<Self, StorageError> {
        if let Some(why) = address::unusable(address) {
            return Err(StorageError::Open(why));
        }
        address::make_private(address).map_err(|error| StorageError::Open(error.to_string()))?;
        // One connection first: a pool would try again and again before it said what is wrong.
        let mut first = Connection::open(address)?;
        migrate::write_ahead(&mut first)?;
        migrate::alone(&mut first, migrate::bring_up_to_date)?;
        let pool = Pool::builder()
            .max_size(u32::from(connections.max(1)))
            .min_idle(Some(1))
            .connection_timeout(PATIENCE)
            .build(Manager(address.clone()))?;
        let writer = match address {
            Address::Sqlite(_) => Writer::alone(address.clone(), first)?,
            Address::Postgres(_) => Writer::many(pool.clone()),
        };
        Ok(Self { address: address.clone(), pool, writer })
    }

    /// Where it is.
    #[must_use]
    pub const fn address(&self) -> &Address {
        &self.address
    }

    /// A connection for one use case that reads.
    ///
    /// # Errors
    /// When none is free in time.
    pub fn connection(&self) -> Result<Lent, StorageError> {
        Ok(Lent(self.pool.get()?))
    }

    /// A connection, where one is free and its database answers without a journey, so that a small question need not be asked on
    /// another thread: SQLite, whose readers wait for nobody.
    #[must_use]
    pub fn at_hand(&self) -> Option<Lent> {
        match self.address {
            Address::Sqlite(_) => self.pool.try_get().map(Lent),
            Address::Postgres(_) => None,
        }
    }

    /// Whether an event has its number in the feed as soon as it is committed.
    #[must_use]
    pub const fn numbers_at_once(&self) -> bool {
        matches!(self.address, Address::Sqlite(_))
    }

    /// How many connections those who read have open, and how many of these nobody uses.
    #[must_use]
    pub fn pool(&self) -> (u32, u32) {
        let state = self.pool.state();
        (state.connections, state.idle_connections)
    }

    /// The way to write.
    #[must_use]
    pub const fn writer(&self) -> &Writer {
        &self.writer
    }
}
