//! One webhook: shown, and taken away.

use actix_web::HttpResponse;

use super::{WebhookPath, WebhookView, held, tag};
use crate::access::Scope;
use crate::http::contract::{Answer, Call, Operation, Tag};
use crate::problem::Problem;
use crate::storage::webhooks::{changes, endpoints};

const PATH: &str = "/v1/webhooks/{webhook}";

/// `GET /v1/webhooks/{webhook}`.
pub fn show() -> Operation {
    Operation::get(PATH, "getWebhook", Tag::Webhooks)
        .says("A webhook", "How it stands, without its secret.")
        .needs(Scope::WebhooksManage)
        .answers(
            Answer::json::<WebhookView>(200, "The webhook.")
                .header("ETag", "What changes with what was said of it, for If-Match."),
        )
        .handled(look)
}

/// `DELETE /v1/webhooks/{webhook}`.
pub fn delete() -> Operation {
    Operation::delete(PATH, "deleteWebhook", Tag::Webhooks)
        .says(
            "A webhook is taken away",
            "With its deliveries: nothing is sent any more, but for what is being sent.",
        )
        .needs(Scope::WebhooksManage)
        .answers(Answer::json::<WebhookView>(200, "Taken away; this is how it was."))
        .handled(take_away)
}

async fn look(call: Call<WebhookPath>) -> Result<HttpResponse, Problem> {
    let now = call.state.now();
    let (landlord, id) = (call.caller.landlord, call.path.webhook);
    let found =
        crate::http::read(call.state, move |_, connection| endpoints::by_id(connection, &landlord, id));
    let endpoint = found.await?.ok_or_else(|| Problem::not_found("webhook"))?;
    let etag = ("ETag", format!("\"{}\"", tag(&endpoint)?));
    Ok(HttpResponse::Ok().insert_header(etag).json(WebhookView::of(endpoint, now)))
}

async fn take_away(call: Call<WebhookPath>) -> Result<HttpResponse, Problem> {
    let now = call.state.now();
    let (landlord, id) = (call.caller.landlord, call.path.webhook);
    let gone = crate::http::write(call.state, move |_, connection| {
        let endpoint = held(connection, &landlord, id)?;
        changes::delete(connection, id)?;
        Ok(endpoint)
    });
    Ok(HttpResponse::Ok().json(WebhookView::of(gone.await?, now)))
}
