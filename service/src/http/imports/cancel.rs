//! An import is cancelled.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::{ImportPath, ImportView, no_such, not_now};
use crate::access::Scope;
use crate::http::contract::{Answer, Call, Operation, Tag};
use crate::http::once::{Reply, answer_once};
use crate::imports::State;
use crate::problem::{Problem, codes};
use crate::storage::imports;

/// `POST /v1/imports/{import}/cancel`.
pub fn operation() -> Operation {
    Operation::post("/v1/imports/{import}/cancel", "cancelImport", Tag::Transfers)
        .says(
            "An import is cancelled",
            "No row is read any more, and the file is removed. Cases that had come by then are there and stay: the same history can be \
             brought in again, and goes on where this one ended.",
        )
        .needs(Scope::HistoryImport)
        .fails_with(&[codes::IMPORT_STATE])
        .answers(Answer::json::<ImportView>(200, "Cancelled."))
        .handled(cancel)
}

async fn cancel(call: Call<ImportPath>) -> Result<HttpResponse, Problem> {
    let Call { state, caller, path, repeat, .. } = call;
    answer_once(state, repeat, move |state, connection| {
        let mut import = imports::hold(connection, &caller.landlord, path.import)?.ok_or_else(no_such)?;
        match import.state {
            State::Cancelled => {}
            over if over.is_over() => return Err(not_now(over).into()),
            _ => {
                import.state = State::Cancelled;
                import.ended_at = Some(state.now());
                imports::remove_file(connection, import.id)?;
                imports::update(connection, &import)?;
            }
        }
        Ok(Reply::json(StatusCode::OK, &ImportView::from(import))?)
    })
    .await
}
