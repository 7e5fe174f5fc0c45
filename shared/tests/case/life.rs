//! Turns that a case may take, told as stories.

use redress_shared::case::deadline::{Clock, DeadlineName, Due, Standing};
use redress_shared::case::words::{Phase, StageNumber};
use redress_shared::case::{Event, RefusalCode};

use crate::kit::{Play, london, play, refusal};

fn code_due(play: &Play, name: DeadlineName) -> Due {
    let all = play.deadlines();
    all.iter()
        .find(|deadline| (deadline.name, deadline.clock) == (name, Clock::Code))
        .expect("a due date")
        .due
}

#[test]
fn a_whole_life_runs_under_every_policy() {
    for policy in crate::kit::POLICIES {
        let play = play(
            policy,
            "2025-04-14 10:00 receive
             2025-04-16 09:00 accept
             2025-04-16 12:00 acknowledge
             2025-04-30 12:00 respond
             2025-05-08 10:00 request-escalation
             2025-05-09 10:00 accept-escalation
             2025-05-12 10:00 acknowledge
             2025-06-02 10:00 respond
             2025-06-03 10:00 agree-remedy",
        );
        let reason = if policy == "cheshire-west-2023" { "remedy-agreed" } else { "answered" };
        let closed = play.and(&format!(r#"2025-06-04 10:00 close {{"reason": "{reason}"}}"#));
        assert_eq!(closed.case().phase, Phase::Closed, "{policy}");
        let late: Vec<_> = closed
            .deadlines()
            .into_iter()
            .filter(|deadline| deadline.standing(london("2026-01-01 10:00")) != Standing::Met)
            .map(|deadline| (deadline.name, deadline.clock))
            .collect();
        assert_eq!(late, [], "{policy}");
    }
}

#[test]
fn a_stage_that_the_ombudsman_directs_begins_with_the_direction_unless_it_was_open_before() {
    let declined = play(
        "hartlepool-2024",
        "2025-04-14 10:00 receive
         2025-04-22 10:00 refuse
         2025-05-01 10:00 direct-acceptance",
    );
    assert_eq!(declined.case().phase, Phase::StageOne);
    assert!(declined.case().refusal.is_some(), "that it was declined stays on record");
    assert_eq!(code_due(&declined, DeadlineName::AcknowledgeOne), Due::On("2025-05-09".parse().unwrap()));
    let interrupted = play(
        "hartlepool-2024",
        "2025-04-14 10:00 receive
         2025-04-16 09:00 accept
         2025-04-17 12:00 acknowledge
         2025-04-22 10:00 refuse
         2025-05-01 10:00 direct-acceptance",
    );
    assert_eq!(interrupted.case().stages.len(), 1, "there is never a second stage 1");
    // Nothing pauses the Code's clock: ten working days after the acknowledgement of 17 April, over Easter and Early May.
    assert_eq!(code_due(&interrupted, DeadlineName::RespondOne), Due::On("2025-05-06".parse().unwrap()));
    let escalated = play(
        "portsmouth-2024",
        "2025-04-14 10:00 receive
         2025-04-16 09:00 accept
         2025-04-17 12:00 acknowledge
         2025-05-01 12:00 respond
         2025-05-08 10:00 request-escalation
         2025-05-09 10:00 refuse-escalation
         2025-07-01 10:00 direct-acceptance",
    );
    assert_eq!(escalated.case().phase, Phase::StageTwo);
    assert_eq!(code_due(&escalated, DeadlineName::AcknowledgeTwo), Due::On("2025-07-08".parse().unwrap()));
}

#[test]
fn a_complaint_closed_without_contact_is_reopened_where_it_stood() {
    let closed = |before: &str, warned: &str, closed: &str| {
        play(
            "bradford-draft",
            &format!(
                r#"2025-04-14 10:00 receive
                {before}
                {warned} 10:00 warn-no-contact
                {closed} 10:00 close {{"reason": "no-contact"}}"#
            ),
        )
    };
    let at_once = closed("", "2025-04-16", "2025-05-01").and("2025-05-02 10:00 reopen");
    assert_eq!(at_once.case().phase, Phase::Received);
    let open = closed("2025-04-15 10:00 accept", "2025-04-16", "2025-05-01").and("2025-05-02 10:00 reopen");
    assert_eq!(open.case().phase, Phase::StageOne, "stage 1 has not been answered");
    let open = open.and("2025-05-03 10:00 acknowledge\n2025-05-06 10:00 respond");
    assert_eq!(open.case().stages[0].responded_at, Some(london("2025-05-06 10:00")));
    let answered = closed(
        "2025-04-15 10:00 accept
         2025-04-16 10:00 acknowledge
         2025-04-17 10:00 respond",
        "2025-05-01",
        "2025-05-20",
    );
    let again = answered.and("2025-05-21 10:00 reopen");
    assert_eq!(again.case().phase, Phase::StageOneReview, "what was decided is looked at again");
    let again = again.and("2025-05-30 10:00 respond");
    let stage = again.case().stage(StageNumber::One).unwrap();
    assert_eq!(stage.responded_at, Some(london("2025-04-17 10:00")), "the first answer keeps its date");
    assert_eq!(stage.review.as_ref().unwrap().responded_at, Some(london("2025-05-30 10:00")));
}

#[test]
fn a_risk_handed_on_keeps_its_time_when_another_follows() {
    let play = play(
        "portsmouth-2024",
        "2025-04-14 10:00 receive
         2025-04-14 11:00 flag-risk
         2025-04-14 12:00 hand-off-risk
         2025-04-20 11:00 flag-risk
         2025-04-20 12:00 hand-off-risk",
    );
    let handed: Vec<_> = play.case().risks.iter().map(|risk| risk.handed_at).collect();
    assert_eq!(handed, [Some(london("2025-04-14 12:00")), Some(london("2025-04-20 12:00"))]);
}

#[test]
fn dissatisfaction_with_a_request_opens_a_complaint_of_its_own() {
    let play = play(
        "hartlepool-2024",
        r#"2025-04-14 10:00 receive {"kind": "service-request"}
        2025-04-22 10:00 raise-complaint"#,
    );
    assert_eq!(play.case().phase, Phase::Open, "the request goes on");
    let spawned = play.decision.clone().unwrap().spawned.unwrap();
    assert_eq!(play.case().led_to, [spawned.id]);
    assert_eq!(spawned.opened.came_from, Some(play.case().id));
    assert_eq!(spawned.opened.received.residents[0].person, play.case().parties.residents[0]);
}

#[test]
fn an_issue_joins_only_what_is_unanswered_related_and_not_delayed_by_it() {
    let open = "2025-04-14 10:00 receive
        2025-04-16 09:00 accept
        2025-04-17 12:00 acknowledge";
    let joins = |script: String| {
        let play = play("hartlepool-2024", &script);
        matches!(play.log.last().unwrap().event, Event::IssueJoined(_))
    };
    assert!(joins(format!("{open}\n2025-04-22 10:00 add-issue")));
    assert!(!joins(format!(r#"{open}{}2025-04-22 10:00 add-issue {{"related": false}}"#, '\n')));
    assert!(!joins(format!(r#"{open}{}2025-04-22 10:00 add-issue {{"would_delay": true}}"#, '\n')));
    assert!(!joins(format!("{open}\n2025-04-22 10:00 respond\n2025-04-23 10:00 add-issue")));
}

#[test]
fn a_correction_moves_the_dates_and_its_undoing_moves_them_back() {
    let acknowledged = || {
        play(
            "hartlepool-2024",
            "2025-04-14 10:00 receive
             2025-04-16 09:00 accept
             2025-04-17 12:00 acknowledge",
        )
    };
    let before = acknowledged().deadlines();
    let moved = acknowledged().and(
        r#"2025-04-22 10:00 correct {"correct": {"fact": "acknowledged-at", "stage": "1", "at": "2025-04-16T12:00:00Z"}}"#,
    );
    assert_eq!(code_due(&moved, DeadlineName::RespondOne), Due::On("2025-05-02".parse().unwrap()));
    let back = moved.and(
        r#"2025-04-23 10:00 correct {"correct": {"fact": "acknowledged-at", "stage": "1", "at": "2025-04-17T11:00:00Z"}}"#,
    );
    assert_eq!(back.deadlines(), before);
    assert_eq!(back.log.len(), 5, "both corrections stay in the history");
}

#[test]
fn a_log_entry_is_not_corrected_into_the_future() {
    let script = r#"2025-04-14 10:00 receive
        2025-04-16 09:00 accept
        2025-04-17 10:00 correct {"correct": {"fact": "logged-at", "stage": "1", "at": "2025-04-18T10:00:00Z"}}"#;
    assert_eq!(refusal("hartlepool-2024", script).code, RefusalCode::CorrectionOutOfOrder);
}

#[test]
fn arrears_come_first_where_the_policy_says_so_save_for_financial_loss() {
    let paid = |policy: &str, basis: &str| {
        let play = play(
            policy,
            &format!(
                r#"2025-04-14 10:00 receive
                2025-04-16 09:00 accept
                2025-04-17 12:00 acknowledge
                2025-04-18 10:00 offer-remedy {{"remedy": {{"kind": "financial", "detail": "s3cr3t", "pence": 15000, "basis": "{basis}", "agreed": true}}}}
                2025-04-19 10:00 pay-compensation {{"remedy": 1, "arrears_pence": 9000}}"#
            ),
        );
        let remedy = play.case().remedies[0].clone();
        (remedy.paid_pence.unwrap(), remedy.offset_pence.unwrap())
    };
    assert_eq!(paid("housing-solutions-2024", "distress-and-inconvenience"), (6_000, 9_000));
    assert_eq!(paid("housing-solutions-2024", "financial-loss"), (15_000, 0));
}
