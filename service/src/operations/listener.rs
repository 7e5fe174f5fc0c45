//! The listener for whoever operates the service. It stays until the service has ended, so that the end can be watched.

use std::net::SocketAddr;
use std::sync::Mutex;

use actix_web::dev::Server;
use actix_web::web::{self, Data};
use actix_web::{App, HttpResponse, HttpServer};
use anyhow::Context as _;
use prometheus_client::encoding::text::encode;
use prometheus_client::registry::Registry;
use serde_json::json;

use super::health;
use super::standing::Standing;
use crate::application::State;
use crate::problem::Problem;

/// The media type of OpenMetrics, which Prometheus reads.
const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Everything that is counted.
struct Figures {
    registry: Registry,
    standing: Mutex<Standing>,
}

/// Listens on an address; nothing is answered before it is run.
///
/// # Errors
/// When the address cannot be had.
pub fn listen(address: &str, state: Data<State>) -> anyhow::Result<(Server, SocketAddr)> {
    let standing = Standing::default();
    let mut registry = Registry::with_prefix("redress");
    state.metrics.register(&mut registry, &state.database);
    standing.register(&mut registry);
    let figures = Data::new(Figures { registry, standing: Mutex::new(standing) });
    let server = HttpServer::new(move || {
        App::new()
            .app_data(state.clone())
            .app_data(figures.clone())
            .route("/metrics", web::get().to(metrics))
            .route("/livez", web::get().to(live))
            .route("/readyz", web::get().to(ready))
            .default_service(web::to(async || Err::<HttpResponse, _>(Problem::not_found("address"))))
    })
    .workers(1)
    .disable_signals()
    .shutdown_timeout(1)
    .bind(address)
    .with_context(|| format!("listening on {address} for operations"))?;
    let address = server.addrs().first().copied().context("no address was bound for operations")?;
    Ok((server.run(), address))
}

/// `GET /metrics`.
async fn metrics(state: Data<State>, figures: Data<Figures>) -> Result<HttpResponse, Problem> {
    let text = web::block(move || {
        // What one scrape left half done, the next does anew.
        let mut standing = figures.standing.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Err(error) = standing.count(&state.database, state.rulebook().calendar(), state.now()) {
            // The figures of this process are worth having without those of the database, then most of all.
            tracing::warn!(%error, "the figures of the database could not be counted");
        }
        let mut text = String::new();
        encode(&mut text, &figures.registry).map(|()| text)
    })
    .await;
    match text {
        Ok(Ok(text)) => Ok(HttpResponse::Ok().content_type(OPEN_METRICS).body(text)),
        _ => Err(Problem::internal()),
    }
}

async fn live(state: Data<State>) -> Result<HttpResponse, Problem> {
    health::alive(&state)?;
    Ok(HttpResponse::Ok().json(json!({ "status": "live" })))
}

async fn ready(state: Data<State>) -> Result<HttpResponse, Problem> {
    health::ready(state).await?;
    Ok(HttpResponse::Ok().json(json!({ "status": "ready" })))
}
