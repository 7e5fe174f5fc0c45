//! A webhook gets another secret.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use chrono::TimeDelta;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::json;

use super::{WebhookPath, WebhookSecret, WebhookView, generate, held};
use crate::access::Scope;
use crate::http::contract::{Answer, Call, Nothing, Operation, Tag};
use crate::http::once::{Reply, answer_once};
use crate::problem::Problem;
use crate::storage::keys::LONGEST_OVERLAP_HOURS;
use crate::storage::webhooks::changes;

/// How long the old secret goes on signing where that is not said.
const OVERLAP_HOURS: u32 = 24;

/// How a secret is to be replaced.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct SecretRotation {
    /// For how many hours the old secret goes on signing beside the new one; 24 where it is not given, and 0 where it has leaked.
    #[schemars(range(max = LONGEST_OVERLAP_HOURS))]
    overlap_hours: Option<u32>,
}

/// `POST /v1/webhooks/{webhook}/rotate`.
pub fn operation() -> Operation {
    Operation::post("/v1/webhooks/{webhook}/rotate", "rotateWebhookSecret", Tag::Webhooks)
        .says(
            "A webhook's secret is replaced",
            "For the overlap every delivery has two signatures, and the receiver changes over when it likes. Two secrets sign at the \
             most: one that is replaced while it replaces another ends that other. The secret is shown in this answer and never again.",
        )
        .needs(Scope::WebhooksManage)
        .answers(Answer::json::<WebhookSecret>(201, "Replaced."))
        .handled(rotate)
        .example(json!({ "overlap_hours": 24 }))
}

async fn rotate(call: Call<WebhookPath, Nothing, SecretRotation>) -> Result<HttpResponse, Problem> {
    let Call { state, caller, path, body, repeat, .. } = call;
    let now = state.now();
    let until = now + TimeDelta::hours(i64::from(body.overlap_hours.unwrap_or(OVERLAP_HOURS)));
    let secret = generate()?;
    answer_once(state, repeat, move |_, connection| {
        let endpoint = held(connection, &caller.landlord, path.webhook)?;
        changes::rotate(connection, &endpoint, &secret, (until, now))?;
        let webhook = WebhookView::of(held(connection, &caller.landlord, path.webhook)?, now);
        let mut answer = WebhookSecret { secret: Some(secret.reveal()), webhook };
        let reply = Reply::json(StatusCode::CREATED, &answer)?;
        answer.secret = None;
        Ok(reply.keeping(&answer)?)
    })
    .await
}
