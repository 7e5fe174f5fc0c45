//! One key.

use actix_web::HttpResponse;

use super::{KeyPath, KeyView};
use crate::access::Scope;
use crate::http::contract::{Answer, Call, Operation, Tag};
use crate::problem::Problem;
use crate::storage::keys;

/// `GET /v1/keys/{key}`.
pub fn operation() -> Operation {
    Operation::get("/v1/keys/{key}", "getKey", Tag::Keys)
        .says("A key", "Without its secret.")
        .needs(Scope::KeysManage)
        .answers(Answer::json::<KeyView>(200, "The key."))
        .handled(show)
}

async fn show(call: Call<KeyPath>) -> Result<HttpResponse, Problem> {
    let (now, landlord, id) = (call.state.now(), call.caller.landlord, call.path.key);
    let found =
        crate::http::read(call.state, move |_, connection| keys::by_id(connection, &landlord, id)).await?;
    let key = found.ok_or_else(|| Problem::not_found("key"))?;
    Ok(HttpResponse::Ok().json(KeyView::of(key, now)))
}
