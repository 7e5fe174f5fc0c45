//! Everything that is held on somebody is given out.

use actix_web::HttpResponse;
use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{MOST, Subject, targets, written};
use crate::http::caller::Scope;
use crate::http::contract::{Answer, Call, Nothing, Operation, Tag};
use crate::letters::called;
use crate::problem::Problem;
use crate::storage::personal::access;
use crate::use_cases::personal::export::{HeldOnCase, export};

/// On whom.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Asked {
    /// Somebody, as they are on one case or on several.
    #[schemars(length(min = 1, max = MOST))]
    people: Vec<Subject>,
}

/// Everything that is held on somebody.
#[derive(Debug, Serialize, JsonSchema)]
struct HeldOnPerson {
    /// When this was put together.
    made_at: DateTime<Utc>,
    /// Who holds it: the landlord's id.
    landlord: String,
    /// How many things are held and not given here, since the key has not the scope `special-category`: without them this is no whole
    /// answer to somebody who asks what is held on them.
    withheld: usize,
    /// What is held, case by case.
    cases: Vec<HeldOnCase>,
}

/// `POST /v1/residents/export`.
pub fn operation() -> Operation {
    Operation::post("/v1/residents/export", "exportResident", Tag::Personal)
        .says(
            "Everything that is held on somebody",
            "Names and contact details as they are and were, everything that was said, what they have told of themselves, what happened, \
             which letters were issued to them and which documents there are, each with what it is held for. Of a complaint of several, the others' names and health are \
             left out; its words are of all of them. Special-category words need the scope `special-category` too. Who had it given out, \
             and when, is written down by ids.",
        )
        .needs(Scope::PersonalExport)
        .only_reads()
        .fails_with(&[crate::problem::codes::NOT_FOUND])
        .can_be_refused()
        .answers(Answer::json::<HeldOnPerson>(200, "What is held."))
        .handled(give)
        .example(json!({ "people": [{ "case": "01890a5d-ac96-774b-bcce-b302099a8057", "resident": 1 }] }))
}

async fn give(call: Call<Nothing, Nothing, Asked>) -> Result<HttpResponse, Problem> {
    let (state, caller, request_id) = (call.state, call.caller, call.request_id);
    let subjects = targets(&call.body.people)?;
    let special = caller.may(Scope::SpecialCategory);
    let (landlord, asked) = (caller.landlord.clone(), subjects.clone());
    let cases = crate::http::read(state.clone(), move |state, connection| {
        let mut cases = Vec::with_capacity(asked.len());
        for subject in asked {
            let called = called::all(&state.rulebook(), connection, &landlord, subject.case)?;
            cases.push(export(connection, &landlord, subject, special, &called)?);
        }
        Ok::<Vec<HeldOnCase>, Problem>(cases)
    })
    .await?;
    let now = state.now();
    let (landlord, subjects) = (caller.landlord.clone(), written(&subjects));
    // Nothing is given out that was not written down.
    crate::http::write(state, move |_, connection| {
        let by = (caller.actor.as_str(), request_id.as_str());
        Ok(access::note(connection, &caller.landlord, ("export", &subjects), by, now)?)
    })
    .await?;
    let withheld = cases.iter().flat_map(|case| &case.held).filter(|held| held.withheld).count();
    Ok(HttpResponse::Ok().json(HeldOnPerson { made_at: now, landlord, withheld, cases }))
}
