//! A case told as a script. Each line is a time, a verb, and what differs from the usual content:
//!
//! ```text
//! 2025-04-14 10:00 receive {"channel": "form"}
//! 2025-04-14 11:00 accept
//! ```
//!
//! A time is London's, or an instant with a `T`. A member given as null is left out. `now` in place of a verb sets the
//! clock; otherwise it reads the latest time told so far.

use std::rc::Rc;

use chrono::{DateTime, NaiveDateTime, TimeZone, Utc};
use redress_shared::case::deadline::{Deadline, deadlines};
use redress_shared::case::{
    Case, CaseId, Command, Context, Decision, Logged, Refusal, Rules, decide, evolve, opened,
};
use serde_json::{Map, Value};

use super::contents::content;
use super::policies::rules;
use super::vault::NumberingVault;

/// The id of the case in every script.
const CASE: CaseId = CaseId(1);

/// The instant of a London time, or of an instant written as one.
pub fn london(text: &str) -> DateTime<Utc> {
    if text.contains('T') {
        return text.parse().unwrap_or_else(|error| panic!("{text}: {error}"));
    }
    let local = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M")
        .unwrap_or_else(|error| panic!("{text}: {error}"));
    chrono_tz::Europe::London.from_local_datetime(&local).single().expect("an unambiguous time").to_utc()
}

/// One line of a script.
#[derive(Debug, Clone)]
pub struct Step {
    /// When it happened.
    pub at: DateTime<Utc>,
    /// What was done.
    pub verb: String,
    /// What differs from the usual content.
    pub changes: Map<String, Value>,
}

impl Step {
    /// Reads one line.
    pub fn read(line: &str) -> Self {
        let (time, rest) = if line.split(' ').next().is_some_and(|first| first.contains('T')) {
            line.split_once(' ').expect("a verb after the instant")
        } else {
            (&line[..16], &line[17..])
        };
        let (verb, changes) = rest.split_once(' ').unwrap_or((rest, "{}"));
        let changes = serde_json::from_str(changes).unwrap_or_else(|error| panic!("{line}: {error}"));
        Self { at: london(time), verb: verb.to_owned(), changes }
    }
}

/// A case on the way, with its log and all that was put into the vault.
#[derive(Debug, Clone)]
pub struct Play {
    /// The rules that it falls under.
    pub rules: Rc<Rules>,
    /// The case, once it has been received.
    pub case: Option<Case>,
    /// Its log.
    pub log: Vec<Logged>,
    /// The words.
    pub vault: Rc<NumberingVault>,
    /// The clock's reading: the latest time told, unless it is set.
    pub now: DateTime<Utc>,
    set: bool,
    /// The last decision that was taken.
    pub decision: Option<Decision>,
}

impl Play {
    /// Nothing yet.
    pub fn under(rules: Rules) -> Self {
        Self {
            rules: Rc::new(rules),
            case: None,
            log: Vec::new(),
            vault: Rc::default(),
            now: DateTime::<Utc>::MIN_UTC,
            set: false,
            decision: None,
        }
    }

    /// The command that a step means here.
    pub fn command(&self, step: &Step) -> Command {
        let on = redress_shared::calendar::london::date_of(step.at);
        let mut full = content(&step.verb, &self.rules.profile.policy.id, self.case.as_ref(), on);
        let members = full.as_object_mut().expect("the content is an object");
        for (key, value) in &step.changes {
            if value.is_null() {
                members.remove(key);
            } else {
                members.insert(key.clone(), value.clone());
            }
        }
        let tagged = Value::Object(Map::from_iter([(step.verb.clone(), full)]));
        serde_json::from_value(tagged).unwrap_or_else(|error| panic!("{}: {error}", step.verb))
    }

    /// Decides a command, and takes its events in if it is accepted.
    pub fn decide(&mut self, at: DateTime<Utc>, command: &Command) -> Result<(), Box<Refusal>> {
        let rules = Rc::clone(&self.rules);
        let vault = Rc::clone(&self.vault);
        let context = Context {
            rules: &rules,
            current: &rules,
            now: self.now,
            occurred_at: at,
            vault: vault.as_ref(),
            next_case: CaseId(1_000),
        };
        let decision = decide(self.case.as_ref(), command, &context)?;
        for event in &decision.events {
            let logged = Logged {
                sequence: u32::try_from(self.log.len()).unwrap() + 1,
                occurred_at: at,
                recorded_at: self.now,
                actor: "anna".to_owned(),
                imported: false,
                event: event.clone(),
            };
            match &mut self.case {
                Some(case) => evolve(case, &logged),
                none => *none = opened(CASE, &logged),
            }
            self.log.push(logged);
        }
        self.decision = Some(decision);
        Ok(())
    }

    /// Tells one step.
    pub fn tell(&mut self, step: &Step) -> Result<(), Box<Refusal>> {
        if step.verb == "now" {
            (self.now, self.set) = (step.at, true);
            return Ok(());
        }
        if !self.set {
            self.now = self.now.max(step.at);
        }
        self.decide(step.at, &self.command(step))
    }

    /// The case.
    pub fn case(&self) -> &Case {
        self.case.as_ref().expect("the case has been received")
    }

    /// Its due dates.
    pub fn deadlines(&self) -> Vec<Deadline> {
        deadlines(self.case(), &self.rules).unwrap()
    }

    /// Tells more of it.
    pub fn and(mut self, script: &str) -> Self {
        for step in steps(script) {
            if let Err(refusal) = self.tell(&step) {
                panic!("{} was refused: {refusal}", step.verb);
            }
        }
        self
    }
}

fn steps(script: &str) -> impl Iterator<Item = Step> {
    script.lines().map(str::trim).filter(|line| !line.is_empty()).map(Step::read)
}

/// Tells a whole script, in which nothing is refused.
pub fn tell(rules: Rules, script: &str) -> Play {
    Play::under(rules).and(script)
}

/// The same, under a policy as it is.
pub fn play(policy: &str, script: &str) -> Play {
    tell(rules(policy), script)
}

/// The refusal of the last line of a script, of which every other line is taken.
pub fn refusal_under(rules: Rules, script: &str) -> Box<Refusal> {
    let mut all: Vec<Step> = steps(script).collect();
    let last = all.pop().expect("a script has a line");
    let mut play = Play::under(rules);
    for step in &all {
        if let Err(refusal) = play.tell(step) {
            panic!("{} was refused: {refusal}\nin\n{script}", step.verb);
        }
    }
    let before = (play.case.clone(), play.log.len());
    let refusal = play.tell(&last).expect_err(&format!("the last line is refused:\n{script}"));
    assert_eq!((play.case.clone(), play.log.len()), before, "a refusal changes nothing");
    refusal
}

/// The same, under a policy as it is.
pub fn refusal(policy: &str, script: &str) -> Box<Refusal> {
    refusal_under(rules(policy), script)
}
