//! The service under load, against what its database can do by itself, in one run on one machine.
//!
//! `cargo bench -p redress-service --bench load` prints rates with their ratios and the latencies; `-- --million` goes on to a million
//! events and a million closed cases. PostgreSQL takes part where its programs are installed.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    missing_docs,
    reason = "a benchmark"
)]

mod figures;
mod http;
mod life;
mod lists;
mod raw;
mod service;

use std::time::{Duration, Instant};

use figures::{Times, ratio};
use http::Connection;
use redress_postgres::{Care, Cluster};
use redress_service::storage::Address;
use service::Service;

/// How long each figure is measured for.
const LASTS: Duration = Duration::from_secs(6);

fn main() {
    let million = std::env::args().any(|argument| argument == "--million");
    let folder = tempfile::tempdir_in(".").expect("a folder on the same disk as the project");
    let file = |name: &str| format!("sqlite:{}", folder.path().join(name).display());
    println!("SQLite, one file, WAL, synchronous FULL");
    against("SQLite", &file("service.db"), &file("raw.db"));
    match Cluster::start(Care::Durable, |_| Ok(())) {
        Ok(cluster) => {
            println!("\nPostgreSQL, fsync on, on a socket");
            let service = cluster.database().expect("a database");
            let raw = cluster.database().expect("a database");
            against("PostgreSQL", service.url(), raw.url());
        }
        Err(why) => println!("\nPostgreSQL is left out: {why:#}"),
    }
    lists::piled_up(&file("lists.db"), million);
    if million {
        a_million_events(&file("million.db"));
    }
}

/// Steps of cases' lives over HTTP, against the same rows written by the database alone.
fn against(name: &str, database: &str, raw: &str) {
    let service = Service::start(database);
    steps(&service, 4, Duration::from_secs(2));
    let rates: Vec<(usize, u64)> = [1, 16, 64]
        .into_iter()
        .map(|connections| {
            let times = steps(&service, connections, LASTS);
            println!("{}", times.line(&format!("  steps over HTTP, {connections} connections")));
            (connections, times.per_second())
        })
        .collect();
    let times = reads(&service, 64);
    println!("{}", times.line("  cases read over HTTP, 64 connections"));
    drop(service);
    let sizes = raw::sizes(&address(database));
    let cases = cases_for(raw, 64);
    let mut alone = 0;
    for (connections, rate) in rates {
        let bare = raw::rate(&address(raw), &cases[..connections], LASTS, sizes);
        alone = if connections == 1 { bare } else { alone };
        println!(
            "  {name} alone, {connections:>2} connections {bare:>7}/s   service / alone {}   service / alone with 1 connection {}",
            ratio(rate.into(), bare.into()),
            ratio(rate.into(), alone.into())
        );
    }
}

fn address(database: &str) -> Address {
    database.parse().expect("an address")
}

/// Cases to write beside, taken on.
fn cases_for(database: &str, count: usize) -> Vec<String> {
    let service = Service::start(database);
    let mut connection = Connection::open(&service.address, &service.key).expect("a connection");
    let accept = &life::steps()[0];
    (0..count)
        .map(|_| {
            let (_, case) = life::receive(&mut connection);
            life::command(&mut connection, &case, accept.0, &accept.1);
            case
        })
        .collect()
}

/// So many connections, each of which plays one case after another.
fn steps(service: &Service, connections: usize, lasts: Duration) -> Times {
    let begun = Instant::now();
    let parts = std::thread::scope(|scope| {
        let players: Vec<_> =
            (0..connections).map(|_| scope.spawn(|| plays(service, begun, lasts))).collect();
        players.into_iter().map(|player| player.join().expect("a player")).collect()
    });
    Times::of(parts, begun.elapsed())
}

fn plays(service: &Service, begun: Instant, lasts: Duration) -> Times {
    let mut connection = Connection::open(&service.address, &service.key).expect("a connection");
    let steps = life::steps();
    let mut times = Times::default();
    while begun.elapsed() < lasts {
        let (_, case) = times.take(|| life::receive(&mut connection));
        for (verb, content) in &steps {
            if begun.elapsed() >= lasts {
                break;
            }
            times.take(|| life::command(&mut connection, &case, verb, content));
        }
    }
    times
}

/// So many connections that read cases.
fn reads(service: &Service, connections: usize) -> Times {
    let mut first = Connection::open(&service.address, &service.key).expect("a connection");
    let case = life::receive(&mut first).1;
    for (verb, content) in life::steps() {
        life::command(&mut first, &case, verb, &content);
    }
    let path = format!("/v1/cases/{case}");
    let begun = Instant::now();
    let parts = std::thread::scope(|scope| {
        let readers: Vec<_> = (0..connections)
            .map(|_| {
                scope.spawn(|| {
                    let mut connection =
                        Connection::open(&service.address, &service.key).expect("a connection");
                    let mut times = Times::default();
                    while begun.elapsed() < LASTS {
                        let answer = times.take(|| connection.get(&path).expect("an answer"));
                        assert_eq!(answer.status, 200);
                    }
                    times
                })
            })
            .collect();
        readers.into_iter().map(|reader| reader.join().expect("a reader")).collect()
    });
    Times::of(parts, begun.elapsed())
}

/// A million events, and what the service holds in memory after each tenth of them.
fn a_million_events(database: &str) {
    println!("\nA million events on SQLite");
    let service = Service::start(database);
    let mut done = 0;
    let mut printed = 0;
    while done < 1_000_000 {
        done +=
            usize::try_from(u128::from(steps(&service, 64, LASTS).per_second()) * LASTS.as_secs() as u128)
                .unwrap_or(0);
        if done / 100_000 > printed {
            printed = done / 100_000;
            println!("  {done:>8} events   {:>6} KiB held", service.memory());
        }
    }
}
