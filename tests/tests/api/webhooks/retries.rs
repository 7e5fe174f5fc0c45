//! What becomes of what a receiver does not take.

use chrono::TimeDelta;
use redress_service::background::webhooks;
use redress_service::storage::webhooks::deliveries as open_deliveries;
use redress_service::webhooks::schedule::WAITS;
use serde_json::{Value, json};

use super::receiver::{Answer, Receiver};
use super::{ask, deliver, deliveries, delivery, nearby, server, show, webhook};
use crate::api::server::{NOW, Server};
use crate::api::tables::connect;

/// Longer than a wait is with whatever is added to it by chance.
fn beyond(seconds: i64) -> TimeDelta {
    TimeDelta::seconds(seconds + seconds / 5 + 61)
}

#[test]
fn a_delivery_is_tried_again_for_three_days_and_then_the_webhook_is_disabled() {
    let (server, receiver) = (server(), Receiver::answering(500));
    let (id, _) = webhook(&server, &receiver);
    server.case();
    for (tries, wait) in WAITS.iter().enumerate() {
        deliver(&server);
        let standing = delivery(&server, &id);
        assert_eq!((&standing["state"], &standing["attempts"]), (&json!("pending"), &json!(tries + 1)));
        assert_eq!((&standing["last_status"], &standing["last_problem"]), (&json!(500), &json!("status")));
        let next: chrono::DateTime<chrono::Utc> =
            standing["next_attempt_at"].as_str().unwrap().parse().unwrap();
        let after = (next - server.now()).num_seconds();
        assert!((*wait..=wait + wait / 5).contains(&after), "{after} after {tries}");
        // Not before its time.
        deliver(&server);
        server.pass(beyond(*wait));
    }
    deliver(&server);
    let sent = receiver.take();
    assert_eq!(sent.len(), 10);
    assert!(sent.iter().all(|one| one.id() == sent[0].id() && one.body == sent[0].body));
    let standing = delivery(&server, &id);
    assert_eq!((&standing["state"], &standing["next_attempt_at"]), (&json!("failed"), &Value::Null));
    assert_eq!(show(&server, &id)["disabled_why"], "failing");
    told_of(&server, &id, "failing");
}

/// The feed says that the webhook was disabled, and why.
fn told_of(server: &Server, id: &str, why: &str) {
    let told = server.get("/v1/events?type=webhook-endpoint-disabled").done();
    let notices = told["events"].as_array().unwrap();
    assert_eq!(notices.len(), 1, "{told}");
    assert_eq!(
        notices[0]["notice"]["noticed"],
        json!({ "type": "webhook-endpoint-disabled", "webhook": id, "why": why })
    );
}

#[test]
fn what_was_held_to_go_out_next_is_given_back_untried_when_the_receiver_wants_to_be_left_alone() {
    let receiver = Receiver::start(|_| Answer::With(429, "Retry-After", "100".to_owned()));
    let server = Server::set(NOW, |settings| {
        nearby(settings);
        settings.webhooks.at_once_each = 1;
    });
    let (id, _) = webhook(&server, &receiver);
    (0..6).for_each(|_| drop(server.case()));
    deliver(&server);
    assert_eq!(receiver.take().len(), 1);
    let all = deliveries(&server, &id);
    let tries = |all: &[Value]| all.iter().map(|one| one["attempts"].as_i64().unwrap()).sum::<i64>();
    assert!(all.iter().all(|one| one["state"] == "pending"), "{all:?}");
    assert_eq!(tries(&all), 1);
    assert_eq!(all.iter().filter(|one| one["last_attempt_at"].is_string()).count(), 1);
    receiver.answers(|_| Answer::Status(200));
    server.pass(TimeDelta::seconds(101));
    deliver(&server);
    let all = deliveries(&server, &id);
    assert!(all.iter().all(|one| one["state"] == "delivered"), "{all:?}");
    assert_eq!((receiver.take().len(), tries(&all)), (6, 7));
}

