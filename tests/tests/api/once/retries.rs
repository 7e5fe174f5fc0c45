//! Many at once, callers who hang up, and instances that know nothing of each other.

use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use super::{Got, Instance, Shared};

const KEY: &str = "Idempotency-Key";

/// Something that can be done again and again, each time with an event.
fn risk() -> Value {
    json!({ "risk": { "kind": "safeguarding", "aware_at": "2026-11-02T12:00:00Z" } })
}

fn flag(service: &Instance, case: &str) -> Got {
    service.post(&format!("{case}/flag-risk"), &[(KEY, "once")], &risk())
}

/// Sends it until it is answered for good.
fn answered(service: &Instance, case: &str) -> Got {
    loop {
        let got = flag(service, case);
        if got.status != 409 {
            return got;
        }
        got.problem(409, "idempotency-in-flight");
        assert_eq!(got.headers["retry-after"], "1");
        // The second that is asked for would make a thousand of these a long test.
        thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn a_thousand_retries_at_once_to_two_instances_and_after_a_restart_have_one_effect() {
    let shared = Shared::new();
    let instances = [shared.instance(), shared.instance()];
    let case = instances[0].case();
    let fresh = AtomicU32::new(0);
    let texts: Vec<String> = thread::scope(|scope| {
        let asking = |number: usize| {
            let (service, case, fresh) = (&instances[number % 2], &case, &fresh);
            scope.spawn(move || {
                let all: Vec<Got> = (0..25).map(|_| answered(service, case)).collect();
                let first = all.iter().filter(|got| !got.done(200).is_replayed()).count();
                fresh.fetch_add(u32::try_from(first).unwrap(), Ordering::Relaxed);
                all.into_iter().map(|got| got.text).collect::<Vec<_>>()
            })
        };
        let asked: Vec<_> = (0..40).map(asking).collect();
        asked.into_iter().flat_map(|asked| asked.join().unwrap()).collect()
    });
    assert_eq!((texts.len(), fresh.into_inner()), (1000, 1));
    assert!(texts.iter().all(|text| *text == texts[0]));
    drop(instances);
    let service = shared.instance();
    let again = flag(&service, &case);
    assert!(again.is_replayed());
    assert_eq!((again.text, service.version(&case)), (texts[0].clone(), 2));
}

#[test]
fn a_request_in_hand_is_not_taken_in_hand_again() {
    let shared = Shared::new();
    let service = shared.instance();
    let case = service.case();
    let in_the_way = shared.stand_in_the_way();
    let first = thread::scope(|scope| {
        let first = scope.spawn(|| flag(&service, &case));
        thread::sleep(Duration::from_millis(300));
        let second = flag(&service, &case);
        second.problem(409, "idempotency-in-flight");
        assert_eq!(second.headers["retry-after"], "1");
        drop(in_the_way);
        first.join().unwrap()
    });
    assert!(!first.done(200).is_replayed());
    let third = flag(&service, &case);
    assert!(third.is_replayed());
    assert_eq!((third.same(), service.version(&case)), (first.same(), 2));
}

#[test]
fn what_a_caller_began_who_hangs_up_is_finished_and_told_when_asked_again() {
    let shared = Shared::new();
    let service = shared.instance();
    let case = service.case();
    let in_the_way = shared.stand_in_the_way();
    let path = format!("{case}/flag-risk");
    let body = json!({ "actor": "crm", "content": risk() });
    let hung_up = service.request("POST", &path, &[(KEY, "once")], &body);
    hung_up.timeout(Duration::from_millis(300)).send().unwrap_err();
    // It is still in hand, though nobody waits for it.
    thread::sleep(Duration::from_millis(100));
    flag(&service, &case).problem(409, "idempotency-in-flight");
    drop(in_the_way);
    let told = answered(&service, &case);
    assert!(told.done(200).is_replayed());
    assert_eq!(service.version(&case), 2);
}

/// The second instance waits for the case, and then sees one on which the command was carried out already.
#[test]
fn a_retry_that_reaches_another_instance_meanwhile_is_not_refused_for_what_the_first_did() {
    let shared = Shared::new();
    let (one, other) = (shared.instance(), shared.instance());
    let case = one.case();
    let accept = format!("{case}/accept");
    let in_the_way = shared.stand_in_the_way();
    let answers = thread::scope(|scope| {
        let accept = &accept;
        let send =
            |service: &Instance| service.post(accept, &[(KEY, "a"), ("If-Match", "\"1\"")], &json!({}));
        let send = |service| scope.spawn(move || send(service));
        let both = [send(&one), send(&other)];
        thread::sleep(Duration::from_millis(400));
        drop(in_the_way);
        both.map(|sent| sent.join().unwrap())
    });
    assert_eq!(answers[0].done(200).same(), answers[1].done(200).same());
    assert_eq!(answers.iter().filter(|got| got.is_replayed()).count(), 1);
    assert_eq!(one.version(&case), 2);
}
