//! A webhook is told again, or no more.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::{WebhookPath, WebhookView, held};
use crate::access::Scope;
use crate::http::contract::{Answer, Call, Operation, Tag};
use crate::http::once::{Reply, answer_once};
use crate::problem::Problem;
use crate::storage::webhooks::{DisabledWhy, changes};

/// `POST /v1/webhooks/{webhook}/enable`.
pub fn enable() -> Operation {
    Operation::post("/v1/webhooks/{webhook}/enable", "enableWebhook", Tag::Webhooks)
        .says(
            "A webhook is told again",
            "From where it stopped: what came meanwhile is delivered too. One that is enabled already is tried again at once, where it \
             was left alone because it failed.",
        )
        .needs(Scope::WebhooksManage)
        .answers(Answer::json::<WebhookView>(200, "The webhook as it is now."))
        .handled(|call| switch(call, true))
}

/// `POST /v1/webhooks/{webhook}/disable`.
pub fn disable() -> Operation {
    Operation::post("/v1/webhooks/{webhook}/disable", "disableWebhook", Tag::Webhooks)
        .says(
            "A webhook is told no more",
            "Until it is enabled again; what is being sent is sent. One that is disabled already stays as it is.",
        )
        .needs(Scope::WebhooksManage)
        .answers(Answer::json::<WebhookView>(200, "The webhook as it is now."))
        .handled(|call| switch(call, false))
}

async fn switch(call: Call<WebhookPath>, on: bool) -> Result<HttpResponse, Problem> {
    let Call { state, caller, path, repeat, .. } = call;
    let now = state.now();
    answer_once(state, repeat, move |_, connection| {
        held(connection, &caller.landlord, path.webhook)?;
        if on {
            changes::enable(connection, path.webhook)?;
        } else {
            changes::disable(connection, path.webhook, DisabledWhy::Asked, now)?;
        }
        let changed = held(connection, &caller.landlord, path.webhook)?;
        Ok(Reply::json(StatusCode::OK, &WebhookView::of(changed, now))?)
    })
    .await
}
