//! Several instances share the work: each message goes out once, and what one leaves behind another takes up.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, TimeDelta, Utc};
use redress_service::storage::webhooks::claim::{Claimed, Room, claim};
use redress_service::storage::webhooks::fan_out::fan_out;
use redress_service::storage::webhooks::replay;
use redress_service::storage::webhooks::settle::{Done, settle};
use redress_service::storage::write::once;
use redress_service::storage::{Connection, StorageError};
use redress_service::webhooks::Outcome;
use serde_json::{Value, json};

use super::receiver::{Answer, Receiver};
use super::{deliver, deliveries, delivery, nearby, server, show, webhook};
use crate::api::samples::complaint;
use crate::api::server::Server;
use crate::api::tables::connect;

#[test]
fn instances_side_by_side_send_each_message_once_and_in_order() {
    let (server, receiver) = (server(), Receiver::answering(200));
    webhook(&server, &receiver);
    let others = [server.beside(nearby), server.beside(nearby)];
    let cases: Vec<String> = (0..12).map(|_| server.accepted()).collect();
    std::thread::scope(|scope| {
        for instance in others.iter().chain([&server]) {
            scope.spawn(|| {
                for _ in 0..3 {
                    deliver(instance);
                }
            });
        }
    });
    deliver(&server);
    let sent = receiver.take();
    let mut by_case: BTreeMap<String, Vec<i64>> = BTreeMap::new();
    for one in &sent {
        let data = one.json()["data"].clone();
        let case = data["case"].as_str().unwrap().to_owned();
        by_case.entry(case).or_default().push(data["sequence"].as_i64().unwrap());
    }
    assert_eq!(by_case.len(), cases.len());
    assert!(by_case.values().all(|sequence| *sequence == [1, 2]), "{by_case:?}");
}

#[test]
fn what_a_killed_instance_had_out_is_sent_by_another_when_its_time_is_over() {
    let (server, receiver) = (server(), Receiver::start(|_| Answer::Hang));
    let (id, _) = webhook(&server, &receiver);
    server.accepted();
    // Its runtime ends with the message out and nothing written down: what is left of a process that was killed.
    let dying = server.beside(|settings| {
        nearby(settings);
        settings.webhooks.timeout = std::time::Duration::from_secs(15);
    });
    let state = dying.state();
    actix_web::rt::System::new().block_on(async {
        let round = redress_service::background::webhooks::round(state);
        let came = async {
            while receiver.take().is_empty() {
                actix_web::rt::task::yield_now().await;
            }
        };
        until(round, came).await;
    });
    assert_eq!(deliveries(&server, &id).last().unwrap()["state"], "delivering");
    receiver.answers(|_| Answer::Status(200));
    server.pass(TimeDelta::seconds(29));
    deliver(&server);
    assert!(receiver.take().is_empty(), "it is another's yet");
    server.pass(TimeDelta::seconds(2));
    deliver(&server);
    assert_eq!(receiver.feed(), [1, 2]);
    assert!(deliveries(&server, &id).iter().all(|delivery| delivery["state"] == "delivered"));
}

#[test]
fn a_delivery_that_is_out_when_the_service_is_to_stop_is_waited_for_and_no_other_is_begun() {
    let (hold, held) = (std::sync::mpsc::channel::<()>(), std::sync::Mutex::new(None));
    let (let_go, waits) = hold;
    *held.lock().unwrap() = Some(waits);
    let receiver = Receiver::start(move |_| {
        // The first is held until the service is about to stop.
        if let Some(waits) = held.lock().unwrap().take() {
            waits.recv().unwrap();
        }
        Answer::Status(200)
    });
    let server = Server::set(crate::api::server::NOW, |settings| {
        nearby(settings);
        settings.webhooks.timeout = std::time::Duration::from_secs(15);
    });
    let (id, _) = webhook(&server, &receiver);
    server.accepted();
    std::thread::scope(|scope| {
        let round = scope.spawn(|| deliver(&server));
        while deliveries(&server, &id).last().is_none_or(|first| first["state"] != "delivering") {
            std::thread::yield_now();
        }
        server.state().drain.begin();
        let_go.send(()).unwrap();
        round.join().unwrap();
    });
    let states: Vec<_> = deliveries(&server, &id).iter().rev().map(|one| one["state"].clone()).collect();
    assert_eq!(states, ["delivered", "pending"]);
    assert_eq!(receiver.feed(), [1]);
}

/// Drops the first as soon as the second is done.
async fn until<A>(first: impl Future<Output = A>, second: impl Future<Output = ()>) {
    let (mut first, mut second) = (Box::pin(first), Box::pin(second));
    std::future::poll_fn(|context| {
        let ended = first.as_mut().poll(context).is_ready();
        assert!(!ended, "the round was to be cut off");
        second.as_mut().poll(context)
    })
    .await;
}

