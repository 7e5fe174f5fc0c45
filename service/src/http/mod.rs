//! HTTP: a thin layer that reads a request, runs a use case off the event loop, and writes JSON.
//!
//! Every request passes the [`gate`], which holds it against the [`contract`]; one address, one file, which declares its operation
//! and has its handler.

pub mod caller;
pub mod cases;
pub mod contract;
mod docs;
mod due;
pub mod gate;
mod health;
mod landlord;
pub mod limits;
mod openapi;
mod policies;
mod problems;
mod rate;
pub mod request;
mod security;
mod stock;

use actix_web::web::{self, Data, ServiceConfig};

use crate::application::State;
use crate::problem::Problem;
use crate::storage::{self, Connection};

/// Lets every request through the gate.
pub fn routes(config: &mut ServiceConfig) {
    config.default_service(web::to(gate::serve));
}

/// Runs a reading on a thread of its own, with a connection. It may be run more than once.
///
/// # Errors
/// What the work fails with; 500 when it does not finish.
pub async fn read<T, E>(
    state: Data<State>,
    work: impl Fn(&State, &mut Connection) -> Result<T, E> + Send + 'static,
) -> Result<T, Problem>
where
    T: Send + 'static,
    E: Into<Problem> + Send + 'static,
{
    run(state, work).await
}

/// Runs a writing on a thread of its own, with a connection, so that a caller who hangs up cannot cut it in half. It may be run more
/// than once.
///
/// # Errors
/// What the work fails with; 500 when it does not finish.
pub async fn write<T, E>(
    state: Data<State>,
    work: impl Fn(&State, &mut Connection) -> Result<T, E> + Send + 'static,
) -> Result<T, Problem>
where
    T: Send + 'static,
    E: Into<Problem> + Send + 'static,
{
    run(state, work).await
}

async fn run<T, E>(
    state: Data<State>,
    work: impl Fn(&State, &mut Connection) -> Result<T, E> + Send + 'static,
) -> Result<T, Problem>
where
    T: Send + 'static,
    E: Into<Problem> + Send + 'static,
{
    let done = web::block(move || {
        let mut connection = storage::connection(&state.connections)?;
        work(&state, &mut connection).map_err(Into::into)
    })
    .await;
    done.unwrap_or_else(|error| {
        tracing::error!(%error, "a use case did not finish");
        Err(Problem::internal())
    })
}
