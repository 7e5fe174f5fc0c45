//! A letter as it would be sent.

use serde_json::json;

use super::{acknowledged, body, sha256};
use crate::api::samples::complaint;
use crate::api::server::Server;

#[test]
fn a_letter_is_shown_item_by_item_as_a_page_and_as_text() {
    let server = Server::start();
    let (case, letter) = acknowledged(&server);
    let listed = server.get(&format!("/v1/cases/{case}/letters")).done();
    assert_eq!(
        listed["letters"],
        json!([{
            "id": "3", "sequence": 3, "kind": "acknowledgement", "title": "We are looking into your complaint", "stage": "1",
            "dated": "2026-11-02", "sent_to": "each-resident",
            "addressees": [{ "number": 1, "name": "Resident A", "issued": null }],
        }])
    );
    let shown = server.get(&letter).done();
    assert_eq!((&shown["id"], &shown["missing"]), (&json!("3"), &json!([])));
    let points = &shown["letter"]["items"][1];
    assert_eq!((&points["item"], &points["citation"]["code"]), (&json!("understanding"), &json!("Code 5.6")));
    assert_eq!(
        points["content"][1],
        json!({ "kind": "numbered", "items": ["The stair lighting fails every week."] })
    );

    let page = server.get(&format!("{letter}?format=html"));
    let html = body(&page, "text/html; charset=utf-8");
    assert_eq!(page.header("etag"), Some(format!("\"{}\"", sha256(&html)).as_str()));
    let text = body(&server.get(&format!("{letter}?format=text")), "text/plain; charset=utf-8");
    assert_eq!(shown["text"], text);
    assert!(
        text.contains("\n1. The stair lighting fails every week.\n") && text.contains("Dear Resident A,\n"),
        "{text}"
    );
    assert_eq!(server.get(&format!("{letter}?format=json")), server.get(&letter));
}

#[test]
fn what_a_resident_wrote_is_text_in_a_page() {
    let server = Server::start();
    let mut content = complaint();
    content["residents"][0]["person"]["name"] = json!("<script>alert(1)</script>");
    let case = server.receive_at("2026-11-02T11:00:00Z", &content).case();
    server.command(&case, "accept", &json!({})).done();
    server.command(&case, "acknowledge", &crate::api::samples::acknowledgement()).done();
    let page = server.get(&format!("/v1/cases/{case}/letters/3?format=html")).text;
    assert!(
        !page.contains("<script") && page.contains("Dear &lt;script&gt;alert(1)&lt;/script&gt;"),
        "{page}"
    );
}

#[test]
fn each_of_a_group_has_a_letter_of_their_own() {
    let server = Server::start();
    let mut content = complaint();
    content["residents"] = json!([
        { "person": { "name": "Resident A", "email": "a@example.org" } },
        { "person": { "name": "Resident B", "email": "b@example.org" } },
    ]);
    let case = server.receive_at("2026-11-02T11:00:00Z", &content).case();
    server.command(&case, "accept", &json!({})).done();
    server.command(&case, "acknowledge", &crate::api::samples::acknowledgement()).done();
    let letter = format!("/v1/cases/{case}/letters/3");
    let text = |number: u16| server.get(&format!("{letter}?format=text&addressee={number}")).text;
    assert!(text(1).contains("Dear Resident A,") && !text(1).contains("Resident B"));
    assert!(text(2).contains("Dear Resident B,") && !text(2).contains("Resident A"));
    assert!(text(1).contains("You are one of 2 people who made this complaint together."));
    server.get(&format!("{letter}?addressee=3")).problem(404, "not-found");
    assert_eq!(server.get(&format!("{letter}?addressee=0")).malformed("addressee"), "expected at least 1");
}

#[test]
fn there_is_no_letter_where_no_event_calls_for_one() {
    let server = Server::start();
    let (case, _) = acknowledged(&server);
    for letter in ["1", "2", "4", "3-survey", "0", "-1", "03", "three", "3-", "3-nothing"] {
        server.get(&format!("/v1/cases/{case}/letters/{letter}")).problem(404, "not-found");
        server
            .post(&format!("/v1/cases/{case}/letters/{letter}/issue"), &json!({}))
            .problem(404, "not-found");
    }
    server.get(&format!("/v1/cases/{case}/letters/3?format=pdf")).malformed("format");
}