#[test]
fn whoever_has_lost_a_delivery_does_not_say_what_became_of_it() {
    let (server, receiver) = (server(), Receiver::answering(200));
    let (id, _) = webhook(&server, &receiver);
    server.case();
    let take = |who: &str, now: DateTime<Utc>| {
        let room = Room {
            claim: who.to_owned(),
            lasts: TimeDelta::minutes(1),
            free: 9,
            each: 9,
            out: HashMap::new(),
        };
        write(&server, move |connection| {
            fan_out(connection, now)?;
            claim(connection, &room, None, now)
        })
    };
    let first = take("one", server.now());
    assert_eq!(first.len(), 1);
    assert!(take("two", server.now()).is_empty());
    server.pass(TimeDelta::minutes(1));
    let second = take("two", server.now());
    assert_eq!((second.len(), &second[0].id), (1, &first[0].id));
    let say = |claimed: &Claimed, outcome: Outcome| {
        let Claimed { id, endpoint, claim, .. } = claimed.clone();
        let now = server.now();
        let done = [Done { id, endpoint, claim, outcome: Some(outcome), at: now, chance: 0 }];
        write(&server, move |connection| settle(connection, &done, now));
    };
    say(&first[0], Outcome::Gone);
    assert_eq!(delivery(&server, &id)["state"], "delivering");
    say(&second[0], Outcome::Delivered(200));
    say(&first[0], Outcome::Gone);
    assert_eq!(delivery(&server, &id)["state"], "delivered");
}

fn write<T: Send + 'static>(
    server: &Server,
    work: impl Fn(&mut Connection) -> Result<T, StorageError> + Send + 'static,
) -> T {
    let writer = server.state().database.writer().clone();
    actix_web::rt::System::new().block_on(writer.write(work)).unwrap()
}

/// How much an instance takes on that has nothing out.
fn room(free: usize) -> Room {
    Room { claim: "one".to_owned(), lasts: TimeDelta::minutes(1), free, each: free, out: HashMap::new() }
}

#[test]
fn whoever_wants_all_of_it_again_keeps_nobody_else_waiting() {
    let (server, receiver) = (server(), Receiver::answering(200));
    let far_behind: Vec<String> = (0..40).map(|_| webhook(&server, &receiver).0).collect();
    (0..6).for_each(|_| drop(server.accepted()));
    let elsewhere = server.of("portsmouth");
    elsewhere.post("/v1/webhooks", &json!({ "url": receiver.url() })).done();
    let received = json!({ "occurred_at": "2026-11-02T11:00:00Z", "actor": "crm", "content": complaint() });
    elsewhere.post("/v1/cases", &received).case();
    let now = server.now();
    // 480 lines for the one landlord's webhooks and one for the other's, and a step looks at 300.
    assert!(write(&server, move |connection| fan_out(connection, now)), "there is more");
    let told_to = |shown: Value| shown["told_to"].as_i64().unwrap();
    assert_eq!(told_to(elsewhere.get("/v1/webhooks").done()["webhooks"][0].clone()), 1);
    let all: Vec<i64> = far_behind.iter().map(|id| told_to(show(&server, id))).collect();
    assert!(all.iter().all(|told_to| (7..=8).contains(told_to)) && all.iter().sum::<i64>() == 299, "{all:?}");
    assert!(!write(&server, move |connection| fan_out(connection, now)));
    assert!(far_behind.iter().all(|id| told_to(show(&server, id)) == 12));
}

#[test]
fn what_has_waited_longest_goes_out_first_whoever_it_is_for() {
    let (server, receiver) = (server(), Receiver::answering(200));
    // A long feed and a short one: their numbers say nothing of who has waited longer.
    server.accepted();
    let (id, _) = webhook(&server, &receiver);
    let elsewhere = server.of("portsmouth");
    elsewhere.post("/v1/webhooks", &json!({ "url": receiver.url() })).done();
    server.case();
    let enter = |now: DateTime<Utc>| write(&server, move |connection| fan_out(connection, now));
    enter(server.now());
    server.pass(TimeDelta::seconds(1));
    let received = json!({ "occurred_at": "2026-11-02T11:00:00Z", "actor": "crm", "content": complaint() });
    elsewhere.post("/v1/cases", &received).case();
    enter(server.now());
    let now = server.now();
    let first = write(&server, move |connection| claim(connection, &room(1), None, now));
    assert_eq!(first.iter().map(|claimed| claimed.endpoint.clone()).collect::<Vec<_>>(), [id]);
}

#[test]
fn what_is_sent_again_while_old_deliveries_are_removed_stays() {
    let (server, receiver) = (server(), Receiver::answering(200));
    let (id, _) = webhook(&server, &receiver);
    server.case();
    deliver(&server);
    assert_eq!(receiver.take().len(), 1);
    let over = delivery(&server, &id)["id"].as_str().unwrap().to_owned();
    server.pass(TimeDelta::days(31));
    let (held, holds) = std::sync::mpsc::channel();
    let (endpoint, now) = (id.parse().unwrap(), server.now());
    std::thread::scope(|scope| {
        // Somebody has it sent again, and is not through when it is found to be old.
        scope.spawn(|| {
            let mut connection = connect(server.database());
            once(&mut connection, &|connection| {
                replay::one(connection, endpoint, over.parse().unwrap(), now)?;
                held.send(()).unwrap();
                std::thread::sleep(std::time::Duration::from_millis(500));
                Ok::<_, StorageError>(())
            })
            .unwrap();
        });
        holds.recv().unwrap();
        server.do_duty(redress_service::background::webhooks::clear);
    });
    assert_eq!(delivery(&server, &id)["state"], "pending");
    deliver(&server);
    assert_eq!(receiver.take().len(), 1);
}
