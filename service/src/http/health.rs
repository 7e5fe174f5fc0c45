//! Whether the service is up, and whether it can work.

use actix_web::HttpResponse;
use schemars::JsonSchema;
use serde::Serialize;

use super::contract::{Answer, Nothing, Open, Operation, Tag};
use crate::operations::health;
use crate::problem::{Problem, codes};

/// How the service stands.
#[derive(Debug, Serialize, JsonSchema)]
struct Health {
    /// `live` or `ready`.
    status: &'static str,
}

/// `GET /livez`.
pub fn live() -> Operation {
    Operation::get("/livez", "isLive", Tag::Service)
        .says(
            "Whether the process answers, and can write",
            "For a supervisor: where this is not answered, start the service again.",
        )
        .answers(Answer::json::<Health>(200, "It does."))
        .fails_with(&[codes::STUCK])
        .unmetered()
        .open(is_live)
}

/// `GET /readyz`.
pub fn ready() -> Operation {
    Operation::get("/readyz", "isReady", Tag::Service)
        .says(
            "Whether requests can be answered here",
            "For a load balancer: where this is not answered with 200, send requests elsewhere. The database answers and has this \
             program's tables, and the service is not about to stop.",
        )
        .answers(Answer::json::<Health>(200, "They can."))
        .fails_with(&[codes::NOT_READY])
        .unmetered()
        .open(is_ready)
}

async fn is_live(call: Open<Nothing, Nothing>) -> Result<HttpResponse, Problem> {
    health::alive(&call.state)?;
    Ok(HttpResponse::Ok().json(Health { status: "live" }))
}

async fn is_ready(call: Open<Nothing, Nothing>) -> Result<HttpResponse, Problem> {
    health::ready(call.state).await?;
    Ok(HttpResponse::Ok().json(Health { status: "ready" }))
}
