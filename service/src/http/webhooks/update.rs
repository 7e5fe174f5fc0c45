//! A webhook leads elsewhere, or is told of something else.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde_json::json;

use super::{WebhookPath, WebhookView, WebhookWanted, held, tag};
use crate::access::Scope;
use crate::http::contract::{Answer, Call, Nothing, Operation, Tag};
use crate::http::once::{Reply, answer_once};
use crate::problem::Problem;
use crate::storage::webhooks::changes;

/// `PUT /v1/webhooks/{webhook}`.
pub fn operation() -> Operation {
    Operation::put("/v1/webhooks/{webhook}", "updateWebhook", Tag::Webhooks)
        .says(
            "A webhook is said anew",
            "All of it: what is left out is as if it had never been said. Deliveries that are to be made go to the new address, at once and \
             from the first try on: what was held against the old one is forgotten, and what is out to it goes out again. Of \
             which types there are deliveries changes with what comes into the feed from now on.",
        )
        .needs(Scope::WebhooksManage)
        .requires_version()
        .answers(
            Answer::json::<WebhookView>(200, "The webhook as it is now.")
                .header("ETag", "What changes with what was said of it, for If-Match."),
        )
        .handled(update)
        .example(json!({ "url": "https://crm.example.org/redress", "description": "Our CRM" }))
}

async fn update(call: Call<WebhookPath, Nothing, WebhookWanted>) -> Result<HttpResponse, Problem> {
    let Call { state, caller, path, body, preconditions, repeat, .. } = call;
    let wanted = body.looked_at(state.courier.guard()).await?;
    let now = state.now();
    answer_once(state, repeat, move |_, connection| {
        let held_now = held(connection, &caller.landlord, path.webhook)?;
        let there = tag(&held_now)?;
        if !preconditions.hold(Some(&there)) {
            return Err(Problem::stale("the webhook is not what the request says that it is", &there).into());
        }
        changes::change(connection, &held_now, &wanted, now)?;
        let changed = held(connection, &caller.landlord, path.webhook)?;
        let tag = tag(&changed)?;
        Ok(Reply::json(StatusCode::OK, &WebhookView::of(changed, now))?.tag(&tag))
    })
    .await
}
