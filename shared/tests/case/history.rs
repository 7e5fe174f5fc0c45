//! What a CRM knows of a case becomes its log: what cannot be true is named, and nothing else is refused.

use chrono::{DateTime, Utc};
use proptest::prelude::{Just, any, proptest};
use proptest::{prop_oneof, strategy::Strategy};
use redress_shared::case::command::after::Withdraw;
use redress_shared::case::deadline::deadlines;
use redress_shared::case::history::{HistoryCode, PastCase, log};
use redress_shared::case::obligation::obligations;
use redress_shared::case::{Case, CaseId, Command, Context, decide, replay};
use serde_json::{Value, json};

use crate::kit::{NumberingVault, POLICIES, rules};

fn now() -> DateTime<Utc> {
    "2026-11-02T12:00:00Z".parse().unwrap()
}

fn closed() -> Value {
    json!({
        "references": [{ "system": "crm", "value": "C-1" }], "stock_type": "lcra", "about": "The lift.",
        "residents": [{ "person": { "name": "Resident A" } }], "received": "2025-03-03",
        "stage_1": { "logged": "2025-03-04", "acknowledged": "2025-03-05", "responded": "2025-03-17", "outcome": "upheld",
            "extensions": [{ "on": "2025-03-14", "respond_by": "2025-03-24", "ombudsman_details_given": true }],
            "remedies": [{ "kind": "financial", "pence": 5_000, "accepted": "2025-03-20", "paid": "2025-04-01", "offset_pence": 1_000 }],
            "actions": [{ "what": "A new motor.", "due_on": "2025-05-01", "owner": "Lifts", "done": "2025-04-20" }] },
        "escalation": { "requested": "2025-03-25", "reasons": "It has failed again." },
        "stage_2": { "acknowledged": "2025-03-27", "responded": "2025-04-22", "outcome": "partly-upheld" },
        "closed": { "on": "2025-04-22" },
    })
}

/// The value with something changed at a pointer, which may be there or not.
fn with(mut value: Value, pointer: &str, change: Value) -> Value {
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    value.pointer_mut(parent).unwrap()[name] = change;
    value
}

fn told(policy: &str, value: &Value) -> Result<Case, Vec<(String, HistoryCode)>> {
    let past: PastCase = serde_json::from_value(value.clone()).unwrap();
    let rules = rules(policy);
    let events = log(&past, &rules, &NumberingVault::default(), now())
        .map_err(|errors| errors.into_iter().map(|error| (error.field, error.code)).collect::<Vec<_>>())?;
    assert!(events.iter().all(|logged| logged.imported && logged.recorded_at == now()));
    assert!(events.windows(2).all(|pair| pair[0].occurred_at <= pair[1].occurred_at));
    assert!((1..).zip(&events).all(|(number, logged)| logged.sequence == number));
    let case = replay(CaseId(1), &events).unwrap();
    deadlines(&case, &rules).unwrap();
    Ok(case)
}

#[test]
fn a_closed_complaint_is_closed_under_every_policy_with_the_dates_that_it_had() {
    for policy in POLICIES {
        let case = told(policy, &closed()).unwrap();
        assert_eq!(case.phase.as_str(), "closed", "{policy}");
        assert_eq!(case.stages.len(), 2);
        assert_eq!(case.stages[0].responded_at, Some("2025-03-17T12:00:00Z".parse().unwrap()));
        // London's clocks went forward on 30 March.
        assert_eq!(case.stages[1].responded_at, Some("2025-04-22T11:00:00Z".parse().unwrap()));
        assert_eq!((case.remedies[0].paid_pence, case.remedies[0].offset_pence), (Some(4_000), Some(1_000)));
        assert!(case.actions[0].done_at.is_some());
        assert_eq!(obligations(&case, &rules(policy)).unwrap(), []);
    }
}

#[test]
fn what_a_policy_forbids_is_history_all_the_same() {
    // Never acknowledged, answered months late, closed before the window had passed.
    let late = json!({
        "references": [{ "system": "crm", "value": "C-2" }], "stock_type": "other", "channel": "social-media", "received": "2025-03-03",
        "stage_1": { "responded": "2025-09-01", "outcome": "not-upheld" }, "closed": { "on": "2025-09-01" },
    });
    for policy in POLICIES {
        let case = told(policy, &late).unwrap();
        assert_eq!((case.phase.as_str(), case.stages[0].acknowledged_at), ("closed", None), "{policy}");
    }
}

