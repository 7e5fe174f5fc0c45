//! Keys over the API.

use chrono::{DateTime, TimeDelta, Utc};
use redress_service::access::Role;
use serde_json::{Value, json};

use super::{NOBODYS, issue, now};
use crate::api::server::{Answer, Server};
use crate::api::tables::dump;

/// Whoever manages Hartlepool's keys, and no more.
struct Administrator<'a> {
    server: &'a Server,
    key: String,
}

impl<'a> Administrator<'a> {
    fn of(server: &'a Server) -> Self {
        Self { server, key: issue(server, "hartlepool", Role::Administrator, &[]).0 }
    }

    fn send(&self, method: &str, path: &str, once: Option<&str>, body: &Value) -> Answer {
        let bearer = format!("Bearer {}", self.key);
        let mut headers = vec![("Authorization", bearer.as_str()), ("Content-Type", "application/json")];
        headers.extend(once.map(|once| ("Idempotency-Key", once)));
        let body = if body.is_null() { String::new() } else { body.to_string() };
        self.server.send_bare(method, path, &headers, body)
    }

    fn get(&self, path: &str) -> Answer {
        self.send("GET", path, None, &Value::Null)
    }

    fn post(&self, path: &str, body: &Value) -> Answer {
        self.send("POST", path, None, body)
    }
}

fn who(server: &Server, key: &Value) -> Answer {
    let bearer = format!("Bearer {}", key.as_str().unwrap());
    server.send_bare("GET", "/v1/whoami", &[("Authorization", &bearer)], "")
}

#[test]
fn a_key_is_issued_used_shown_and_revoked() {
    let server = Server::start();
    let administrator = Administrator::of(&server);
    let wanted = json!({ "name": "Dynamics", "role": "integration", "scopes": ["special-category"] });
    let answer = administrator.post("/v1/keys", &wanted);
    let issued = answer.done();
    assert_eq!(answer.status, 201);
    let address = answer.header("location").unwrap().to_owned();
    let me = who(&server, &issued["secret"]).done();
    assert_eq!((&me["landlord"], &me["actor"]), (&json!("hartlepool"), &issued["key"]["id"]));
    assert_eq!(me["scopes"], issued["key"]["scopes"]);
    assert!(me["scopes"].as_array().unwrap().contains(&json!("special-category")));

    let shown = administrator.get(&address).done();
    assert_eq!((&shown["name"], &shown["in_force"]), (&json!("Dynamics"), &json!(true)));
    let listed = administrator.get("/v1/keys").done();
    assert!(listed["keys"].as_array().unwrap().iter().any(|key| key["id"] == shown["id"]), "{listed}");
    let secret = issued["secret"].as_str().unwrap().rsplit_once('_').unwrap().1;
    assert!(!listed.to_string().contains(secret) && !format!("{:?}", dump(&server)).contains(secret));

    let revoked = administrator.send("DELETE", &address, None, &Value::Null).done();
    assert_eq!((&revoked["in_force"], revoked["revoked_at"].is_null()), (&json!(false), false));
    who(&server, &issued["secret"]).problem(401, "key-not-valid");
    let again = administrator.send("DELETE", &address, None, &Value::Null).done();
    assert_eq!(again, revoked);
}

#[test]
fn a_rotated_key_is_good_beside_its_successor_for_the_overlap() {
    let server = Server::start();
    let administrator = Administrator::of(&server);
    let old = administrator.post("/v1/keys", &json!({ "name": "CRM", "role": "officer" })).done();
    let rotate = format!("/v1/keys/{}/rotate", old["key"]["id"].as_str().unwrap());
    let rotated = administrator.post(&rotate, &json!({ "overlap_hours": 2 })).done();
    assert_eq!(rotated["replaced"]["replaced_by"], rotated["key"]["id"]);
    let end: DateTime<Utc> = rotated["replaced"]["expires_at"].as_str().unwrap().parse().unwrap();
    assert_eq!(end, now() + TimeDelta::hours(2));
    who(&server, &old["secret"]).done();
    assert_eq!(who(&server, &rotated["secret"]).done()["role"], "officer");
    administrator.post(&rotate, &json!({})).problem(409, "key-over");
    let at_once = format!("/v1/keys/{}/rotate", rotated["key"]["id"].as_str().unwrap());
    administrator.post(&at_once, &json!({ "overlap_hours": 0 })).done();
    who(&server, &rotated["secret"]).problem(401, "key-not-valid");
    administrator.post(&format!("/v1/keys/{NOBODYS}/rotate"), &json!({})).problem(404, "not-found");
}

#[test]
fn an_answer_that_is_given_again_has_no_secret_and_makes_no_key() {
    let server = Server::start();
    let administrator = Administrator::of(&server);
    let wanted = json!({ "name": "CRM", "role": "officer" });
    let issue = || administrator.send("POST", "/v1/keys", Some("once"), &wanted).done();
    let first = issue();
    let before = dump(&server);
    let second = issue();
    assert_eq!((&second["key"], &second["secret"]), (&first["key"], &Value::Null));
    assert_eq!(before, dump(&server));
    assert!(!format!("{before:?}").contains(first["secret"].as_str().unwrap().rsplit_once('_').unwrap().1));
}

#[test]
fn what_is_no_key_is_refused_field_by_field() {
    let server = Server::start();
    let administrator = Administrator::of(&server);
    let before = dump(&server);
    let wanted = json!({ "name": " ", "role": "director", "scopes": ["everything"], "landlord": "bradford" });
    let problem = administrator.post("/v1/keys", &wanted).problem(422, "malformed");
    let fields: Vec<&str> = problem["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| error["pointer"].as_str().unwrap())
        .collect();
    assert_eq!(fields, ["/landlord", "/name", "/role", "/scopes/0"]);
    let over = json!({ "name": "CRM", "role": "officer", "expires_at": "2020-01-01T00:00:00Z" });
    assert_eq!(administrator.post("/v1/keys", &over).malformed("/expires_at"), "a time to come");
    assert_eq!(before, dump(&server));
}

#[test]
fn an_administrator_can_end_its_own_key() {
    let server = Server::start();
    let administrator = Administrator::of(&server);
    let id = administrator.get("/v1/whoami").done()["actor"].as_str().unwrap().to_owned();
    administrator.send("DELETE", &format!("/v1/keys/{id}"), None, &Value::Null).done();
    administrator.get("/v1/keys").problem(401, "key-not-valid");
}

#[test]
fn keys_come_in_pages() {
    let server = Server::start();
    let administrator = Administrator::of(&server);
    for name in ["a", "b", "c"] {
        administrator.post("/v1/keys", &json!({ "name": name, "role": "auditor" })).done();
    }
    let whole = administrator.get("/v1/keys").done();
    let (mut found, mut after) = (Vec::new(), String::new());
    loop {
        let page = administrator.get(&format!("/v1/keys?limit=2{after}")).done();
        found.extend(page["keys"].as_array().unwrap().iter().cloned());
        match page["next"].as_str() {
            Some(next) => after = format!("&after={next}"),
            None => break,
        }
    }
    assert_eq!(whole["keys"], json!(found));
    assert_eq!(whole["next"], Value::Null);
}
