//! How fast one core decides, replays and counts, each beside what the machine needs at the least for the same bytes.
//!
//! A life is 24 commands from receipt to an order complied with, two of them refused, under each of the five policies; the
//! words are of the usual length, and each is digested with its salt, as when it is kept.
//! `cargo bench -p redress-shared --bench decide` measures; any other way of running it only tries every part once.
#![allow(clippy::print_stdout, reason = "a benchmark reports")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "helpers of tests")]

#[allow(dead_code, unused_imports, reason = "the kit of the tests, of which only scripts are needed")]
#[path = "../tests/case/kit/mod.rs"]
mod kit;

use std::cell::Cell;
use std::hint::black_box;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use redress_shared::case::chain::{record_digest, stored};
use redress_shared::case::deadline::{Deadline, deadlines};
use redress_shared::case::record::{RecordKind, RecordRef, Vault};
use redress_shared::case::{
    Case, CaseId, Command, Context, Logged, RecordId, RefusalCode, Rules, decide, evolve, opened, replay,
};

use kit::{MARK, POLICIES, Play};

const LIFE: &str = r#"2025-04-14 10:00 receive
2025-04-14 16:00 accept
2025-04-16 12:00 acknowledge
2025-04-16 12:05 acknowledge
2025-04-22 10:00 update-resident
2025-04-23 10:00 add-issue
2025-04-29 10:00 extend {"respond_by": "2025-05-14"}
2025-05-06 10:00 respond {"sources": null}
2025-05-06 12:00 respond
2025-05-07 10:00 answer-offer
2025-05-08 10:00 complete-action
2025-05-15 10:00 request-escalation
2025-05-19 10:00 accept-escalation
2025-05-19 11:00 acknowledge
2025-06-02 10:00 update-resident
2025-06-10 10:00 respond
2025-06-11 10:00 agree-remedy
2025-06-12 10:00 record-survey
2025-06-12 11:00 record-learning
2025-07-01 10:00 refer-to-ombudsman
2025-09-01 10:00 record-determination
2025-09-10 10:00 comply-with-order
2025-09-11 10:00 report-learning
2025-09-12 10:00 record-consent"#;

/// What a resident says in a paragraph: 180 characters.
const PARAGRAPH: &str = "The heating has been off since the second of the month. I rang three times and was told that somebody would \
come; nobody did, and on the last call I was told that no job had been raised";

/// Digests what it is given, and keeps nothing.
#[derive(Default)]
struct Digesting {
    records: Cell<u64>,
    bytes: Cell<u64>,
}

impl Vault for Digesting {
    fn keep(&self, _kind: RecordKind, body: &str) -> RecordRef {
        let number = self.records.get() + 1;
        self.records.set(number);
        self.bytes.set(self.bytes.get() + body.len() as u64);
        let id = u128::from(number);
        RecordRef { record: RecordId(id), digest: record_digest(&id.to_be_bytes(), body) }
    }
}

/// One life, ready to be lived again and again.
struct Life {
    rules: Rules,
    commands: Vec<(DateTime<Utc>, Command)>,
    log: Vec<Logged>,
    states: Vec<Case>,
}

impl Life {
    fn of(policy: &str) -> Self {
        let mut play = Play::under(kit::rules(policy));
        let (mut commands, mut states, mut refused) = (Vec::new(), Vec::new(), Vec::new());
        for line in LIFE.lines() {
            let step = kit::script::Step::read(line);
            play.now = play.now.max(step.at);
            let told = serde_json::to_string(&play.command(&step)).unwrap();
            let command = serde_json::from_str(&told.replace(MARK, PARAGRAPH)).unwrap();
            if let Err(refusal) = play.decide(step.at, &command) {
                refused.push(refusal.code);
            }
            commands.push((step.at, command));
            states.extend(play.case.clone());
        }
        assert_eq!(refused, [RefusalCode::AlreadyDone, RefusalCode::ResponseIncomplete], "{policy}");
        Self { rules: kit::rules(policy), commands, log: play.log, states }
    }