#[test]
fn what_cannot_be_true_is_named() {
    use HistoryCode::{
        BeyondCalendar, Contradiction, ImplausibleDate, InTheFuture, Missing, NotInPolicy, OutOfOrder,
    };
    let refusal = json!({ "on": "2025-03-05", "ground": "compensation-only" });
    let table = [
        ("/received", json!("2025-03-06"), "stage_1.logged", OutOfOrder),
        ("/received", json!("2027-01-01"), "received", InTheFuture),
        ("/event_on", json!("2025-03-04"), "event_on", OutOfOrder),
        ("/stage_1/acknowledged", json!("2025-03-03"), "stage_1.acknowledged", OutOfOrder),
        ("/stage_1/responded", json!("2025-03-13"), "stage_1.responded", OutOfOrder),
        ("/stage_1/outcome", json!(null), "stage_1.outcome", Missing),
        ("/stage_2/responded", json!(null), "stage_2.outcome", Contradiction),
        (
            "/stage_1/extensions/0/respond_by",
            json!("2255-03-24"),
            "stage_1.extensions.0.respond_by",
            ImplausibleDate,
        ),
        ("/stage_1/remedies/0/pence", json!(null), "stage_1.remedies.0.pence", Missing),
        ("/stage_1/remedies/0/offset_pence", json!(5_001), "stage_1.remedies.0.offset_pence", Contradiction),
        ("/stage_1/actions/0/done", json!("2025-03-16"), "stage_1.actions.0.done", OutOfOrder),
        ("/escalation", json!(null), "escalation.requested", Missing),
        ("/closed/reason", json!("unanswered"), "closed.reason", Contradiction),
        ("/escalation/requested", json!("2025-03-16"), "escalation.requested", OutOfOrder),
        ("/closed/on", json!("2025-04-21"), "closed.on", OutOfOrder),
        ("/refused", refusal.clone(), "refused.ground", NotInPolicy),
        ("/refused", refusal, "stage_1", Contradiction),
        ("/kind", json!("enquiry"), "stage_1", Contradiction),
        (
            "/ombudsman",
            json!({ "reference": "1", "failure_orders": [{ "on": "2025-01-01", "kind": 1, "due_on": "2025-02-01" }] }),
            "ombudsman.failure_orders.0.on",
            OutOfOrder,
        ),
    ];
    for (pointer, change, field, code) in table {
        let said = told("hartlepool-2024", &with(closed(), pointer, change)).unwrap_err();
        assert!(said.contains(&(field.to_owned(), code)), "{pointer}: {said:?}");
    }
    let beyond = json!({
        "references": [{ "system": "crm", "value": "C-1" }], "stock_type": "lcra", "received": "1950-01-02",
    });
    assert_eq!(told("hartlepool-2024", &beyond).unwrap_err(), [("received".to_owned(), BeyondCalendar)]);
}

#[test]
fn everything_is_named_at_once() {
    let mut past = with(closed(), "/stage_1/outcome", json!(null));
    past["closed"]["on"] = json!("2027-01-01");
    past["stage_2"]["acknowledged"] = json!("2025-03-24");
    let fields: Vec<String> =
        told("hartlepool-2024", &past).unwrap_err().into_iter().map(|(field, _)| field).collect();
    assert_eq!(fields, ["stage_1.outcome", "stage_2.acknowledged", "closed.on"]);
}

