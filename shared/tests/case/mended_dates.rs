//! Dates that follow a correction, updates, and what a complaint takes along from the case that it comes out of.

use redress_shared::case::deadline::{Clock, DeadlineName, Due, asked_late};
use redress_shared::case::obligation::{ObligationKind, late_updates, obligations};
use redress_shared::case::{Command, Refusal, RefusalCode};
use serde_json::json;

use crate::kit::{Play, play, refusal, refusal_under, rules_with};

const ANSWERED: &str = "2025-04-14 10:00 receive
    2025-04-16 09:00 accept
    2025-04-16 12:00 acknowledge
    2025-04-30 12:00 respond
";

fn due(play: &Play, name: DeadlineName, clock: Clock) -> Due {
    let all = play.deadlines();
    all.iter().find(|deadline| (deadline.name, deadline.clock) == (name, clock)).expect("a due date").due
}

#[test]
fn an_extension_comes_too_late_once_the_acknowledgement_is_corrected_and_back_again() {
    let extended = play(
        "hartlepool-2024",
        r#"2025-04-14 10:00 receive
        2025-04-16 09:00 accept
        2025-04-17 12:00 acknowledge
        2025-05-02 12:00 extend {"respond_by": "2025-05-15"}"#,
    );
    let response =
        |play: &Play| [Clock::Policy, Clock::Code].map(|clock| due(play, DeadlineName::RespondOne, clock));
    let on = |date: &str| Due::On(date.parse().unwrap());
    assert_eq!(response(&extended), [on("2025-05-15"), on("2025-05-15")]);
    let corrected = extended.and(
        r#"2025-05-06 10:00 correct {"correct": {"fact": "acknowledged-at", "stage": "1", "at": "2025-04-14T11:00:00Z"}}"#,
    );
    // Ten working days after 14 April, over Easter: before the day on which the extension was decided.
    assert_eq!(response(&corrected), [on("2025-04-30"), on("2025-04-30")]);
    let back = corrected.and(
        r#"2025-05-07 10:00 correct {"correct": {"fact": "acknowledged-at", "stage": "1", "at": "2025-04-17T11:00:00Z"}}"#,
    );
    assert_eq!(response(&back), [on("2025-05-15"), on("2025-05-15")]);
}

