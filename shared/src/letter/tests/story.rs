//! A complaint told command by command: what was decided, and the letters that came of it.

use std::cell::RefCell;
use std::collections::HashMap;

use serde_json::{Value, json};

use super::plain::plain_text;
use crate::calendar::Calendar;
use crate::case::record::{Digest, RecordKind, RecordRef, Vault};
use crate::case::{Case, CaseId, Command, Context, Logged, RecordId, Rules, decide, evolve, opened};
use crate::code::Code;
use crate::letter::{Letter, LetterKind, Words, compose, missing};
use crate::policy::profile::HandlerRules;
use crate::policy::vocabulary::ClosingRule;
use crate::policy::{Library, Profile};

pub fn rules_of(landlord: &str, code: &str) -> Rules {
    let profile: &Profile = Library::embedded().unwrap().versions(landlord).first().unwrap();
    Rules::new(profile.clone(), Code::embedded(code).unwrap(), Calendar::england_and_wales().unwrap())
        .unwrap()
}

/// Records in memory; one that is erased has no words.
#[derive(Default)]
pub struct Records(RefCell<HashMap<u128, String>>);

impl Records {
    pub fn erase_all(&self) {
        self.0.borrow_mut().clear();
    }
}

impl Vault for Records {
    fn keep(&self, _kind: RecordKind, body: &str) -> RecordRef {
        let mut records = self.0.borrow_mut();
        let id = records.len() as u128 + 1;
        records.insert(id, body.to_owned());
        RecordRef { record: RecordId(id), digest: Digest::default() }
    }
}

impl Words for Records {
    fn of(&self, record: RecordRef) -> Option<String> {
        self.0.borrow().get(&record.record.0).cloned()
    }
}

/// A complaint under one landlord's policy.
pub struct Story {
    pub rules: Rules,
    pub records: Records,
    pub case: Option<Case>,
    pub last: Option<Logged>,
    pub letters: Vec<Letter>,
}

impl Story {
    pub fn under(landlord: &str) -> Self {
        Self::under_code(landlord, "2024")
    }

    pub fn under_code(landlord: &str, code: &str) -> Self {
        let rules = rules_of(landlord, code);
        Self { rules, records: Records::default(), case: None, last: None, letters: Vec::new() }
    }

    /// Does what a command says, at an instant, and keeps the letters; each must say all that it must say.
    pub fn then(&mut self, at: &str, verb: &str, body: Value) -> &mut Self {
        let at = at.parse().unwrap();
        let command: Command = serde_json::from_value(json!({ verb: body })).unwrap();
        let context = Context {
            rules: &self.rules,
            current: &self.rules,
            now: at,
            occurred_at: at,
            vault: &self.records,
            next_case: CaseId(2),
        };
        let decision = decide(self.case.as_ref(), &command, &context).unwrap();
        for event in decision.events {
            let sequence = self.case.as_ref().map_or(1, |case| case.version + 1);
            self.log(Logged {
                sequence,
                occurred_at: at,
                recorded_at: at,
                actor: "S-1".into(),
                imported: false,
                event,
            });
        }
        self
    }

    /// Takes an event in and composes its letter.
    pub fn log(&mut self, logged: Logged) {
        match &mut self.case {
            Some(case) => evolve(case, &logged),
            None => self.case = opened(CaseId(1), &logged),
        }
        let case = self.case.as_ref().unwrap();
        for letter in compose(case, &logged, &self.rules, &self.records).unwrap() {
            let text = plain_text(&letter);
            assert_eq!(missing(&letter, case, &self.rules), [], "{text}");
            assert!(!text.contains("silent") && !letter.erased, "{text}");
            self.letters.push(letter);
        }
        self.last = Some(logged);
    }

    /// The last letter of a kind.
    pub fn letter(&self, kind: LetterKind) -> &Letter {
        self.letters.iter().rfind(|letter| letter.kind == kind).unwrap()
    }

    fn staff(&self, id: &str, handlers: &HandlerRules) -> Value {
        let role = handlers.roles.first().map_or("officer", |role| role.value.as_str());
        json!({ "id": id, "role": role, "job_title": "Customer Resolution Manager" })
    }

    pub fn received(&mut self, at: &str, channel: &str, stock_type: &str) -> &mut Self {
        // In the month before, within every policy's time limit.
        let event_on =
            at.parse::<chrono::DateTime<chrono::Utc>>().unwrap().date_naive() - chrono::Days::new(25);
        self.then(
            at,
            "receive",
            json!({
                "kind": "complaint", "channel": channel, "stock_type": stock_type, "event_on": event_on,
                "aware_on": event_on,
                "about": "The boiler has been broken since March, and two visits were missed.",
                "outcome_sought": "Mend the boiler and say why nobody came.",
                "residents": [{ "person": { "name": "Resident One", "telephone": "01632 960001",
                    "preferred_contact": "telephone" } }],
            }),
        )
    }

    /// Taken on, after agreement to what was said where the policy has it.
    pub fn accepted(&mut self, at: &str) -> &mut Self {
        self.then(at, "accept", json!({ "needs_investigation": true }))
    }