#[test]
fn one_delivery_that_is_never_taken_holds_up_nothing_for_ever() {
    let (server, receiver) = (server(), Receiver::answering(200));
    let (id, _) = webhook(&server, &receiver);
    server.accepted();
    // This receiver never takes the first, and takes all else.
    receiver.answers(|sent| Answer::Status(if sent.json()["type"] == "opened" { 400 } else { 200 }));
    for wait in WAITS {
        deliver(&server);
        ask(&server, &id, "test");
        deliver(&server);
        server.pass(beyond(wait));
    }
    receiver.take();
    deliver(&server);
    // The first is given up, and the second has its turn; the webhook goes on.
    assert_eq!(receiver.feed(), [1, 2]);
    assert_eq!(show(&server, &id)["enabled"], true);
    let states: Vec<Value> = deliveries(&server, &id).iter().rev().map(|one| one["state"].clone()).collect();
    assert_eq!(states[..2], ["failed", "delivered"]);
}

#[test]
fn a_webhook_that_takes_something_is_well_again() {
    let (server, receiver) = (server(), Receiver::answering(500));
    let (id, _) = webhook(&server, &receiver);
    server.case();
    deliver(&server);
    assert!(show(&server, &id)["failing_since"].is_string());
    receiver.answers(|_| Answer::Status(200));
    ask(&server, &id, "test");
    deliver(&server);
    assert_eq!(show(&server, &id)["failing_since"], Value::Null);
}

#[test]
fn a_receiver_that_asks_for_time_gets_it() {
    let (server, receiver) =
        (server(), Receiver::start(|_| Answer::With(429, "Retry-After", "600".to_owned())));
    let (id, _) = webhook(&server, &receiver);
    server.accepted();
    server.case();
    // The first to fail has the whole webhook left alone, all but what was out with it.
    deliver(&server);
    let before = receiver.take().len();
    let rests = show(&server, &id)["rests_until"].as_str().unwrap().parse::<chrono::DateTime<chrono::Utc>>();
    assert_eq!(rests.unwrap() - server.now(), TimeDelta::seconds(600));
    server.pass(TimeDelta::seconds(599));
    server.case();
    deliver(&server);
    assert_eq!((before, receiver.take().len()), (2, 0));
    receiver.answers(|_| Answer::Status(200));
    server.pass(TimeDelta::seconds(2));
    deliver(&server);
    assert_eq!(receiver.take().len(), 4);
    assert_eq!(show(&server, &id)["rests_until"], Value::Null);
}

#[test]
fn a_receiver_that_is_gone_is_told_nothing_more_until_somebody_wants_it() {
    let (server, receiver) = (server(), Receiver::answering(410));
    let (id, _) = webhook(&server, &receiver);
    server.accepted();
    deliver(&server);
    server.pass(TimeDelta::days(2));
    deliver(&server);
    assert_eq!(receiver.take().len(), 1);
    let standing = show(&server, &id);
    assert_eq!((&standing["enabled"], &standing["disabled_why"]), (&json!(false), &json!("gone")));
    told_of(&server, &id, "gone");
    // Nothing of it waits for its time, and nobody is to be woken for it.
    let open = open_deliveries::standing(&mut connect(server.database())).unwrap();
    assert_eq!((open.to_make, open.oldest), (vec![], None));
    assert_eq!(open.held, [("hartlepool".to_owned(), 2)]);
    server.send("POST", &format!("/v1/webhooks/{id}/test"), "").problem(409, "webhook-disabled");
    receiver.answers(|_| Answer::Status(200));
    ask(&server, &id, "enable");
    deliver(&server);
    // What is about no case, here that it was disabled, waits for no case.
    let mut came = receiver.feed();
    came.sort_unstable();
    assert_eq!(came, [1, 2, 3]);
}

