//! One delivery.

use actix_web::HttpResponse;
use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::Scope;
use crate::http::contract::{Answer, Call, Operation, Tag};
use crate::problem::Problem;
use crate::storage::webhooks::deliveries::{self, Delivery};
use crate::storage::webhooks::{DeliveryId, DeliveryState, WebhookId, endpoints};

/// Which delivery.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DeliveryPath {
    /// The webhook's id.
    pub webhook: WebhookId,
    /// The delivery's id.
    pub delivery: DeliveryId,
}

/// A delivery of one message to one webhook.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Delivery")]
pub(super) struct DeliveryView {
    /// Its id.
    id: DeliveryId,
    /// The id of the message, as the header `webhook-id` has it at every try.
    message: String,
    /// What it tells, as `type` has it in the feed; or `test`.
    #[serde(rename = "type")]
    kind: String,
    /// Its number in the feed; null for a test.
    feed: Option<i64>,
    /// The case; null where it is about none.
    case: Option<String>,
    /// What has become of it.
    state: DeliveryState,
    /// How often it was tried since it was last wanted.
    attempts: u32,
    /// When it is tried next; null where it is over, being sent, or waits for another.
    next_attempt_at: Option<DateTime<Utc>>,
    /// When it was tried last; null where it was not.
    last_attempt_at: Option<DateTime<Utc>>,
    /// The status that the receiver answered with then; null where it gave no answer.
    last_status: Option<i32>,
    /// What went wrong then: `status`, `timeout`, `unreachable`, `address-refused` or `broken`; null where nothing did.
    last_problem: Option<String>,
    /// When it came to be delivered or given up; null where it is neither.
    ended_at: Option<DateTime<Utc>>,
    /// Since when it is there. Deliveries are kept for 30 days after they are over.
    created_at: DateTime<Utc>,
}

impl From<Delivery> for DeliveryView {
    fn from(delivery: Delivery) -> Self {
        Self {
            id: delivery.id,
            message: delivery.message,
            kind: delivery.kind,
            feed: delivery.number,
            case: delivery.case,
            state: delivery.state,
            attempts: delivery.attempts,
            next_attempt_at: delivery.next_attempt_at,
            last_attempt_at: delivery.last_attempt_at,
            last_status: delivery.last_status,
            last_problem: delivery.last_problem,
            ended_at: delivery.ended_at,
            created_at: delivery.created_at,
        }
    }
}

/// `GET /v1/webhooks/{webhook}/deliveries/{delivery}`.
pub fn operation() -> Operation {
    Operation::get("/v1/webhooks/{webhook}/deliveries/{delivery}", "getWebhookDelivery", Tag::Webhooks)
        .says("A delivery", "What has become of it.")
        .needs(Scope::WebhooksManage)
        .answers(Answer::json::<DeliveryView>(200, "The delivery."))
        .handled(show)
}

async fn show(call: Call<DeliveryPath>) -> Result<HttpResponse, Problem> {
    let (landlord, path) = (call.caller.landlord, call.path);
    let found = crate::http::read(call.state, move |_, connection| {
        if endpoints::by_id(connection, &landlord, path.webhook)?.is_none() {
            return Ok(None);
        }
        deliveries::by_id(connection, path.webhook, path.delivery)
    });
    let delivery = found.await?.ok_or_else(|| Problem::not_found("delivery"))?;
    Ok(HttpResponse::Ok().json(DeliveryView::from(delivery)))
}
