//! Webhooks: what is told, how it is signed, in which order, and what becomes of it when the receiver does not take it.

mod guard;
mod instances;
mod manage;
mod order;
pub mod receiver;
mod replay;
mod retries;
mod signatures;

use std::time::Duration;

use redress_service::background::webhooks;
use redress_service::settings::Settings;
use serde_json::{Value, json};

use crate::api::server::{NOW, Server};
use receiver::Receiver;

/// Lets receivers be on this machine, and not be waited for too long.
pub fn nearby(settings: &mut Settings) {
    settings.webhooks.allow_private = vec!["127.0.0.1/32".parse().unwrap()];
    settings.webhooks.timeout = Duration::from_secs(1);
}

/// A server whose receivers may be on this machine.
fn server() -> Server {
    Server::set(NOW, nearby)
}

/// A webhook for Hartlepool: its id and its secret.
pub fn webhook(server: &Server, receiver: &Receiver) -> (String, String) {
    made(server, &json!({ "url": receiver.url() }))
}

fn made(server: &Server, wanted: &Value) -> (String, String) {
    let made = server.post("/v1/webhooks", wanted).done();
    let text = |pointer: &str| made.pointer(pointer).unwrap().as_str().unwrap().to_owned();
    (text("/webhook/id"), text("/secret"))
}

/// Does something to a webhook that needs no body.
fn ask(server: &Server, webhook: &str, what: &str) -> Value {
    server.send("POST", &format!("/v1/webhooks/{webhook}/{what}"), "").done()
}

fn show(server: &Server, webhook: &str) -> Value {
    server.get(&format!("/v1/webhooks/{webhook}")).done()
}

/// Makes what is due be delivered.
pub fn deliver(server: &Server) {
    server.do_duty(webhooks::round);
}

/// A webhook's deliveries, the newest first.
fn deliveries(server: &Server, webhook: &str) -> Vec<Value> {
    let page = server.get(&format!("/v1/webhooks/{webhook}/deliveries")).done();
    page["deliveries"].as_array().unwrap().clone()
}

/// Its only delivery.
fn delivery(server: &Server, webhook: &str) -> Value {
    let all = deliveries(server, webhook);
    let [one] = all.as_slice() else { panic!("not one delivery: {all:?}") };
    one.clone()
}
