//! Directions, requests for stage 2 and agreements: each outlives what it should, and nothing else.

use redress_shared::case::RefusalCode;
use redress_shared::case::deadline::{Clock, DeadlineName, Due};
use redress_shared::case::words::Phase;

use crate::kit::{Play, london, play, refusal};

const ANSWERED: &str = "2025-04-14 10:00 receive
    2025-04-16 09:00 accept
    2025-04-16 12:00 acknowledge
    2025-04-30 12:00 respond
";

const ANSWERED_TWICE: &str = "2025-04-14 10:00 receive
    2025-04-16 09:00 accept
    2025-04-16 12:00 acknowledge
    2025-04-30 12:00 respond
    2025-05-08 10:00 request-escalation
    2025-05-09 10:00 accept-escalation
    2025-05-12 10:00 acknowledge
    2025-06-02 10:00 respond
";

const DIRECTED: &str = "2025-04-14 10:00 receive
    2025-04-22 10:00 refuse
    2025-05-01 10:00 direct-acceptance
";

/// The policies that decline stage 2, each with a ground that fits an answered complaint.
const DECLINES: [(&str, &str); 3] = [
    ("bradford-draft", "outcome-delivered"),
    ("portsmouth-2024", "not-appropriate"),
    ("housing-solutions-2024", "basis-changed"),
];

fn declined_and_closed(ground: &str) -> String {
    format!(
        r#"{ANSWERED}2025-05-08 10:00 request-escalation
        2025-05-09 10:00 refuse-escalation {{"ground": "{ground}"}}
        2025-06-09 10:00 close
        "#
    )
}

#[test]
fn a_direction_reaches_a_closed_case_whose_second_stage_was_declined() {
    for (policy, ground) in DECLINES {
        let closed = play(policy, &declined_and_closed(ground));
        assert_eq!(closed.case().phase, Phase::Closed, "{policy}");
        let directed = closed.and("2025-07-01 10:00 direct-acceptance");
        let case = directed.case();
        assert_eq!((case.phase, case.closing.is_none()), (Phase::StageTwo, true), "{policy}");
        let due = directed.deadlines();
        let found =
            due.iter().find(|due| (due.name, due.clock) == (DeadlineName::AcknowledgeTwo, Clock::Code));
        let base = Due::On("2025-07-08".parse().unwrap());
        assert_eq!(found.map(|due| due.due), Some(base), "{policy}: five working days from the direction");
    }
}

#[test]
fn what_the_ombudsman_directed_is_not_declined_again() {
    let refused = refusal("hartlepool-2024", &format!("{DIRECTED}2025-05-02 10:00 refuse"));
    assert_eq!(refused.code, RefusalCode::GroundDoesNotApply);
    assert_eq!(refused.citation.code.as_deref(), Some("Code 2.4"));
}

#[test]
fn a_direction_overturns_the_refusal_that_it_undoes_and_no_other() {
    let first = play("portsmouth-2024", DIRECTED);
    let overturned = |play: &Play| {
        let escalation = play.case().escalation.as_ref().and_then(|asked| asked.overturned_at);
        (play.case().refusal.as_ref().and_then(|refusal| refusal.overturned_at), escalation)
    };
    assert_eq!(overturned(&first), (Some(london("2025-05-01 10:00")), None));
    let declined = first.and(
        "2025-05-02 10:00 acknowledge
         2025-05-14 10:00 respond
         2025-05-20 10:00 request-escalation
         2025-05-21 10:00 refuse-escalation",
    );
    assert_eq!(overturned(&declined), (Some(london("2025-05-01 10:00")), None));
    let second = declined.and("2025-07-01 10:00 direct-acceptance");
    assert_eq!(overturned(&second), (Some(london("2025-05-01 10:00")), Some(london("2025-07-01 10:00"))));
}

#[test]
fn a_refusal_is_undone_by_one_direction_only() {
    let answered = "2025-05-02 10:00 acknowledge
        2025-05-14 10:00 respond
        2025-06-30 10:00 close
        2025-07-01 10:00 direct-acceptance";
    let refused = refusal("hartlepool-2024", &format!("{DIRECTED}{answered}"));
    assert_eq!(refused.code, RefusalCode::DirectionOnlyAfterRefusal);
}

#[test]
fn a_request_that_led_to_a_review_is_kept_when_another_follows() {
    let play = play(
        "portsmouth-2024",
        &format!(
            "{ANSWERED}2025-05-08 10:00 request-escalation
            2025-05-09 10:00 review-stage-one
            2025-05-20 10:00 respond
            2025-05-27 10:00 request-escalation"
        ),
    );
    let kept: Vec<_> =
        play.case().earlier_escalations.iter().map(|asked| (asked.requested_at, asked.reviewed)).collect();
    assert_eq!(kept, [(london("2025-05-08 10:00"), true)]);
    let stands = play.case().escalation.as_ref().unwrap();
    assert_eq!((stands.requested_at, stands.reviewed), (london("2025-05-27 10:00"), false));
}

