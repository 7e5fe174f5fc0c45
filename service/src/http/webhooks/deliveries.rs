//! What became of a webhook's deliveries.

use actix_web::HttpResponse;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::WebhookPath;
use super::delivery::DeliveryView;
use crate::access::Scope;
use crate::http::contract::{Answer, Call, Operation, Tag};
use crate::http::limits;
use crate::problem::Problem;
use crate::storage::webhooks::{DeliveryId, DeliveryState, deliveries, endpoints};

/// Which deliveries.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Asked {
    /// Only those of which this has become.
    state: Option<DeliveryState>,
    /// How many at most.
    #[schemars(range(min = 1, max = limits::PAGE))]
    limit: Option<u32>,
    /// The delivery after which the page begins: `next` of the page before.
    after: Option<DeliveryId>,
}

/// A page of deliveries.
#[derive(Debug, Serialize, JsonSchema)]
struct Deliveries {
    /// The deliveries, the newest first.
    deliveries: Vec<DeliveryView>,
    /// Where the next page begins; null where this is the last.
    next: Option<DeliveryId>,
}

/// `GET /v1/webhooks/{webhook}/deliveries`.
pub fn operation() -> Operation {
    Operation::get("/v1/webhooks/{webhook}/deliveries", "listWebhookDeliveries", Tag::Webhooks)
        .says(
            "A webhook's deliveries",
            "The newest first; those that have been over for 30 days are no longer there.",
        )
        .needs(Scope::WebhooksManage)
        .answers(Answer::json::<Deliveries>(200, "The deliveries."))
        .handled(list)
}

async fn list(call: Call<WebhookPath, Asked>) -> Result<HttpResponse, Problem> {
    let (landlord, webhook, asked) = (call.caller.landlord, call.path.webhook, call.query);
    let limit = asked.limit.unwrap_or(limits::PAGE).clamp(1, limits::PAGE);
    let found = crate::http::read(call.state, move |_, connection| {
        if endpoints::by_id(connection, &landlord, webhook)?.is_none() {
            return Ok(None);
        }
        let page = (asked.after, i64::from(limit) + 1);
        deliveries::of_endpoint(connection, webhook, asked.state, page).map(Some)
    });
    let mut found = found.await?.ok_or_else(|| Problem::not_found("webhook"))?;
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = found.len() > limit;
    found.truncate(limit);
    let next = found.last().map(|delivery| delivery.id).filter(|_| more);
    let deliveries = found.into_iter().map(DeliveryView::from).collect();
    Ok(HttpResponse::Ok().json(Deliveries { deliveries, next }))
}
