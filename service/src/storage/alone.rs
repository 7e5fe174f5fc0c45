//! The one thread that writes to SQLite.
//!
//! It commits for as many pieces of work as were waiting. Work that comes to nothing has nearly always written nothing either, and the
//! others go on. Should it have written, all is undone, and done again without it: a savepoint for each, of which next to none is ever
//! gone back to, costs more.

use std::sync::mpsc::Receiver;

use diesel::RunQueryDsl;
use diesel::connection::{SimpleConnection, TransactionManager};

use super::address::Address;
use super::pulse::Pulse;
use super::write::{Task, Verdict, undo};
use super::{Connection, StorageError};

/// The most pieces of work that share a commit: beyond it the wait for the others outweighs the wait for the disk.
const SHARE: usize = 128;

type Tasks = Vec<Box<dyn Task>>;

/// The writer's life: take what is there, do it, commit, answer.
pub(super) fn serve(
    address: &Address,
    mut connection: Connection,
    asked: &Receiver<Box<dyn Task>>,
    pulse: &Pulse,
) {
    let _last = pulse.last_beat();
    while let Ok(first) = asked.recv() {
        let (mut tasks, mut spoilers) = (vec![first], Vec::new());
        let done = together(address, &mut connection, (&mut tasks, &mut spoilers), asked, pulse);
        let count = tasks.len() + spoilers.len();
        match done {
            Shared::Committed => tasks.into_iter().for_each(Task::answer),
            Shared::NotBegun(said) => {
                tasks.into_iter().for_each(|task| task.failed(StorageError::Busy(said.clone())))
            }
            // One of them, or the disk, broke it for all: each is done again by itself, and gets an answer of its own.
            Shared::Broken => spoilers.extend(tasks),
        }
        for task in spoilers {
            pulse.begins();
            apart(address, &mut connection, task);
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

/// What became of the work that shares a transaction.
enum Shared {
    /// It is on disk.
    Committed,
    /// None of it was begun, and why.
    NotBegun(String),
    /// All of it is undone.
    Broken,
}

/// Does all that is waiting in one transaction; work that comes in meanwhile joins it. What wrote and then came to nothing is put with the
/// spoilers, and the rest done again without it.
fn together(
    address: &Address,
    connection: &mut Connection,
    (tasks, spoilers): (&mut Tasks, &mut Tasks),
    asked: &Receiver<Box<dyn Task>>,
    pulse: &Pulse,
) -> Shared {
    loop {
        pulse.begins();
        if let Err(error) = begin(address, connection) {
            tasks.extend(asked.try_iter());
            return Shared::NotBegun(error.to_string());
        }
        match one_by_one(connection, tasks, asked) {
            Ok(None) => return Shared::Committed,
            Ok(Some(spoiler)) => {
                undo(connection);
                spoilers.push(tasks.remove(spoiler));
            }
            Err(_) => {
                undo(connection);
                return Shared::Broken;
            }
        }
    }
}

/// Does one after the other and commits; or says which of them wrote and came to nothing.
fn one_by_one(
    connection: &mut Connection,
    tasks: &mut Tasks,
    asked: &Receiver<Box<dyn Task>>,
) -> Result<Option<usize>, StorageError> {
    let mut next = 0;
    let mut written = total_changes(connection)?;
    while let Some(task) = tasks.get_mut(next) {
        let verdict = task.run(connection);
        if verdict == Verdict::Broken || !is_inside(connection) {
            return Err(StorageError::Unfinished);
        }
        let before = std::mem::replace(&mut written, total_changes(connection)?);
        if verdict == Verdict::Undo && written != before {
            return Ok(Some(next));
        }
        next += 1;
        if next == tasks.len() && next < SHARE {
            tasks.extend(asked.try_iter().take(SHARE - next));
        }
    }
    Connection::commit_transaction(connection)?;
    Ok(None)
}

/// How many rows this connection has ever written.
fn total_changes(connection: &mut Connection) -> Result<i64, StorageError> {
    match connection {
        Connection::Sqlite(sqlite) => Ok(diesel::select(counter::total_changes()).get_result(sqlite)?),
        // Only SQLite's writer asks.
        Connection::Postgres(_) => Ok(0),
    }
}

/// Whether the transaction is still there. SQLite ends one by itself when the disk is full, whatever becomes of the error; inside one, a
/// second beginning is refused, and that is all that it does.
fn is_inside(connection: &mut Connection) -> bool {
    connection.batch_execute("BEGIN").is_err()
}

mod counter {
    diesel::define_sql_function! {
        /// SQLite's count of the rows that a connection has inserted, changed or deleted.
        fn total_changes() -> diesel::sql_types::BigInt;
    }
}

/// Does a piece of work in a transaction of its own.
fn apart(address: &Address, connection: &mut Connection, mut task: Box<dyn Task>) {
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

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use diesel::connection::SimpleConnection;
    use diesel::prelude::{ExpressionMethods, QueryDsl, RunQueryDsl};
    use redress_shared::policy::Library;

    use super::super::schema::landlords::dsl;
    use super::super::{Address, Connection, Database, StorageError, landlords, write::once};

    /// The landlord's name gets one more letter.
    fn add(connection: &mut Connection, letter: char) -> Result<(), StorageError> {
        let name: String =
            dsl::landlords.filter(dsl::id.eq("hartlepool")).select(dsl::name).first(connection)?;
        diesel::update(dsl::landlords.filter(dsl::id.eq("hartlepool")))
            .set(dsl::name.eq(format!("{name}{letter}")))
            .execute(connection)?;
        Ok(())
    }

    type Work = fn(&mut Connection) -> Result<(), StorageError>;

    /// Does pieces of work that were all waiting; says what came of each, and what is kept.
    async fn all_at_once(works: Vec<Work>) -> (Vec<bool>, String) {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::open(&Address::file(&folder.path().join("redress.db")), 1).unwrap();
        let library = Library::embedded().unwrap();
        let profile = library.versions("hartlepool").last().unwrap().clone();
        let store = move |connection: &mut Connection| {
            landlords::store(connection, &profile)?;
            diesel::update(dsl::landlords).set(dsl::name.eq("")).execute(connection)?;
            Ok::<_, StorageError>(())
        };
        once(&mut database.connection().unwrap(), &store).unwrap();
        let (go, wait) = channel::<()>();
        let wait = std::sync::Mutex::new(wait);
        let writer = database.writer();
        let first = writer.write(move |_| {
            let _ = wait.lock().unwrap().recv();
            Ok::<_, StorageError>(())
        });
        let mut asked = vec![Box::pin(first) as std::pin::Pin<Box<dyn Future<Output = _>>>];
        for work in works {
            asked.push(Box::pin(writer.write(work)));
        }
        // Each is handed to the writer when it is first polled; the first of them keeps the writer busy until all are.
        let mut all = Box::pin(futures_util::future::join_all(asked));
        let polled = std::future::poll_fn(|context| std::task::Poll::Ready(all.as_mut().poll(context)));
        assert!(polled.await.is_pending());
        drop(go);
        let done = all.await.into_iter().skip(1).map(|done| done.is_ok()).collect();
        let kept = dsl::landlords.filter(dsl::id.eq("hartlepool")).select(dsl::name);
        (done, kept.first(&mut *database.connection().unwrap()).unwrap())
    }

    #[actix_web::test]
    async fn work_that_wrote_and_came_to_nothing_leaves_nothing_behind_and_the_others_are_done_once() {
        let (done, kept) = all_at_once(vec![
            |connection| add(connection, 'a'),
            |connection| add(connection, 'b').and(Err(diesel::result::Error::NotFound.into())),
            |_| Err(diesel::result::Error::NotFound.into()),
            |connection| add(connection, 'c'),
            |connection| add(connection, 'd').and(Err(diesel::result::Error::NotFound.into())),
            |connection| add(connection, 'e'),
        ])
        .await;
        assert_eq!((done, kept.as_str()), (vec![true, false, false, true, false, true], "ace"));
    }

    #[actix_web::test]
    async fn where_the_transaction_ends_under_work_that_does_not_say_so_the_others_are_done_once() {
        let (done, kept) = all_at_once(vec![
            |connection| add(connection, 'a'),
            |connection| {
                // As SQLite does by itself when the disk is full.
                connection.batch_execute("ROLLBACK")?;
                Ok(())
            },
            |connection| add(connection, 'b'),
        ])
        .await;
        assert_eq!((done, kept.as_str()), (vec![true, false, true], "ab"));
    }
}
