//! The mappings of the CRMs that Redress comes with, each with the example beside it.

use serde_json::{Value, json};

use super::{bring_in, counts, done, put_file, wrong};
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

/// A mapping and an example without what a landlord has under names of its own, and with other values besides.
fn without_own(mapping: &str, example: &str, own: fn(&str) -> bool, besides: &Value) -> (Value, String) {
    let mut mapping: Value = serde_json::to_value(toml::from_str::<toml::Value>(mapping).unwrap()).unwrap();
    let columns = mapping["columns"].as_object_mut().unwrap();
    columns.retain(|_, column| !own(column.as_str().unwrap()));
    let left: Vec<String> = columns.keys().cloned().collect();
    mapping["values"].as_object_mut().unwrap().retain(|field, _| left.contains(field));
    mapping["constants"]["stock_type"] = json!("lcra");
    let line = |line: &str| {
        let mut case: Value = serde_json::from_str(line).unwrap();
        let members = case.as_object_mut().unwrap();
        members.retain(|name, _| !own(name));
        members.extend(besides.as_object().unwrap().clone());
        format!("{case}\n")
    };
    (mapping, example.lines().map(line).collect())
}

/// Brings a file in by a mapping as JSON.
fn bring(server: &Server, mapping: &Value, file: &str) -> Value {
    let made = server.post("/v1/imports", &json!({ "mapping": mapping }));
    assert_eq!(made.status, 201, "{}", made.text);
    let import = made.header("location").unwrap().to_owned();
    assert_eq!(put_file(server, &import, file).done()["state"], "ready");
    done(server, &import, false)
}

/// What is closed in the CRM is closed here, or is refused by name; it is never open, and overdue for years.
#[test]
fn a_resolved_incident_is_closed_or_refused_and_never_open() {
    let mapping = include_str!("../../../../service/mappings/dynamics-365.toml");
    let example = include_str!("../../../../service/mappings/dynamics-365.example.ndjson");
    let own = |name: &str| name.starts_with("hsg_");
    let server = Server::start();
    let (mapping, file) = without_own(mapping, example, own, &json!({}));
    let import = bring(&server, &mapping, &file);
    assert_eq!((counts(&import), wrong(&server, &import)), ([2, 0, 2, 0, 0], vec![]));
    for number in ["CAS-01001-B4C2D1", "CAS-01002-F7A9E3"] {
        let case = case(&server, "dynamics", number);
        assert_eq!(
            (&case["phase"], &case["closing"]["reason"]),
            (&json!("closed"), &json!("unanswered")),
            "{case}"
        );
    }
    assert_eq!(server.get("/v1/due").done()["due"], json!([]));
    for (besides, field, code) in [
        (json!({ "Incident_IncidentResolutions": [] }), "closed.on", "missing"),
        (json!({ "statecode": 2 }), "closed.on", "unreadable"),
        (json!({ "statecode": null }), "closed.on", "unreadable"),
    ] {
        let server = Server::start();
        let (mapping, file) = (&mapping, with_all(&file, &besides));
        let import = bring(&server, mapping, &file);
        let wanted = |row| (row, field.to_owned(), code.to_owned());
        assert_eq!(wrong(&server, &import), [wanted(1), wanted(2)], "{besides}");
    }
    // Taken up again, it is open, whatever resolution it had.
    let server = Server::start();
    bring(&server, &mapping, &with_all(&file, &json!({ "statecode": 0 })));
    assert_ne!(case(&server, "dynamics", "CAS-01001-B4C2D1")["phase"], "closed");
}

fn with_all(file: &str, besides: &Value) -> String {
    let line = |line: &str| {
        let mut case: Value = serde_json::from_str(line).unwrap();
        case.as_object_mut().unwrap().extend(besides.as_object().unwrap().clone());
        format!("{case}\n")
    };
    file.lines().map(line).collect()
}

#[test]
fn a_closed_case_of_salesforce_is_closed_or_refused_and_never_open() {
    let mapping = include_str!("../../../../service/mappings/salesforce.toml");
    let example = include_str!("../../../../service/mappings/salesforce.example.ndjson");
    let server = Server::start();
    let (mapping, file) = without_own(mapping, example, |name| name.ends_with("__c"), &json!({}));
    let import = bring(&server, &mapping, &file);
    assert_eq!((counts(&import), wrong(&server, &import)), ([2, 0, 2, 0, 0], vec![]));
    assert_eq!(case(&server, "salesforce", "00001026")["closing"]["reason"], "unanswered");
    let server = Server::start();
    let import = bring(&server, &mapping, &with_all(&file, &json!({ "ClosedDate": null })));
    let wanted = |row| (row, "closed.on".to_owned(), "missing".to_owned());
    assert_eq!(wrong(&server, &import), [wanted(1), wanted(2)]);
    let import = bring(&server, &mapping, &with_all(&file, &json!({ "IsClosed": false })));
    assert_eq!(counts(&import), [2, 0, 2, 0, 0]);
    assert_ne!(case(&server, "salesforce", "00001026")["phase"], "closed");
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
