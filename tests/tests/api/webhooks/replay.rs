//! What was sent is sent again when somebody wants it.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::receiver::{Answer, Receiver};
use super::{deliver, deliveries, server, show, webhook};

#[test]
fn one_delivery_is_made_again_as_the_message_that_it_was() {
    let (server, receiver) = (server(), Receiver::answering(200));
    let (id, _) = webhook(&server, &receiver);
    server.accepted();
    deliver(&server);
    let first = receiver.take();
    let oldest = deliveries(&server, &id)[1]["id"].as_str().unwrap().to_owned();
    let path = format!("/v1/webhooks/{id}/deliveries/{oldest}/replay");
    let replayed = server.send("POST", &path, "").done();
    assert_eq!((&replayed["state"], &replayed["attempts"]), (&json!("pending"), &json!(0)));
    deliver(&server);
    let again = receiver.take();
    assert_eq!(again.len(), 1);
    assert_eq!((again[0].id(), &again[0].body), (first[0].id(), &first[0].body));
}

#[test]
fn a_delivery_that_waits_for_its_next_try_is_tried_at_once() {
    let (server, receiver) = (server(), Receiver::answering(503));
    let (id, _) = webhook(&server, &receiver);
    server.case();
    deliver(&server);
    let delivery = super::delivery(&server, &id);
    receiver.answers(|_| Answer::Status(200));
    let path = format!("/v1/webhooks/{id}/deliveries/{}/replay", delivery["id"].as_str().unwrap());
    server.send("POST", &path, "").done();
    deliver(&server);
    assert_eq!(super::delivery(&server, &id)["state"], "delivered");
}

#[test]
fn everything_is_sent_again_from_a_number_or_a_time_on() {
    let (server, receiver) = (server(), Receiver::answering(200));
    server.accepted();
    server.pass(TimeDelta::hours(1));
    let (id, _) = webhook(&server, &receiver);
    server.accepted();
    server.pass(TimeDelta::hours(1));
    let since = server.now();
    server.accepted();
    deliver(&server);
    assert_eq!(receiver.take().len(), 4);
    let replay = |body: &Value| server.post(&format!("/v1/webhooks/{id}/replay"), body).done();
    assert_eq!(replay(&json!({ "after": 1 })), json!({ "after": 1, "head": 6 }));
    deliver(&server);
    let mut again = receiver.feed();
    // Cases side by side, each in its order.
    assert!(again.iter().position(|number| *number == 3) < again.iter().position(|number| *number == 4));
    assert!(again.iter().position(|number| *number == 5) < again.iter().position(|number| *number == 6));
    again.sort_unstable();
    assert_eq!(again, [2, 3, 4, 5, 6]);
    assert_eq!(replay(&json!({ "since": since })), json!({ "after": 4, "head": 6 }));
    deliver(&server);
    assert_eq!(receiver.feed(), [5, 6]);
    assert_eq!(replay(&json!({ "after": 99 })), json!({ "after": 6, "head": 6 }));
    deliver(&server);
    assert!(receiver.take().is_empty());
    assert_eq!(show(&server, &id)["told_to"], 6);
}

#[test]
fn what_a_webhook_is_no_longer_told_of_goes_out_where_it_was_to_and_does_not_come_again() {
    let (server, receiver) = (server(), Receiver::answering(500));
    let (id, _) = webhook(&server, &receiver);
    server.accepted();
    deliver(&server);
    server.put(
        &format!("/v1/webhooks/{id}"),
        &json!({ "url": receiver.url(), "types": ["accepted"] }).to_string(),
    );
    server.post(&format!("/v1/webhooks/{id}/replay"), &json!({ "after": 0 })).done();
    receiver.take();
    receiver.answers(|_| Answer::Status(200));
    server.pass(TimeDelta::minutes(1));
    deliver(&server);
    assert_eq!(receiver.feed(), [1, 2]);
    server.post(&format!("/v1/webhooks/{id}/replay"), &json!({ "after": 0 })).done();
    deliver(&server);
    assert_eq!(receiver.feed(), [2]);
}

#[test]
fn what_is_still_to_be_sent_comes_once_and_after_what_comes_again_before_it() {
    let (server, receiver) = (server(), Receiver::answering(200));
    let (id, _) = webhook(&server, &receiver);
    let case = server.accepted();
    deliver(&server);
    receiver.answers(|_| Answer::Status(500));
    server.command(&case, "update-resident", &json!({ "note": "Soon." })).done();
    deliver(&server);
    receiver.take();
    receiver.answers(|_| Answer::Status(200));
    server.post(&format!("/v1/webhooks/{id}/replay"), &json!({ "after": 0 })).done();
    deliver(&server);
    assert_eq!(receiver.feed(), [1, 2, 3]);
    assert!(deliveries(&server, &id).iter().all(|delivery| delivery["state"] == "delivered"));
}
