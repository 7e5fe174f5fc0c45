//! Whether the service is up, and whether it can work.

use actix_web::{HttpResponse, web};

use super::read;
use crate::application::State;
use crate::problem::Problem;
use crate::storage::StorageError;

/// `GET /health/live`: the process answers.
pub async fn live() -> HttpResponse {
    HttpResponse::Ok().json(serde_json::json!({ "status": "live" }))
}

/// `GET /health/ready`: the database answers too.
pub async fn ready(state: web::Data<State>) -> Result<HttpResponse, Problem> {
    read(state, |_, connection| {
        use diesel::connection::SimpleConnection;
        connection.batch_execute("SELECT 1").map_err(StorageError::from)
    })
    .await?;
    Ok(HttpResponse::Ok().json(serde_json::json!({ "status": "ready" })))
}
