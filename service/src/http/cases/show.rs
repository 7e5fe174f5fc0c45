//! One case.

use actix_web::HttpResponse;

use super::view::{CaseView, load, tag};
use super::{AsOf, CasePath};
use crate::http::caller::Scope;
use crate::http::contract::{Answer, Call, Operation, Tag};
use crate::problem::Problem;

/// `GET /v1/cases/{case}`.
pub fn operation() -> Operation {
    Operation::get("/v1/cases/{case}", "getCase", Tag::Cases)
        .says(
            "A case",
            "The case as its events have left it, with every due date of both clocks and how each came about, what else is owed, and \
             the date that staff work to.",
        )
        .needs(Scope::CasesRead)
        .can_be_refused()
        .answers(Answer::json::<CaseView>(200, "The case.").header("ETag", "The case's version, for If-Match."))
        .handled(show)
}

async fn show(call: Call<CasePath, AsOf>) -> Result<HttpResponse, Problem> {
    let as_of = call.query.as_of.map_or_else(|| call.state.now(), |moment| moment.0);
    let (landlord, id) = (call.caller.landlord, call.path.case);
    let (version, shown) = crate::http::read(call.state, move |state, connection| {
        let (case, rules) = load(state, connection, &landlord, id)?;
        Ok::<_, Problem>((case.version, CaseView::of(case, &rules, as_of)?))
    })
    .await?;
    Ok(HttpResponse::Ok().insert_header(tag(version)).json(shown))
}
