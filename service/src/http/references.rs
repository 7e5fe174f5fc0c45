//! Cases by the CRM's own references.

use actix_web::HttpResponse;
use schemars::JsonSchema;
use serde::Deserialize;

use super::caller::Scope;
use super::cases::AsOf;
use super::cases::view::{CaseView, load, tag};
use super::contract::{Answer, Call, Operation, Tag};
use crate::problem::Problem;
use crate::storage::events;

/// Which reference.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ReferencePath {
    /// The system, as the case's reference has it.
    system: String,
    /// Its reference.
    value: String,
}

/// `GET /v1/references/{system}/{value}`.
pub fn operation() -> Operation {
    Operation::get("/v1/references/{system}/{value}", "getCaseByReference", Tag::Cases)
        .says("The case with a reference of the CRM's", "As the case's own address gives it.")
        .needs(Scope::CasesRead)
        .can_be_refused()
        .answers(
            Answer::json::<CaseView>(200, "The case.")
                .header("ETag", "The case's version, for If-Match.")
                .header("Content-Location", "The case's own address."),
        )
        .handled(show)
}

async fn show(call: Call<ReferencePath, AsOf>) -> Result<HttpResponse, Problem> {
    let as_of = call.query.as_of.map_or_else(|| call.state.now(), |moment| moment.0);
    let (landlord, path) = (call.caller.landlord, call.path);
    let (id, version, shown) = super::read(call.state, move |state, connection| {
        let found = events::by_reference(connection, &landlord, &path.system, &path.value)?;
        let id = found.and_then(|id| id.parse().ok()).ok_or_else(|| Problem::not_found("reference"))?;
        let (case, rules) = load(state, connection, &landlord, id)?;
        Ok::<_, Problem>((id, case.version, CaseView::of(case, &rules, as_of)?))
    })
    .await?;
    let place = ("Content-Location", format!("/v1/cases/{id}"));
    Ok(HttpResponse::Ok().insert_header(tag(version)).insert_header(place).json(shown))
}
