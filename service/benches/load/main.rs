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

/// How long each figure is measured for, where `--seconds` does not say.
const LASTS: u64 = 6;

/// What is to be measured.
struct Plan {
    only: Option<String>,
    million: bool,
    lasts: Duration,
}

impl Plan {
    fn read() -> Self {
        let arguments: Vec<String> = std::env::args().collect();
        let after = |name: &str| {
            let at = arguments.iter().position(|argument| argument == name)?;
            arguments.get(at + 1).cloned()
        };
        let seconds = after("--seconds").map_or(LASTS, |seconds| seconds.parse().expect("whole seconds"));
        Self {
            only: after("--only"),
            million: arguments.iter().any(|argument| argument == "--million"),
            lasts: Duration::from_secs(seconds),
        }
    }

    fn has(&self, part: &str) -> bool {
        self.only.as_deref().is_none_or(|only| only == part)
    }
}

fn main() {
    let plan = Plan::read();
    let folder = tempfile::tempdir_in(".").expect("a folder on the same disk as the project");
    let file = |name: &str| format!("sqlite:{}", folder.path().join(name).display());
    if plan.has("sqlite") {
        println!("SQLite, one file, WAL, synchronous FULL");
        against("SQLite", &file("service.db"), &file("raw.db"), plan.lasts);
    }
    let cluster = Cluster::start(Care::Durable, |_| Ok(()))
        .inspect_err(|why| println!("PostgreSQL is left out: {why:#}"))
        .ok();
    let databases = || cluster.iter().map(|cluster| cluster.database().expect("a database"));
    if plan.has("postgres") {
        for (service, raw) in databases().zip(databases()) {
            println!("\nPostgreSQL, fsync on, on a socket");
            against("PostgreSQL", service.url(), raw.url(), plan.lasts);
        }
    }
    if plan.has("lists") {
        lists::piled_up("SQLite", &file("lists.db"), plan.million);
        databases().for_each(|database| lists::piled_up("PostgreSQL", database.url(), plan.million));
    }
    if plan.million && plan.has("memory") {
        a_million_events("SQLite", &file("million.db"), plan.lasts);
        databases().for_each(|database| a_million_events("PostgreSQL", database.url(), plan.lasts));
    }
}

/// Steps of cases' lives over HTTP, each figure beside that of the same rows written by the database alone: disks and machines have
/// their moods.
fn against(name: &str, database: &str, raw: &str, lasts: Duration) {
    let cases = cases_for(raw, 64);
    let service = Service::start(database);
    steps(&service, 4, Duration::from_secs(2));
    let sizes = raw::sizes(&address(database));
    let mut alone = 0;
    for connections in [1, 16, 64] {
        let what = format!("  steps over HTTP, {connections} connections");
        let times = timed(&service, &what, || steps(&service, connections, lasts));
        let bare = raw::rate(&address(raw), &cases[..connections], lasts, sizes);
        alone = if connections == 1 { bare } else { alone };
        println!(
            "  {name} alone, {connections:>2} connections {bare:>7}/s   service / alone {}   service / alone with 1 connection {}",
            ratio(times.per_second().into(), bare.into()),
            ratio(times.per_second().into(), alone.into())
        );
    }
    let shared = raw::shared(&address(raw), &cases[0], lasts, sizes, 64);
    println!(
        "  {name} alone, 1 connection, 64 steps to a commit {shared}/s: {} of a step to a commit",
        ratio(shared.into(), alone.into())
    );
    timed(&service, "  cases read over HTTP, 64 connections", || reads(&service, 64, lasts));
}

/// Prints what was measured, with the processors' time that it took on both sides.
fn timed(service: &Service, what: &str, measured: impl FnOnce() -> Times) -> Times {
    let both = || (figures::used(service.process()), figures::used(std::process::id()));
    let before = both();
    let times = measured();
    let after = both();
    let each = |used: u64| used / u64::try_from(times.count().max(1)).unwrap_or(u64::MAX);
    println!(
        "{}   processor: service {} us, callers {} us",
        times.line(what),
        each(after.0 - before.0),
        each(after.1 - before.1)
    );
    times
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
fn reads(service: &Service, connections: usize, lasts: Duration) -> Times {
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
                    while begun.elapsed() < lasts {
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
fn a_million_events(name: &str, database: &str, lasts: Duration) {
    println!("\nA million events on {name}");
    let service = Service::start(database);
    let (mut done, mut printed) = (0, 0);
    while done < 1_000_000 {
        done += steps(&service, 64, lasts).count();
        if done / 100_000 > printed {
            printed = done / 100_000;
            println!("  {done:>8} events   {:>6} KiB held", service.memory());
        }
    }
}
