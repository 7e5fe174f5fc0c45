//! Every command has an address and reaches the rules.

use std::collections::BTreeSet;

use redress_shared::case::{Command, RefusalCode};
use serde_json::{Value, json};

use crate::api::samples::{acknowledgement, complaint, response, staff};
use crate::api::server::Server;

/// Well-formed fields for every command.
pub fn samples() -> Vec<(&'static str, Value)> {
    [intake(), stages(), redress(), afterwards()].concat()
}

/// The same, without what opens a case.
pub fn on_a_case() -> impl Iterator<Item = (&'static str, Value)> {
    samples().into_iter().filter(|(verb, _)| *verb != "receive")
}

fn intake() -> Vec<(&'static str, Value)> {
    vec![
        ("receive", complaint()),
        ("confirm", json!({ "in_writing": true, "agreed": true })),
        ("record-consent", json!({ "evidence": "written" })),
        ("flag-risk", json!({ "risk": { "kind": "safeguarding", "aware_at": "2026-11-02T11:30:00Z" } })),
        ("hand-off-risk", json!({ "kind": "safeguarding", "to": "Safeguarding team" })),
        ("raise-complaint", json!({ "about": "Nobody came.", "dissatisfied": true, "channel": "email" })),
        ("settle", json!({ "note": "Answered on the telephone." })),
        ("accept", json!({})),
        ("refuse", json!({ "ground": "about-policy", "reasons": "It is about the policy itself." })),
        ("direct-acceptance", json!({ "reference": "HO-1" })),
    ]
}

fn stages() -> Vec<(&'static str, Value)> {
    let handled = json!({ "handler": staff("officer-2", "officer"), "conflict_of_interest": "none" });
    let issue = json!({ "issue": "The lift.", "related": true, "would_delay": false, "responsible": true });
    vec![
        ("acknowledge", acknowledgement()),
        ("assign", handled),
        ("add-issue", issue),
        ("extend", json!({ "respond_by": "2026-11-20", "reason": "A surveyor is awaited." })),
        ("update-resident", json!({ "note": "The surveyor has been." })),
        ("consult", json!({ "body": "Fire service", "risk": "building-safety" })),
        ("notify-contractor", json!({ "contractor": "Contractor C", "moment": "start" })),
        ("review-response", json!({ "reviewer": staff("manager-1", "manager") })),
        ("respond", response()),
        ("request-escalation", json!({ "reasons": "It failed again." })),
        ("explain-escalation", json!({ "reasons": "It failed again." })),
        ("accept-escalation", json!({})),
        ("refuse-escalation", json!({ "ground": "out-of-time", "reasons": "It came too late." })),
        (
            "review-stage-one",
            json!({ "new_information": "A photograph.", "handler": staff("officer-3", "officer") }),
        ),
    ]
}

fn redress() -> Vec<(&'static str, Value)> {
    let action = json!({ "what": "Mend the lights.", "due_on": "2026-12-01", "owner": "Repairs" });
    vec![
        ("offer-remedy", json!({ "remedy": { "kind": "apology", "detail": "We are sorry." } })),
        ("answer-offer", json!({ "remedy": 1, "accepted": true })),
        ("lapse-offer", json!({ "remedy": 1 })),
        ("pay-compensation", json!({ "remedy": 1 })),
        ("add-action", json!({ "action": action })),
        ("revise-action", json!({ "action": 1, "due_on": "2026-12-08", "reason": "Parts are late." })),
        ("complete-action", json!({ "action": 1 })),
    ]
}

fn afterwards() -> Vec<(&'static str, Value)> {
    let restriction = json!({
        "evidence": "Forty letters.", "restriction": "One officer.", "equality_considered": "Yes.",
        "review_on": "2027-02-01", "approved_by": staff("manager-1", "manager"),
    });
    let learning =
        json!({ "theme": "Lighting", "root_cause": "No plan", "improvement": "A plan.", "owner": "Works" });
    vec![
        ("agree-remedy", json!({ "note": "By Friday." })),
        ("warn-no-contact", json!({ "contact_by": "2026-11-20" })),
        ("close", json!({ "reason": "answered" })),
        ("reopen", json!({ "new_evidence": "A photograph." })),
        ("withdraw", json!({ "concerns": "end" })),
        ("record-survey", json!({ "answer": "neither" })),
        (
            "assess-restriction",
            json!({ "procedure_followed": true, "responses_given": true, "considered_afresh": "Yes." }),
        ),
        ("restrict-contact", restriction),
        ("review-restriction", json!({ "stays": false, "reason": "It has calmed down." })),
        ("record-learning", learning),
        ("report-learning", json!({ "learning": 1, "reported_to": "Panel", "done": true })),
        ("refer-to-ombudsman", json!({ "reference": "HO-1" })),
        (
            "record-determination",
            json!({ "reference": "HO-1", "findings": [{ "issue": "Lights", "finding": "maladministration" }] }),
        ),
        ("comply-with-order", json!({ "order": 1, "evidence": "A receipt." })),
        ("record-failure-order", json!({ "reference": "CHFO-1", "kind": 1, "due_on": "2026-12-01" })),
        ("comply-with-failure-order", json!({ "failure_order": 1 })),
        (
            "correct",
            json!({ "correct": { "fact": "channel", "is": "letter" }, "reason": "It was a letter." }),
        ),
        (
            "correct-resident",
            json!({ "resident": 1, "person": { "name": "Resident B" }, "reason": "A slip." }),
        ),
    ]
}

#[test]
fn every_verb_has_a_sample() {
    let verbs: BTreeSet<&str> = samples().into_iter().map(|(verb, _)| verb).collect();
    assert_eq!(verbs, Command::VERBS.iter().copied().collect());
}

#[test]
fn every_verb_is_done_or_refused_by_a_rule() {
    let server = Server::start();
    let mut done = 0;
    for (verb, content) in on_a_case() {
        let answer = server.command(&server.case(), verb, &content);
        match answer.status {
            200 => done += 1,
            _ => {
                let problem = answer.problem(409, answer.json()["code"].as_str().unwrap());
                let code = problem["code"].as_str().unwrap();
                assert!(code.parse::<RefusalCode>().is_ok(), "{verb}: {problem}");
            }
        }
    }
    assert!(done > 10, "only {done} were done");
}

#[test]
fn what_opens_a_case_is_no_command_on_one() {
    let server = Server::start();
    let case = server.case();
    server.command(&case, "receive", &complaint()).problem(404, "unknown-command");
    server.of("bradford").command(&case, "receive", &complaint()).problem(404, "unknown-command");
}
