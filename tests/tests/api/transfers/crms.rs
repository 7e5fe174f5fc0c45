//! The mappings of the CRMs that Redress comes with, each with the example beside it.

use serde_json::{Value, json};

use super::{bring_in, counts, wrong};
use crate::api::server::Server;

fn brought(server: &Server, mapping: &str, example: &str) {
    let import = bring_in(server, mapping, example);
    assert_eq!(wrong(server, &import), []);
    assert_eq!(counts(&import), [2, 0, 2, 0, 0]);
    // The same file again changes nothing.
    assert_eq!(counts(&bring_in(server, mapping, example)), [2, 0, 0, 2, 0]);
}

fn case(server: &Server, system: &str, value: &str) -> Value {
    server.get(&format!("/v1/references/{system}/{value}")).done()
}

/// The words for what happened to a case.
fn events(server: &Server, case: &Value) -> Vec<String> {
    let history = server.get(&format!("/v1/cases/{}/history", case["id"].as_str().unwrap())).done();
    let word = |event: &Value| event["event"]["event"]["type"].as_str().unwrap().to_owned();
    history["events"].as_array().unwrap().iter().map(word).collect()
}

#[test]
fn incidents_of_dynamics_come_in_as_the_mapping_says() {
    let server = Server::start();
    let mapping = include_str!("../../../../service/mappings/dynamics-365.toml");
    brought(&server, mapping, include_str!("../../../../service/mappings/dynamics-365.example.ndjson"));
    let first = case(&server, "dynamics", "CAS-01001-B4C2D1");
    assert_eq!((&first["phase"], &first["facts"]["stock_type"]), (&json!("closed"), &json!("lcra")));
    assert_eq!(events(&server, &first), ["opened", "accepted", "acknowledged", "answered", "closed"]);
    let second = case(&server, "dynamics", "CAS-01002-F7A9E3");
    let wanted = [
        "opened",
        "accepted",
        "acknowledged",
        "extension-given",
        "answered",
        "escalation-asked",
        "escalation-accepted",
        "acknowledged",
        "answered",
        "closed",
    ];
    assert_eq!(events(&server, &second), wanted);
}

#[test]
fn cases_of_salesforce_come_in_as_the_mapping_says() {
    let server = Server::start();
    let mapping = include_str!("../../../../service/mappings/salesforce.toml");
    brought(&server, mapping, include_str!("../../../../service/mappings/salesforce.example.ndjson"));
    // Half past eleven at night in British Summer Time is still that day.
    let late = case(&server, "salesforce", "00001027");
    assert_eq!(late["received_at"], "2025-07-31T22:30:00Z");
    let first = case(&server, "salesforce", "00001026");
    assert!(events(&server, &first).contains(&"survey-recorded".to_owned()));
}

#[test]
fn requests_of_open311_come_in_as_service_requests() {
    let server = Server::start();
    let mapping = include_str!("../../../../service/mappings/open311.toml");
    brought(&server, mapping, include_str!("../../../../service/mappings/open311.example.ndjson"));
    let done = case(&server, "open311", "638344");
    assert_eq!((&done["kind"], &done["phase"]), (&json!("service-request"), &json!("settled")));
    let open = case(&server, "open311", "638349");
    assert_eq!(open["phase"], "open");
    // A resident who is not satisfied with it has a complaint.
    let id = open["id"].as_str().unwrap();
    let about =
        json!({ "about": "Still dead after three weeks.", "dissatisfied": true, "channel": "telephone" });
    let raised = server.command(id, "raise-complaint", &about).done();
    assert!(raised["complaint"].is_string(), "{raised}");
}
