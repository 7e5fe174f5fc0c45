//! The feed, held against the events and the notices that it tells of.

use super::{after, after_all, look};
use crate::api::samples::complaint;
use crate::api::server::Server;
use crate::api::timers::tell;

/// A case of two events that have the numbers 1 and 2, and notices that have the last.
fn numbered() -> Server {
    let server = Server::start();
    server.accepted();
    server.get("/v1/events").done();
    server.receive_at("2026-10-12T09:00:00Z", &complaint()).done();
    tell(&server);
    server.get("/v1/events").done();
    assert_eq!(look(&server, false).1, []);
    server
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
fn a_line_of_the_feed_whose_event_is_not_there_is_named() {
    let server = numbered();
    let told = after_all(&server, "UPDATE feed SET sequence = 9 WHERE number = 2");
    let wanted = [
        "the feed tells of event 9, with the number 2, which is not there",
        "event 2 is not in the feed, and waits for no number",
    ];
    assert_eq!(told, wanted);
    let told = after_all(&server, "UPDATE feed SET sequence = 2, case_id = 'nobody' WHERE number = 2");
    assert_eq!(told, wanted[1..]);
}

#[test]
fn a_line_of_the_feed_whose_notice_is_not_there_is_named() {
    let server = numbered();
    let last = "SELECT max(number) FROM feed";
    let told = after_all(&server, &format!("UPDATE feed SET notice_id = 'nothing' WHERE number = ({last})"));
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(
        told[0].starts_with("notice ") && told[0].ends_with("is not in the feed, and waits for no number")
    );
    assert_eq!(told[1], "the feed tells of notice nothing, which is not there");
}

#[test]
fn what_waits_for_its_number_is_told_of_as_a_line_is() {
    let waits = |kind: &str| {
        format!(
            "DELETE FROM feed_waiting; INSERT INTO feed_waiting SELECT landlord_id, case_id, sequence, case_id, {kind}, \
             '2026-11-02 12:00:00' FROM feed WHERE number = 2"
        )
    };
    let server = numbered();
    let told = after(&server, &waits("kind"));
    assert_eq!(told[0], "event 2 waits for a number, and has one or is not there");
    let told = after(&server, &format!("{}; DELETE FROM feed WHERE number = 2", waits("'closed'")));
    assert!(told.iter().any(|what| what == "event 2 waits for its number under another name"), "{told:?}");
    let told = after(&server, "UPDATE feed_waiting SET kind = 'accepted'");
    // Its number is missed, and itself not.
    assert!(told.len() == 1 && told[0].contains("numbers were given"), "{told:?}");
}
