//! For each refusal, a script that leads to it: the policy, how far the case has come, what is asked then, the citation.

mod afterwards;
mod intake;
mod stages;

use redress_shared::case::{RefusalCode, Rules};
use redress_shared::policy::vocabulary::RemedyKind;

use crate::kit::{rules, rules_with};

/// One way to be refused.
pub struct Row {
    /// Why.
    pub code: RefusalCode,
    /// Under which rules.
    pub rules: fn() -> Rules,
    /// How many lines of [`LIFE`] come first.
    pub so_far: usize,
    /// The lines that follow; the last is refused. Without a time, it is a minute later than the line before.
    pub lines: &'static [&'static str],
    /// Where the rule is written.
    pub citation: &'static str,
}

/// A whole life, of which a row takes the beginning.
const LIFE: [&str; 9] = [
    "2025-04-14 10:00 receive",
    "2025-04-16 09:00 accept",
    "2025-04-17 12:00 acknowledge",
    "2025-05-01 12:00 respond",
    "2025-05-08 10:00 request-escalation",
    "2025-05-09 10:00 accept-escalation",
    "2025-05-12 10:00 acknowledge",
    "2025-06-02 10:00 respond",
    "2025-06-03 10:00 close",
];
const NOTHING: usize = 0;
const RECEIVED: usize = 1;
const ACCEPTED: usize = 2;
const ACKNOWLEDGED: usize = 3;
const ANSWERED: usize = 4;
const ASKED: usize = 5;
const STAGE_TWO: usize = 6;
const FINAL: usize = 8;
const CLOSED: usize = 9;

/// The script of a row.
pub fn script(row: &Row) -> String {
    let lines: Vec<&str> = LIFE.iter().take(row.so_far).chain(row.lines).copied().collect();
    lines.join("\n")
}

fn hartlepool() -> Rules {
    rules("hartlepool-2024")
}

fn bradford() -> Rules {
    rules("bradford-draft")
}

fn portsmouth() -> Rules {
    rules("portsmouth-2024")
}

fn solutions() -> Rules {
    rules("housing-solutions-2024")
}

fn cheshire() -> Rules {
    rules("cheshire-west-2023")
}

/// All five policies have the Code's eight kinds of remedy, so that one is taken out here.
fn hartlepool_without_correction() -> Rules {
    rules_with("hartlepool-2024", "2024", |profile| {
        profile.remedies.kinds.retain(|kind| kind.value != RemedyKind::CorrectedRecord);
    })
}

/// Every row.
pub fn rows() -> impl Iterator<Item = &'static Row> {
    let early = [intake::TIME, intake::INTAKE, intake::DECLINED, stages::STAGES, stages::ANSWERS];
    early.into_iter().chain([afterwards::ESCALATION, afterwards::AFTERWARDS]).flatten()
}

macro_rules! table {
    ($($code:ident, $rules:ident, $so_far:ident, $citation:literal: $($line:literal),+;)+) => {
        &[$(Row {
            code: RefusalCode::$code, rules: $rules, so_far: $so_far, lines: &[$($line),+], citation: $citation,
        },)+]
    };
}
use table;
