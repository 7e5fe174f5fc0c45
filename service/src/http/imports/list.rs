//! The imports that there were.

use actix_web::HttpResponse;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::ImportView;
use crate::access::Scope;
use crate::http::contract::{Answer, Call, Nothing, Operation, Tag};
use crate::http::limits;
use crate::imports::ImportId;
use crate::problem::Problem;
use crate::storage::imports;

/// Which page.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Page {
    /// How many at most.
    #[schemars(range(min = 1, max = limits::PAGE))]
    limit: Option<u32>,
    /// The import after which the page begins: `next` of the page before.
    after: Option<ImportId>,
}

/// A page of imports.
#[derive(Debug, Serialize, JsonSchema)]
struct Imports {
    /// The imports in the order in which they were made.
    imports: Vec<ImportView>,
    /// Where the next page begins; null where this is the last.
    next: Option<ImportId>,
}

/// `GET /v1/imports`.
pub fn operation() -> Operation {
    Operation::get("/v1/imports", "listImports", Tag::Transfers)
        .says("The landlord's imports", "Those that are over too.")
        .needs(Scope::HistoryImport)
        .answers(Answer::json::<Imports>(200, "The imports."))
        .handled(list)
}

async fn list(call: Call<Nothing, Page>) -> Result<HttpResponse, Problem> {
    let (landlord, page) = (call.caller.landlord, call.query);
    let limit = page.limit.unwrap_or(limits::PAGE).clamp(1, limits::PAGE);
    let mut found = crate::http::read(call.state, move |_, connection| {
        imports::of_landlord(connection, &landlord, page.after, i64::from(limit) + 1)
    })
    .await?;
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = found.len() > limit;
    found.truncate(limit);
    let next = found.last().map(|import| import.id).filter(|_| more);
    Ok(HttpResponse::Ok().json(Imports { imports: found.into_iter().map(ImportView::from).collect(), next }))
}
