//! A complaint or other contact comes in.

use actix_web::HttpResponse;

use super::command::{Envelope, Outcome, carry_out, content_of, done_schema, envelope_of, example_of};
use super::view::tag;
use crate::http::caller::Scope;
use crate::http::contract::{Answer, Call, Nothing, Operation, Tag};
use crate::problem::{Problem, codes};

/// The verb.
const VERB: &str = "receive";

/// `POST /v1/cases`.
pub fn operation() -> Operation {
    Operation::post("/v1/cases", VERB, Tag::Commands)
        .says("A complaint or other contact arrives", content_of(VERB))
        .needs(Scope::CasesWrite)
        .can_be_refused()
        .fails_with(&[codes::REFERENCE_TAKEN])
        .answers(
            done_schema(Answer::json::<Outcome>(201, "Received: the case, and what happened to it."))
                .header("Location", "The case's address."),
        )
        .handled(receive)
        .body(envelope_of(VERB), example_of(VERB))
}

async fn receive(call: Call<Nothing, Nothing, Envelope>) -> Result<HttpResponse, Problem> {
    let done = carry_out(call.state, call.caller, None, VERB, call.body, None).await?;
    Ok(HttpResponse::Created()
        .insert_header(("Location", format!("/v1/cases/{}", done.case)))
        .insert_header(tag(done.version))
        .json(done.outcome))
}
