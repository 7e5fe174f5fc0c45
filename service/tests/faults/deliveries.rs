//! The service is killed while it makes deliveries: each comes, and each case's in their order.

use std::collections::{BTreeMap, HashMap};
use std::time::{Duration, Instant};

use redress_postgres::{Care, Cluster};
use serde_json::{Value, json};

use crate::callers::{Line, callers};
use crate::http::Connection;
use crate::receiver::{Came, Receiver};
use crate::rounds;
use crate::service::Service;

const CALLERS: usize = 4;

/// How many deliveries one webhook has out at once: as many may come a second time for each time that the service is killed.
const OUT: usize = 8;

/// How long everything may take to come: what a killed process had out is another's after twenty seconds.
const PATIENCE: Duration = Duration::from_secs(120);

fn killed(database: &str) {
    let receiver = Receiver::start();
    let mut service = Service::start(database);
    let wanted = json!({ "url": receiver.url() }).to_string();
    let mut connection = Connection::open(&service.address, &service.key).unwrap();
    let made = connection.post("/v1/webhooks", "webhook", &wanted).unwrap();
    assert_eq!(made.status, 201, "{}", String::from_utf8_lossy(&made.body));
    let line = Line::to(&service.address, &service.key);
    callers(&line, CALLERS, || {
        for round in 0..rounds() {
            line.wait_for(30 + 7 * round);
            // In the middle of it: something has come since, and more is on its way.
            let before = receiver.count();
            while receiver.count() == before {
                line.wait_for(1);
            }
            service.crash(database);
            *line.address.write().unwrap() = service.address.clone();
        }
        line.wait_for(20);
    });
    let events = events(&service);
    let came = all(&receiver, events);
    assert!(came.len() <= events + OUT * rounds(), "{} came, of {events}", came.len());
    in_order(&came);
}

/// How many events there are.
fn events(service: &Service) -> usize {
    let mut connection = Connection::open(&service.address, &service.key).unwrap();
    let answer = connection.get("/v1/events?limit=1").unwrap();
    let answer: Value = serde_json::from_slice(&answer.body).unwrap();
    usize::try_from(answer["head"].as_u64().unwrap()).unwrap()
}

/// Everything that came, once each of so many events has.
fn all(receiver: &Receiver, events: usize) -> Vec<Came> {
    let begun = Instant::now();
    loop {
        let came = receiver.came();
        let ids: HashMap<&str, &str> = came.iter().map(|one| (one.id.as_str(), one.body.as_str())).collect();
        if ids.len() == events {
            for one in &came {
                assert_eq!(ids[one.id.as_str()], one.body, "one id, two messages");
            }
            return came;
        }
        assert!(begun.elapsed() < PATIENCE, "{} of {events} came", ids.len());
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// What comes for the first time comes after everything before it in its case.
fn in_order(came: &[Came]) {
    let mut last: BTreeMap<String, u64> = BTreeMap::new();
    for one in came {
        let told: Value = serde_json::from_str(&one.body).unwrap();
        let case = told["data"]["case"].as_str().unwrap().to_owned();
        let sequence = told["data"]["sequence"].as_u64().unwrap();
        let last = last.entry(case).or_insert(0);
        assert!(sequence <= *last + 1, "{sequence} came after {last}");
        *last = sequence.max(*last);
    }
}

#[test]
fn every_delivery_comes_though_the_process_is_killed_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    killed(&format!("sqlite:{}", folder.path().join("redress.db").display()));
}

#[test]
fn every_delivery_comes_though_the_process_is_killed_on_postgresql() {
    if !redress_postgres::available().unwrap() {
        return;
    }
    let cluster = Cluster::start(Care::None, |_| Ok(())).unwrap();
    let database = cluster.database().unwrap();
    killed(database.url());
}