#[test]
fn a_receiver_that_hangs_keeps_nobody_else_waiting() {
    let server = server();
    let (hanging, quick) = (Receiver::start(|_| Answer::Hang), Receiver::answering(200));
    let (slow, _) = webhook(&server, &hanging);
    webhook(&server, &quick);
    for _ in 0..3 {
        server.accepted();
    }
    let begun = std::time::Instant::now();
    std::thread::scope(|scope| {
        scope.spawn(|| deliver(&server));
        let mut came = Vec::new();
        while came.len() < 6 {
            came.extend(quick.feed());
            std::thread::yield_now();
        }
        // All of it, events that follow each other too, before the first of the other's was given up.
        let took = begun.elapsed();
        assert!(took.as_millis() < 900, "{took:?}");
    });
    let problems: Vec<Value> =
        deliveries(&server, &slow).iter().map(|delivery| delivery["last_problem"].clone()).collect();
    assert_eq!(problems.iter().filter(|problem| *problem == "timeout").count(), 3, "{problems:?}");
}

#[test]
fn a_receiver_that_is_not_there_is_said_to_be_unreachable() {
    let server = server();
    let closed = Receiver::answering(200);
    let (id, _) = webhook(&server, &closed);
    drop(closed);
    server.case();
    deliver(&server);
    let standing = delivery(&server, &id);
    assert_eq!((&standing["last_problem"], &standing["last_status"]), (&json!("unreachable"), &Value::Null));
}

#[test]
fn deliveries_are_kept_for_thirty_days() {
    let (server, receiver) = (server(), Receiver::answering(200));
    let (id, _) = webhook(&server, &receiver);
    server.case();
    deliver(&server);
    server.pass(TimeDelta::days(30));
    server.do_duty(webhooks::clear);
    delivery(&server, &id);
    server.pass(TimeDelta::seconds(1));
    server.do_duty(webhooks::clear);
    assert!(deliveries(&server, &id).is_empty());
}

#[test]
fn another_address_has_nothing_held_against_it() {
    let (server, old) = (server(), Receiver::start(|_| Answer::With(503, "Retry-After", "86400".to_owned())));
    let (id, _) = webhook(&server, &old);
    server.case();
    deliver(&server);
    server.pass(TimeDelta::days(4));
    assert!(show(&server, &id)["failing_since"].is_string());
    let new = Receiver::answering(500);
    let path = format!("/v1/webhooks/{id}");
    // The same address said again is the same.
    server.put(&path, &json!({ "url": old.url(), "description": "Ours" }).to_string()).done();
    assert!(show(&server, &id)["failing_since"].is_string());
    let moved = server.put(&path, &json!({ "url": new.url() }).to_string()).done();
    assert_eq!((&moved["failing_since"], &moved["rests_until"]), (&Value::Null, &Value::Null));
    assert_eq!(delivery(&server, &id)["attempts"], 0);
    deliver(&server);
    assert_eq!((old.take().len(), new.take().len()), (1, 1));
    assert_eq!(show(&server, &id)["enabled"], true, "its first failure is its first");
}

#[test]
fn what_comes_back_from_the_old_address_says_nothing_of_the_new_one() {
    let (came, comes) = std::sync::mpsc::channel();
    let (let_go, waits) = std::sync::mpsc::channel::<()>();
    let waits = std::sync::Mutex::new(waits);
    let old = Receiver::start(move |_| {
        came.send(()).unwrap();
        waits.lock().unwrap().recv().unwrap();
        Answer::Status(410)
    });
    let server = Server::set(NOW, |settings| {
        nearby(settings);
        settings.webhooks.timeout = std::time::Duration::from_secs(15);
    });
    let (id, _) = webhook(&server, &old);
    server.case();
    let new = Receiver::answering(200);
    std::thread::scope(|scope| {
        let round = scope.spawn(|| deliver(&server));
        comes.recv().unwrap();
        server.put(&format!("/v1/webhooks/{id}"), &json!({ "url": new.url() }).to_string()).done();
        let_go.send(()).unwrap();
        round.join().unwrap();
    });
    deliver(&server);
    assert_eq!((old.take().len(), new.take().len()), (1, 1));
    assert_eq!(
        (&show(&server, &id)["enabled"], &delivery(&server, &id)["state"]),
        (&json!(true), &json!("delivered"))
    );
}
