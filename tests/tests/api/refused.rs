//! A refused command leaves nothing behind, in no table.

use serde_json::json;

use crate::api::samples::{complaint, contact, with};
use crate::api::server::Server;
use crate::api::tables::{Dump, dump};
use crate::api::verbs;

fn unchanged(server: &Server, before: &Dump, what: &str) {
    assert_eq!(before, &dump(server), "{what} left something behind");
}

#[test]
fn every_command_that_a_settled_enquiry_refuses_leaves_every_table_as_it_was() {
    let server = Server::start();
    let case = server.receive_at("2026-11-02T11:00:00Z", &contact("enquiry")).case();
    server.command(&case, "settle", &json!({ "note": "Told." })).done();
    let mut refused = 0;
    for (verb, content) in verbs::on_a_case() {
        let before = dump(&server);
        let seen = server.get(&format!("/v1/cases/{case}"));
        if server.command(&case, verb, &content).status == 409 {
            unchanged(&server, &before, verb);
            assert_eq!(seen, server.get(&format!("/v1/cases/{case}")));
            refused += 1;
        }
    }
    assert!(refused > 30, "only {refused} were refused");
}

#[test]
fn a_taken_reference_refuses_the_whole_receipt() {
    let server = Server::start();
    let referred = with(complaint(), "references", json!([{ "system": "crm", "value": "C-1" }]));
    let first = server.receive_at("2026-11-02T11:00:00Z", &referred).case();
    let before = dump(&server);
    let problem = server.receive_at("2026-11-02T11:00:00Z", &referred).problem(409, "reference-taken");
    assert_eq!(problem["hint"], format!("that case is {first}"));
    unchanged(&server, &before, "the second receipt");
}

#[test]
fn another_landlord_may_have_the_same_reference() {
    let server = Server::start();
    let referred = with(complaint(), "references", json!([{ "system": "crm", "value": "C-1" }]));
    server.receive_at("2026-11-02T11:00:00Z", &referred).done();
    let body = json!({ "occurred_at": "2026-11-02T11:00:00Z", "actor": "crm", "content": referred });
    server.of("bradford").post("/v1/cases", &body).done();
}

#[test]
fn a_reference_given_twice_on_one_case_is_one_reference() {
    let server = Server::start();
    let twice = json!([{ "system": "crm", "value": "C-1" }, { "system": "crm", "value": " C-1 " }]);
    let case = server.receive_at("2026-11-02T11:00:00Z", &with(complaint(), "references", twice)).case();
    let found = server.get("/v1/cases?reference=crm:C-1").done();
    let lines = found["cases"].as_array().unwrap();
    let [line] = lines.as_slice() else { panic!("not one case: {found}") };
    let once = json!([{ "system": "crm", "value": "C-1" }]);
    assert_eq!((&line["id"], &line["references"]), (&json!(case), &once));
}

/// The due date is computed last, when the case's row and events stand in the transaction already.
#[test]
fn a_due_date_past_the_calendar_undoes_what_was_written_before_it() {
    let server = Server::at("2027-12-30T12:00:00Z");
    let before = dump(&server);
    let body = with(complaint(), "event_on", json!("2027-12-01"));
    let problem = server.receive_at("2027-12-29T09:00:00Z", &body).problem(409, "beyond-calendar");
    assert!(problem["detail"].as_str().unwrap().contains("2028"), "{problem}");
    unchanged(&server, &before, "a case past the calendar");
    assert_eq!(server.get("/v1/cases").done()["cases"], json!([]));
}

#[test]
fn a_step_whose_due_date_lies_past_the_calendar_leaves_the_case_as_it_was() {
    let server = Server::at("2027-12-22T12:00:00Z");
    let body = with(complaint(), "event_on", json!("2027-12-01"));
    let case = server.receive_at("2027-12-01T09:00:00Z", &body).case();
    let early = json!({ "occurred_at": "2027-12-01T10:00:00Z", "actor": "crm", "content": {} });
    server.post(&format!("/v1/cases/{case}/accept"), &early).done();
    let before = dump(&server);
    server
        .command(&case, "acknowledge", &crate::api::samples::acknowledgement())
        .problem(409, "beyond-calendar");
    unchanged(&server, &before, "an acknowledgement past the calendar");
}
