//! Looking after a database: whether it is what its events say.

mod feed;
mod paper;
mod unreadable;

use redress_service::application::library;
use redress_service::upkeep::{Found, Report, verify};
use redress_tests::database::Backend;
use serde_json::json;

use crate::BACKEND;
use crate::api::personal_data::{ended, erase, marked, resident};
use crate::api::play;
use crate::api::server::Server;
use crate::api::tables;

pub fn look(server: &Server, renew: bool) -> (Report, Vec<Found>) {
    let mut found = Vec::new();
    let mut connection = tables::connect(server.database());
    let report =
        verify(&mut connection, library(None).unwrap(), renew, &mut |what| found.push(what)).unwrap();
    (report, found)
}

/// What is told after statements that nobody should make.
fn after(server: &Server, statements: &str) -> Vec<String> {
    tables::execute(&mut tables::connect(server.database()), statements);
    look(server, false).1.into_iter().map(|found| found.what).collect()
}

/// The same, of statements that the database itself would refuse, since what they leave refers to what is not there.
fn after_all(server: &Server, statements: &str) -> Vec<String> {
    let unlocked = match BACKEND {
        Backend::Sqlite => "PRAGMA foreign_keys = OFF",
        Backend::Postgres => "SET session_replication_role = replica",
    };
    after(server, &format!("{unlocked}; {statements}"))
}

#[test]
fn whatever_the_scenarios_leave_is_what_their_events_say() {
    let server = Server::at(play::TOLD_ON);
    play::all(&server);
    let (report, found) = look(&server, false);
    assert_eq!(found, []);
    assert!(report.cases > 180 && report.events > 800, "{report:?}");
}

#[test]
fn a_due_date_that_was_altered_is_named_and_written_anew() {
    let server = Server::start();
    let case = server.accepted();
    let told = after(&server, "UPDATE case_stages SET policy_respond_due_on = '2027-01-01'");
    assert_eq!(told, ["case_stages 1: policy_respond_due_on"]);
    let (report, found) = look(&server, true);
    assert_eq!((report.renewed, found.len()), (1, 1));
    assert_eq!(found[0].case.as_deref(), Some(case.as_str()));
    assert_eq!(look(&server, false).1, []);
}

#[test]
fn a_row_that_is_gone_or_should_not_be_there_is_named() {
    let server = Server::start();
    let case = server.accepted();
    let told = after(&server, "DELETE FROM case_categories");
    assert_eq!(told, ["case_categories Communal areas: missing"]);
    let told = after(
        &server,
        &format!(
            "INSERT INTO case_categories VALUES ('{case}', 'hartlepool', 'Communal areas'); INSERT INTO case_categories VALUES ('{case}', 'hartlepool', 'Lifts')"
        ),
    );
    assert_eq!(told, ["case_categories Lifts: should not be there"]);
}

#[test]
fn a_word_that_was_altered_or_is_gone_is_named_by_its_record() {
    let server = Server::start();
    server.case();
    let told = after(&server, "UPDATE case_records SET body = 'Something else.' WHERE kind = 'narrative'");
    assert!(told.len() == 1 && told[0].ends_with("is not what its digest was made of"), "{told:?}");
    assert!(!told[0].contains("Something"), "{told:?}");
    let told = after(&server, "DELETE FROM case_records");
    assert!(
        told.len() >= 2 && told.iter().all(|what| what.ends_with("is not there, and was not erased")),
        "{told:?}"
    );
}

#[test]
fn a_word_that_is_kept_under_another_case_or_under_none_is_named_by_its_record() {
    let server = Server::start();
    let (one, other) = (server.case(), server.case());
    let about = format!("case_id = '{one}' AND kind = 'narrative'");
    let record = tables::lines(
        &mut tables::connect(server.database()),
        &format!("SELECT id AS line FROM case_records WHERE {about}"),
    );
    let [record] = record.as_slice() else { panic!("{record:?}") };
    let told = after(&server, &format!("UPDATE case_records SET case_id = '{other}' WHERE {about}"));
    let moved = format!("record {record} is kept under {other}, which is another case");
    let strange = format!("record {record} is kept, and no event refers to it");
    assert_eq!(told, [moved, strange]);
    let nowhere = format!("UPDATE case_records SET case_id = 'nowhere' WHERE id = '{record}'");
    let told = after_all(&server, &nowhere);
    let homeless = format!("record {record} is kept under case nowhere, which is not there");
    let moved = format!("record {record} is kept under nowhere, which is another case");
    assert_eq!(told, [homeless, moved]);
    let back = format!("UPDATE case_records SET case_id = '{one}' WHERE id = '{record}'");
    assert_eq!(after(&server, &back), Vec::<String>::new());
}

#[test]
fn a_word_that_no_event_refers_to_is_named_by_its_record() {
    let server = Server::start();
    server.case();
    let told = after(
        &server,
        "INSERT INTO case_records SELECT '0199b5e0-0000-7000-8000-000000000001', landlord_id, case_id, kind, salt, 'Slipped in.' \
         FROM case_records WHERE kind = 'narrative'",
    );
    assert_eq!(told, ["record 0199b5e0-0000-7000-8000-000000000001 is kept, and no event refers to it"]);
}

#[test]
fn a_record_that_is_kept_as_another_kind_is_named() {
    let server = Server::start();
    server.receive_at("2026-11-02T11:00:00Z", &marked(json!([resident("Ann")]))).done();
    assert_eq!(look(&server, false).1, []);
    for (kind, other) in
        [("person", "narrative"), ("special-category", "person"), ("narrative", "special-category")]
    {
        let told = after(&server, &format!("UPDATE case_records SET kind = '{other}' WHERE kind = '{kind}'"));
        assert!(
            told.iter().any(|what| what.ends_with("is kept as another kind than its event holds")),
            "{kind} {told:?}"
        );
    }
}

#[test]
fn an_event_that_was_altered_or_is_gone_is_named() {
    let server = Server::start();
    server.accepted();
    let gone = "DELETE FROM feed_waiting WHERE sequence = 2; DELETE FROM feed WHERE sequence = 2; DELETE FROM case_events WHERE sequence = 2";
    let told = after(&server, gone);
    assert!(told.iter().any(|what| what.starts_with("cases: version")), "{told:?}");
    let told = after(&server, "UPDATE case_events SET body = replace(body, '\"crm\"', '\"nobody\"')");
    assert!(told.iter().any(|what| what.starts_with("event 1 is damaged")), "{told:?}");
}

#[test]
fn an_event_whose_columns_are_not_its_own_is_named() {
    let server = Server::start();
    server.accepted();
    let told = after(&server, "UPDATE case_events SET kind = 'closed' WHERE sequence = 2");
    assert_eq!(told, ["event 2 has a number or a name that is not its own"]);
}

#[test]
fn a_record_that_is_marked_as_erased_by_nothing_is_named() {
    let server = Server::start();
    let case = ended(&server, &marked(json!([resident("Ann")])));
    erase(&server, &case, 1).done();
    server.case();
    assert_eq!(look(&server, false).1, []);
    let marked = "INSERT INTO erased_records SELECT r.id, r.landlord_id, r.case_id, e.id, e.erased_at FROM case_records r, erasures e; \
        DELETE FROM case_records";
    let told = after(&server, marked);
    assert!(told.len() == 1 && told[0].starts_with("erasure "), "{told:?}");
}
