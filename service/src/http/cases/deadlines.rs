//! The due dates of a case.

use actix_web::HttpResponse;
use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::Serialize;

use super::view::{DeadlineView, due, load};
use super::{AsOf, CasePath};
use crate::http::caller::Scope;
use crate::http::contract::{Answer, Call, Operation, Tag};
use crate::problem::Problem;

/// The due dates of a case.
#[derive(Debug, Serialize, JsonSchema)]
struct Deadlines {
    /// The instant that they are looked at from.
    as_of: DateTime<Utc>,
    /// Every due date of both clocks, in the order of the procedure.
    deadlines: Vec<DeadlineView>,
}

/// `GET /v1/cases/{case}/deadlines`.
pub fn operation() -> Operation {
    Operation::get("/v1/cases/{case}/deadlines", "getDeadlines", Tag::Cases)
        .says(
            "The due dates of a case",
            "Every due date of both clocks, explained: from which event it counts, how many of which days, which were left out and \
             why, and the clause that says so. With `as_of`, by what had been recorded then.",
        )
        .needs(Scope::CasesRead)
        .can_be_refused()
        .answers(Answer::json::<Deadlines>(200, "The due dates."))
        .handled(show)
}

async fn show(call: Call<CasePath, AsOf>) -> Result<HttpResponse, Problem> {
    let asked = call.query.as_of.map(|moment| moment.0);
    let as_of = asked.unwrap_or_else(|| call.state.now());
    let (landlord, id) = (call.caller.landlord, call.path.case);
    let deadlines = crate::http::read(call.state, move |state, connection| {
        let (case, rules) = load(state, connection, (&landlord, id), asked)?;
        due(&case, &rules, as_of)
    })
    .await?;
    Ok(HttpResponse::Ok().json(Deadlines { as_of, deadlines }))
}
