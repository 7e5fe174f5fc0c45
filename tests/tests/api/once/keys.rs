//! `Idempotency-Key`: what is kept, for whom, and for how long.

use serde_json::json;

use super::Shared;
use crate::api::samples;

const KEY: &str = "Idempotency-Key";

#[test]
fn the_same_request_gets_the_same_answer_and_is_carried_out_once() {
    let shared = Shared::new();
    let service = shared.instance();
    let first = service.post("/v1/cases", &[(KEY, "a")], &samples::complaint());
    assert!(!first.done(201).is_replayed());
    let again = service.post("/v1/cases", &[(KEY, "a")], &samples::complaint());
    assert!(again.is_replayed());
    assert_eq!(again.same(), first.same());
    // The order of names and the white space are nothing that is asked.
    let mut names: Vec<_> = samples::complaint().as_object().unwrap().clone().into_iter().collect();
    names.reverse();
    let fields: Vec<String> = names.iter().map(|(name, value)| format!("{name:?} : {value}")).collect();
    let body = format!("{{ \"content\": {{ {} }}, \"actor\":\"crm\" }}", fields.join(" , "));
    let request = service.request(
        "POST",
        "/v1/cases",
        &[(KEY, "a"), ("Content-Type", "application/json")],
        &json!(null),
    );
    assert_eq!(request.body(body).send().unwrap().text().unwrap(), first.text);
    let other = service.post("/v1/cases", &[(KEY, "b")], &samples::complaint());
    assert!(!other.is_replayed());
    assert_ne!(other.headers["location"], first.headers["location"]);
}

#[test]
fn a_key_is_not_for_another_request() {
    let shared = Shared::new();
    let service = shared.instance();
    let case = service.case();
    service.post(&format!("{case}/accept"), &[(KEY, "a")], &json!({})).done(200);
    let other = json!({ "needs_investigation": true });
    service.post(&format!("{case}/accept"), &[(KEY, "a")], &other).problem(422, "idempotency-key-reused");
    service.post("/v1/cases", &[(KEY, "a")], &samples::complaint()).problem(422, "idempotency-key-reused");
    let long = "x".repeat(256);
    for key in ["", long.as_str(), "a\tb", "a b"] {
        service.post("/v1/cases", &[(KEY, key)], &samples::complaint()).problem(422, "malformed");
    }
}

#[test]
fn what_is_refused_is_decided_again() {
    let shared = Shared::new();
    let service = shared.instance();
    let accept = format!("{}/accept", service.case());
    service.post(&accept, &[(KEY, "a"), ("If-Match", "\"9\"")], &json!({})).problem(412, "stale");
    let done = service.post(&accept, &[(KEY, "a"), ("If-Match", "\"1\"")], &json!({}));
    assert!(!done.done(200).is_replayed());
    // What it was answered then goes before what it would be answered now.
    assert!(service.post(&accept, &[(KEY, "a"), ("If-Match", "\"1\"")], &json!({})).done(200).is_replayed());
    service.post(&accept, &[(KEY, "b")], &json!({})).done(409);
}

#[test]
fn an_answer_outlives_the_instance_and_not_its_time() {
    let shared = Shared::new();
    let service = shared.instance();
    let accept = format!("{}/accept", service.case());
    let first = service.post(&accept, &[(KEY, "a")], &json!({}));
    drop(service);
    let service = shared.instance_at("2026-11-09T12:00:00Z");
    let again = service.post(&accept, &[(KEY, "a")], &json!({}));
    assert!(again.is_replayed());
    assert_eq!(again.same(), first.same());
    drop(service);
    let service = shared.instance_at("2026-11-09T12:00:01Z");
    service.post(&accept, &[(KEY, "a")], &json!({})).done(409);
}

#[test]
fn another_landlords_key_is_another_key() {
    let shared = Shared::new();
    let service = shared.instance();
    service.post("/v1/cases", &[(KEY, "a")], &samples::complaint()).done(201);
    let body = json!({ "actor": "crm", "content": samples::complaint() });
    let request = service.http.post(service.url("/v1/cases")).header("X-Redress-Landlord", "pyramus");
    let response = request.header(KEY, "a").json(&body).send().unwrap();
    assert!(response.headers().get("idempotency-replayed").is_none());
    assert_ne!(response.status(), 422);
}
