//! What is told, to whom, in which order.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use super::receiver::{Answer, Receiver};
use super::{deliver, deliveries, made, nearby, server, show, webhook};
use crate::api::play::{self, TOLD_ON};
use crate::api::server::{NOW, Server};
use crate::api::transfers::{HISTORY, MAPPING, bring_in};

#[test]
fn what_comes_into_the_feed_is_told_thinly_and_once() {
    let (server, receiver) = (server(), Receiver::answering(200));
    server.accepted();
    webhook(&server, &receiver);
    // What came before is not told.
    let case = server.accepted();
    deliver(&server);
    let sent = receiver.take();
    assert_eq!(sent.iter().map(|sent| sent.feed()).collect::<Vec<_>>(), [3, 4]);
    assert_eq!(sent[0].path, "/hook");
    assert_eq!(sent[0].headers["content-type"], "application/json");
    assert!(sent[0].id().starts_with("msg_") && sent[0].id() != sent[1].id());
    assert_eq!(
        sent[1].json(),
        json!({
            "type": "accepted",
            "timestamp": NOW,
            "data": {
                "landlord": "hartlepool", "feed": 4, "case": case, "sequence": 2, "notice": null,
                "occurred_at": NOW, "url": format!("/v1/cases/{case}"),
            },
        })
    );
    deliver(&server);
    assert!(receiver.take().is_empty());
}

#[test]
fn nothing_that_a_resident_said_or_is_goes_out() {
    let (server, receiver) = (Server::set(TOLD_ON, nearby), Receiver::answering(200));
    let landlords = ["bradford", "cheshire-west", "hartlepool", "housing-solutions", "portsmouth"];
    for landlord in landlords {
        server.of(landlord).post("/v1/webhooks", &json!({ "url": receiver.url() })).done();
    }
    play::all(&server);
    deliver(&server);
    let sent = receiver.take();
    assert!(sent.len() > 500, "only {} sent", sent.len());
    for one in &sent {
        let payload = one.json();
        let mut names: Vec<&str> = payload["data"].as_object().unwrap().keys().map(String::as_str).collect();
        names.sort_unstable();
        assert_eq!(names, ["case", "feed", "landlord", "notice", "occurred_at", "sequence", "url"]);
        // Nothing but ids, words of ours, numbers and instants.
        for (name, value) in payload["data"].as_object().unwrap() {
            let Some(text) = value.as_str() else { continue };
            let is_instant = text.parse::<DateTime<Utc>>().is_ok();
            let id = text.strip_prefix("/v1/cases/").unwrap_or(text);
            let is_id = id.len() == 36 && id.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
            assert!(is_instant || is_id || landlords.contains(&text), "{name}: {text}");
        }
    }
}

#[test]
fn a_webhook_is_told_of_what_it_wants_to_be_told_of() {
    let (server, receiver) = (server(), Receiver::answering(200));
    made(&server, &json!({ "url": receiver.url(), "types": ["accepted", "closed"] }));
    server.accepted();
    deliver(&server);
    let types: Vec<Value> = receiver.take().iter().map(|sent| sent.json()["type"].clone()).collect();
    assert_eq!(types, ["accepted"]);
}

#[test]
fn a_case_waits_for_its_own_earlier_delivery_and_for_nobody_elses() {
    let (server, receiver) = (server(), Receiver::answering(200));
    let (id, _) = webhook(&server, &receiver);
    let stuck = server.accepted();
    let name = stuck.clone();
    receiver.answers(move |sent| Answer::Status(if sent.body.contains(&name) { 500 } else { 200 }));
    server.accepted();
    deliver(&server);
    let told = receiver.feed();
    // Two cases go out side by side; within each the order stands.
    let others: Vec<i64> = told.iter().copied().filter(|number| *number > 2).collect();
    assert_eq!((told.len(), others), (3, vec![3, 4]));
    let states: Vec<Value> =
        deliveries(&server, &id).iter().rev().map(|delivery| delivery["state"].clone()).collect();
    assert_eq!(states, ["pending", "waiting", "delivered", "delivered"]);
    receiver.answers(|_| Answer::Status(200));
    server.pass(TimeDelta::seconds(6));
    deliver(&server);
    assert_eq!(receiver.feed(), [1, 2]);
}

#[test]
fn the_events_of_a_case_come_in_their_order() {
    let (server, receiver) = (server(), Receiver::answering(200));
    webhook(&server, &receiver);
    let case = server.accepted();
    for number in 0..40 {
        let note = json!({ "note": format!("Update {number}.") });
        server.command(&case, "update-resident", &note).done();
    }
    deliver(&server);
    assert_eq!(receiver.feed(), (1..=42).collect::<Vec<i64>>());
}

#[test]
fn another_landlords_webhook_is_told_nothing() {
    let (server, receiver) = (server(), Receiver::answering(200));
    let theirs = server.of("bradford").post("/v1/webhooks", &json!({ "url": receiver.url() })).done();
    server.accepted();
    deliver(&server);
    assert!(receiver.take().is_empty());
    assert_eq!(theirs["webhook"]["told_to"], 0);
}

#[test]
fn a_disabled_webhook_is_told_what_it_missed_when_it_is_enabled() {
    let (server, receiver) = (server(), Receiver::answering(200));
    let (id, _) = webhook(&server, &receiver);
    super::ask(&server, &id, "disable");
    server.accepted();
    deliver(&server);
    assert!(receiver.take().is_empty());
    assert_eq!(show(&server, &id)["disabled_why"], "asked");
    super::ask(&server, &id, "enable");
    deliver(&server);
    assert_eq!(receiver.feed(), [1, 2]);
}

#[test]
fn nobody_is_told_of_a_history_as_news() {
    let (server, receiver) = (server(), Receiver::answering(200));
    webhook(&server, &receiver);
    let brought = bring_in(&server, MAPPING, HISTORY);
    assert!(brought["events_made"].as_i64().unwrap() > 0, "{brought}");
    deliver(&server);
    assert_eq!(receiver.take().len(), 0);
    server.case();
    deliver(&server);
    assert_eq!(receiver.take().len(), 1);
}
