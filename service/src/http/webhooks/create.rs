//! A webhook is set up.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde_json::json;

use super::{WebhookSecret, WebhookView, WebhookWanted, generate, tag};
use crate::access::Scope;
use crate::http::contract::{Answer, Call, Nothing, Operation, Tag};
use crate::http::once::{Reply, answer_once};
use crate::problem::{Problem, codes};
use crate::storage::webhooks::endpoints;

/// `POST /v1/webhooks`.
pub fn operation() -> Operation {
    Operation::post("/v1/webhooks", "createWebhook", Tag::Webhooks)
        .says(
            "A webhook is set up",
            "It is told of what comes into the feed from now on; of what came before, with a replay. Deliveries are signed as Standard \
             Webhooks 1.0 has it. The secret is shown in this answer and never again; sent again with the same Idempotency-Key, the \
             answer has none.",
        )
        .needs(Scope::WebhooksManage)
        .fails_with(&[codes::TOO_MANY_WEBHOOKS])
        .answers(
            Answer::json::<WebhookSecret>(201, "Set up.")
                .header("Location", "The address of the webhook.")
                .header("ETag", "What changes with what was said of it, for If-Match."),
        )
        .handled(create)
        .example(json!({ "url": "https://crm.example.org/redress", "types": ["answered", "closed"] }))
}

async fn create(call: Call<Nothing, Nothing, WebhookWanted>) -> Result<HttpResponse, Problem> {
    let Call { state, caller, body, repeat, .. } = call;
    let wanted = body.looked_at(state.courier.guard()).await?;
    let now = state.now();
    let secret = generate()?;
    answer_once(state, repeat, move |_, connection| {
        let by = (caller.actor.as_str(), now);
        let made = endpoints::create(connection, &caller.landlord, &wanted, &secret, by)?;
        let Some(endpoint) = made else {
            let detail = format!("the landlord has {} webhooks", endpoints::MOST);
            return Err(Problem::new(codes::TOO_MANY_WEBHOOKS, detail).into());
        };
        let (address, tag) = (format!("/v1/webhooks/{}", endpoint.id), tag(&endpoint)?);
        let webhook = WebhookView::of(endpoint, now);
        let mut answer = WebhookSecret { secret: Some(secret.reveal()), webhook };
        let reply = Reply::json(StatusCode::CREATED, &answer)?.header("Location", address).tag(&tag);
        answer.secret = None;
        Ok(reply.keeping(&answer)?)
    })
    .await
}
