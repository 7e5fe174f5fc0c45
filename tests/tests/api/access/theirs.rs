//! What is another landlord's is answered, by every operation, as what nobody has; and nothing of it is changed.

use redress_service::access::{Role, Scope};
use serde_json::{Value, json};

use super::{NOBODYS, issue, operations};
use crate::api::documents::attach;
use crate::api::samples::{acknowledgement, complaint};
use crate::api::server::Server;
use crate::api::tables::dump;
use crate::api::transfers::{MAPPING, made};

#[test]
fn every_operation_answers_for_what_is_anothers_as_for_what_nobody_has() {
    let server = Server::start();
    let case = server.accepted();
    server.command(&case, "acknowledge", &acknowledgement()).done();
    let issued = server.post(&format!("/v1/cases/{case}/letters/3/issue"), &json!({})).done();
    let issued = issued["issued"][0]["id"].as_str().unwrap();
    let history = server.get(&format!("/v1/cases/{case}/history")).done();
    let record = history["events"][0]["event"]["event"]["received"]["about"]["record"].as_str().unwrap();
    let (_, key) = issue(&server, "hartlepool", Role::Officer, &[]);
    let (bradfords, _) = issue(&server, "bradford", Role::Integration, Scope::ALL);
    let webhook = server.post("/v1/webhooks", &serde_json::json!({ "url": "https://8.8.8.8/" })).done();
    let webhook = webhook["webhook"]["id"].as_str().unwrap();
    let tried = server.send("POST", &format!("/v1/webhooks/{webhook}/test"), "").done();
    let delivery = tried["id"].as_str().unwrap();
    let import = made(&server, MAPPING);
    let document = attach(&server, &case, "a.pdf").json()["id"].as_str().unwrap().to_owned();
    let theirs = [
        ("import", import.rsplit('/').next().unwrap()),
        ("case", case.as_str()),
        ("document", document.as_str()),
        ("record", record),
        ("key", &key.to_string()),
        ("letter", "3"),
        ("issued", issued),
        ("webhook", webhook),
        ("delivery", delivery),
        ("policy", "hartlepool-2024"),
    ];
    let nobodys = [
        ("import", NOBODYS),
        ("case", NOBODYS),
        ("document", NOBODYS),
        ("record", NOBODYS),
        ("key", NOBODYS),
        ("letter", "3"),
        ("issued", NOBODYS),
        ("webhook", NOBODYS),
        ("delivery", NOBODYS),
        ("policy", "nobody-2024"),
    ];
    let before = dump(&server);
    let mut tried = 0;
    for operation in operations(&server) {
        let path = operation.at(&theirs);
        // What names nothing of anybody's is asked below.
        if path == operation.at(&nobodys) {
            continue;
        }
        let answer = operation.ask(&server, Some(&bradfords), &path);
        answer.problem(404, "not-found");
        assert_eq!(
            answer,
            operation.ask(&server, Some(&bradfords), &operation.at(&nobodys)),
            "{}",
            operation.id
        );
        tried += 1;
    }
    assert!(tried > 55, "only {tried} tried");
    assert_eq!(before, dump(&server), "something was changed");
}

/// What `GET` gives of a landlord's own, whatever has no id in its address.
fn seen(server: &Server, landlord: &str, key: &str) -> Vec<(String, String)> {
    operations(server)
        .iter()
        .filter(|operation| operation.method == "GET" && !operation.path.contains('{'))
        .map(|operation| (operation.id.clone(), operation.ask(server, Some(key), &operation.path).text))
        .chain([("stock".to_owned(), server.of(landlord).get("/v1/stock/2026").text)])
        .collect()
}

#[test]
fn nothing_that_a_landlord_sees_changes_while_another_works() {
    let server = Server::start();
    let (bradfords, _) = issue(&server, "bradford", Role::Integration, Scope::ALL);
    let body =
        serde_json::json!({ "occurred_at": "2026-11-02T11:00:00Z", "actor": "crm", "content": complaint() });
    server.of("bradford").post("/v1/cases", &body).case();
    let before = seen(&server, "bradford", &bradfords);
    assert!(before.len() > 5);
    server.accepted();
    server.send("PUT", "/v1/stock/2026", r#"{"lcra":7}"#);
    issue(&server, "hartlepool", Role::Officer, &[]);
    assert_eq!(before, seen(&server, "bradford", &bradfords));
}

#[test]
fn another_landlords_key_is_no_place_to_begin_a_page_at() {
    let server = Server::start();
    let (_, theirs) = issue(&server, "hartlepool", Role::Officer, &[]);
    let page = |after: &str| server.of("bradford").get(&format!("/v1/keys?after={after}"));
    assert_eq!(page(&theirs.to_string()), page(NOBODYS));
    assert_eq!(page(NOBODYS).done()["keys"], Value::Array(Vec::new()));
}
