//! What is held on people: found, given out, put right, erased, held back, and gone by time.

mod erasing;
mod finding;
mod holding;
mod retiring;

use redress_service::access::{Role, Scope};
use serde_json::{Value, json};

use crate::api::access::issue;
use crate::api::samples::{acknowledgement, complaint, response, with};
use crate::api::server::{Answer, Server};

/// A word that nothing else in the process says.
pub const MARK: &str = "Quagwimble";

fn mark(what: &str) -> Value {
    json!(format!("{MARK} {what}"))
}

/// Somebody with the mark in everything that is told of them.
pub fn resident(name: &str) -> Value {
    json!({
        "person": {
            "name": mark(name), "address": mark("Street"), "email": format!("{MARK}.{name}@example.org"),
            "telephone": "020 7946 0000",
        },
        "adjustments": [mark("large print")], "vulnerabilities": [mark("alone")], "disabilities": [mark("sight")],
        "ethnicity": mark("ethnicity"),
    })
}

/// A complaint of these residents, with the mark in every word.
pub fn marked(residents: Value) -> Value {
    let mut body = with(complaint(), "about", mark("about"));
    body["residents"] = residents;
    body["representative"] = json!({ "kind": "friend", "person": { "name": mark("Friend"), "email": "f@example.org" }, "consent": "written" });
    body["outcome_sought"] = mark("outcome");
    body["property"] = mark("property");
    body
}

/// Brings a complaint to its end, with the mark in every word.
pub fn ended(server: &Server, body: &Value) -> String {
    let case = server.receive_at("2026-11-02T11:00:00Z", body).case();
    server.command(&case, "accept", &json!({})).done();
    let mut acknowledgement = with(acknowledgement(), "outcomes_sought", mark("wants"));
    acknowledgement["points"][0]["understanding"] = mark("says");
    server.command(&case, "acknowledge", &acknowledgement).done();
    let mut response = with(response(), "sources", mark("file"));
    response["decisions"][0]["reasons"] = mark("reasons");
    response["decisions"][0]["outcome"] = json!("not-upheld");
    response["remedies"] = json!([]);
    server.command(&case, "respond", &response).done();
    server
        .command(&case, "record-survey", &json!({ "answer": "neither", "comment": mark("comment") }))
        .done();
    server.command(&case, "close", &json!({ "reason": "answered" })).done();
    case
}

/// Asks as an administrator, who may also have these scopes.
pub fn administrator(server: &Server, method: &str, path: &str, body: &Value, scopes: &[Scope]) -> Answer {
    let (key, _) = issue(server, "hartlepool", Role::Administrator, scopes);
    let body = if body.is_null() { String::new() } else { body.to_string() };
    server.send_with(method, path, &[("Authorization", &format!("Bearer {key}"))], body)
}

/// Places or lifts a hold on a case, as somebody who says what they have seen: a header and its value.
pub fn held(server: &Server, case: &str, reason: Option<&str>, seen: &[(&str, &str)]) -> Answer {
    let (key, _) = issue(server, "hartlepool", Role::Administrator, &[]);
    let key = format!("Bearer {key}");
    let headers: Vec<(&str, &str)> = [("Authorization", key.as_str())].iter().chain(seen).copied().collect();
    let (method, body) = match reason {
        Some(reason) => ("PUT", json!({ "reason": reason }).to_string()),
        None => ("DELETE", String::new()),
    };
    server.send_with(method, &format!("/v1/cases/{case}/hold"), &headers, body)
}

/// Places or lifts a hold on a case, as somebody who has just looked.
pub fn hold(server: &Server, case: &str, reason: Option<&str>) -> Value {
    let there = server.get(&format!("/v1/cases/{case}/hold"));
    held(server, case, reason, &[("If-Match", there.header("etag").unwrap())]).done()
}

/// Erases on behalf of a resident.
pub fn erase(server: &Server, case: &str, resident: u16) -> Answer {
    let body = json!({ "people": [{ "case": case, "resident": resident }], "reason": "request" });
    administrator(server, "POST", "/v1/residents/erase", &body, &[])
}
