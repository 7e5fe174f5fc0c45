//! Deliveries to webhooks, against what the database can do by itself, in one run on one machine.
//!
//! `cargo bench -p redress-service --bench webhooks` prints how many come a second at one receiver and at four, which answer at once,
//! and how many a second the database alone enters, claims and settles. PostgreSQL takes part where its programs are installed.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    dead_code,
    missing_docs,
    reason = "a benchmark"
)]

#[path = "../load/http.rs"]
mod http;
#[path = "../load/life.rs"]
mod life;
mod raw;
mod receiver;
#[path = "../load/service.rs"]
mod service;

use std::time::{Duration, Instant};

use http::Connection;
use receiver::Receiver;
use redress_postgres::{Care, Cluster};
use serde_json::{Value, json};
use service::Service;

/// How many cases there are to tell of, with seven events each.
const CASES: usize = 600;
const EVENTS: usize = CASES * 7;

fn main() {
    let folder = tempfile::tempdir_in(".").expect("a folder on the same disk as the project");
    println!("SQLite, one file, WAL, synchronous FULL");
    against(&format!("sqlite:{}", folder.path().join("webhooks.db").display()));
    match Cluster::start(Care::Durable, |_| Ok(())) {
        Ok(cluster) => {
            println!("\nPostgreSQL, fsync on, on a socket");
            against(cluster.database().expect("a database").url());
        }
        Err(why) => println!("\nPostgreSQL is left out: {why:#}"),
    }
}

fn against(database: &str) {
    let service = Service::start(database);
    let mut connection = Connection::open(&service.address, &service.key).expect("a connection");
    let receivers: Vec<Receiver> = (0..5).map(|_| Receiver::start()).collect();
    let webhooks: Vec<String> = receivers.iter().map(|receiver| asleep(&mut connection, receiver)).collect();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| play(&service, CASES / 4));
        }
    });
    let one = told(&service, &receivers[..1], &webhooks[..1]);
    println!("  deliveries to one webhook                  {one:>7}/s");
    let four = told(&service, &receivers[1..], &webhooks[1..]);
    println!("  deliveries to four webhooks                {four:>7}/s");
    drop(service);
    let bare = raw::rate(&database.parse().expect("an address"), &webhooks[0]);
    println!("  the database alone, eight to a transaction {bare:>7}/s");
    println!("  service / alone: {} and {} hundredths", one * 100 / bare.max(1), four * 100 / bare.max(1));
}

/// A webhook that is told nothing yet.
fn asleep(connection: &mut Connection, receiver: &Receiver) -> String {
    let wanted = json!({ "url": receiver.url() }).to_string();
    let made = connection.post("/v1/webhooks", &life::new_key(), &wanted).expect("an answer");
    let made: Value = serde_json::from_slice(&made.body).expect("a webhook");
    let id = made["webhook"]["id"].as_str().expect("its id").to_owned();
    switch(connection, &id, "disable");
    id
}

fn switch(connection: &mut Connection, webhook: &str, way: &str) {
    let path = format!("/v1/webhooks/{webhook}/{way}");
    let answer = connection.post(&path, &life::new_key(), "").expect("an answer");
    assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(&answer.body));
}

fn play(service: &Service, cases: usize) {
    let mut connection = Connection::open(&service.address, &service.key).expect("a connection");
    for _ in 0..cases {
        let (_, case) = life::receive(&mut connection);
        for (verb, content) in life::steps() {
            life::command(&mut connection, &case, verb, &content);
        }
    }
}

/// Wakes the webhooks, and counts what comes a second until each has everything.
fn told(service: &Service, receivers: &[Receiver], webhooks: &[String]) -> u64 {
    let mut connection = Connection::open(&service.address, &service.key).expect("a connection");
    let begun = Instant::now();
    for webhook in webhooks {
        switch(&mut connection, webhook, "enable");
    }
    while receivers.iter().any(|receiver| receiver.count() < EVENTS) {
        assert!(begun.elapsed() < Duration::from_secs(300), "not everything came");
        std::thread::sleep(Duration::from_millis(5));
    }
    let came: Vec<Instant> = receivers.iter().flat_map(Receiver::came).map(|came| came.at).collect();
    let (first, last) = (came.iter().min().expect("some"), came.iter().max().expect("some"));
    let micros = last.duration_since(*first).as_micros().max(1);
    u64::try_from(came.len() as u128 * 1_000_000 / micros).expect("a rate")
}
