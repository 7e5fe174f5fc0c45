//! Letters and documents, and the notices that tell of them.

use serde_json::json;

use super::{after, look};
use crate::api::documents::attach;
use crate::api::samples::{acknowledgement, complaint};
use crate::api::server::Server;
use crate::api::timers::tell;

/// A case with a letter that was issued twice and a document.
fn with_paper(server: &Server) -> String {
    let case = server.accepted();
    server.command(&case, "acknowledge", &acknowledgement()).done();
    let issued = server.post(&format!("/v1/cases/{case}/letters/3/issue"), &json!({})).done();
    let former = issued["issued"][0]["id"].as_str().unwrap();
    server.post(&format!("/v1/cases/{case}/issued-letters/{former}/reissue"), &json!({})).done();
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
        ("UPDATE issued_letters SET issued_at = '2026-01-01 00:00:00'", "is not the one that was told of"),
        (
            "UPDATE issued_letters SET replaced_at = issued_at",
            "was replaced at another time than it says, or not at all",
        ),
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
        ("UPDATE documents SET added_at = '2026-01-01 00:00:00'", "is not the one that was told of"),
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
        (
            "UPDATE notices SET occurred_at = recorded_at WHERE kind = 'overdue'",
            "has a time that is not its own",
        ),
        (
            "UPDATE notices SET recorded_at = '2026-01-01 00:00:00' WHERE kind = 'overdue'",
            "has a time that is not its own",
        ),
        (
            "UPDATE notices SET recorded_at = '2026-01-01 00:00:00' WHERE kind = 'letter-issued'",
            "has a time that is not its own",
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
