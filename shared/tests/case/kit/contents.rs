//! What each command says unless a script says otherwise: enough for all five policies. All words that are personal data
//! carry a mark, so that a test can look for them where they must not be.

use chrono::{Days, NaiveDate};
use redress_shared::case::Case;
use redress_shared::case::words::StageNumber;
use serde_json::{Value, json};

/// In every word that belongs into the vault, and in nothing else.
pub const MARK: &str = "s3cr3t";

/// The content of a command on a case, on a day, under a policy.
pub fn content(verb: &str, policy: &str, case: Option<&Case>, on: NaiveDate) -> Value {
    early(verb, on)
        .or_else(|| at_a_stage(verb, policy, case, on))
        .or_else(|| later(verb, case, on))
        .unwrap_or_else(|| panic!("no content for `{verb}`"))
}

fn words(what: &str) -> String {
    format!("{MARK} {what}")
}

fn after(on: NaiveDate, days: u64) -> NaiveDate {
    on.checked_add_days(Days::new(days)).unwrap_or(on)
}

fn person(name: &str) -> Value {
    json!({
        "name": words(name), "email": words("name@example.org"), "preferred_contact": words("by email")
    })
}

fn staff(id: &str, role: &str) -> Value {
    json!({ "id": id, "role": role, "job_title": "Case handler" })
}

/// Somebody whom the policy lets consider stage 2.
fn at_stage_two(policy: &str) -> Value {
    match policy {
        "portsmouth-2024" => staff("dora", "director"),
        "cheshire-west-2023" => staff("bea", "business-support"),
        _ => staff("sam", "senior-manager"),
    }
}

fn early(verb: &str, on: NaiveDate) -> Option<Value> {
    Some(match verb {
        "receive" => json!({
            "kind": "complaint", "channel": "email", "about": words("the boiler is broken"),
            "residents": [{
                "person": person("Ada"), "adjustments": [words("large print")],
                "vulnerabilities": [words("frail")], "disabilities": [words("hearing")],
                "ethnicity": words("as they say")
            }],
            "outcome_sought": words("a boiler that works"), "property": words("1 High Street"),
            "stock_type": "lcra", "categories": ["Repairs"], "service_area": "Heating",
            "contractor": "Warm Homes Ltd", "event_on": on, "references": [{ "system": "crm", "value": "C-1" }]
        }),
        "confirm" => json!({ "in_writing": true, "agreed": true, "text": words("what was confirmed") }),
        "record-consent" => json!({
            "evidence": "written", "representative": { "kind": "friend", "person": person("Ben") }
        }),
        "flag-risk" => json!({ "risk": {
            "kind": "building-safety", "aware_at": format!("{on}T00:00:00Z"), "note": words("cladding")
        }}),
        "hand-off-risk" => json!({ "kind": "building-safety", "to": "Building Safety Manager" }),
        "raise-complaint" => json!({
            "about": words("nobody came"), "dissatisfied": true, "channel": "email",
            "outcome_sought": words("a visit")
        }),
        "settle" => json!({ "note": words("done"), "passed_to": "Repairs" }),
        "accept" => json!({ "discretion": words("a good reason"), "needs_investigation": true }),
        "refuse" => json!({
            "ground": "already-considered", "reasons": words("it was answered"), "evidence": words("letters"),
            "discretion_considered": words("weighed"), "approved_by": staff("dora", "director")
        }),
        "direct-acceptance" => json!({ "reference": "HO-1" }),
        _ => return None,
    })
}

fn at_a_stage(verb: &str, policy: &str, case: Option<&Case>, on: NaiveDate) -> Option<Value> {
    let two = case.is_some_and(|case| case.stage(StageNumber::Two).is_some());
    let handler = if two { at_stage_two(policy) } else { staff("anna", "manager") };
    Some(match verb {
        "acknowledge" => json!({
            "channel": "email", "points": [{ "understanding": words("no heating"), "responsible": true }],
            "outcomes_sought": words("a boiler"), "handler": handler, "handler_contact": words("01429 000000"),
            "conflict_of_interest": "none", "next_steps": words("a visit"), "offered_to_discuss": true, "update_every_working_days": 5
        }),
        "assign" => json!({ "handler": handler, "conflict_of_interest": "none" }),
        "add-issue" => json!({
            "issue": words("damp too"), "related": true, "would_delay": false, "responsible": true
        }),
        "extend" => json!({
            "respond_by": after(on, 21), "reason": words("parts"), "agreed": true, "discussed": true,
            "in_writing": true, "ombudsman_details_given": true, "update_every_working_days": 5
        }),
        "update-resident" => json!({ "note": words("parts are on their way") }),
        "consult" => json!({ "body": "Fire Safety Group", "risk": "building-safety" }),
        "notify-contractor" => json!({ "contractor": "Warm Homes Ltd", "moment": "start" }),
        "review-response" => json!({ "reviewer": staff("dan", "director") }),
        "respond" => respond(case, on),
        "request-escalation" => json!({
            "reasons": words("still cold"), "outcome_sought": words("compensation")
        }),
        "explain-escalation" => json!({ "reasons": words("still cold") }),
        "accept-escalation" => json!({
            "discretion": words("ill"), "efforts_to_understand": words("rang twice")
        }),
        "refuse-escalation" => json!({
            "ground": "not-appropriate", "reasons": words("nothing is left"),
            "discretion_considered": words("weighed"), "approved_by": staff("dora", "director")
        }),
        "review-stage-one" => json!({
            "new_information": words("a photograph"), "handler": staff("anna", "manager")
        }),
        _ => return None,
    })
}

