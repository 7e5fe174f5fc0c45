//! Writing. An answer is given when what it tells of is on disk, and not before.
//!
//! SQLite has one write lock, and what a commit costs is the wait for the disk. So one thread does all the writing: it gives
//! each piece of work a savepoint, commits for as many as were waiting, and answers them all. PostgreSQL shares commits by itself;
//! there each piece of work takes a connection, and is done again when another was quicker.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};

use diesel::connection::TransactionManager;
use diesel::r2d2::Pool;
use tokio::sync::oneshot;

use super::Connection;
use super::address::Address;
use super::connection::{Lent, Manager};
use super::error::StorageError;
use super::pulse::Pulse;

/// The most pieces of work that share a commit: beyond it the wait for the others outweighs the wait for the disk.
const SHARE: usize = 128;

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
            .spawn(move || serve(&address, connection, &asked, &beat))
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

fn undo(connection: &mut Connection) {
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

/// The writer's life: take what is there, do it, commit, answer.
fn serve(address: &Address, mut connection: Connection, asked: &Receiver<Box<dyn Task>>, pulse: &Pulse) {
    let _last = pulse.last_beat();
    while let Ok(first) = asked.recv() {
        pulse.begins();
        let mut tasks = vec![first];
        let done = match begin(address, &mut connection) {
            Ok(()) => shared(&mut connection, &mut tasks, asked).map_err(|_| None),
            Err(error) => {
                tasks.extend(asked.try_iter());
                Err(Some(error.to_string()))
            }
        };
        let count = tasks.len();
        match done {
            Ok(()) => tasks.into_iter().for_each(Task::answer),
            Err(Some(said)) => {
                tasks.into_iter().for_each(|task| task.failed(StorageError::Busy(said.clone())))
            }
            Err(None) => {
                undo(&mut connection);
                // One of them, or the disk, broke it for all: each is done again by itself, and gets an answer of its own.
                for task in tasks {
                    pulse.begins();
                    alone(address, &mut connection, task);
                }
            }
        }
        pulse.ended(count);
    }
}

/// Begins to write, on a new connection where the one at hand is spoilt: SQLite ends a transaction by itself when the disk is full,
/// and diesel's idea of it does not recover.
fn begin(address: &Address, connection: &mut Connection) -> Result<(), StorageError> {
    if Connection::is_broken_transaction_manager(connection) {
        *connection = Connection::open(address)?;
        connection.set_to_write()?;
    }
    Ok(connection.begin_writing()?)
}

/// Does all that is waiting in one transaction; work that comes in meanwhile joins it.
fn shared(
    connection: &mut Connection,
    tasks: &mut Vec<Box<dyn Task>>,
    asked: &Receiver<Box<dyn Task>>,
) -> Result<(), StorageError> {
    let mut next = 0;
    while let Some(task) = tasks.get_mut(next) {
        in_savepoint(connection, task.as_mut())?;
        next += 1;
        if next == tasks.len() && next < SHARE {
            tasks.extend(asked.try_iter().take(SHARE - next));
        }
    }
    Ok(Connection::commit_transaction(connection)?)
}

fn in_savepoint(connection: &mut Connection, task: &mut dyn Task) -> Result<(), StorageError> {
    Connection::begin_transaction(connection)?;
    match task.run(connection) {
        Verdict::Keep => Ok(Connection::commit_transaction(connection)?),
        Verdict::Undo => Ok(Connection::rollback_transaction(connection)?),
        Verdict::Broken => Err(StorageError::Unfinished),
    }
}

fn alone(address: &Address, connection: &mut Connection, mut task: Box<dyn Task>) {
    if let Err(error) = begin(address, connection) {
        return task.failed(error);
    }
    if task.run(connection) == Verdict::Keep {
        if let Err(error) = Connection::commit_transaction(connection) {
            undo(connection);
            return task.failed(error.into());
        }
    } else {
        undo(connection);
    }
    task.answer();
}
