//! A webhook is tried.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::delivery::DeliveryView;
use super::{WebhookPath, held};
use crate::access::Scope;
use crate::http::contract::{Answer, Call, Operation, Tag};
use crate::http::once::{Reply, answer_once};
use crate::problem::{Problem, codes};
use crate::storage::webhooks::{changes, replay};

/// `POST /v1/webhooks/{webhook}/test`.
pub fn operation() -> Operation {
    Operation::post("/v1/webhooks/{webhook}/test", "testWebhook", Tag::Webhooks)
        .says(
            "A webhook is tried",
            "With a message of the type `test`, whatever types it is told of. It is sent at once, also where the webhook is being left \
             alone because it failed; what became of it is seen at the delivery's address.",
        )
        .needs(Scope::WebhooksManage)
        .fails_with(&[codes::WEBHOOK_DISABLED])
        .answers(Answer::json::<DeliveryView>(202, "To be sent.").header("Location", "The address of the delivery."))
        .handled(send)
}

async fn send(call: Call<WebhookPath>) -> Result<HttpResponse, Problem> {
    let Call { state, caller, path, repeat, .. } = call;
    let now = state.now();
    let told = state.clone();
    let landlord = caller.landlord.clone();
    let answered = answer_once(state, repeat, move |_, connection| {
        let endpoint = held(connection, &caller.landlord, path.webhook)?;
        if endpoint.disabled.is_some() {
            return Err(Problem::new(codes::WEBHOOK_DISABLED, "the webhook is disabled").into());
        }
        changes::wake(connection, path.webhook)?;
        let delivery = replay::test(connection, &endpoint, now)?.ok_or_else(Problem::internal)?;
        let address = format!("/v1/webhooks/{}/deliveries/{}", path.webhook, delivery.id);
        Ok(Reply::json(StatusCode::ACCEPTED, &DeliveryView::from(delivery))?.header("Location", address))
    })
    .await;
    told.waiting.tell(&landlord);
    answered
}