fn respond(case: Option<&Case>, on: NaiveDate) -> Value {
    let points = case.and_then(Case::current_stage).map_or(1, |stage| stage.points.len());
    let decided = |point| json!({ "point": point, "outcome": "upheld", "reasons": words("it was cold") });
    json!({
        "decisions": (1..=points).map(decided).collect::<Vec<_>>(), "sources": words("the repairs policy"),
        "steps_taken": words("a visit"), "changes": words("a second engineer"),
        "remedies": [{ "kind": "apology", "detail": words("sorry") }],
        "actions": [{ "what": words("a new boiler"), "due_on": after(on, 28), "owner": "Repairs" }]
    })
}

fn later(verb: &str, case: Option<&Case>, on: NaiveDate) -> Option<Value> {
    let last = |items: usize| items.max(1);
    Some(match verb {
        "offer-remedy" => json!({ "remedy": {
            "kind": "financial", "detail": words("for the cold"), "pence": 15_000,
            "basis": "distress-and-inconvenience", "open_until": after(on, 60)
        }}),
        "answer-offer" => {
            json!({ "remedy": last(case.map_or(1, |case| case.remedies.len())), "accepted": true })
        }
        "lapse-offer" => json!({ "remedy": last(case.map_or(1, |case| case.remedies.len())) }),
        "pay-compensation" => json!({ "remedy": last(case.map_or(1, |case| case.remedies.len())) }),
        "add-action" => {
            json!({ "action": { "what": words("paint"), "due_on": after(on, 14), "owner": "Repairs" } })
        }
        "revise-action" => json!({ "action": 1, "due_on": after(on, 40), "reason": words("rain") }),
        "complete-action" => json!({ "action": 1, "note": words("photographed") }),
        "agree-remedy" => json!({ "note": words("on the telephone") }),
        "warn-no-contact" => json!({ "contact_by": after(on, 14) }),
        "close" => json!({ "reason": "answered" }),
        "reopen" => json!({ "new_evidence": words("a photograph") }),
        "withdraw" => json!({ "concerns": "continue", "concerns_reason": words("a child lives there") }),
        "record-survey" => json!({ "answer": "neither", "comment": words("slow") }),
        "assess-restriction" => json!({
            "procedure_followed": true, "responses_given": true, "considered_afresh": words("yes")
        }),
        "restrict-contact" => json!({
            "evidence": words("forty calls"), "restriction": words("one contact"),
            "equality_considered": words("yes"), "review_on": after(on, 90),
            "approved_by": staff("dora", "director")
        }),
        "review-restriction" => {
            json!({ "stays": true, "reason": words("calls"), "review_on": after(on, 90) })
        }
        "record-learning" => json!({
            "theme": "Heating", "root_cause": "Parts", "improvement": words("keep parts"), "owner": "Repairs"
        }),
        "report-learning" => json!({ "learning": 1, "reported_to": "Board", "done": true }),
        "refer-to-ombudsman" => json!({ "reference": "HO-1" }),
        "record-determination" => json!({
            "reference": "HO-1", "findings": [{ "issue": "Heating", "finding": "service-failure" }],
            "orders": [{ "kind": "order", "what": words("pay"), "due_on": after(on, 28), "pence": 10_000 }]
        }),
        "comply-with-order" => json!({ "order": 1, "evidence": words("a receipt") }),
        "record-failure-order" => json!({ "reference": "HO-2", "kind": 1, "due_on": after(on, 14) }),
        "comply-with-failure-order" => json!({ "failure_order": 1 }),
        "correct" => json!({
            "correct": { "fact": "stock-type", "is": "leasehold" }, "reason": words("mistyped")
        }),
        "correct-resident" => json!({
            "resident": 1, "person": { "name": words("Resident B") }, "reason": words("They wrote.")
        }),
        _ => return None,
    })
}
