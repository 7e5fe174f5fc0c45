//! Looking after a database: whether it is what its events say, and copies of it.

use redress_service::application::library;
use redress_service::upkeep::{Found, Report, verify};
use redress_service::use_cases::bank_holidays::rulebook;

use serde_json::json;

use crate::api::documents::attach;
use crate::api::personal_data::{ended, erase, marked, resident};
use crate::api::play;
use crate::api::samples::{acknowledgement, complaint};
use crate::api::server::Server;
use crate::api::tables;
use crate::api::timers::tell;

pub fn look(server: &Server, renew: bool) -> (Report, Vec<Found>) {
    let mut found = Vec::new();
    let mut connection = tables::connect(server.database());
    let rulebook = rulebook(&mut connection, library(None).unwrap()).unwrap();
    let report = verify(&mut connection, &rulebook, renew, &mut |what| found.push(what)).unwrap();
    (report, found)
}

/// What is told after statements that nobody should make.
fn after(server: &Server, statements: &str) -> Vec<String> {
    tables::execute(&mut tables::connect(server.database()), statements);
    look(server, false).1.into_iter().map(|found| found.what).collect()
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
fn a_number_that_the_feed_lacks_is_named() {
    let server = Server::start();
    server.accepted();
    server.get("/v1/events").done();
    let told = after(&server, "DELETE FROM feed WHERE number = 1");
    assert!(told.iter().any(|what| what == "1 events are numbered, and 2 numbers were given"), "{told:?}");
    assert!(told.iter().any(|what| what == "1 events are in the feed, and 2 in its cases"), "{told:?}");
}

#[test]
fn a_line_of_the_feed_that_is_out_of_order_or_called_wrong_is_named() {
    let server = Server::start();
    server.accepted();
    server.get("/v1/events").done();
    let told = after(&server, "UPDATE feed SET kind = 'closed' WHERE number = 2");
    assert_eq!(told, ["event 2 is called something else in the feed, with the number 2"]);
    let turned = "UPDATE feed SET kind = 'accepted', number = 9 WHERE number = 2; \
        UPDATE feed SET number = 2 WHERE number = 1; UPDATE feed SET number = 1 WHERE number = 9";
    assert_eq!(after(&server, turned), ["event 1 has the number 2 in the feed, after event 2"]);
}

#[test]
fn an_event_whose_columns_are_not_its_own_is_named() {
    let server = Server::start();
    server.accepted();
    let told = after(&server, "UPDATE case_events SET kind = 'closed' WHERE sequence = 2");
    assert_eq!(told, ["event 2 has a number or a name that is not its own"]);
}

/// A case with an issued letter and a document.
fn with_paper(server: &Server) -> String {
    let case = server.accepted();
    server.command(&case, "acknowledge", &acknowledgement()).done();
    server.post(&format!("/v1/cases/{case}/letters/3/issue"), &json!({})).done();
    attach(server, &case, "a.pdf").done();
    assert_eq!(look(server, false).1, []);
    case
}

#[test]
fn a_letter_that_was_altered_or_is_gone_is_named() {
    for (statement, wanted) in [
        ("UPDATE issued_letters SET html = 'forged'", "is not what its digests were made of"),
        ("UPDATE issued_letters SET plain = 'forged'", "is not what its digests were made of"),
        ("UPDATE issued_letters SET addressee = 2", "is not the one that was told of"),
        ("UPDATE issued_letters SET letter = '9'", "is of an event that is not there"),
        ("DELETE FROM issued_letters", "was issued, and is not there"),
    ] {
        let server = Server::start();
        with_paper(&server);
        let told = after(&server, statement);
        assert!(
            told.iter().any(|what| what.starts_with("letter ") && what.ends_with(wanted)),
            "{statement}: {told:?}"
        );
        assert!(!told.concat().contains("forged"), "{told:?}");
    }
}

#[test]
fn a_document_that_is_gone_and_a_notice_that_was_altered_are_named() {
    for (statement, wanted) in [
        ("DELETE FROM documents", "was told of, and is not there"),
        ("UPDATE documents SET size = 5", "is not the one that was told of"),
        (
            "UPDATE notices SET body = replace(body, '\"size\":', '\"size\":1')",
            "is not the one that was told of",
        ),
        (
            "UPDATE notices SET kind = 'overdue' WHERE kind = 'letter-issued'",
            "is called something else in the feed",
        ),
        (
            "UPDATE notices SET body = replace(body, '2026', '2031') WHERE kind = 'overdue'",
            "does not say what it was given for",
        ),
    ] {
        let server = Server::start();
        with_paper(&server);
        server.receive_at("2026-10-12T09:00:00Z", &complaint()).done();
        tell(&server);
        server.get("/v1/events").done();
        let told = after(&server, statement);
        assert!(told.iter().any(|what| what.ends_with(wanted)), "{statement}: {told:?}");
    }
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
