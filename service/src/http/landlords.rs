//! The landlords that there are policies for.

use actix_web::{HttpResponse, web};
use serde_json::{Value, json};

use crate::application::State;

/// `GET /v1/landlords`: each landlord with the versions of its policy and what they cover.
pub async fn list(state: web::Data<State>) -> HttpResponse {
    let library = state.rulebook.library();
    let landlords: Vec<Value> = library
        .landlords()
        .map(|id| {
            let versions: Vec<Value> = library
                .coverage(id)
                .into_iter()
                .map(|covered| json!({ "policy": covered.policy, "from": covered.from, "to": covered.to }))
                .collect();
            let name = library.versions(id).last().map(|profile| profile.landlord.name.clone());
            json!({ "id": id, "name": name, "policies": versions })
        })
        .collect();
    HttpResponse::Ok().json(json!({ "landlords": landlords }))
}
