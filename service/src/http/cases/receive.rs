//! A complaint or other contact comes in.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use chrono::{DateTime, SubsecRound, Utc};

use super::command::{Envelope, Outcome, command, content_of, done_schema, envelope_of, example_of, reply};
use crate::http::caller::Scope;
use crate::http::contract::{Answer, Call, Nothing, Operation, Tag};
use crate::http::once::{Reply, answer_once};
use crate::problem::{Problem, codes};
use crate::use_cases::execute::{Done, Order, execute};

/// The verb.
const VERB: &str = "receive";

/// `POST /v1/cases`.
pub fn operation() -> Operation {
    Operation::post("/v1/cases", VERB, Tag::Commands)
        .says("A complaint or other contact arrives", content_of(VERB))
        .needs(Scope::CasesWrite)
        .carries(VERB)
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
    let command = command(VERB, call.body.content)?;
    let Call { state, caller, repeat, .. } = call;
    let actor = call.body.actor;
    let told = call.body.occurred_at;
    answer_once(state, repeat, move |state, connection| {
        // The clock is read when it is this request's turn: whoever had theirs before came before. What the databases keep of an instant
        // is microseconds; it is cut here, once.
        let now = state.now();
        let occurred_at = told.unwrap_or(now).trunc_subsecs(6);
        let order = Order {
            landlord: &caller.landlord,
            case: None,
            command: &command,
            actor: actor.as_str(),
            occurred_at,
            now,
            seen: None,
        };
        Ok(received(execute(connection, &state.rulebook(), &order)?, now)?)
    })
    .await
}

/// The answer where a case was received.
///
/// # Errors
/// When a due date lies past the calendar.
pub fn received(done: Done, as_of: DateTime<Utc>) -> Result<Reply, Problem> {
    let address = format!("/v1/cases/{}", done.case.id);
    Ok(reply(StatusCode::CREATED, done, as_of)?.header("Location", address))
}