#[test]
fn what_was_never_answered_is_taken_as_it_was() {
    let never = json!({
        "references": [{ "system": "crm", "value": "C-4" }], "stock_type": "lcra", "received": "2025-03-03",
        "closed": { "on": "2025-09-01" },
    });
    for policy in POLICIES {
        let case = told(policy, &never).unwrap();
        let closing = case.closing.as_ref().unwrap();
        assert_eq!((case.phase.as_str(), closing.reason.as_str()), ("closed", "unanswered"), "{policy}");
        assert_eq!(obligations(&case, &rules(policy)).unwrap(), []);
        let agreed = told(policy, &with(never.clone(), "/closed/reason", json!("remedy-agreed"))).unwrap();
        assert_eq!(agreed.closing.unwrap().reason.as_str(), "remedy-agreed");
        // Acknowledged, and asked for again as nothing came of it.
        let mut again = with(never.clone(), "/escalation", json!({ "requested": "2025-04-14" }));
        again["stage_2"] = json!({ "responded": "2025-06-02", "outcome": "upheld" });
        for stage_1 in [Value::Null, json!({ "acknowledged": "2025-03-05" })] {
            let again = with(again.clone(), "/stage_1", stage_1.clone());
            let case = told(policy, &again).unwrap();
            assert_eq!(case.closing.as_ref().unwrap().reason.as_str(), "answered");
            let answers: Vec<bool> = case.stages.iter().map(|stage| stage.responded_at.is_some()).collect();
            assert_eq!(answers, [false, true]);
            assert_eq!(case.stages[0].acknowledged_at.is_some(), !stage_1.is_null());
            let open = with(again, "/closed", Value::Null);
            assert!(told(policy, &open).is_ok());
        }
        let declined = json!({ "requested": "2025-04-14", "refused": { "on": "2025-04-16", "ground": "outcome-delivered", "clause": "9.1" } });
        let case = told(policy, &with(never.clone(), "/escalation", declined));
        assert_eq!(case.unwrap().closing.unwrap().reason.as_str(), "unanswered", "declining is no answer");
    }
}

/// CRMs have some columns to the day and some to the second.
#[test]
fn a_day_and_an_instant_of_that_day_are_no_contradiction() {
    let past = json!({
        "references": [{ "system": "crm", "value": "C-5" }], "stock_type": "lcra", "received": "2025-06-03",
        "risks": [{ "kind": "risk-to-life", "aware": "2025-06-03" }],
        "stage_1": { "acknowledged": "2025-06-03T08:30:00Z", "responded": "2025-06-17", "outcome": "upheld" },
        "closed": { "on": "2025-06-17T07:00:00Z" },
    });
    let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
    let case = told("hartlepool-2024", &past).unwrap();
    assert_eq!(
        (case.received_at, case.stages[0].acknowledged_at),
        (at("2025-06-03T08:30:00Z"), Some(at("2025-06-03T08:30:00Z")))
    );
    assert_eq!(case.risks[0].aware_at, case.received_at);
    assert_eq!(case.stages[0].responded_at, Some(at("2025-06-17T07:00:00Z")));
    // The other way round the day is moved behind the instant.
    let other = with(
        with(past.clone(), "/received", json!("2025-06-03T16:00:00Z")),
        "/stage_1/acknowledged",
        json!("2025-06-03"),
    );
    assert_eq!(
        told("hartlepool-2024", &other).unwrap().stages[0].acknowledged_at,
        Some(at("2025-06-03T16:00:00Z"))
    );
    // Between two instants there is no room for more than their order allows.
    let mut between = with(past.clone(), "/stage_1/logged", json!("2025-06-03T10:00:00Z"));
    assert_eq!(
        told("hartlepool-2024", &between).unwrap_err(),
        [("stage_1.acknowledged".to_owned(), HistoryCode::OutOfOrder)]
    );
    between["stage_1"]["acknowledged"] = json!("2025-06-03");
    between["stage_1"]["responded"] = json!("2025-06-03T09:00:00Z");
    assert_eq!(
        told("hartlepool-2024", &between).unwrap_err(),
        [("stage_1.responded".to_owned(), HistoryCode::OutOfOrder)]
    );
    // The evening in London is another day than in UTC.
    let evening = with(past, "/stage_1/acknowledged", json!("2025-06-02T23:30:00Z"));
    assert_eq!(told("hartlepool-2024", &evening).unwrap().received_at, at("2025-06-02T23:30:00Z"));
}

