//! Writing. An answer is given when what it tells of is on disk, and not before.
//!
//! SQLite has one write lock, and what a commit costs is the wait for the disk. So one thread does all the writing: it commits for
//! as many pieces of work as were waiting, and answers them all (`storage/alone.rs`). PostgreSQL shares commits by itself;
//! there each piece of work takes a connection, and is done again when another was quicker.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Sender, channel};

use diesel::connection::TransactionManager;
use diesel::r2d2::Pool;
use tokio::sync::oneshot;

use super::address::Address;
use super::connection::{Lent, Manager};
use super::error::StorageError;
use super::pulse::Pulse;
use super::{Connection, alone};

/// How often work is done again when another was quicker.
const TRIES: u32 = 8;

/// An error of a piece of work. Whether the database is to blame decides what becomes of the transaction.
pub trait Failure: From<StorageError> + Send + 'static {
    /// The database's error, where that is what it is.
    fn storage(&self) -> Option<&StorageError>;
}

impl Failure for StorageError {
    fn storage(&self) -> Option<&StorageError> {
        Some(self)
    }
}

/// The way to write to a database.
#[derive(Clone)]
pub enum Writer {
    /// One thread with one connection.
    Alone(Sender<Box<dyn Task>>, Pulse),
    /// As many as there are connections.
    Many(Pool<Manager>, Pulse),
}

impl Writer {
    /// Starts the one thread that writes with this connection. It ends when nobody can ask it any more.
    pub(super) fn alone(address: Address, mut connection: Connection) -> Result<Self, StorageError> {
        connection.set_to_write()?;
        let (ask, asked) = channel();
        let pulse = Pulse::default();
        let beat = pulse.clone();
        std::thread::Builder::new()
            .name("writer".to_owned())
            .spawn(move || alone::serve(&address, connection, &asked, &beat))
            .map_err(|error| StorageError::Open(error.to_string()))?;
        Ok(Self::Alone(ask, pulse))
    }

    pub(super) fn many(pool: Pool<Manager>) -> Self {
        Self::Many(pool, Pulse::default())
    }

    /// How the writing goes.
    #[must_use]
    pub const fn pulse(&self) -> &Pulse {
        match self {
            Self::Alone(_, pulse) | Self::Many(_, pulse) => pulse,
        }
    }

    /// Does a piece of work in one transaction, and answers when it is on disk. An error of the work undoes all of it. The work may
    /// be done more than once, each time from the beginning; what came of it the last time is what counts.
    ///
    /// The work goes on when nobody waits for it any more: a caller who hangs up cannot cut it in half.
    ///
    /// # Errors
    /// Those of the work, and those of the database.
    pub async fn write<T, E, W>(&self, work: W) -> Result<T, E>
    where
        T: Send + 'static,
        E: Failure,
        W: Fn(&mut Connection) -> Result<T, E> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        match self {
            Self::Alone(ask, pulse) => {
                pulse.waiting.inc();
                let task = Piece { work, done: None, asker: Some(answer) };
                // Should the thread be gone, the answer's other end is dropped with the task.
                drop(ask.send(Box::new(task)));
            }
            Self::Many(pool, pulse) => {
                pulse.waiting.inc();
                let (pool, pulse) = (pool.clone(), pulse.clone());
                actix_web::rt::task::spawn_blocking(move || {
                    let done = catch_unwind(AssertUnwindSafe(|| in_own_transaction(&pool, &work)));
                    pulse.ended(1);
                    drop(answer.send(done.unwrap_or_else(|_| Err(StorageError::Unfinished.into()))));
                });
            }
        }
        answered.await.unwrap_or_else(|_| Err(StorageError::Unfinished.into()))
    }
}

/// Work on a connection of its own, done again after a conflict.
fn in_own_transaction<T, E: Failure>(
    pool: &Pool<Manager>,
    work: &impl Fn(&mut Connection) -> Result<T, E>,
) -> Result<T, E> {
    let mut connection = Lent(pool.get().map_err(StorageError::from)?);
    let mut tries = 1;
    loop {
        match once(&mut connection, work) {
            Err(error) if tries < TRIES && error.storage().is_some_and(StorageError::is_conflict) => {
                tries += 1
            }
            done => return done,
        }
    }
}

/// Does a piece of work in one transaction on this thread: what a command line does.
///
/// # Errors
/// Those of the work, and those of the database.
pub fn once<T, E: Failure>(
    connection: &mut Connection,
    work: &impl Fn(&mut Connection) -> Result<T, E>,
) -> Result<T, E> {
    connection.begin_writing().map_err(StorageError::from)?;
    match work(connection) {
        Ok(done) => {
            Connection::commit_transaction(connection).map_err(uncommitted)?;
            Ok(done)
        }
        Err(error) => {
            undo(connection);
            Err(error)
        }
    }
}

pub(super) fn undo(connection: &mut Connection) {
    if let Err(error) = Connection::rollback_transaction(connection) {
        tracing::warn!(%error, "a transaction could not be rolled back; its connection is given up");
    }
}

/// A commit that failed. One that the server refused was not carried out; of one whose answer was lost, nobody knows.
fn uncommitted(error: diesel::result::Error) -> StorageError {
    if StorageError::is_plain_refusal(&error) { error.into() } else { StorageError::OutcomeUnknown(error) }
}

/// A piece of work that waits for the one writer.
pub trait Task: Send {
    /// Does the work; says whether the transaction can go on with what it did, without it, or not at all.
    fn run(&mut self, connection: &mut Connection) -> Verdict;
    /// Gives the answer, now that what it tells of is on disk, or undone.
    fn answer(self: Box<Self>);
    /// Gives an error for an answer, as nothing of the work was kept.
    fn failed(self: Box<Self>, error: StorageError);
}

/// What is to become of a piece of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is kept.
    Keep,
    /// It is undone, and those who share the transaction are not touched.
    Undo,
    /// The database failed under it, and all who share the transaction are undone.
    Broken,
}

struct Piece<T, E, W> {
    work: W,
    done: Option<Result<T, E>>,
    asker: Option<oneshot::Sender<Result<T, E>>>,
}

impl<T, E, W> Piece<T, E, W> {
    fn say(&mut self, done: Result<T, E>) {
        if let Some(asker) = self.asker.take() {
            // Whoever asked may have gone.
            drop(asker.send(done));
        }
    }
}

impl<T, E, W> Task for Piece<T, E, W>
where
    T: Send,
    E: Failure,
    W: Fn(&mut Connection) -> Result<T, E> + Send,
{
    fn run(&mut self, connection: &mut Connection) -> Verdict {
        let done = catch_unwind(AssertUnwindSafe(|| (self.work)(connection)))
            .unwrap_or_else(|_| Err(StorageError::Unfinished.into()));
        let verdict = match &done {
            Ok(_) => Verdict::Keep,
            Err(error) if error.storage().is_none_or(StorageError::is_contained) => Verdict::Undo,
            Err(_) => Verdict::Broken,
        };
        self.done = Some(done);
        verdict
    }

    fn answer(mut self: Box<Self>) {
        let done = self.done.take().unwrap_or_else(|| Err(StorageError::Unfinished.into()));
        self.say(done);
    }

    fn failed(mut self: Box<Self>, error: StorageError) {
        // What the work came to before may rest on what was undone since.
        self.done = None;
        self.say(Err(error.into()));
    }
}
