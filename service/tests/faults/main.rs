//! What becomes of answered commands when things break: the process is killed, PostgreSQL crashes, the disk is full. Every answered
//! command is there afterwards, none twice, and `verify` finds nothing.
//!
//! `REDRESS_FAULTS` sets how often things break in each test; three times where it is not set.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    dead_code,
    reason = "a test, and what it shares with a benchmark"
)]

mod callers;
mod deliveries;
#[path = "../../benches/transfers/history.rs"]
mod history;
#[path = "../../benches/load/http.rs"]
mod http;
mod imports;
mod kills;
#[path = "../../benches/load/life.rs"]
mod life;
#[path = "../../benches/webhooks/receiver.rs"]
mod receiver;
#[path = "../../benches/load/service.rs"]
mod service;
mod space;

use std::process::Command;

/// How often things break.
fn rounds() -> usize {
    std::env::var("REDRESS_FAULTS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(3)
}

/// Fails where the database is not what its events say.
fn verify(database: &str) {
    let looked = Command::new(service::PROGRAM).args(["verify", "--database", database]).output().unwrap();
    let said =
        String::from_utf8_lossy(&looked.stdout).into_owned() + &String::from_utf8_lossy(&looked.stderr);
    assert!(looked.status.success(), "{said}");
}
