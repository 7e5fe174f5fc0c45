//! An import is started, or tried.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::json;

use super::{ImportPath, ImportView, no_such, not_now};
use crate::access::Scope;
use crate::http::contract::{Answer, Call, Nothing, Operation, Tag};
use crate::http::once::{Reply, answer_once};
use crate::imports::State;
use crate::problem::{Problem, codes};
use crate::storage::imports::{self, Progress};

/// How it is started.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Start {
    /// Whether all rows are only tried, and nothing is kept.
    #[serde(default)]
    dry_run: bool,
}

/// `POST /v1/imports/{import}/start`.
pub fn operation() -> Operation {
    Operation::post("/v1/imports/{import}/start", "startImport", Tag::Transfers)
        .says(
            "An import is started",
            "The service reads the file by itself from now on; how far it has come is told by the import. A dry run tries every row, keeps \
             nothing, and leaves the file, so that the import can be started once more.",
        )
        .needs(Scope::HistoryImport)
        .fails_with(&[codes::IMPORT_STATE])
        .answers(Answer::json::<ImportView>(202, "Started."))
        .handled(start)
        .example(json!({ "dry_run": true }))
}

async fn start(call: Call<ImportPath, Nothing, Start>) -> Result<HttpResponse, Problem> {
    let Call { state, caller, path, body, repeat, .. } = call;
    answer_once(state, repeat, move |state, connection| {
        let mut import = imports::hold(connection, &caller.landlord, path.import)?.ok_or_else(no_such)?;
        if !matches!(import.state, State::Ready | State::Tried) {
            return Err(not_now(import.state).into());
        }
        imports::remove_errors(connection, import.id)?;
        import.state = State::Running;
        import.dry_run = body.dry_run;
        import.progress = Progress::default();
        import.started_at = Some(state.now());
        (import.stepped_at, import.ended_at) = (None, None);
        imports::update(connection, &import)?;
        Ok(Reply::json(StatusCode::ACCEPTED, &ImportView::from(import))?)
    })
    .await
}
