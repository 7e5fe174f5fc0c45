//! Policies and how they stand to the Code.

use actix_web::HttpResponse;
use chrono::NaiveDate;
use redress_shared::calendar::london;
use redress_shared::code::Code;
use redress_shared::policy::{self, Covered, Point, Profile};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::caller::Scope;
use super::contract::{Answer, Call, Nothing, Operation, Tag};
use crate::problem::Problem;
use crate::rulebook::Rulebook;

/// Which policy.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct PolicyPath {
    /// The policy's id, such as `hartlepool-2024`.
    policy: String,
}

/// Which edition of the Code to hold a policy against.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Against {
    /// The edition; `2024` where it is not given.
    #[schemars(extend("enum" = ["2022", "2024"]))]
    code: Option<String>,
}

/// How a policy stands to the Code.
#[derive(Debug, Serialize, JsonSchema)]
struct Check {
    /// The policy's id.
    policy: String,
    /// The edition of the Code.
    code: &'static str,
    /// Where the policy departs from it, is silent, unclear or stricter.
    points: Vec<Point>,
}

/// The versions of the landlord's policy.
#[derive(Debug, Serialize, JsonSchema)]
struct Policies {
    /// The versions, the oldest first.
    policies: Vec<Version>,
}

/// A version of the landlord's policy.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PolicyVersion")]
struct Version {
    /// Its id.
    policy: String,
    /// The first London day on which what is received falls under it.
    from: NaiveDate,
    /// The last such day; null where it has none.
    to: Option<NaiveDate>,
    /// Whether it is in force today.
    in_force: bool,
}

/// `GET /v1/policies`.
pub fn list() -> Operation {
    Operation::get("/v1/policies", "listPolicies", Tag::Landlord)
        .says("The versions of the landlord's policy", "Each with the days that it covers.")
        .needs(Scope::CasesRead)
        .answers(Answer::json::<Policies>(200, "The versions."))
        .handled(listed)
}

async fn listed(call: Call) -> Result<HttpResponse, Problem> {
    let rulebook = call.state.rulebook();
    let library = rulebook.library();
    let today = london::date_of(call.state.now());
    let in_force = library.in_force(&call.caller.landlord, today).ok().map(|profile| &profile.policy.id);
    let version = |days: Covered| Version {
        in_force: in_force == Some(&days.policy),
        policy: days.policy,
        from: days.from,
        to: days.to,
    };
    let policies = library.coverage(&call.caller.landlord).into_iter().map(version).collect();
    Ok(HttpResponse::Ok().json(Policies { policies }))
}

/// `GET /v1/policies/{policy}`.
pub fn show() -> Operation {
    Operation::get("/v1/policies/{policy}", "getPolicy", Tag::Landlord)
        .says(
            "A version of the landlord's policy",
            "Every rule with its clause, as the file that it was loaded from has it.",
        )
        .needs(Scope::CasesRead)
        .answers(Answer::json::<Profile>(200, "The policy."))
        .handled(shown)
}

/// `GET /v1/policies/{policy}/check`.
pub fn check() -> Operation {
    Operation::get("/v1/policies/{policy}/check", "checkPolicy", Tag::Landlord)
        .says(
            "How a policy stands to the Code",
            "Where it departs from the Code, is silent, unclear or stricter.",
        )
        .needs(Scope::CasesRead)
        .answers(Answer::json::<Check>(200, "The points."))
        .handled(checked)
}

fn find<'a>(rulebook: &'a Rulebook, landlord: &str, policy: &str) -> Result<&'a Profile, Problem> {
    let versions = rulebook.library().versions(landlord);
    versions.iter().find(|profile| profile.policy.id == policy).ok_or_else(|| Problem::not_found("policy"))
}

async fn shown(call: Call<PolicyPath, Nothing>) -> Result<HttpResponse, Problem> {
    Ok(HttpResponse::Ok().json(find(&call.state.rulebook(), &call.caller.landlord, &call.path.policy)?))
}

async fn checked(call: Call<PolicyPath, Against>) -> Result<HttpResponse, Problem> {
    let id = call.path.policy;
    let rulebook = call.state.rulebook();
    let profile = find(&rulebook, &call.caller.landlord, &id)?;
    let edition = call.query.code.as_deref().unwrap_or("2024");
    let code = Code::embedded(edition).map_err(|_| Problem::not_found("edition of the Code"))?;
    let points = policy::check(profile, code);
    Ok(HttpResponse::Ok().json(Check { policy: id, code: &code.id, points }))
}
