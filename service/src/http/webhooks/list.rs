//! The webhooks that there are.

use actix_web::HttpResponse;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::WebhookView;
use crate::access::Scope;
use crate::http::contract::{Answer, Call, Nothing, Operation, Tag};
use crate::http::limits;
use crate::problem::Problem;
use crate::storage::webhooks::{WebhookId, endpoints};

/// Which page.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Page {
    /// How many at most.
    #[schemars(range(min = 1, max = limits::PAGE))]
    limit: Option<u32>,
    /// The webhook after which the page begins: `next` of the page before.
    after: Option<WebhookId>,
}

/// A page of webhooks.
#[derive(Debug, Serialize, JsonSchema)]
struct Webhooks {
    /// The webhooks in the order in which they were set up, those that are disabled too.
    webhooks: Vec<WebhookView>,
    /// Where the next page begins; null where this is the last.
    next: Option<WebhookId>,
}

/// `GET /v1/webhooks`.
pub fn operation() -> Operation {
    Operation::get("/v1/webhooks", "listWebhooks", Tag::Webhooks)
        .says("The landlord's webhooks", "Without their secrets.")
        .needs(Scope::WebhooksManage)
        .answers(Answer::json::<Webhooks>(200, "The webhooks."))
        .handled(list)
}

async fn list(call: Call<Nothing, Page>) -> Result<HttpResponse, Problem> {
    let now = call.state.now();
    let (landlord, page) = (call.caller.landlord, call.query);
    let limit = page.limit.unwrap_or(limits::PAGE).clamp(1, limits::PAGE);
    let mut found = crate::http::read(call.state, move |_, connection| {
        endpoints::of_landlord(connection, &landlord, page.after, i64::from(limit) + 1)
    })
    .await?;
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = found.len() > limit;
    found.truncate(limit);
    let next = found.last().map(|endpoint| endpoint.id).filter(|_| more);
    let webhooks = found.into_iter().map(|endpoint| WebhookView::of(endpoint, now)).collect();
    Ok(HttpResponse::Ok().json(Webhooks { webhooks, next }))
}
