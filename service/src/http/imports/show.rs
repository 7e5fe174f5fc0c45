//! How far an import has come.

use actix_web::HttpResponse;

use super::{ImportPath, ImportView, no_such};
use crate::access::Scope;
use crate::http::contract::{Answer, Call, Operation, Tag};
use crate::problem::Problem;
use crate::storage::imports;

/// `GET /v1/imports/{import}`.
pub fn operation() -> Operation {
    Operation::get("/v1/imports/{import}", "getImport", Tag::Transfers)
        .says("How far an import has come", "The counts are of the last time that it was started.")
        .needs(Scope::HistoryImport)
        .answers(Answer::json::<ImportView>(200, "The import."))
        .handled(show)
}

async fn show(call: Call<ImportPath>) -> Result<HttpResponse, Problem> {
    let (landlord, id) = (call.caller.landlord, call.path.import);
    let found = crate::http::read(call.state, move |_, connection| imports::find(connection, &landlord, id));
    let import = found.await?.ok_or_else(no_such)?;
    Ok(HttpResponse::Ok().json(ImportView::from(import)))
}
