//! The keys that were issued.

use actix_web::HttpResponse;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::KeyView;
use crate::access::Scope;
use crate::http::contract::{Answer, Call, Nothing, Operation, Tag};
use crate::http::limits;
use crate::problem::Problem;
use crate::storage::keys::{self, KeyId};

/// Which page.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Page {
    /// How many at most.
    #[schemars(range(min = 1, max = limits::PAGE))]
    limit: Option<u32>,
    /// The key after which the page begins: `next` of the page before.
    after: Option<KeyId>,
}

/// A page of keys.
#[derive(Debug, Serialize, JsonSchema)]
struct Keys {
    /// The keys in the order in which they were issued, those that are over too.
    keys: Vec<KeyView>,
    /// Where the next page begins; null where this is the last.
    next: Option<KeyId>,
}

/// `GET /v1/keys`.
pub fn operation() -> Operation {
    Operation::get("/v1/keys", "listKeys", Tag::Keys)
        .says("The landlord's keys", "Those that are over too, without their secrets.")
        .needs(Scope::KeysManage)
        .answers(Answer::json::<Keys>(200, "The keys."))
        .handled(list)
}

async fn list(call: Call<Nothing, Page>) -> Result<HttpResponse, Problem> {
    let now = call.state.now();
    let (landlord, page) = (call.caller.landlord, call.query);
    let limit = page.limit.unwrap_or(limits::PAGE).clamp(1, limits::PAGE);
    let mut found = crate::http::read(call.state, move |_, connection| {
        keys::of_landlord(connection, &landlord, page.after, i64::from(limit) + 1)
    })
    .await?;
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = found.len() > limit;
    found.truncate(limit);
    let next = found.last().map(|key| key.id).filter(|_| more);
    let keys = found.into_iter().map(|key| KeyView::of(key, now)).collect();
    Ok(HttpResponse::Ok().json(Keys { keys, next }))
}
