//! HTTP: a thin layer that reads a request, runs a use case off the event loop, and writes JSON.
//!
//! Every request passes the [`gate`], which holds it against the [`contract`]; one address, one file, which declares its operation
//! and has its handler.

mod calendar;
pub mod caller;
pub mod cases;
mod code;
pub mod contract;
mod docs;
mod documents;
mod due;
mod events;
mod export;
pub mod gate;
mod health;
mod imports;
mod items;
mod keys;
mod landlord;
mod letters;
pub mod limits;
pub mod once;
mod openapi;
mod panics;
mod personal;
mod policies;
mod problems;
mod rate;
mod references;
pub mod request;
mod security;
mod stock;
mod webhooks;
mod whoami;
mod work;

use actix_web::web::{self, ServiceConfig};

pub use work::{Unwritten, read, write};

/// Lets every request through the gate.
pub fn routes(config: &mut ServiceConfig) {
    config.default_service(web::to(gate::serve));
}
