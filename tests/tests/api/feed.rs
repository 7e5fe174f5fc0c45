//! The feed of events: in order, without a gap, and skipping nothing.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use redress_service::storage::append::append;
use redress_shared::case::Logged;
use redress_tests::database::Backend;
use serde_json::{Value, json};

use crate::BACKEND;
use crate::api::reading::Instances;
use crate::api::tables::{connect, execute, lines};

fn numbers(answer: &Value) -> Vec<i64> {
    answer["events"].as_array().unwrap().iter().map(|event| event["feed"].as_i64().unwrap()).collect()
}

#[test]
fn events_are_numbered_and_read_as_in_their_history() {
    let service = Instances::start(1);
    let case = service.case(0);
    service.command(0, &case, "accept", &json!({}));
    let all = service.get("/v1/events");
    assert_eq!((numbers(&all), &all["last"], &all["head"]), (vec![1, 2], &json!(2), &json!(2)));
    let history = service.get(&format!("/v1/cases/{case}/history"));
    for (fed, event) in all["events"].as_array().unwrap().iter().zip(history["events"].as_array().unwrap()) {
        assert_eq!(
            (&fed["event"], &fed["digest"], &fed["case"]),
            (&event["event"], &event["digest"], &json!(case))
        );
    }
    let first = service.get("/v1/events?limit=1");
    assert_eq!((numbers(&first), &first["last"]), (vec![1], &json!(1)));
    assert_eq!(numbers(&service.get("/v1/events?after=1")), [2]);
    assert_eq!(service.ask(0, "bradford", "/v1/events").1, json!({ "events": [], "last": 0, "head": 0 }));
    assert_eq!(service.refused("/v1/events?after=3"), "after");
    assert_eq!(service.refused("/v1/events?after=-1&limit=501&wait=31&case=x"), "after case limit wait");
}

#[test]
fn what_is_filtered_out_is_moved_past() {
    let service = Instances::start(1);
    let one = service.case(0);
    // Events that nobody has asked for yet are numbered together, those of one instant case by case.
    assert_eq!(service.get("/v1/events")["last"], 1);
    let other = service.case(0);
    assert_eq!(service.get("/v1/events")["last"], 2);
    service.command(0, &one, "accept", &json!({}));
    let opened = service.get("/v1/events?type=opened");
    assert_eq!((numbers(&opened), &opened["last"]), (vec![1, 2], &json!(3)));
    let some = service.get("/v1/events?type=accepted&type=opened&limit=2");
    assert_eq!((numbers(&some), &some["last"]), (vec![1, 2], &json!(2)));
    let none = service.get("/v1/events?type=closed");
    assert_eq!((numbers(&none), &none["last"]), (vec![], &json!(3)));
    assert_eq!(numbers(&service.get(&format!("/v1/events?case={other}"))), [2]);
    assert_eq!(numbers(&service.get(&format!("/v1/events?case={one}&type=accepted"))), [3]);
}

#[test]
fn every_type_can_be_named_at_once() {
    let service = Instances::start(1);
    service.case(0);
    let description = service.get("/openapi.json");
    let types = description["components"]["schemas"]["EventType"]["enum"].as_array().unwrap();
    let types: Vec<String> = types.iter().map(|word| format!("type={}", word.as_str().unwrap())).collect();
    assert!(types.len() > 64, "{types:?}");
    let all = service.get(&format!("/v1/events?after=0&limit=500&wait=0&{}", types.join("&")));
    assert_eq!(numbers(&all), [1]);
}

#[test]
fn whoever_waits_is_answered_when_there_is_something_and_not_before() {
    let services = Instances::start(if BACKEND == Backend::Postgres { 2 } else { 1 });
    let case = services.case(0);
    let begun = Instant::now();
    let none = services.get("/v1/events?after=1&wait=1");
    assert_eq!((numbers(&none), &none["last"]), (vec![], &json!(1)));
    assert!(begun.elapsed() >= Duration::from_secs(1), "{:?}", begun.elapsed());
    // Something that is there is not waited for; something that is filtered out ends no wait.
    assert_eq!(numbers(&services.get("/v1/events?wait=30")), [1]);
    std::thread::scope(|scope| {
        let begun = Instant::now();
        // Whoever asks the other instance hears of it too.
        let waiting: Vec<_> = [0, 1, 0, 1]
            .map(|instance| {
                let services = &services;
                scope.spawn(move || {
                    services.ask(instance, "hartlepool", "/v1/events?after=1&wait=30&type=accepted").1
                })
            })
            .into();
        std::thread::sleep(Duration::from_millis(300));
        services.case(0);
        std::thread::sleep(Duration::from_millis(300));
        services.command(0, &case, "accept", &json!({}));
        for waiter in waiting {
            assert_eq!(numbers(&waiter.join().unwrap()), [3]);
        }
        assert!(begun.elapsed() < Duration::from_secs(15), "{:?}", begun.elapsed());
    });
}

