//! What is sent is signed as Standard Webhooks 1.0 has it: an independent implementation of it accepts it.

use chrono::{TimeDelta, Utc};
use reqwest::header::{HeaderMap, HeaderName};
use serde_json::json;
use standardwebhooks::Webhook;

use super::receiver::{Received, Receiver};
use super::{deliver, made, nearby, server, webhook};
use crate::api::server::Server;

/// A server whose clock reads what the machine's does: verifiers look at theirs.
fn server_of_today() -> Server {
    Server::set(&Utc::now().to_rfc3339(), nearby)
}

fn verifies(secret: &str, received: &Received) -> bool {
    let headers: HeaderMap = received
        .headers
        .iter()
        .map(|(name, value)| (name.parse::<HeaderName>().unwrap(), value.parse().unwrap()))
        .collect();
    Webhook::new(secret).unwrap().verify(received.body.as_bytes(), &headers).is_ok()
}

#[test]
fn an_independent_verifier_accepts_what_is_sent_and_nothing_else() {
    let (server, receiver) = (server_of_today(), Receiver::answering(204));
    let (_, secret) = webhook(&server, &receiver);
    let (_, other) = made(&server, &json!({ "url": "https://8.8.8.8/" }));
    super::ask(&server, &webhook_of(&server, &receiver), "test");
    deliver(&server);
    let sent = receiver.take();
    assert_eq!(sent.len(), 1);
    assert!(secret.starts_with("whsec_"));
    assert!(verifies(&secret, &sent[0]));
    assert!(!verifies(&other, &sent[0]));
    for part in ["webhook-id", "webhook-timestamp"] {
        let mut altered = sent[0].clone();
        altered.headers.entry(part.to_owned()).and_modify(|value| value.push('1'));
        assert!(!verifies(&secret, &altered), "{part}");
    }
    let mut altered = sent[0].clone();
    altered.body.push(' ');
    assert!(!verifies(&secret, &altered));
}

fn webhook_of(server: &Server, receiver: &Receiver) -> String {
    let all = server.get("/v1/webhooks").done();
    let all = all["webhooks"].as_array().unwrap();
    let one = all.iter().find(|one| one["url"] == receiver.url()).unwrap();
    one["id"].as_str().unwrap().to_owned()
}

#[test]
fn while_a_secret_is_replaced_both_verify_and_then_the_new_one_alone() {
    let (server, receiver) = (server_of_today(), Receiver::answering(200));
    let (id, old) = webhook(&server, &receiver);
    let rotated = server.post(&format!("/v1/webhooks/{id}/rotate"), &json!({ "overlap_hours": 1 })).done();
    let new = rotated["secret"].as_str().unwrap();
    assert_ne!(new, old);
    assert!(rotated["webhook"]["previous_secret_until"].is_string());
    super::ask(&server, &id, "test");
    deliver(&server);
    let sent = receiver.take();
    assert!(verifies(&old, &sent[0]) && verifies(new, &sent[0]));
    assert_eq!(sent[0].headers["webhook-signature"].split(' ').count(), 2);

    // No overlap: the old one ends at once.
    let rotated = server.post(&format!("/v1/webhooks/{id}/rotate"), &json!({ "overlap_hours": 0 })).done();
    let newest = rotated["secret"].as_str().unwrap();
    super::ask(&server, &id, "test");
    deliver(&server);
    let sent = receiver.take();
    assert!(verifies(newest, &sent[0]) && !verifies(new, &sent[0]) && !verifies(&old, &sent[0]));
}

#[test]
fn the_overlap_ends_by_itself() {
    let (server, receiver) = (server(), Receiver::answering(200));
    let (id, _) = webhook(&server, &receiver);
    server.post(&format!("/v1/webhooks/{id}/rotate"), &json!({})).done();
    for (after, signatures) in [(TimeDelta::hours(23), 2), (TimeDelta::hours(1), 1)] {
        server.pass(after);
        super::ask(&server, &id, "test");
        deliver(&server);
        let sent = receiver.take();
        assert_eq!(sent[0].headers["webhook-signature"].split(' ').count(), signatures);
    }
}

#[test]
fn a_secret_is_shown_once_and_is_in_no_later_answer() {
    let server = server();
    let body = json!({ "url": "https://8.8.8.8/" }).to_string();
    let once = [("Idempotency-Key", "one")];
    let first = server.send_with("POST", "/v1/webhooks", &once, body.clone()).done();
    let again = server.send_with("POST", "/v1/webhooks", &once, body).done();
    assert_eq!((&again["webhook"], &again["secret"]), (&first["webhook"], &json!(null)));
    let secret = first["secret"].as_str().unwrap();
    let id = first["webhook"]["id"].as_str().unwrap();
    for path in ["/v1/webhooks".to_owned(), format!("/v1/webhooks/{id}")] {
        assert!(!server.get(&path).text.contains(&secret[6..]), "{path}");
    }
}
