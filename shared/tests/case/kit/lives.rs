//! Arbitrary lives of a case: some of it likely, some of it nonsense, told in any order of time.

use chrono::{DateTime, TimeDelta, Utc};
use proptest::collection::vec;
use proptest::prelude::{Strategy, any};
use proptest::sample::select;
use redress_shared::case::words::Phase;
use redress_shared::case::{Case, Command};
use serde_json::{Map, Value, json};

use super::contents::content;
use super::policies::{POLICIES, rules};
use super::script::{Play, london};

/// What is done next, before it is known what can be done.
#[derive(Debug, Clone, Copy)]
pub struct Choice {
    verb: u16,
    change: u32,
    minutes: i32,
}

/// A policy, and what is tried under it.
#[derive(Debug, Clone)]
pub struct Life {
    /// The policy's id.
    pub policy: &'static str,
    /// When it begins: some lives run into the end of the years whose bank holidays are known.
    pub start: &'static str,
    /// What is tried.
    pub choices: Vec<Choice>,
}

/// Lives of up to 40 steps under any of the five policies.
pub fn lives() -> impl Strategy<Value = Life> {
    let choice = (any::<u16>(), any::<u32>(), -2_000..30_000_i32)
        .prop_map(|(verb, change, minutes)| Choice { verb, change, minutes });
    let start = select(vec!["2025-01-06 09:00", "2026-03-02 09:00", "2027-09-01 09:00"]);
    (select(POLICIES.to_vec()), start, vec(choice, 1..40)).prop_map(|(policy, start, choices)| Life {
        policy,
        start,
        choices,
    })
}

impl Life {
    /// Nothing yet, under the life's policy.
    pub fn begin(&self) -> Play {
        let mut play = Play::under(rules(self.policy));
        play.now = london(self.start);
        play
    }

    /// Tries everything in turn.
    pub fn lived(&self) -> Play {
        let mut play = self.begin();
        for choice in &self.choices {
            let (at, command) = choice.read(&mut play);
            let _refused = play.decide(at, &command).is_err();
        }
        play
    }
}

impl Choice {
    /// What the choice means for a case as it is; the clock moves on, save in one of sixteen, which is in the future.
    pub fn read(self, play: &mut Play) -> (DateTime<Utc>, Command) {
        let at = play.now + TimeDelta::minutes(self.minutes.into());
        if self.change & 0xF000 != 0 {
            play.now = play.now.max(at);
        }
        let likely = likely(play.case.as_ref());
        let verbs = if self.verb.is_multiple_of(5) { Command::VERBS } else { likely };
        let verb = verbs[usize::from(self.verb / 5) % verbs.len()];
        let on = redress_shared::calendar::london::date_of(at);
        let usual = content(verb, &play.rules.profile.policy.id, play.case.as_ref(), on);
        let read = |value: Value| {
            serde_json::from_value::<Command>(Value::Object(Map::from_iter([(verb.to_owned(), value)])))
        };
        let changed =
            if self.change.is_multiple_of(3) { Some(change(&usual, self.change / 3)) } else { None };
        let command = changed.and_then(|value| read(value).ok()).unwrap_or_else(|| read(usual).unwrap());
        (at, command)
    }
}

/// What is often done where a case stands, so that lives get somewhere.
fn likely(case: Option<&Case>) -> &'static [&'static str] {
    let Some(case) = case else { return &["receive"] };
    match case.phase {
        Phase::Received => {
            &["accept", "accept", "confirm", "refuse", "flag-risk", "record-consent", "correct"]
        }
        Phase::Refused => &[
            "direct-acceptance",
            "refer-to-ombudsman",
            "correct",
            "assess-restriction",
            "restrict-contact",
            "review-restriction",
        ],
        Phase::StageOne | Phase::StageTwo | Phase::StageOneReview => &[
            "acknowledge",
            "respond",
            "respond",
            "extend",
            "review-response",
            "add-issue",
            "hand-off-risk",
            "consult",
            "warn-no-contact",
            "close",
            "refuse",
            "assign",
            "withdraw",
            "correct",
            "correct-resident",
        ],
        Phase::AnsweredAtStageOne => &[
            "request-escalation",
            "request-escalation",
            "offer-remedy",
            "answer-offer",
            "pay-compensation",
            "agree-remedy",
            "close",
            "correct",
        ],
        Phase::EscalationRequested => &[
            "accept-escalation",
            "accept-escalation",
            "refuse-escalation",
            "review-stage-one",
            "explain-escalation",
        ],
        Phase::EscalationRefused => &["direct-acceptance", "close", "refer-to-ombudsman"],
        Phase::AnsweredAtStageTwo => &[
            "record-determination",
            "comply-with-order",
            "record-failure-order",
            "comply-with-failure-order",
            "record-survey",
            "record-learning",
            "report-learning",
            "pay-compensation",
            "complete-action",
            "close",
            "assess-restriction",
            "restrict-contact",
            "review-restriction",
        ],
        Phase::Closed => {
            &["reopen", "request-escalation", "complete-action", "pay-compensation", "lapse-offer"]
        }
        Phase::Withdrawn | Phase::Settled => &["refer-to-ombudsman", "record-learning"],
        Phase::Open => &["raise-complaint", "settle"],
    }
}