const WRITERS: usize = 8;

/// Two instances on PostgreSQL, one on SQLite; the reader asks them in turn.
#[test]
fn a_reader_sees_every_event_once_while_eight_write() {
    let services = Instances::start(if BACKEND == Backend::Postgres { 2 } else { 1 });
    let done = AtomicUsize::new(0);
    let mut seen: Vec<(i64, String, u64)> = Vec::new();
    std::thread::scope(|scope| {
        for writer in 0..WRITERS {
            let (services, done) = (&services, &done);
            scope.spawn(move || {
                let case = services.case(writer);
                services.command(writer, &case, "accept", &json!({}));
                for round in 0..8 {
                    let note = json!({ "note": format!("Writer {writer}, round {round}.") });
                    services.command(writer + round, &case, "update-resident", &note);
                }
                done.fetch_add(1, Ordering::SeqCst);
            });
        }
        let (mut after, mut turn) = (0, 0);
        loop {
            let finished = done.load(Ordering::SeqCst) == WRITERS;
            let (status, answer) =
                services.ask(turn, "hartlepool", &format!("/v1/events?after={after}&limit=7&wait=1"));
            assert_eq!(status, 200, "{answer}");
            for event in answer["events"].as_array().unwrap() {
                let case = event["case"].as_str().unwrap().to_owned();
                seen.push((
                    event["feed"].as_i64().unwrap(),
                    case,
                    event["event"]["sequence"].as_u64().unwrap(),
                ));
            }
            after = answer["last"].as_i64().unwrap();
            turn += 1;
            if finished && after == answer["head"].as_i64().unwrap() {
                return;
            }
        }
    });
    let given: Vec<i64> = seen.iter().map(|(number, _, _)| *number).collect();
    assert_eq!(given, (1..=10 * WRITERS as i64).collect::<Vec<_>>());
    let mut by_case: BTreeMap<String, Vec<u64>> = BTreeMap::new();
    for (_, case, sequence) in seen {
        by_case.entry(case).or_default().push(sequence);
    }
    assert_eq!(by_case.len(), WRITERS);
    for sequences in by_case.values() {
        assert_eq!(*sequences, (1..=10).collect::<Vec<_>>());
    }
}

/// What a reader that goes by a number drawn while writing would miss, and what the feed makes of the same two writers. On SQLite
/// there is one writer at a time, and nothing to miss.
#[test]
fn what_is_committed_late_is_not_skipped() {
    let service = Instances::start(1);
    if BACKEND == Backend::Sqlite {
        return;
    }
    let cases = [service.case(0), service.case(0)];
    let mut watcher = connect(service.database());
    execute(
        &mut watcher,
        "CREATE TABLE naive (id BIGSERIAL PRIMARY KEY, case_id TEXT NOT NULL);
         CREATE FUNCTION naive() RETURNS trigger LANGUAGE plpgsql AS
         $$ BEGIN INSERT INTO naive (case_id) VALUES (NEW.case_id); RETURN NEW; END $$;
         CREATE TRIGGER naive AFTER INSERT ON case_events FOR EACH ROW EXECUTE FUNCTION naive()",
    );
    let naive = |watcher: &mut _, after: u64| {
        lines(
            watcher,
            &format!("SELECT id || ' ' || case_id AS line FROM naive WHERE id > {after} ORDER BY id"),
        )
    };
    let mut writers = cases.clone().map(|case| {
        let mut connection = connect(service.database());
        execute(&mut connection, "BEGIN");
        let history = service.get(&format!("/v1/cases/{case}/history"));
        let mut event: Logged = serde_json::from_value(history["events"][0]["event"].clone()).unwrap();
        event.sequence = 2;
        let digest = serde_json::from_value(history["events"][0]["digest"].clone()).unwrap();
        append(&mut connection, "hartlepool", case.parse().unwrap(), digest, &[event]).unwrap();
        connection
    });
    let [early, late] = &mut writers;
    execute(late, "COMMIT");
    assert_eq!(naive(&mut watcher, 0), [format!("2 {}", cases[1])]);
    let seen = service.get("/v1/events?after=2");
    assert_eq!((numbers(&seen), &seen["events"][0]["case"]), (vec![3], &json!(cases[1])));
    execute(early, "COMMIT");
    assert_eq!(naive(&mut watcher, 2), Vec::<String>::new(), "the naive reader has missed {}", cases[0]);
    assert_eq!(naive(&mut watcher, 0).len(), 2);
    let seen = service.get("/v1/events?after=3");
    assert_eq!((numbers(&seen), &seen["events"][0]["case"]), (vec![4], &json!(cases[0])));
}
