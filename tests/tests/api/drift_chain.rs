//! The chain of digests, and the digests of the words that the log refers to.

use std::collections::{BTreeMap, BTreeSet};

use redress_shared::case::record::Digest;
use redress_shared::case::{CaseId, chain};
use serde_json::{Value, json};

use redress_tests::database::Database;
use redress_tests::tables::hex as hex_of;

use crate::api::logs;
use crate::api::samples;
use crate::api::server::Server;
use crate::api::tables;

/// Recomputes every digest in a database.
pub fn whole(database: &Database) {
    let events = stored(database);
    assert_eq!(broken(&events), Vec::<String>::new());
    let referred: BTreeMap<String, String> =
        events.iter().flat_map(|(_, body, _)| references(body)).collect();
    let mut connection = tables::connect(database);
    let ids: BTreeSet<String> =
        tables::lines(&mut connection, "SELECT id AS line FROM case_records").into_iter().collect();
    assert_eq!(ids, referred.keys().cloned().collect(), "the log and the records name each other");
    let salt_of = hex_of(&connection, "salt");
    for (id, digest) in referred {
        let column = |connection: &mut _, what: &str| {
            tables::lines(connection, &format!("SELECT {what} AS line FROM case_records WHERE id = '{id}'"))
                .remove(0)
        };
        let salt = hex(&column(&mut connection, &salt_of));
        assert_eq!(salt.len(), 16);
        assert_eq!(chain::record_digest(&salt, &column(&mut connection, "body")).to_string(), digest);
    }
}

/// Case, body and digest of each event, in order.
fn stored(database: &Database) -> Vec<(String, String, String)> {
    let mut connection = tables::connect(database);
    let mut column = |what: &str| {
        tables::lines(
            &mut connection,
            &format!("SELECT {what} AS line FROM case_events ORDER BY case_id, sequence"),
        )
    };
    let (cases, bodies, digests) = (column("case_id"), column("body"), column("digest"));
    cases.into_iter().zip(bodies).zip(digests).map(|((case, body), digest)| (case, body, digest)).collect()
}

/// The events whose digest is not the one that the chain gives, and those whose number leaves a gap.
fn broken(events: &[(String, String, String)]) -> Vec<String> {
    let mut before: BTreeMap<&str, (u64, Digest)> = BTreeMap::new();
    let mut broken = Vec::new();
    for (case, body, digest) in events {
        let (number, previous) = before.get(case.as_str()).copied().unwrap_or_default();
        let id: CaseId = case.parse().unwrap();
        let sequence = serde_json::from_str::<Value>(body).unwrap()["sequence"].as_u64().unwrap();
        let expected = chain::link(id, previous, body);
        if expected.to_string() != *digest || sequence != number + 1 {
            broken.push(format!("{case} {sequence}"));
        }
        before.insert(case, (sequence, digest.parse().unwrap()));
    }
    broken
}

/// Every record that an event refers to, with the digest that it gives.
fn references(body: &str) -> Vec<(String, String)> {
    fn gather(value: &Value, found: &mut Vec<(String, String)>) {
        match value {
            Value::Object(members) => {
                if let (Some(Value::String(record)), Some(Value::String(digest))) =
                    (members.get("record"), members.get("digest"))
                {
                    found.push((record.clone(), digest.clone()));
                }
                members.values().for_each(|member| gather(member, found));
            }
            Value::Array(items) => items.iter().for_each(|item| gather(item, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    gather(&serde_json::from_str(body).unwrap(), &mut found);
    found
}

fn hex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}

#[test]
fn an_event_altered_anywhere_breaks_the_chain() {
    let server = Server::start();
    let case = server.accepted();
    server.command(&case, "acknowledge", &samples::acknowledgement()).done();
    let events = stored(server.database());
    assert_eq!((events.len(), broken(&events).len()), (3, 0));
    for number in 0..events.len() {
        let mut altered = events.clone();
        altered[number].1 = altered[number].1.replace("\"actor\":\"crm\"", "\"actor\":\"nobody\"");
        assert!(!broken(&altered).is_empty(), "event {number} can be altered unseen");
        if number + 1 < events.len() {
            let mut shorter = events.clone();
            shorter.remove(number);
            assert!(!broken(&shorter).is_empty(), "event {number} can be left out unseen");
        }
    }
}

#[test]
fn a_record_can_be_erased_and_the_chain_still_holds() {
    let server = Server::start();
    let case = server.case();
    let mut connection = tables::connect(server.database());
    let id =
        tables::lines(&mut connection, "DELETE FROM case_records WHERE kind = 'person' RETURNING id AS line");
    assert_eq!(broken(&stored(server.database())), Vec::<String>::new());
    let gone = server.get(&format!("/v1/cases/{case}/records/{}", id[0]));
    gone.problem(404, "not-found");
    server.command(&case, "accept", &json!({})).done();
}

#[test]
fn an_event_altered_in_the_database_is_noticed_whenever_its_case_is_read() {
    let server = Server::start();
    let (case, other) = (server.accepted(), server.accepted());
    let mut connection = tables::connect(server.database());
    let altered = format!(
        "UPDATE case_events SET body = replace(body, '\"crm\"', '\"nobody\"') \
         WHERE case_id = '{case}' AND sequence = 2 RETURNING case_id AS line"
    );
    assert_eq!(tables::lines(&mut connection, &altered).len(), 1);
    let address = format!("/v1/cases/{case}");
    let before = tables::dump(&server);
    for answer in [
        server.get(&address),
        server.get(&format!("{address}/history")),
        server.command(&case, "acknowledge", &samples::acknowledgement()),
    ] {
        let problem = answer.problem(500, "internal").to_string();
        for leaked in ["nobody", "digest", "event", "damaged", case.as_str()] {
            assert!(!problem.contains(leaked), "{leaked}: {problem}");
        }
    }
    assert_eq!(before, tables::dump(&server));
    let told = format!("case {case}: event 2 is damaged");
    assert!(logs::so_far().lines().any(|line| line.contains("ERROR") && line.contains(&told)));
    server.get(&format!("/v1/cases/{other}")).done();
}

#[test]
fn a_log_that_does_not_open_its_case_is_our_fault_and_not_the_callers() {
    let server = Server::start();
    let case = server.accepted();
    let mut connection = tables::connect(server.database());
    let body = tables::lines(
        &mut connection,
        &format!("SELECT body AS line FROM case_events WHERE case_id = '{case}' AND sequence = 2"),
    )
    .remove(0);
    let digest = chain::link(case.parse().unwrap(), Digest::default(), &body);
    let numbered = format!("DELETE FROM feed WHERE case_id = '{case}' AND sequence = 1");
    tables::execute(&mut connection, &numbered);
    for statement in [
        format!(
            "DELETE FROM case_events WHERE case_id = '{case}' AND sequence = 1 RETURNING case_id AS line"
        ),
        format!(
            "UPDATE case_events SET digest = '{digest}' WHERE case_id = '{case}' RETURNING case_id AS line"
        ),
    ] {
        assert_eq!(tables::lines(&mut connection, &statement).len(), 1);
    }
    server.get(&format!("/v1/cases/{case}")).problem(500, "internal");
    server.command(&case, "acknowledge", &samples::acknowledgement()).problem(500, "internal");
}