/// The content with one member changed: turned round, moved, replaced by another word, or left out.
fn change(usual: &Value, seed: u32) -> Value {
    let mut changed = usual.clone();
    let Some(members) = changed.as_object_mut() else { return changed };
    let pick = seed as usize;
    let Some(key) = members.keys().nth(pick % members.len().max(1)).cloned() else { return changed };
    let variant = pick / 16;
    match members.get_mut(&key) {
        Some(Value::Bool(yes)) => *yes = !*yes,
        Some(Value::Number(number)) => *number = [0_u16, 1, 2, 3, u16::MAX][variant % 5].into(),
        Some(Value::Array(items)) if variant.is_multiple_of(2) => items.clear(),
        Some(value) => {
            let said = value.as_str().is_some_and(|text| text.contains(super::MARK));
            let words = if said { Vec::new() } else { other_words(&key) };
            match words.get(variant % (words.len() + 1)) {
                Some(word) => *value = word.clone(),
                None => drop(members.remove(&key)),
            }
        }
        None => {}
    }
    changed
}

/// Other things that a member may hold. None is in words of its own: those are marked.
fn other_words(key: &str) -> Vec<Value> {
    let words = |words: &[&str]| words.iter().map(|word| json!(word)).collect();
    match key {
        "kind" => words(&["service-request", "enquiry", "policy-feedback", "safeguarding"]),
        "channel" => words(&["telephone", "social-media", "elected-member", "letter"]),
        "ground" => {
            words(&["out-of-time", "insurance-claim", "legal-proceedings-filed", "too-early", "not-upheld"])
        }
        "reason" => words(&["window-passed", "remedy-agreed", "no-contact", "answered"]),
        "moment" => words(&["escalation", "conclusion"]),
        "evidence" => words(&["spoken", "other-evidence"]),
        "respond_by" | "review_on" | "event_on" | "contact_by" | "due_on" => {
            words(&["2024-02-29", "2025-03-03", "2025-06-30", "2026-01-02", "2027-12-31", "9999-12-31"])
        }
        "risk" => {
            vec![json!({ "kind": "risk-to-life", "aware_at": "2025-01-10T12:00:00Z" }), json!("risk-to-life")]
        }
        "remedy" => vec![json!({ "kind": "apology", "detail": super::MARK })],
        "handler" => vec![
            json!({ "id": "anna", "role": "officer" }),
            json!({ "id": "sam", "role": "senior-manager", "job_title": "Head of Housing" }),
        ],
        "correct" => corrections(),
        _ => Vec::new(),
    }
}

fn corrections() -> Vec<Value> {
    vec![
        json!({ "fact": "received-at", "at": "2025-01-05T10:00:00Z" }),
        json!({ "fact": "received-at", "at": "2027-12-20T10:00:00Z" }),
        json!({ "fact": "logged-at", "stage": "1", "at": "2025-01-20T10:00:00Z" }),
        json!({ "fact": "acknowledged-at", "stage": "1", "at": "2025-02-01T23:30:00Z" }),
        json!({ "fact": "responded-at", "stage": "1", "at": "2025-04-01T10:00:00Z" }),
        json!({ "fact": "requested-at", "at": "2025-06-01T10:00:00Z" }),
        json!({ "fact": "event-on", "on": "2023-01-01" }),
        json!({ "fact": "channel", "is": "telephone" }),
        json!({ "fact": "categories", "are": ["Damp", "Noise"] }),
    ]
}
