//! What was sent is sent again.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::delivery::{DeliveryPath, DeliveryView};
use super::{WebhookPath, held};
use crate::access::Scope;
use crate::http::contract::{Answer, Call, Nothing, Operation, Tag};
use crate::http::once::{Reply, answer_once};
use crate::problem::{FieldError, Problem, codes};
use crate::storage::feed;
use crate::storage::webhooks::{changes, endpoints, number_before, replay};

/// From where on everything is sent again: one of the two.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ReplayWanted {
    /// The number in the feed after which it begins; 0 for the beginning of the feed.
    #[schemars(range(min = 0, max = 9_007_199_254_740_991_i64))]
    after: Option<i64>,
    /// The time at which it begins, and a minute before: clocks differ.
    since: Option<DateTime<Utc>>,
}

/// What is sent again.
#[derive(Debug, Serialize, JsonSchema)]
struct Replayed {
    /// The number in the feed after which it begins.
    after: i64,
    /// The number up to which the feed goes.
    head: i64,
}

/// `POST /v1/webhooks/{webhook}/replay`.
pub fn everything() -> Operation {
    Operation::post("/v1/webhooks/{webhook}/replay", "replayWebhook", Tag::Webhooks)
        .says(
            "Everything is sent again from a point of the feed on",
            "In the order of the feed, and of the types that the webhook is told of now: what was delivered, what was given up, and what \
             was never sent, also from before the webhook was set up. Each is the message that it was, with the same `webhook-id`.",
        )
        .needs(Scope::WebhooksManage)
        .fails_with(&[codes::WEBHOOK_DISABLED])
        .answers(Answer::json::<Replayed>(202, "To be sent."))
        .handled(replay_all)
        .example(json!({ "after": 0 }))
}

/// `POST /v1/webhooks/{webhook}/deliveries/{delivery}/replay`.
pub fn one() -> Operation {
    Operation::post("/v1/webhooks/{webhook}/deliveries/{delivery}/replay", "replayWebhookDelivery", Tag::Webhooks)
        .says(
            "A delivery is made again",
            "As the message that it was, with the same `webhook-id`. One that waits for its next try is tried at once; one that waits \
             for an earlier one, or is being sent, stays as it is.",
        )
        .needs(Scope::WebhooksManage)
        .fails_with(&[codes::WEBHOOK_DISABLED])
        .answers(Answer::json::<DeliveryView>(202, "To be sent."))
        .handled(replay_one)
}

async fn replay_all(call: Call<WebhookPath, Nothing, ReplayWanted>) -> Result<HttpResponse, Problem> {
    let Call { state, caller, path, body, repeat, .. } = call;
    if body.after.is_some() == body.since.is_some() {
        let error = FieldError::at("/after", "give either `after` or `since`, and not both");
        return Err(Problem::malformed(vec![error]));
    }
    let (told, landlord) = (state.clone(), caller.landlord.clone());
    let answered = answer_once(state, repeat, move |_, connection| {
        let endpoint = held(connection, &caller.landlord, path.webhook)?;
        if endpoint.disabled.is_some() {
            return Err(Problem::new(codes::WEBHOOK_DISABLED, "the webhook is disabled").into());
        }
        let head = feed::number(connection, &caller.landlord)?;
        let after = match (body.after, body.since) {
            (Some(after), _) => after.min(head),
            (None, Some(since)) => number_before(connection, &caller.landlord, since)?,
            (None, None) => head,
        };
        replay::after(connection, &endpoint, after)?;
        changes::wake(connection, path.webhook)?;
        Ok(Reply::json(StatusCode::ACCEPTED, &Replayed { after, head })?)
    })
    .await;
    told.waiting.tell(&landlord);
    answered
}

async fn replay_one(call: Call<DeliveryPath>) -> Result<HttpResponse, Problem> {
    let Call { state, caller, path, repeat, .. } = call;
    let now = state.now();
    let (told, landlord) = (state.clone(), caller.landlord.clone());
    let answered = answer_once(state, repeat, move |_, connection| {
        let there = endpoints::hold(connection, &caller.landlord, path.webhook)?;
        let endpoint = there.ok_or_else(|| Problem::not_found("delivery"))?;
        if endpoint.disabled.is_some() {
            return Err(Problem::new(codes::WEBHOOK_DISABLED, "the webhook is disabled").into());
        }
        let replayed = replay::one(connection, path.webhook, path.delivery, now)?;
        let delivery = replayed.ok_or_else(|| Problem::not_found("delivery"))?;
        changes::wake(connection, path.webhook)?;
        Ok(Reply::json(StatusCode::ACCEPTED, &DeliveryView::from(delivery))?)
    })
    .await;
    told.waiting.tell(&landlord);
    answered
}
