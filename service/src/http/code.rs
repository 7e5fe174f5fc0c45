//! The editions of the Complaint Handling Code.

use actix_web::HttpResponse;
use chrono::NaiveDate;
use redress_shared::code::{Code, codes};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::caller::Scope;
use super::contract::{Answer, Call, Operation, Tag};
use crate::problem::Problem;

/// The editions that are known.
#[derive(Debug, Serialize, JsonSchema)]
struct Editions {
    /// The editions, in the order of their first days.
    codes: Vec<Edition>,
}

/// An edition of the Code.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "CodeEdition")]
struct Edition {
    /// Its id.
    id: String,
    /// The first London day on which something received falls under it.
    in_force_from: NaiveDate,
    /// The last such day; null where it has none.
    in_force_to: Option<NaiveDate>,
    /// How many provisions are kept of it.
    provisions: usize,
}

/// Which edition.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct EditionPath {
    /// The edition's id, such as `2024`.
    edition: String,
}

/// `GET /v1/codes`.
pub fn list() -> Operation {
    Operation::get("/v1/codes", "listCodes", Tag::Landlord)
        .says("The editions of the Code", "Each with the days on which what is received falls under it.")
        .needs(Scope::CasesRead)
        .answers(Answer::json::<Editions>(200, "The editions."))
        .handled(listed)
}

/// `GET /v1/codes/{edition}`.
pub fn show() -> Operation {
    Operation::get("/v1/codes/{edition}", "getCode", Tag::Landlord)
        .says(
            "An edition of the Code",
            "Its time limits and its provisions, each summarised, with how strongly it asks and where the evidence for it comes from.",
        )
        .needs(Scope::CasesRead)
        .answers(Answer::json::<Code>(200, "The edition."))
        .handled(shown)
}

async fn listed(_: Call) -> Result<HttpResponse, Problem> {
    let editions = codes().map_err(|_| Problem::internal())?;
    let mut codes: Vec<Edition> = editions
        .iter()
        .map(|code| Edition {
            id: code.id.clone(),
            in_force_from: code.in_force_from,
            in_force_to: code.in_force_to,
            provisions: code.provisions().count(),
        })
        .collect();
    codes.sort_by_key(|code| code.in_force_from);
    Ok(HttpResponse::Ok().json(Editions { codes }))
}

async fn shown(call: Call<EditionPath>) -> Result<HttpResponse, Problem> {
    let code = Code::embedded(&call.path.edition).map_err(|_| Problem::not_found("edition of the Code"))?;
    Ok(HttpResponse::Ok().json(code))
}
