//! Reading and writing on behalf of a request, where waiting for the database keeps nobody else waiting.

use actix_web::web::{self, Data};

use crate::application::State;
use crate::problem::Problem;
use crate::storage::write::Failure;
use crate::storage::{Connection, StorageError};
use crate::use_cases::execute::ExecuteError;

/// Why a write came to nothing.
#[derive(Debug)]
pub enum Unwritten {
    /// The database's doing.
    Storage(StorageError),
    /// Anything else.
    Problem(Problem),
}

impl From<StorageError> for Unwritten {
    fn from(error: StorageError) -> Self {
        Self::Storage(error)
    }
}

impl From<Problem> for Unwritten {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl From<ExecuteError> for Unwritten {
    fn from(error: ExecuteError) -> Self {
        match error {
            ExecuteError::Storage(error) => Self::Storage(error),
            error => Self::Problem(error.into()),
        }
    }
}

impl From<Unwritten> for Problem {
    fn from(unwritten: Unwritten) -> Self {
        match unwritten {
            Unwritten::Storage(error) => error.into(),
            Unwritten::Problem(problem) => problem,
        }
    }
}

impl Failure for Unwritten {
    fn storage(&self) -> Option<&StorageError> {
        match self {
            Self::Storage(error) => Some(error),
            Self::Problem(_) => None,
        }
    }
}

/// Reads, with a connection of its own.
///
/// # Errors
/// What the work fails with; 503 where no connection can be had, 500 where the work does not finish.
pub async fn read<T, E>(
    state: Data<State>,
    work: impl FnOnce(&State, &mut Connection) -> Result<T, E> + Send + 'static,
) -> Result<T, Problem>
where
    T: Send + 'static,
    E: Into<Problem> + Send + 'static,
{
    let span = tracing::Span::current();
    let done = web::block(move || {
        // What is logged on the other thread is still of this request.
        let _inside = span.enter();
        let mut connection = state.database.connection()?;
        work(&state, &mut connection).map_err(Into::into)
    })
    .await;
    done.unwrap_or_else(|error| {
        tracing::error!(%error, "a use case did not finish");
        Err(Problem::internal())
    })
}

/// Writes, in one transaction; the answer comes when it is on disk. The work may be done again from the beginning. A caller who hangs up
/// cannot cut it in half.
///
/// # Errors
/// What the work fails with, and then nothing of it is kept; 503 where the database is busy or away.
pub async fn write<T: Send + 'static>(
    state: Data<State>,
    work: impl Fn(&State, &mut Connection) -> Result<T, Unwritten> + Send + 'static,
) -> Result<T, Problem> {
    let writer = state.database.writer().clone();
    Ok(writer.write(move |connection| work(&state, connection)).await?)
}
