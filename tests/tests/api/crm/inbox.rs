//! What the worked client's inbox takes, and what it does not. Messages are signed by the verifier's own makers.

use chrono::{TimeDelta, Utc};
use redress_tests::crm::inbox::{Inbox, Taken};
use reqwest::header::HeaderMap;
use serde_json::json;
use standardwebhooks::Webhook;

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const OTHER: &str = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

fn inbox() -> Inbox {
    let mut inbox = Inbox::default();
    inbox.trust(SECRET).unwrap();
    inbox
}

fn body(sequence: i64) -> String {
    let data = json!({ "feed": sequence, "case": "a-case", "sequence": sequence });
    json!({ "type": "accepted", "data": data }).to_string()
}

/// The headers of a message that is sent so long ago, signed with a secret.
fn signed(secret: &str, id: &str, ago: TimeDelta, body: &str) -> HeaderMap {
    let timestamp = (Utc::now() - ago).timestamp();
    let signature = Webhook::new(secret).unwrap().sign(id, timestamp, body.as_bytes()).unwrap();
    let mut headers = HeaderMap::new();
    headers.insert("webhook-id", id.parse().unwrap());
    headers.insert("webhook-timestamp", timestamp.into());
    headers.insert("webhook-signature", signature.parse().unwrap());
    headers
}

fn now(id: &str, body: &str) -> HeaderMap {
    signed(SECRET, id, TimeDelta::zero(), body)
}

#[test]
fn what_the_service_signed_is_taken_once() {
    let mut inbox = inbox();
    let headers = now("msg_1", &body(1));
    assert_eq!(inbox.take(&headers, body(1).as_bytes()), Taken::New);
    assert_eq!(inbox.take(&headers, body(1).as_bytes()), Taken::Before);
    // It comes again later, signed anew: it is still the same message.
    let later = signed(SECRET, "msg_1", TimeDelta::seconds(-60), &body(1));
    assert_eq!(inbox.take(&later, body(1).as_bytes()), Taken::Before);
    assert_eq!((inbox.news().len(), inbox.news().len()), (1, 0));
    assert_eq!((inbox.taken, inbox.again, inbox.refused), (1, 2, 0));
}

#[test]
fn what_is_caught_and_sent_again_later_is_refused() {
    let old = signed(SECRET, "msg_1", TimeDelta::seconds(301), &body(1));
    assert_eq!(inbox().take(&old, body(1).as_bytes()), Taken::Refused);
    // With the time put right its signature is wrong.
    let mut altered = old.clone();
    altered.insert("webhook-timestamp", Utc::now().timestamp().into());
    assert_eq!(inbox().take(&altered, body(1).as_bytes()), Taken::Refused);
    // So it is under another id, by which it would not be known.
    let mut altered = now("msg_1", &body(1));
    altered.insert("webhook-id", "msg_2".parse().unwrap());
    assert_eq!(inbox().take(&altered, body(1).as_bytes()), Taken::Refused);
    // Nor does it come from tomorrow.
    let early = signed(SECRET, "msg_1", TimeDelta::seconds(-301), &body(1));
    assert_eq!(inbox().take(&early, body(1).as_bytes()), Taken::Refused);
}

#[test]
fn what_others_made_up_is_refused() {
    let mut inbox = inbox();
    let theirs = signed(OTHER, "msg_1", TimeDelta::zero(), &body(1));
    assert_eq!(inbox.take(&theirs, body(1).as_bytes()), Taken::Refused);
    let mut altered = now("msg_1", &body(1));
    assert_eq!(inbox.take(&altered, body(2).as_bytes()), Taken::Refused);
    altered.remove("webhook-signature");
    assert_eq!(inbox.take(&altered, body(1).as_bytes()), Taken::Refused);
    assert_eq!(inbox.take(&HeaderMap::new(), body(1).as_bytes()), Taken::Refused);
    // What was refused is not known: the genuine one is taken.
    assert_eq!(inbox.take(&now("msg_1", &body(1)), body(1).as_bytes()), Taken::New);
    assert_eq!(inbox.refused, 4);
}

#[test]
fn while_a_secret_is_replaced_either_will_do() {
    let mut inbox = inbox();
    inbox.trust(OTHER).unwrap();
    let new = |id| signed(OTHER, id, TimeDelta::zero(), &body(1));
    assert_eq!(inbox.take(&now("msg_1", &body(1)), body(1).as_bytes()), Taken::New);
    assert_eq!(inbox.take(&new("msg_2"), body(1).as_bytes()), Taken::New);
    inbox.trust_the_newest_alone();
    assert_eq!(inbox.take(&now("msg_3", &body(1)), body(1).as_bytes()), Taken::Refused);
    assert_eq!(inbox.take(&new("msg_4"), body(1).as_bytes()), Taken::New);
}

#[test]
fn a_case_told_of_out_of_its_order_is_noted() {
    let mut inbox = inbox();
    for (id, sequence) in [("msg_1", 1), ("msg_2", 3), ("msg_3", 2)] {
        inbox.take(&now(id, &body(sequence)), body(sequence).as_bytes());
    }
    assert_eq!(inbox.out_of_order, 1);
}
