//! The documents of a case.

use actix_web::HttpResponse;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::DocumentView;
use crate::documents::DocumentId;
use crate::http::caller::Scope;
use crate::http::cases::{CasePath, ensure_case};
use crate::http::contract::{Answer, Call, Operation, Tag};
use crate::http::limits;
use crate::problem::Problem;
use crate::storage::documents;

/// Which page.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Page {
    /// How many at most.
    #[schemars(range(min = 1, max = limits::PAGE))]
    limit: Option<u32>,
    /// The document after which the page begins: `next` of the page before.
    after: Option<DocumentId>,
}

/// A page of documents.
#[derive(Debug, Serialize, JsonSchema)]
struct Documents {
    /// The documents in the order in which they came, those that were removed too.
    documents: Vec<DocumentView>,
    /// Where the next page begins; null where this is the last.
    next: Option<DocumentId>,
}

/// `GET /v1/cases/{case}/documents`.
pub fn operation() -> Operation {
    Operation::get("/v1/cases/{case}/documents", "listDocuments", Tag::Documents)
        .says(
            "The documents of a case",
            "What is attached to it, and what was removed from it. Names are given to keys that have `personal:read` too.",
        )
        .needs(Scope::DocumentsRead)
        .answers(Answer::json::<Documents>(200, "The documents."))
        .handled(list)
}

async fn list(call: Call<CasePath, Page>) -> Result<HttpResponse, Problem> {
    let (caller, case, page) = (call.caller, call.path.case, call.query);
    let landlord = caller.landlord.clone();
    let limit = page.limit.unwrap_or(limits::PAGE).clamp(1, limits::PAGE);
    let mut found = crate::http::read(call.state, move |_, connection| {
        ensure_case(connection, &landlord, case)?;
        Ok::<_, Problem>(documents::of_case(connection, &landlord, case, page.after, i64::from(limit) + 1)?)
    })
    .await?;
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = found.len() > limit;
    found.truncate(limit);
    let next = found.last().map(|document| document.id).filter(|_| more);
    let documents = found.into_iter().map(|document| DocumentView::to(&caller, document)).collect();
    Ok(HttpResponse::Ok().json(Documents { documents, next }))
}
