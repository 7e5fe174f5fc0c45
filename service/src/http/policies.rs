//! Policies and how they stand to the Code.

use actix_web::{HttpResponse, web};
use redress_shared::code::Code;
use redress_shared::policy::{self, Profile};
use serde::Deserialize;
use serde_json::json;

use crate::application::State;
use crate::problem::Problem;

/// Which edition of the Code to hold a policy against.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Against {
    /// `2024` where it is not given.
    code: Option<String>,
}

fn find<'a>(state: &'a State, landlord: &str, policy: &str) -> Result<&'a Profile, Problem> {
    let versions = state.rulebook.library().versions(landlord);
    versions.iter().find(|profile| profile.policy.id == policy).ok_or_else(|| Problem::not_found("policy"))
}

/// `GET /v1/landlords/{landlord}/policies/{policy}`: the profile, every rule with its clause.
pub async fn show(
    state: web::Data<State>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (landlord, policy) = path.into_inner();
    Ok(HttpResponse::Ok().json(find(&state, &landlord, &policy)?))
}

/// `GET /v1/landlords/{landlord}/policies/{policy}/check`: where it departs from the Code, is silent, unclear or stricter.
pub async fn check(
    state: web::Data<State>,
    path: web::Path<(String, String)>,
    against: web::Query<Against>,
) -> Result<HttpResponse, Problem> {
    let (landlord, id) = path.into_inner();
    let profile = find(&state, &landlord, &id)?;
    let edition = against.code.as_deref().unwrap_or("2024");
    let code = Code::embedded(edition).map_err(|_| Problem::not_found("edition of the Code"))?;
    Ok(HttpResponse::Ok()
        .json(json!({ "policy": id, "code": edition, "points": policy::check(profile, code) })))
}
