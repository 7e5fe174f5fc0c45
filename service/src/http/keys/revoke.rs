//! A key is revoked.

use actix_web::HttpResponse;

use super::{KeyPath, KeyView};
use crate::access::Scope;
use crate::http::contract::{Answer, Call, Operation, Tag};
use crate::problem::Problem;
use crate::storage::keys;

/// `DELETE /v1/keys/{key}`.
pub fn operation() -> Operation {
    Operation::delete("/v1/keys/{key}", "revokeKey", Tag::Keys)
        .says(
            "A key is revoked",
            "From the answer on it opens nothing any more, at any instance of the service. A key can revoke itself. Revoked again, it \
             stays as it is.",
        )
        .needs(Scope::KeysManage)
        .answers(Answer::json::<KeyView>(200, "Revoked."))
        .handled(revoke)
}

async fn revoke(call: Call<KeyPath>) -> Result<HttpResponse, Problem> {
    let now = call.state.now();
    let (landlord, id) = (call.caller.landlord, call.path.key);
    let revoked = crate::http::write(call.state, move |_, connection| {
        Ok(keys::revoke(connection, &landlord, id, now)?)
    })
    .await?;
    let key = revoked.ok_or_else(|| Problem::not_found("key"))?;
    Ok(HttpResponse::Ok().json(KeyView::of(key, now)))
}
