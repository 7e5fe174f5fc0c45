//! A resident is looked for over all cases.

use actix_web::HttpResponse;
use redress_shared::case::command::intake::Person;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Subject, written};
use crate::http::caller::Scope;
use crate::http::contract::{Answer, Call, Nothing, Operation, Tag};
use crate::problem::{FieldError, Problem};
use crate::storage::personal::access;
use crate::use_cases::personal::erase::Target;
use crate::use_cases::personal::search::{Wanted, search};

/// Who is looked for: all that is given must be so, and something must be.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct LookFor {
    /// Words of the name, in any order.
    #[schemars(length(min = 1, max = 200))]
    name: Option<String>,
    /// The email address.
    #[schemars(length(min = 1, max = 200))]
    email: Option<String>,
    /// The telephone number, however it is written.
    #[schemars(length(min = 1, max = 200))]
    telephone: Option<String>,
    /// Words of the address, in any order.
    #[schemars(length(min = 1, max = 200))]
    address: Option<String>,
}

/// Who was found.
#[derive(Debug, Serialize, JsonSchema)]
struct FoundPeople {
    /// Everybody who fits, case by case, by the name and contact details of today or of before. Whether two of them are one person is
    /// for people to say.
    people: Vec<FoundPerson>,
    /// Whether there are more than are given.
    more: bool,
}

/// Somebody on a case.
#[derive(Debug, Serialize, JsonSchema)]
struct FoundPerson {
    /// Who, on which case.
    #[serde(flatten)]
    subject: Subject,
    /// As they are known there now; null where that was erased.
    person: Option<Person>,
}

/// `POST /v1/residents/search`.
pub fn operation() -> Operation {
    Operation::post("/v1/residents/search", "searchResidents", Tag::Personal)
        .says(
            "A resident is looked for",
            "Over all cases of the landlord, by name and contact details, which stand in the body because an address may be kept in \
             logs. That it was looked for, and who was found, is written down by ids.",
        )
        .needs(Scope::PersonalExport)
        .only_reads()
        .answers(Answer::json::<FoundPeople>(200, "Who was found."))
        .handled(look)
        .example(json!({ "email": "a@example.org" }))
}

async fn look(call: Call<Nothing, Nothing, LookFor>) -> Result<HttpResponse, Problem> {
    let (state, caller, asked) = (call.state, call.caller, call.body);
    let (name, email, telephone, address) = (asked.name, asked.email, asked.telephone, asked.address);
    let wanted = Wanted { name, email, telephone, address };
    if wanted.is_empty() {
        let error =
            FieldError::at("", "a name, an email address, a telephone number or an address to look for");
        return Err(Problem::malformed(vec![error]));
    }
    let landlord = caller.landlord.clone();
    let (found, more) =
        crate::http::read(state.clone(), move |_, connection| search(connection, &landlord, &wanted)).await?;
    let targets: Vec<Target> =
        found.iter().map(|found| Target { case: found.case, whose: found.whose }).collect();
    let subjects = written(&targets);
    let now = state.now();
    // Nobody is told of who was not written down.
    crate::http::write(state, move |_, connection| {
        let by = (caller.actor.as_str(), call.request_id.as_str());
        Ok(access::note(connection, &caller.landlord, ("search", &subjects), by, now)?)
    })
    .await?;
    let people = targets.into_iter().zip(found);
    let people = people.map(|(target, found)| FoundPerson { subject: target.into(), person: found.person });
    Ok(HttpResponse::Ok().json(FoundPeople { people: people.collect(), more }))
}
