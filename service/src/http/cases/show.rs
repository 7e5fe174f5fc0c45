//! One case.

use actix_web::HttpResponse;

use super::view::{CaseView, load};
use super::{AsOf, CasePath};
use crate::http::caller::Scope;
use crate::http::contract::{Answer, Call, Operation, Tag};
use crate::http::once::written;
use crate::http::request::preconditions::{tagged, view_tag};
use crate::problem::Problem;

/// `GET /v1/cases/{case}`.
pub fn operation() -> Operation {
    Operation::get("/v1/cases/{case}", "getCase", Tag::Cases)
        .says(
            "A case",
            "The case as its events have left it, with every due date of both clocks and how each came about, what else is owed, and \
             the date that staff work to. With `as_of`, by what had been recorded then.",
        )
        .needs(Scope::CasesRead)
        .can_be_refused()
        .takes_none_match()
        .answers(
            Answer::json::<CaseView>(200, "The case.")
                .header("ETag", "The case's version, with a digest of what is shown: for If-Match and If-None-Match."),
        )
        .answers(
            Answer::other(304, "It is still as the caller has it.", "application/json")
                .header("ETag", "The same as for 200."),
        )
        .handled(show)
}

async fn show(call: Call<CasePath, AsOf>) -> Result<HttpResponse, Problem> {
    let asked = call.query.as_of.map(|moment| moment.0);
    let as_of = asked.unwrap_or_else(|| call.state.now());
    let (landlord, id) = (call.caller.landlord, call.path.case);
    let (version, shown) = crate::http::read(call.state, move |state, connection| {
        let (case, rules) = load(state, connection, (&landlord, id), asked)?;
        let version = case.version;
        Ok::<_, Problem>((version, written(&CaseView::of(case, &rules, as_of)?)?))
    })
    .await?;
    Ok(tagged(&call.preconditions, &view_tag(version, &shown), shown))
}