#[test]
fn every_point_of_a_stage_is_kept_with_its_outcome_acknowledged_or_not() {
    let points = json!([{ "understanding": "Noise.", "outcome": "upheld" }, { "understanding": "Dust.", "responsible": false, "outcome": "not-upheld" }]);
    for acknowledged in [Value::Null, json!("2025-03-05")] {
        for responded in [Value::Null, json!("2025-03-17")] {
            let outcome = if responded.is_null() { Value::Null } else { json!("partly-upheld") };
            let past = json!({
                "references": [{ "system": "crm", "value": "C-6" }], "stock_type": "lcra", "received": "2025-03-03",
                "stage_1": { "acknowledged": acknowledged, "responded": responded, "outcome": outcome, "points": points },
            });
            let case = told("hartlepool-2024", &past).unwrap();
            let kept: Vec<_> = case.stages[0]
                .points
                .iter()
                .map(|point| (point.responsible, point.outcome.map(|outcome| outcome.as_str())))
                .collect();
            let decided = |outcome| Some(outcome).filter(|_| !responded.is_null());
            assert_eq!(kept, [(true, decided("upheld")), (false, decided("not-upheld"))]);
        }
    }
}

#[test]
fn a_declined_complaint_has_its_clause_and_may_be_directed() {
    let declined = json!({
        "references": [{ "system": "crm", "value": "C-3" }], "stock_type": "lcra", "received": "2025-03-03",
        "refused": { "on": "2025-03-05", "ground": "out-of-time" }, "closed": { "on": "2025-03-05" },
    });
    let case = told("hartlepool-2024", &declined).unwrap();
    assert_eq!(case.phase.as_str(), "refused");
    assert!(!case.refusal.unwrap().clause.is_empty());
    let mut directed = declined;
    directed["refused"]["directed"] = json!({ "on": "2025-06-02", "reference": "2025-1" });
    directed["stage_1"] =
        json!({ "acknowledged": "2025-06-04", "responded": "2025-06-10", "outcome": "upheld" });
    directed["closed"]["on"] = json!("2025-06-10");
    let case = told("hartlepool-2024", &directed).unwrap();
    assert_eq!((case.phase.as_str(), case.stages.len()), ("closed", 1));
    assert!(case.stages[0].directed_at.is_some());
}

/// Days of a year, in any order.
fn day() -> impl Strategy<Value = Value> {
    prop_oneof![
        4 => (1..=28_u32, 1..=12_u32).prop_map(|(day, month)| json!(format!("2025-{month:02}-{day:02}"))),
        1 => Just(Value::Null),
    ]
}

proptest! {
    /// Whatever the dates, there are errors or there is a case with its due dates; and an open case goes on, or says why not.
    #[test]
    fn a_history_is_refused_or_makes_a_case_that_goes_on(
        days in proptest::collection::vec(day(), 7), sorted in any::<bool>(), policy in 0..POLICIES.len(),
    ) {
        let mut days = days;
        if sorted {
            days.sort_by_key(|day| day.as_str().map(str::to_owned));
        }
        let outcome = |responded: &Value| if responded.is_null() { Value::Null } else { json!("upheld") };
        let received = if days[0].is_null() { json!("2025-01-01") } else { days[0].clone() };
        let mut past = json!({
            "references": [{ "system": "crm", "value": "C-1" }], "stock_type": "lcra", "received": received,
            "residents": [{ "person": { "name": "Resident A" } }],
            "stage_1": { "acknowledged": days[1], "responded": days[2], "outcome": outcome(&days[2]) },
        });
        if !days[3].is_null() {
            past["escalation"] = json!({ "requested": days[3] });
            past["stage_2"] = json!({ "acknowledged": days[4], "responded": days[5], "outcome": outcome(&days[5]) });
        }
        if !days[6].is_null() {
            past["closed"] = json!({ "on": days[6] });
        }
        if let Ok(case) = told(POLICIES[policy], &past) {
            let rules = rules(POLICIES[policy]);
            let vault = NumberingVault::default();
            let context = Context { rules: &rules, current: &rules, now: now(), occurred_at: now(), vault: &vault, next_case: CaseId(2) };
            let command = Command::from(Withdraw {
                concerns: Some(redress_shared::case::words::ConcernsAfterWithdrawal::End),
                concerns_reason: Some("Asked and answered.".to_owned().try_into().unwrap()),
            });
            assert_eq!(decide(Some(&case), &command, &context).is_ok(), !case.is_over(), "{}", case.phase);
        }
    }
}
