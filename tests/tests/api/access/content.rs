//! What in a command or a record wants a scope of its own.

use redress_service::access::{Role, Scope};
use serde_json::{Value, json};

use super::issue;
use crate::api::samples::{complaint, staff, with};
use crate::api::server::{Answer, Server};
use crate::api::tables::dump;

fn as_key(server: &Server, key: &str, method: &str, path: &str, body: &Value) -> Answer {
    let bearer = format!("Bearer {key}");
    let headers = [("Authorization", bearer.as_str()), ("Content-Type", "application/json")];
    server.send_bare(method, path, &headers, if body.is_null() { String::new() } else { body.to_string() })
}

fn command(content: &Value) -> Value {
    json!({ "actor": "crm", "content": content })
}

#[test]
fn an_officer_cannot_say_who_approved_and_a_manager_can() {
    let server = Server::start();
    let (officer, _) = issue(&server, "hartlepool", Role::Officer, &[]);
    let (manager, _) = issue(&server, "hartlepool", Role::Manager, &[]);
    let path = format!("/v1/cases/{}/refuse", server.case());
    let refuse = |key: &str, content: &Value| as_key(&server, key, "POST", &path, &command(content));
    let plain = json!({ "ground": "legal-proceedings", "reasons": "A claim has been filed at court." });
    let approved = with(plain.clone(), "approved_by", staff("dora", "director"));
    let before = dump(&server);
    let problem = refuse(&officer, &approved).problem(403, "scope-missing");
    assert_eq!(problem["errors"][0]["pointer"], "/content/approved_by");
    assert!(problem["detail"].as_str().unwrap().contains("`cases:approve`"), "{problem}");
    assert_eq!(before, dump(&server));
    // Without it, or from a manager, it is the rules that decide.
    assert_ne!(refuse(&officer, &plain).status, 403);
    assert_ne!(refuse(&manager, &approved).status, 403);
}

#[test]
fn special_category_words_are_sent_and_read_with_their_own_scope_alone() {
    let server = Server::start();
    let (without, _) = issue(&server, "hartlepool", Role::Integration, &[]);
    let (granted, _) = issue(&server, "hartlepool", Role::Integration, &[Scope::SpecialCategory]);
    let mut told = complaint();
    told["residents"][0]["adjustments"] = json!(["Large print."]);
    let receive = |key: &str| as_key(&server, key, "POST", "/v1/cases", &command(&told));
    let problem = receive(&without).problem(403, "scope-missing");
    assert_eq!(problem["errors"][0]["pointer"], "/content/residents/0/adjustments");
    let case = receive(&granted).case();
    let history = server.get(&format!("/v1/cases/{case}/history")).done();
    let resident = &history["events"][0]["event"]["event"]["received"]["residents"][0];
    let record = resident["adjustments"][0]["record"].as_str().unwrap();
    let path = format!("/v1/cases/{case}/records/{record}");
    let problem = as_key(&server, &without, "GET", &path, &Value::Null).problem(403, "scope-missing");
    assert!(problem["detail"].as_str().unwrap().contains("`special-category`"), "{problem}");
    let shown = as_key(&server, &granted, "GET", &path, &Value::Null).done();
    assert_eq!((&shown["body"], &shown["kind"]), (&json!("Large print."), &json!("special-category")));
}

/// What a CRM may not send, it cannot be missing: its case is as it was, however much others have told of the resident since.
#[test]
fn words_out_of_a_keys_reach_are_no_difference_to_what_it_sends() {
    let server = Server::start();
    let (without, _) = issue(&server, "hartlepool", Role::Integration, &[]);
    let (granted, _) = issue(&server, "hartlepool", Role::Officer, &[Scope::SpecialCategory]);
    let put = |key: &str, told: &Value| {
        let bearer = format!("Bearer {key}");
        let headers = [("Authorization", bearer.as_str()), ("Content-Type", "application/json")];
        server.send_bare("PUT", "/v1/references/c%3Am/y", &headers, command(told).to_string())
    };
    let case = put(&without, &complaint()).case();
    // A system's name may have a colon: its cases are found all the same.
    let found = server.get("/v1/cases?count=true&reference=c:m:y").done();
    assert_eq!((&found["total"], &found["cases"][0]["id"]), (&json!(1), &json!(case)));
    let told = json!({ "resident": 1, "ethnicity": ["Welsh"], "vulnerabilities": ["Deaf"], "reason": "They said so." });
    let bearer = format!("Bearer {granted}");
    let headers =
        [("Authorization", bearer.as_str()), ("Content-Type", "application/json"), ("If-Match", "\"1\"")];
    let path = format!("/v1/cases/{case}/correct-resident");
    assert_eq!(server.send_bare("POST", &path, &headers, command(&told).to_string()).status, 200);
    assert_eq!(put(&without, &complaint()).done()["events"], json!([]));
    // Whoever may send them has left them out, and is told.
    let (knowing, _) = issue(&server, "hartlepool", Role::Integration, &[Scope::SpecialCategory]);
    let problem = put(&knowing, &complaint()).problem(409, "reference-differs");
    assert_eq!(problem["errors"][0]["pointer"], "/content/residents/0/ethnicity");
}

#[test]
fn an_auditor_reads_the_case_and_no_words() {
    let server = Server::start();
    let (auditor, _) = issue(&server, "hartlepool", Role::Auditor, &[]);
    let case = server.accepted();
    let read = |path: &str| as_key(&server, &auditor, "GET", path, &Value::Null);
    let history = read(&format!("/v1/cases/{case}/history")).done();
    let received = &history["events"][0]["event"]["event"]["received"];
    for record in [&received["about"], &received["residents"][0]["person"]] {
        let record = record["record"].as_str().unwrap();
        let shown = read(&format!("/v1/cases/{case}/records/{record}")).done();
        assert_eq!((&shown["masked"], &shown["body"]), (&json!(true), &Value::Null));
    }
    read(&format!("/v1/cases/{case}/letters")).problem(403, "scope-missing");
    read(&format!("/v1/cases/{case}/letters/1")).problem(403, "scope-missing");
    let shown = read(&format!("/v1/cases/{case}")).text + &history.to_string();
    assert!(!shown.contains("Resident A") && !shown.contains("stair lighting"), "{shown}");
}
