//! The caller's landlord.

use actix_web::HttpResponse;
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use super::contract::{Answer, Call, Operation, Tag};
use crate::problem::Problem;

/// A landlord.
#[derive(Debug, Serialize, JsonSchema)]
struct Landlord {
    /// Its id.
    id: String,
    /// Its name.
    name: String,
    /// The versions of its policy, in order.
    policies: Vec<Version>,
}

/// A version of a policy, and the London days of receipt that it covers.
#[derive(Debug, Serialize, JsonSchema)]
struct Version {
    /// The policy's id.
    policy: String,
    /// The first day.
    from: NaiveDate,
    /// The last day; null while there is none.
    to: Option<NaiveDate>,
}

/// `GET /v1/landlord`.
pub fn operation() -> Operation {
    Operation::get("/v1/landlord", "getLandlord", Tag::Landlord)
        .says(
            "The landlord that the key is of",
            "With the versions of its policy, and the days that each covers.",
        )
        .answers(Answer::json::<Landlord>(200, "The landlord."))
        .handled(show)
}

async fn show(call: Call) -> Result<HttpResponse, Problem> {
    let rulebook = call.state.rulebook();
    let library = rulebook.library();
    let id = call.caller.landlord;
    let profile = library.versions(&id).last().ok_or_else(|| Problem::not_found("landlord"))?;
    let policies = library
        .coverage(&id)
        .into_iter()
        .map(|covered| Version { policy: covered.policy.to_owned(), from: covered.from, to: covered.to })
        .collect();
    Ok(HttpResponse::Ok().json(Landlord { name: profile.landlord.name.clone(), id, policies }))
}