#[test]
fn a_request_that_was_declined_is_kept_when_the_case_is_reopened_and_answered() {
    let play = play(
        "bradford-draft",
        &format!(
            "{}2025-06-20 10:00 reopen
            2025-06-27 10:00 respond
            2025-07-01 10:00 request-escalation",
            declined_and_closed("outcome-delivered")
        ),
    );
    assert_eq!(play.case().phase, Phase::EscalationRequested);
    let earlier = &play.case().earlier_escalations;
    let kept: Vec<_> = earlier.iter().map(|asked| (asked.requested_at, asked.refused_at)).collect();
    assert_eq!(kept, [(london("2025-05-08 10:00"), Some(london("2025-05-09 10:00")))]);
}

#[test]
fn a_declined_request_is_not_made_again_after_closing() {
    for (policy, ground) in DECLINES {
        let script = format!("{}2025-06-10 10:00 request-escalation", declined_and_closed(ground));
        let refused = refusal(policy, &script);
        assert_eq!(refused.code, RefusalCode::WrongPhase, "{policy}");
        assert_eq!(refused.citation.code.as_deref(), Some("Code 5.11"), "{policy}");
        assert!(refused.citation.policy.is_some() && refused.hint.contains("Ombudsman"), "{policy}");
    }
}

#[test]
fn a_remedy_agreed_after_the_first_answer_does_not_close_the_second_stage() {
    let script = r#"2025-04-14 10:00 receive
        2025-04-16 09:00 accept
        2025-04-16 12:00 acknowledge
        2025-04-30 12:00 respond
        2025-05-02 10:00 agree-remedy
        2025-05-08 10:00 request-escalation
        2025-05-09 10:00 accept-escalation
        2025-05-12 10:00 acknowledge
        2025-06-02 10:00 respond
        2025-06-03 10:00 close {"reason": "remedy-agreed"}"#;
    assert_eq!(refusal("cheshire-west-2023", script).code, RefusalCode::ClosingTooEarly);
}

/// A letter is out, and its time passes before the end.
const WARNED: &str = r#"2025-04-14 10:00 receive
    2025-04-16 09:00 accept
    2025-04-16 12:00 acknowledge
    2025-04-17 12:00 warn-no-contact {"contact_by": "2025-04-24"}
    "#;

#[test]
fn a_letter_to_a_silent_resident_does_not_outlive_the_answer() {
    let script = format!(
        r#"{WARNED}2025-04-30 12:00 respond{}2025-05-09 10:00 close {{"reason": "no-contact"}}"#,
        '\n'
    );
    assert_eq!(refusal("bradford-draft", &script).code, RefusalCode::NoContactLetterNeeded);
}

#[test]
fn a_letter_to_a_silent_resident_does_not_outlive_their_request() {
    let script = format!(
        r#"{ANSWERED}2025-05-01 12:00 warn-no-contact {{"contact_by": "2025-05-07"}}
        2025-05-08 10:00 request-escalation
        2025-05-09 10:00 close {{"reason": "no-contact"}}"#
    );
    assert_eq!(refusal("bradford-draft", &script).code, RefusalCode::NoContactLetterNeeded);
}

#[test]
fn a_letter_to_a_silent_resident_does_not_outlive_a_reopening() {
    let script = format!(
        r#"{WARNED}2025-04-25 10:00 close {{"reason": "no-contact"}}
        2025-04-28 10:00 reopen
        2025-04-29 10:00 close {{"reason": "no-contact"}}"#
    );
    assert_eq!(refusal("bradford-draft", &script).code, RefusalCode::NoContactLetterNeeded);
}

#[test]
fn a_letter_to_a_silent_resident_does_not_outlive_a_direction() {
    let script = format!(
        r#"{WARNED}2025-04-22 10:00 refuse {{"ground": "beyond-control"}}
        2025-05-01 10:00 direct-acceptance
        2025-05-02 10:00 close {{"reason": "no-contact"}}"#
    );
    assert_eq!(refusal("bradford-draft", &script).code, RefusalCode::NoContactLetterNeeded);
}

#[test]
fn a_second_look_at_the_second_stage_is_not_extended() {
    let script = format!(
        r#"{ANSWERED_TWICE}2025-06-03 10:00 close
        2025-07-01 10:00 reopen
        2025-07-02 10:00 extend {{"respond_by": "2025-07-20"}}"#
    );
    assert_eq!(refusal("bradford-draft", &script).code, RefusalCode::WrongPhase);
}

#[test]
fn what_follows_an_answer_is_not_recorded_as_before_it() {
    let before = |policy: &str, line: &str| refusal(policy, &format!("{ANSWERED}{line}")).code;
    assert_eq!(before("hartlepool-2024", "2025-04-20 10:00 withdraw"), RefusalCode::OutOfOrder);
    assert_eq!(before("portsmouth-2024", "2025-04-20 10:00 record-survey"), RefusalCode::OutOfOrder);
    let paid = "2025-05-01 10:00 offer-remedy
        2025-05-06 10:00 answer-offer
        2025-05-05 10:00 pay-compensation";
    assert_eq!(before("hartlepool-2024", paid), RefusalCode::OutOfOrder);
}