#[test]
fn a_request_for_the_second_stage_is_late_by_its_corrected_dates() {
    let late = format!("{ANSWERED}2025-05-30 10:00 request-escalation\n");
    let first = play("housing-solutions-2024", &late);
    assert!(asked_late(first.case(), &first.rules).unwrap(), "21 days after 30 April is 21 May");
    for fact in [
        r#"{"fact": "requested-at", "at": "2025-05-10T10:00:00Z"}"#,
        r#"{"fact": "responded-at", "stage": "1", "at": "2025-05-12T10:00:00Z"}"#,
    ] {
        let corrected = format!(r#"{late}2025-06-02 10:00 correct {{"correct": {fact}}}{}"#, '\n');
        let accepted = format!(r#"{corrected}2025-06-03 10:00 accept-escalation {{"discretion": null}}"#);
        let accepted = play("housing-solutions-2024", &accepted);
        assert!(!asked_late(accepted.case(), &accepted.rules).unwrap(), "{fact}");
        let declined =
            format!(r#"{corrected}2025-06-03 10:00 refuse-escalation {{"ground": "out-of-time"}}"#);
        let refused = refusal("housing-solutions-2024", &declined);
        assert_eq!(refused.code, RefusalCode::EscalationGroundDoesNotApply, "{fact}");
    }
}

#[test]
fn a_request_corrected_to_after_the_window_needs_a_reason_to_be_taken_on() {
    let script = format!(
        r#"{ANSWERED}2025-05-10 10:00 request-escalation
        2025-06-02 10:00 correct {{"correct": {{"fact": "requested-at", "at": "2025-05-30T10:00:00Z"}}}}
        2025-06-03 10:00 accept-escalation {{"discretion": null}}"#
    );
    let refused = refusal("housing-solutions-2024", &script);
    assert_eq!(refused.code, RefusalCode::LateEscalationNeedsDiscretion);
}

#[test]
fn a_complaint_raised_from_a_request_is_taken_in_like_any_other() {
    let social = r#"2025-04-14 10:00 receive {"kind": "service-request"}
        2025-04-16 09:00 raise-complaint {"channel": "social-media"}"#;
    assert_eq!(refusal("hartlepool-2024", social).code, RefusalCode::ChannelNotAnswered);
    let anonymous = r#"2025-04-14 10:00 receive {"kind": "service-request", "anonymous": true, "residents": []}
        2025-04-16 09:00 raise-complaint"#;
    assert_eq!(refusal("portsmouth-2024", anonymous).code, RefusalCode::AnonymousNotUnderPolicy);
}

#[test]
fn updates_at_no_interval_are_not_agreed() {
    let extend = |days: u16| {
        serde_json::from_value::<Command>(json!({ "extend": {
            "respond_by": "2025-05-15", "reason": "parts", "update_every_working_days": days
        }}))
    };
    assert!(extend(1).is_ok());
    assert!(extend(0).is_err());
    let acknowledge = |days: u16| {
        serde_json::from_value::<Command>(json!({ "acknowledge": {
            "channel": "email", "points": [{ "understanding": "no heating", "responsible": true }],
            "outcomes_sought": "a boiler", "handler": { "id": "anna", "role": "manager" },
            "handler_contact": "01429 000000", "conflict_of_interest": "none",
            "update_every_working_days": days
        }}))
    };
    assert!(acknowledge(1).is_ok());
    assert!(acknowledge(0).is_err());
}

#[test]
fn an_update_after_the_answer_is_no_late_update() {
    let told = play("hartlepool-2024", &format!("{ANSWERED}2025-08-08 10:00 update-resident"));
    let untold = play("hartlepool-2024", ANSWERED);
    let late = |play: &Play| late_updates(&play.case().stages[0], &play.rules).unwrap();
    // Five working days were agreed on 16 April; the answer of 30 April came later than that.
    assert_eq!((late(&untold), late(&told)), (1, 1));
}

#[test]
fn late_updates_follow_what_is_recorded_or_corrected_after_the_answer() {
    let late = |line: &str| {
        let play = play("hartlepool-2024", &format!("{ANSWERED}{line}"));
        late_updates(&play.case().stages[0], &play.rules).unwrap()
    };
    // Told on 22 April and next by the answer of 30 April, a day after the five working days.
    assert_eq!(late("2025-04-22 10:00 update-resident"), 1);
    assert_eq!(late("2025-04-23 10:00 update-resident"), 0);
    let answered = r#"2025-05-01 10:00 correct {"correct": {"fact": "responded-at", "stage": "1", "at": "2025-04-25T10:00:00Z"}}"#;
    assert_eq!(late(answered), 0, "the answer was given within five working days of 16 April");
}

#[test]
fn an_update_recorded_late_does_not_move_the_next_one_back() {
    let open = "2025-04-14 10:00 receive
        2025-04-16 09:00 accept
        2025-04-16 12:00 acknowledge
        2025-04-25 10:00 update-resident
        2025-04-22 10:00 update-resident";
    let play = play("hartlepool-2024", open);
    let owed = obligations(play.case(), &play.rules).unwrap();
    let next = owed.iter().find(|owed| owed.kind == ObligationKind::Update).map(|owed| owed.due_on);
    assert_eq!(next, Some("2025-05-02".parse().unwrap()), "five working days from 25 April");
    assert_eq!(late_updates(&play.case().stages[0], &play.rules).unwrap(), 0);
}

#[test]
fn a_spawned_complaint_takes_adjustments_vulnerabilities_and_open_risks_along() {
    let play = play(
        "hartlepool-2024",
        r#"2025-04-14 10:00 receive {"kind": "service-request"}
        2025-04-14 11:00 flag-risk
        2025-04-14 12:00 hand-off-risk
        2025-04-15 11:00 flag-risk {"risk": {"kind": "risk-to-life", "aware_at": "2025-04-15T09:00:00Z"}}
        2025-04-22 10:00 raise-complaint"#,
    );
    let received = play.decision.clone().unwrap().spawned.unwrap().opened.received;
    assert_eq!(received.residents, play.case().parties.recorded);
    let resident = &received.residents[0];
    let told_of = [&resident.adjustments, &resident.vulnerabilities, &resident.disabilities].map(Vec::len);
    assert_eq!(told_of, [1, 1, 1]);
    let risks: Vec<_> = received.risks.iter().map(|risk| risk.kind.to_string()).collect();
    assert_eq!(risks, ["risk-to-life"], "what was handed on stays where it is looked after");
}

#[test]
fn an_unrelated_issue_takes_no_categories_along() {
    let spawned = |changes: &str| {
        let script = format!(
            "2025-04-14 10:00 receive
            2025-04-16 09:00 accept
            2025-04-17 12:00 acknowledge
            2025-04-22 10:00 add-issue {changes}"
        );
        play("hartlepool-2024", &script).decision.unwrap().spawned.unwrap().opened.received
    };
    let unrelated = spawned(r#"{"related": false}"#);
    let taken = (unrelated.categories.len(), unrelated.service_area, unrelated.contractor);
    assert_eq!(taken, (0, None, None));
    assert_eq!(spawned(r#"{"would_delay": true}"#).categories.len(), 1, "what is related keeps them");
}

#[test]
fn a_refusal_under_the_code_of_2022_cites_nothing_of_2024() {
    let refused = |last: &str| -> Box<Refusal> {
        let script = format!("2023-04-17 10:00 receive\n{last}");
        refusal_under(rules_with("cheshire-west-2023", "2022", |_| ()), &script)
    };
    let no_refusal = refused("2023-04-18 10:00 direct-acceptance");
    assert_eq!((no_refusal.code, no_refusal.citation.code), (RefusalCode::DirectionOnlyAfterRefusal, None));
    let unmet = refused("2023-04-18 09:00 accept\n2023-04-19 10:00 respond");
    assert_eq!((unmet.code, unmet.citation.code), (RefusalCode::NotAcknowledged, None));
    let early = refused("2023-04-18 09:00 accept\n2023-04-19 10:00 request-escalation");
    assert_eq!((early.code, early.citation.code), (RefusalCode::Stage1NotAnswered, None));
    let today = "2025-04-14 10:00 receive\n2025-04-15 09:00 accept\n2025-04-16 10:00 request-escalation";
    assert!(refusal("cheshire-west-2023", today).citation.code.is_some(), "2024's is cited under 2024");
}

#[test]
fn contact_is_not_restricted_twice_at_a_time() {
    let restricted = format!(
        "{ANSWERED}2025-05-08 10:00 assess-restriction
        2025-05-08 11:00 restrict-contact
        2025-05-09 11:00 assess-restriction
        "
    );
    let refused = refusal("hartlepool-2024", &format!("{restricted}2025-05-09 12:00 restrict-contact"));
    assert_eq!(refused.code, RefusalCode::AlreadyDone);
    let lifted = format!(
        r#"{restricted}2025-05-10 10:00 review-restriction {{"stays": false, "review_on": null}}
        2025-05-11 12:00 restrict-contact"#
    );
    assert_eq!(play("hartlepool-2024", &lifted).case().restrictions.len(), 2, "after it is lifted, another");
}
