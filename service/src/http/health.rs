//! Whether the service is up, and whether it can work.

use actix_web::HttpResponse;
use schemars::JsonSchema;
use serde::Serialize;

use super::contract::{Answer, Nothing, Open, Operation, Tag};
use crate::problem::Problem;
use crate::storage::StorageError;

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
            "Whether the process answers",
            "For a supervisor: where this is not answered, start the service again.",
        )
        .answers(Answer::json::<Health>(200, "It does."))
        .unmetered()
        .open(async |_: Open| Ok(HttpResponse::Ok().json(Health { status: "live" })))
}

/// `GET /readyz`.
pub fn ready() -> Operation {
    Operation::get("/readyz", "isReady", Tag::Service)
        .says(
            "Whether the database answers too",
            "For a load balancer: where this is not answered with 200, send requests elsewhere.",
        )
        .answers(Answer::json::<Health>(200, "It does."))
        .unmetered()
        .open(is_ready)
}

async fn is_ready(call: Open<Nothing, Nothing>) -> Result<HttpResponse, Problem> {
    super::read(call.state, |_, connection| {
        use diesel::connection::SimpleConnection;
        connection.batch_execute("SELECT 1").map_err(StorageError::from)
    })
    .await?;
    Ok(HttpResponse::Ok().json(Health { status: "ready" }))
}
