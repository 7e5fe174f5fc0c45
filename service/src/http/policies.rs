//! Policies and how they stand to the Code.

use actix_web::{HttpResponse, web};
use redress_shared::policy::Profile;

use crate::application::State;
use crate::problem::Problem;

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
