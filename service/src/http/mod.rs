//! HTTP: one address, one file. A thin layer: it reads a request, runs a use case off the event loop, and writes JSON.

pub mod body;
mod cases;
mod command;
mod due;
mod health;
mod history;
mod landlords;
mod moment;
mod policies;
mod stock;
mod strict;
mod wording;

use actix_web::HttpRequest;
use actix_web::error::QueryPayloadError;
use actix_web::http::StatusCode;
use actix_web::web::{self, ServiceConfig};

use crate::application::State;
use crate::problem::Problem;
use crate::storage::write::Failure;
use crate::storage::{Connection, StorageError};
use crate::use_cases::execute::ExecuteError;

/// The largest body that is read, in bytes.
pub const BODY_LIMIT: usize = 1024 * 1024;

/// Puts every address in its place.
pub fn routes(config: &mut ServiceConfig) {
    let at = |path: &str, methods: &'static str| {
        let refuse = move |request: HttpRequest| method_not_allowed(request, methods);
        web::resource(path.to_owned()).default_service(web::to(refuse))
    };
    let case = "/v1/landlords/{landlord}/cases/{case}";
    config
        .app_data(web::PayloadConfig::new(BODY_LIMIT))
        .app_data(web::QueryConfig::default().error_handler(|error, _| unreadable_query(&error).into()))
        .app_data(web::PathConfig::default().error_handler(|_, _| Problem::not_found("address").into()))
        .service(at("/health/live", "GET").route(web::get().to(health::live)))
        .service(at("/health/ready", "GET").route(web::get().to(health::ready)))
        .service(at("/v1/landlords", "GET").route(web::get().to(landlords::list)))
        .service(at("/v1/landlords/{landlord}/policies/{policy}", "GET").route(web::get().to(policies::show)))
        .service(
            at("/v1/landlords/{landlord}/policies/{policy}/check", "GET")
                .route(web::get().to(policies::check)),
        )
        .service(
            at("/v1/landlords/{landlord}/stock/{year}", "GET, PUT")
                .route(web::put().to(stock::put))
                .route(web::get().to(stock::get)),
        )
        .service(at("/v1/landlords/{landlord}/due", "GET").route(web::get().to(due::list)))
        .service(
            at("/v1/landlords/{landlord}/cases", "GET, POST")
                .route(web::post().to(command::receive))
                .route(web::get().to(cases::list)),
        )
        .service(at(case, "GET").route(web::get().to(cases::show)))
        .service(at(&format!("{case}/deadlines"), "GET").route(web::get().to(cases::deadlines)))
        .service(at(&format!("{case}/history"), "GET").route(web::get().to(history::events)))
        .service(at(&format!("{case}/letters"), "GET").route(web::get().to(history::letters)))
        .service(at(&format!("{case}/letters/{{sequence}}"), "GET").route(web::get().to(history::letter)))
        .service(at(&format!("{case}/records/{{record}}"), "GET").route(web::get().to(history::record)))
        .service(at(&format!("{case}/{{verb}}"), "POST").route(web::post().to(command::on_case)))
        .default_service(web::to(nothing_here));
}

async fn nothing_here() -> Result<&'static str, Problem> {
    Err(Problem::not_found("address"))
}

fn unreadable_query(error: &QueryPayloadError) -> Problem {
    let said = match error {
        QueryPayloadError::Deserialize(error) => error.to_string(),
        error => error.to_string(),
    };
    Problem::malformed(wording::without_input(&said), None)
        .hint("see the README's table of addresses for what may be asked")
}

async fn method_not_allowed(request: HttpRequest, methods: &'static str) -> Result<&'static str, Problem> {
    Err(Problem::new(
        StatusCode::METHOD_NOT_ALLOWED,
        "Not a method of this address",
        "method-not-allowed",
        format!("{} is not a method of this address", request.method()),
    )
    .hint(format!("its methods are: {methods}"))
    .header("Allow", methods))
}

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

/// Reads, on a thread where waiting for the database keeps nobody else waiting.
async fn read<T, E>(
    state: web::Data<State>,
    work: impl FnOnce(&State, &mut Connection) -> Result<T, E> + Send + 'static,
) -> Result<T, Problem>
where
    T: Send + 'static,
    E: Into<Problem> + Send + 'static,
{
    let done = web::block(move || {
        let mut connection = state.database.connection()?;
        work(&state, &mut connection).map_err(Into::into)
    })
    .await;
    done.unwrap_or_else(|error| {
        tracing::error!(%error, "a use case did not finish");
        Err(Problem::internal())
    })
}

/// Writes, in one transaction; the answer comes when it is on disk. The work may be done again from the beginning.
async fn write<T: Send + 'static>(
    state: web::Data<State>,
    work: impl Fn(&State, &mut Connection) -> Result<T, Unwritten> + Send + 'static,
) -> Result<T, Problem> {
    let writer = state.database.writer().clone();
    Ok(writer.write(move |connection| work(&state, connection)).await?)
}

/// The landlord of an address, where there is such a one.
fn known_landlord(state: &State, landlord: &str) -> Result<(), Problem> {
    if state.rulebook.has_landlord(landlord) { Ok(()) } else { Err(Problem::not_found("landlord")) }
}

/// The case of an address; what does not read as an id is no case.
fn case_id(text: &str) -> Result<redress_shared::case::CaseId, Problem> {
    text.parse().map_err(|_| Problem::not_found("case"))
}
