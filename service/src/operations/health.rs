//! Whether the service lives, and whether it can work.

use actix_web::web::Data;
use diesel::connection::SimpleConnection;

use crate::application::State;
use crate::http::read;
use crate::problem::{Problem, codes};
use crate::storage::{StorageError, migrate};

/// Whether the process is worth keeping.
///
/// # Errors
/// 503 where whoever writes does not any more: only a new start helps.
pub fn alive(state: &State) -> Result<(), Problem> {
    if state.database.writer().pulse().beats() {
        return Ok(());
    }
    Err(Problem::new(codes::STUCK, "the thread that writes does not go on"))
}

/// Whether requests can be answered here.
///
/// # Errors
/// 503 with what stands against it.
pub async fn ready(state: Data<State>) -> Result<(), Problem> {
    if state.drain.has_begun() {
        return Err(not_ready("the service is about to stop"));
    }
    let asked = state.clone();
    // However often it is asked, one connection is enough to tell.
    let found = state.readiness.ask("", move || can_work(asked.clone())).await;
    found.unwrap_or(Err("the database could not be asked")).map_err(not_ready)
}

/// Whether the database can be worked with, and else what stands against it.
async fn can_work(state: Data<State>) -> Result<(), &'static str> {
    let found = read(state, |_, connection| {
        let answers = connection.batch_execute("SELECT 1").map_err(StorageError::from);
        Ok::<_, Problem>(answers.map(|()| migrate::is_up_to_date(connection).is_ok()))
    });
    match found.await {
        Ok(Ok(true)) => Ok(()),
        Ok(Ok(false)) => Err("the database has not the tables of this program's version"),
        Ok(Err(_)) => Err("the database does not answer"),
        Err(_) => Err("no connection to the database can be had"),
    }
}

fn not_ready(why: &'static str) -> Problem {
    Problem::new(codes::NOT_READY, why).header("Retry-After", "1")
}
