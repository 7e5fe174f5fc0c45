//! Cases by the CRM's own reference.

use std::thread;

use redress_tests::client;
use serde_json::{Value, json};

use super::{Got, Instance, Shared};
use crate::api::samples;

const PATH: &str = "/v1/references/dynamics/CAS-1%2F2";

fn put(service: &Instance, headers: &[(&str, &str)], content: &Value) -> Got {
    let body = json!({ "occurred_at": "2026-11-02T11:00:00Z", "actor": "crm", "content": content });
    service.send("PUT", PATH, headers, &body)
}

#[test]
fn a_case_is_received_once_and_put_right_afterwards() {
    let shared = Shared::new();
    let service = shared.instance();
    let mut content = samples::complaint();
    let received = put(&service, &[], &content);
    let case = received.done(201).headers["location"].clone();
    let references = &received.json()["case"]["facts"]["references"];
    assert_eq!(*references, json!([{ "system": "dynamics", "value": "CAS-1/2" }]));
    let again = put(&service, &[], &content);
    assert_eq!((again.done(200).etag(), &again.json()["events"]), ("\"1\"", &json!([])));
    content["stock_type"] = json!("leasehold");
    content["channel"] = json!("email");
    let blind = put(&service, &[], &content);
    blind.problem(428, "version-required");
    assert_eq!((blind.etag(), service.version(&case)), ("\"1\"", 1));
    let corrected = put(&service, &[("If-Match", blind.etag())], &content);
    assert_eq!(corrected.done(200).etag(), "\"3\"");
    assert_eq!(corrected.json()["events"][1]["event"]["type"], "corrected");
    assert_eq!(service.version(&case), 3);
}

/// What the CRM has is held against what is held now, so that a correction made here ends the difference.
#[test]
fn a_resident_who_was_put_right_is_no_difference_any_more() {
    let shared = Shared::new();
    let service = shared.instance();
    let mut content = samples::complaint();
    let case = put(&service, &[], &content).done(201).headers["location"].clone();
    let before = content.clone();
    let person = json!({ "name": "Resident A", "email": "a@example.org", "address": "2 Right Road" });
    content["residents"][0]["person"] = person.clone();
    let problem = put(&service, &[], &content).problem(409, "reference-differs");
    assert_eq!(problem["errors"][0]["pointer"], "/content/residents/0/person");
    assert!(problem["errors"][0]["detail"].as_str().unwrap().contains("`correct-resident`"), "{problem}");
    let body =
        json!({ "actor": "crm", "content": { "resident": 1, "person": person, "reason": "They moved." } });
    service.send("POST", &format!("{case}/correct-resident"), &[("If-Match", "\"1\"")], &body).done(200);
    let again = put(&service, &[], &content);
    assert_eq!((again.done(200).etag(), &again.json()["events"]), ("\"2\"", &json!([])));
    // What it was before is a difference now.
    put(&service, &[], &before).problem(409, "reference-differs");
}

#[test]
fn what_cannot_be_corrected_is_named_without_being_said() {
    let shared = Shared::new();
    let service = shared.instance();
    let mut content = samples::complaint();
    let before = content["about"].as_str().unwrap().to_owned();
    put(&service, &[], &content).done(201);
    content["about"] = json!("Now it is about something else.");
    content["kind"] = json!("service-request");
    content["stock_type"] = json!("leasehold");
    let refused = put(&service, &[], &content);
    let problem = refused.problem(409, "reference-differs");
    let pointers: Vec<&Value> =
        problem["errors"].as_array().unwrap().iter().map(|error| &error["pointer"]).collect();
    assert_eq!(pointers, ["/content/about", "/content/kind"]);
    assert!(!refused.text.contains(&before) && !refused.text.contains("something else"));
    assert!(problem["errors"][1]["detail"].as_str().unwrap().contains("`raise-complaint`"));
    let unchanged = put(&service, &[], &samples::complaint());
    assert_eq!(unchanged.done(200).etag(), "\"1\"");
}

#[test]
fn what_there_is_to_be_is_heeded() {
    let shared = Shared::new();
    let service = shared.instance();
    let content = samples::complaint();
    put(&service, &[("If-Match", "*")], &content).problem(412, "stale");
    put(&service, &[("If-None-Match", "*")], &content).done(201);
    put(&service, &[("If-None-Match", "*")], &content).problem(412, "stale");
    put(&service, &[("If-Match", "\"2\"")], &content).problem(412, "stale");
    put(&service, &[("If-Match", "\"1\"")], &content).done(200);
}

#[test]
fn of_two_who_send_a_new_reference_at_once_one_receives_it() {
    let shared = Shared::new();
    let instances = [shared.instance(), shared.instance()];
    let content = samples::complaint();
    let mut statuses: Vec<u16> = thread::scope(|scope| {
        let content = &content;
        let send = |service| scope.spawn(move || put(service, &[], content).status);
        let sent: Vec<_> = instances.iter().cycle().take(8).map(send).collect();
        sent.into_iter().map(|sent| sent.join().unwrap()).collect()
    });
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 200, 200, 200, 200, 200, 200, 201]);
}

#[test]
fn a_reference_that_is_taken_leads_to_the_landlords_own_case_alone() {
    let shared = Shared::new();
    let service = shared.instance();
    let mut content = samples::complaint();
    content["references"] = json!([{ "system": "mri", "value": "1" }]);
    let first = service.post("/v1/cases", &[], &content).done(201).headers["location"].clone();
    let taken = service.post("/v1/cases", &[], &content);
    let problem = taken.problem(409, "reference-taken");
    assert_eq!(problem["errors"][0]["pointer"], "/content/references/0");
    let id = first.rsplit('/').next().unwrap();
    assert!(problem["hint"].as_str().unwrap().contains(id));
    let body = json!({ "actor": "crm", "content": content });
    let other =
        service.http.post(service.url("/v1/cases")).header("Authorization", client::identity("portsmouth").1);
    assert_eq!(other.json(&body).send().unwrap().status(), 201);
}