    pub fn acknowledged(&mut self, at: &str) -> &mut Self {
        let handler = self.staff("S-204", &self.rules.profile.stage_1.handlers);
        let every = self.rules.profile.stage_1.contact_frequency_agreed.as_ref().map(|_| 5);
        self.then(
            at,
            "acknowledge",
            json!({
                "channel": "email",
                "points": [
                    { "understanding": "The boiler has been broken since 20 March.", "responsible": true },
                    { "understanding": "Two visits were missed.", "responsible": true },
                    { "understanding": "The gas supplier sent a wrong bill.", "responsible": false },
                ],
                "outcomes_sought": "mend the boiler, and tell me why nobody came",
                "handler": handler, "handler_contact": "01632 960100, complaints@example.org",
                "conflict_of_interest": "none", "offered_to_discuss": true,
                "update_every_working_days": every,
                "next_steps": "we speak to the contractor and look at the visits in our records",
            }),
        )
    }

    pub fn extended(&mut self, at: &str, respond_by: &str) -> &mut Self {
        self.then(
            at,
            "extend",
            json!({
                "respond_by": respond_by, "reason": "The boiler's maker has to send us a report.",
                "agreed": true, "discussed": true, "in_writing": true, "ombudsman_details_given": true,
            }),
        )
    }

    pub fn answered(&mut self, at: &str) -> &mut Self {
        let second = self.case.as_ref().unwrap().stages.len() == 2;
        let points = if second { 1 } else { 3 };
        let decisions: Vec<Value> = (1..=points)
            .map(|point| {
                let outcome = if point == 3 { "not-upheld" } else { "upheld" };
                json!({ "point": point, "outcome": outcome, "reasons": format!("This is why, for point {point}.") })
            })
            .collect();
        self.then(
            at,
            "respond",
            json!({
                "decisions": decisions, "sources": "our repairs policy, and the contractor's log of visits",
                "steps_taken": "We read the log and spoke to the contractor.",
                "remedies": [
                    { "kind": "apology", "detail": "we are sorry for the missed visits" },
                    { "kind": "financial", "detail": "for the time without heating", "pence": 12_500,
                      "basis": "distress-and-inconvenience", "due_on": "2025-07-31", "open_until": "2025-08-29" },
                ],
                "actions": [{ "what": if second { "Test the new boiler." } else { "Fit a new boiler." }, "due_on": "2025-08-15", "owner": "Heating team" }],
            }),
        )
    }

    pub fn escalated(&mut self, at: &str, accepted_at: &str) -> &mut Self {
        self.asked_for_stage_two(at).then(accepted_at, "accept-escalation", json!({}))
    }

    pub fn asked_for_stage_two(&mut self, at: &str) -> &mut Self {
        self.then(at, "request-escalation", json!({ "reasons": "The boiler is still broken." }))
    }

    pub fn acknowledged_again(&mut self, at: &str) -> &mut Self {
        let handler = self.staff("S-901", &self.rules.profile.stage_2.handlers);
        let every = self.rules.profile.stage_2.contact_frequency_agreed.as_ref().map(|_| 5);
        self.then(
            at,
            "acknowledge",
            json!({
                "channel": "email",
                "points": [{ "understanding": "The boiler is still broken.", "responsible": true }],
                "outcomes_sought": "Mend the boiler.", "handler": handler, "conflict_of_interest": "none",
                "update_every_working_days": every,
            }),
        )
    }

    /// Closed for the reason that the policy has once it is answered.
    pub fn closed(&mut self, at: &str) -> &mut Self {
        let final_answer = self.case.as_ref().unwrap().stages.len() == 2;
        let reason = match self.rules.profile.after.closing.value {
            ClosingRule::WindowPassed if !final_answer => "window-passed",
            ClosingRule::RemedyAgreed => {
                self.then(at, "agree-remedy", json!({ "note": "Agreed by telephone." }));
                "remedy-agreed"
            }
            _ => "answered",
        };
        self.then(at, "close", json!({ "reason": reason }))
    }
}

/// A complaint that goes through both stages and is closed.
pub fn both_stages(landlord: &str) -> Story {
    let mut story = Story::under(landlord);
    let channel = if landlord == "portsmouth" { "telephone" } else { "email" };
    let stock_type = if landlord == "housing-solutions" { "leasehold" } else { "lcra" };
    story.received("2025-04-14T09:00:00Z", channel, stock_type);
    if landlord == "portsmouth" {
        story.then("2025-04-14T15:00:00Z", "confirm", json!({ "in_writing": true, "agreed": true }));
    }
    story
        .accepted("2025-04-15T09:00:00Z")
        .acknowledged("2025-04-16T09:00:00Z")
        .extended("2025-04-28T09:00:00Z", "2025-05-09")
        .then("2025-05-02T09:00:00Z", "update-resident", json!({ "note": "The report is on its way." }))
        .answered("2025-05-08T14:00:00Z")
        .escalated("2025-05-12T09:00:00Z", "2025-05-13T09:00:00Z")
        .acknowledged_again("2025-05-14T09:00:00Z")
        .answered("2025-06-05T09:00:00Z")
        .closed("2025-06-06T09:00:00Z");
    story
}
