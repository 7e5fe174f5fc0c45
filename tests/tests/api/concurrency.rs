//! Many writers at once.

use std::collections::BTreeSet;
use std::sync::Barrier;

use serde_json::json;

use redress_service::storage::Connection;

use crate::api::drift_chain;
use crate::api::samples::{complaint, with};
use crate::api::server::Server;
use crate::api::tables;

const WRITERS: usize = 16;

#[test]
fn sixteen_writers_lose_no_event_and_leave_no_gap() {
    let server = Server::start();
    let shared = server.accepted();
    let barrier = Barrier::new(WRITERS);
    std::thread::scope(|scope| {
        for writer in 0..WRITERS {
            let (server, shared, barrier) = (&server, &shared, &barrier);
            scope.spawn(move || {
                barrier.wait();
                let own = server.accepted();
                for round in 0..4 {
                    let note = json!({ "note": format!("Writer {writer}, round {round}.") });
                    server.command(&own, "update-resident", &note).done();
                    server.command(shared, "update-resident", &note).done();
                }
            });
        }
    });
    let history = server.get(&format!("/v1/cases/{shared}/history")).done();
    let numbers: Vec<u64> = history["events"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| line["event"]["sequence"].as_u64().unwrap())
        .collect();
    assert_eq!(numbers, (1..=2 + 4 * WRITERS as u64).collect::<Vec<_>>());
    let mut connection = tables::connect(server.database());
    let versions = tables::lines(
        &mut connection,
        "SELECT version || ' ' || (SELECT count(*) FROM case_events WHERE case_id = cases.id) AS line FROM cases",
    );
    let kinds: BTreeSet<String> = versions.iter().cloned().collect();
    assert_eq!(versions.len(), WRITERS + 1);
    assert_eq!(kinds, BTreeSet::from(["6 6".to_owned(), "66 66".to_owned()]));
    drift_chain::whole(server.database());
}

#[test]
fn of_two_who_have_seen_the_same_version_one_is_told_that_it_has_changed() {
    let server = Server::start();
    let case = server.accepted();
    let barrier = Barrier::new(WRITERS);
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let writers: Vec<_> = (0..WRITERS)
            .map(|_| {
                scope.spawn(|| {
                    barrier.wait();
                    let body = json!({ "actor": "crm", "content": { "note": "Told." } });
                    server.of("hartlepool").order_at("\"2\"", &case, "update-resident", &body).status
                })
            })
            .collect();
        writers.into_iter().map(|writer| writer.join().unwrap()).collect()
    });
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
    assert_eq!(statuses.iter().filter(|status| **status == 412).count(), WRITERS - 1, "{statuses:?}");
}

#[test]
fn of_many_who_bring_the_same_reference_one_opens_the_case() {
    let server = Server::start();
    let content = with(complaint(), "references", json!([{ "system": "crm", "value": "C-1" }]));
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let writers: Vec<_> = (0..8)
            .map(|_| scope.spawn(|| server.receive_at("2026-11-02T11:00:00Z", &content).status))
            .collect();
        writers.into_iter().map(|writer| writer.join().unwrap()).collect()
    });
    assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 1, "{statuses:?}");
    assert_eq!(statuses.iter().filter(|status| **status == 409).count(), 7, "{statuses:?}");
    assert_eq!(tables::dump(&server)["cases"].len(), 1);
}

/// Another program holds what has to be written for longer than a caller should wait.
#[test]
fn a_database_that_stays_busy_is_said_to_be_so() {
    let server = Server::start();
    let case = server.case();
    let mut other = tables::connect(server.database());
    let hold = match other {
        Connection::Sqlite(_) => "BEGIN IMMEDIATE",
        Connection::Postgres(_) => "BEGIN; LOCK TABLE cases IN EXCLUSIVE MODE",
    };
    tables::execute(&mut other, hold);
    let problem = server.command(&case, "accept", &json!({})).problem(503, "busy");
    assert!(problem["detail"].as_str().unwrap().contains("nothing of the request was kept"), "{problem}");
    server.get(&format!("/v1/cases/{case}")).done();
    tables::execute(&mut other, "ROLLBACK");
    server.command(&case, "accept", &json!({})).done();
}
