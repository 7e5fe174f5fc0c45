//! The contract, as it is published.

use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, ETAG, IF_NONE_MATCH};
use redress_shared::case::chain;
use serde_json::{Map, Value};

use super::contract::{Answer, Open, Operation, Tag};
use crate::problem::Problem;

/// What the tag of the description means.
const TAG: &str = "Changes with the description.";

/// `GET /openapi.json`.
pub fn operation() -> Operation {
    Operation::get("/openapi.json", "getOpenapi", Tag::Service)
        .says(
            "This description of the API",
            "OpenAPI 3.1, made from the very table that the service is driven by.",
        )
        .answers(Answer::json::<Map<String, Value>>(200, "The description.").header("ETag", TAG))
        .answers(
            Answer::other(304, "The description is the one that the caller has.", "").header("ETag", TAG),
        )
        .open(show)
}

async fn show(call: Open) -> Result<HttpResponse, Problem> {
    let text = call.gate.api.document.to_string();
    let digest = chain::record_digest(&[0; 16], &text).to_string();
    let tag = format!("\"{}\"", &digest[..32]);
    let known = call.request.headers().get(IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let same = known.is_some_and(|known| known.split(',').any(|known| known.trim() == tag));
    let mut response = if same { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response.insert_header((ETAG, tag)).insert_header((CACHE_CONTROL, "public, max-age=300"));
    Ok(if same { response.finish() } else { response.content_type("application/json").body(text) })
}