    /// Decides every command and takes every event in; how many commands that were.
    fn live(&self, vault: &Digesting) -> u64 {
        let mut case: Option<Case> = None;
        let mut sequence = 0;
        for (at, command) in &self.commands {
            let context = Context {
                rules: &self.rules,
                current: &self.rules,
                now: *at,
                occurred_at: *at,
                vault,
                next_case: CaseId(2),
            };
            let Ok(decision) = decide(case.as_ref(), command, &context) else { continue };
            for event in decision.events {
                sequence += 1;
                let actor = String::new();
                let logged =
                    Logged { sequence, occurred_at: *at, recorded_at: *at, actor, imported: false, event };
                match &mut case {
                    Some(case) => evolve(case, &logged),
                    none => *none = opened(CaseId(1), &logged),
                }
            }
        }
        black_box(case);
        self.commands.len() as u64
    }
}

/// Repeats the work for a while; how much of it was done, and in how many nanoseconds.
fn measure(least: Duration, mut work: impl FnMut() -> u64) -> (u64, u128) {
    work();
    let started = Instant::now();
    let mut done = 0;
    loop {
        done += work();
        let taken = started.elapsed();
        if taken >= least {
            return (done, taken.as_nanos().max(1));
        }
    }
}

/// So many a second, with the thousands apart.
fn per_second((done, nanoseconds): (u64, u128)) -> String {
    let digits = (u128::from(done) * 1_000_000_000 / nanoseconds).to_string();
    let groups: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().map(|group| std::str::from_utf8(group).unwrap()).collect();
    groups.join(",")
}

/// How many times longer the work took than its least, for one of each, in tenths.
fn times((done, nanoseconds): (u64, u128), (least_done, least): (u64, u128)) -> String {
    let tenths = nanoseconds * u128::from(least_done) * 10 / (least * u128::from(done)).max(1);
    format!("{}.{}", tenths / 10, tenths % 10)
}

fn report(what: &str, measured: (u64, u128), least: &str, limit: (u64, u128)) {
    println!("{what:<44}{:>14} /s   {:>6} x {least}", per_second(measured), times(measured, limit));
}

fn main() {
    let long = std::env::args().any(|argument| argument == "--bench");
    let least = if long { Duration::from_secs(2) } else { Duration::ZERO };
    let lives: Vec<Life> = POLICIES.into_iter().map(Life::of).collect();
    let vault = Digesting::default();
    let all = || lives.iter().map(|life| life.live(&vault)).sum::<u64>();

    let commands = all();
    let (records, bytes) = (vault.records.get(), vault.bytes.get());
    let body = "x".repeat(usize::try_from(bytes / records).unwrap());
    println!("{commands} commands with {records} records of {} bytes on average", body.len());
    let decided = measure(least, all);
    let digested = measure(least, || {
        (0..records)
            .for_each(|number| _ = black_box(record_digest(&u128::from(number).to_be_bytes(), &body)));
        commands
    });
    report("commands decided and taken in", decided, "SHA-256 of the same words", digested);

    let log: Vec<u8> = lives
        .iter()
        .flat_map(|life| &life.log)
        .flat_map(|logged| stored(logged).unwrap().into_bytes())
        .collect();
    let events: u64 = lives.iter().map(|life| life.log.len() as u64).sum();
    let replayed = measure(least, || {
        lives.iter().for_each(|life| drop(black_box(replay(CaseId(1), &life.log))));
        events
    });
    let copied = measure(least, || {
        drop(black_box(log.clone()));
        events
    });
    report("events replayed", replayed, "memcpy of the stored log", copied);

    let mut found: Vec<Deadline> = Vec::new();
    lives.iter().for_each(|life| {
        life.states.iter().for_each(|case| found.extend(deadlines(case, &life.rules).unwrap()))
    });
    let count = found.len() as u64;
    let counted = measure(least, || {
        for life in &lives {
            life.states.iter().for_each(|case| drop(black_box(deadlines(case, &life.rules))));
        }
        count
    });
    let image = vec![1_u8; found.len() * size_of::<Deadline>()];
    let copied = measure(least, || {
        drop(black_box(image.clone()));
        count
    });
    report("due dates counted, with their derivation", counted, "memcpy of as many due dates", copied);
}
