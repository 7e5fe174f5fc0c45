//! Cases in which something was said.

use actix_web::HttpResponse;
use redress_shared::schema::patterns::NO_CONTROL;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::json;

use super::list::{Listing, page};
use super::listed::Cases;
use crate::http::caller::{Scope, ensure};
use crate::http::contract::{Answer, Call, Nothing, Operation, Tag};
use crate::problem::Problem;

/// What to look for, and among which cases.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Search {
    /// Only cases in which this occurs, in capitals or not: in what was said, in the case or in what it came out of, or in a
    /// category, area, service or contractor.
    #[schemars(length(min = 3, max = 100), extend("pattern" = NO_CONTROL))]
    text: String,
    #[serde(flatten)]
    among: Listing,
}

/// `POST /v1/cases/search`.
pub fn operation() -> Operation {
    Operation::post("/v1/cases/search", "searchCases", Tag::Cases)
        .says(
            "Cases in which something was said",
            "As `GET /v1/cases` lists them, narrowed by the same filters, in the same pages. The text stands in the body, because what \
             is looked for are names, addresses and illnesses, and an address may be kept in logs. Needs `personal:read` too.",
        )
        .needs(Scope::CasesRead)
        .only_reads()
        .answers(Answer::json::<Cases>(200, "A page of cases."))
        .handled(search)
        .example(json!({ "text": "lighting", "open": true, "sort": "-received" }))
}

async fn search(call: Call<Nothing, Nothing, Search>) -> Result<HttpResponse, Problem> {
    ensure(&call.caller, Scope::PersonalRead)?;
    let Search { text, among } = call.body;
    page(call.state, call.caller.landlord, among, Some(text)).await.map_err(Problem::of_the_body)
}
