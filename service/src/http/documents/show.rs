//! What is known of one document.

use actix_web::HttpResponse;

use super::{DocumentPath, DocumentView};
use crate::http::caller::Scope;
use crate::http::contract::{Answer, Call, Operation, Tag};
use crate::problem::Problem;
use crate::storage::documents;

/// `GET /v1/cases/{case}/documents/{document}`.
pub fn operation() -> Operation {
    Operation::get("/v1/cases/{case}/documents/{document}", "getDocument", Tag::Documents)
        .says("What is known of a document", "The name is given to keys that have `personal:read` too.")
        .needs(Scope::DocumentsRead)
        .answers(Answer::json::<DocumentView>(200, "What is known of it."))
        .handled(show)
}

async fn show(call: Call<DocumentPath>) -> Result<HttpResponse, Problem> {
    let (caller, path) = (call.caller, call.path);
    let landlord = caller.landlord.clone();
    let found = crate::http::read(call.state, move |_, connection| {
        documents::find(connection, &landlord, path.case, path.document)
    })
    .await?;
    let document = found.ok_or_else(|| Problem::not_found("document"))?;
    Ok(HttpResponse::Ok().json(DocumentView::to(&caller, document)))
}
