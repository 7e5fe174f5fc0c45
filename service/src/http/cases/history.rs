//! The log of a case.

use actix_web::HttpResponse;
use redress_shared::case::Logged;
use redress_shared::case::record::Digest;
use schemars::JsonSchema;
use serde::Serialize;

use super::{AsOf, CasePath, log_of};
use crate::http::caller::Scope;
use crate::http::contract::{Answer, Call, Operation, Tag};
use crate::problem::Problem;

/// What happened to a case.
#[derive(Debug, Serialize, JsonSchema)]
struct History {
    /// Every event, in order.
    events: Vec<Entry>,
}

/// An event in its place.
#[derive(Debug, Serialize, JsonSchema)]
struct Entry {
    /// The event.
    event: Logged,
    /// The SHA-256 digest that chains it to the one before, in hexadecimal.
    digest: Digest,
}

/// `GET /v1/cases/{case}/history`.
pub fn operation() -> Operation {
    Operation::get("/v1/cases/{case}/history", "getHistory", Tag::Cases)
        .says(
            "What happened to a case",
            "Every event in order, with the digest that chains it to the one before. With `as_of`, only those that were recorded by \
             then.",
        )
        .needs(Scope::CasesRead)
        .answers(Answer::json::<History>(200, "The events."))
        .handled(show)
}

async fn show(call: Call<CasePath, AsOf>) -> Result<HttpResponse, Problem> {
    let (landlord, case) = (call.caller.landlord, call.path.case);
    let as_of = call.query.as_of.map(|moment| moment.0);
    let log = crate::http::read(call.state, move |_, connection| log_of(connection, &landlord, case)).await?;
    let entries = log.events.into_iter().zip(log.digests);
    // What is recorded later comes later in the log, whenever it happened.
    let entries = entries.filter(|(event, _)| as_of.is_none_or(|as_of| event.recorded_at <= as_of));
    let events = entries.map(|(event, digest)| Entry { event, digest }).collect();
    Ok(HttpResponse::Ok().json(History { events }))
}
