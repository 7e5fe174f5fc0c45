//! Extensions, hours, windows, reviews: what is not simply so many working days.

use redress_shared::case::deadline::{Clock, Deadline, DeadlineName, Due, deadlines};
use redress_shared::case::{RefusalCode, Rules};
use redress_shared::policy::vocabulary::RiskKind;

use crate::kit::{Play, london, play, refusal, rules, rules_with, tell};

fn found(play: &Play, name: DeadlineName, clock: Clock) -> Deadline {
    let all = play.deadlines();
    all.into_iter().find(|deadline| (deadline.name, deadline.clock) == (name, clock)).expect("a due date")
}

#[track_caller]
fn check_extension(play: &Play, name: DeadlineName, policy: &str, code: &str) {
    let due = |clock| found(play, name, clock).due.date().to_string();
    assert_eq!((due(Clock::Policy).as_str(), due(Clock::Code).as_str()), (policy, code));
}

/// Answered by Tuesday 6 May 2025 on both clocks, under Hartlepool's policy.
const ACKNOWLEDGED: &str = "2025-04-14 10:00 receive
    2025-04-16 09:00 accept
    2025-04-17 12:00 acknowledge";

#[test]
fn an_extension_within_the_limit_moves_both_clocks() {
    let play =
        play("hartlepool-2024", ACKNOWLEDGED).and(r#"2025-05-01 10:00 extend {"respond_by": "2025-05-20"}"#);
    check_extension(&play, DeadlineName::RespondOne, "2025-05-20", "2025-05-20");
    assert_eq!(
        found(&play, DeadlineName::RespondOne, Clock::Policy).sentence(),
        "Due Tuesday 20 May 2025, extended from Tuesday 6 May 2025, 10 working days after 17 April 2025 (Good Friday, Easter Monday and the early May bank holiday skipped), Hartlepool 5.2, Code 6.3."
    );
}

#[test]
fn a_longer_extension_is_capped_on_the_codes_clock() {
    // Portsmouth has no cap of its own.
    let play =
        play("portsmouth-2024", ACKNOWLEDGED).and(r#"2025-05-01 10:00 extend {"respond_by": "2025-07-31"}"#);
    check_extension(&play, DeadlineName::RespondOne, "2025-07-31", "2025-05-20");
    let cautions = play.decision.clone().unwrap().cautions;
    assert_eq!(cautions.iter().map(|caution| caution.provision.as_str()).collect::<Vec<_>>(), ["6.4"]);
}

#[test]
fn an_extension_without_the_ombudsmans_details_does_not_move_the_codes_clock() {
    let play = play("portsmouth-2024", ACKNOWLEDGED)
        .and(r#"2025-05-01 10:00 extend {"respond_by": "2025-05-12", "ombudsman_details_given": false}"#);
    check_extension(&play, DeadlineName::RespondOne, "2025-05-12", "2025-05-06");
}

#[test]
fn an_extension_decided_after_the_date_does_not_heal_it() {
    let play =
        play("hartlepool-2024", ACKNOWLEDGED).and(r#"2025-05-07 10:00 extend {"respond_by": "2025-05-20"}"#);
    check_extension(&play, DeadlineName::RespondOne, "2025-05-06", "2025-05-06");
}

#[test]
fn of_two_extensions_the_later_date_counts_and_the_limit_is_from_the_first_date() {
    let play = play("hartlepool-2024", ACKNOWLEDGED)
        .and(r#"2025-05-01 10:00 extend {"respond_by": "2025-05-13"}"#)
        .and(r#"2025-05-13 10:00 extend {"respond_by": "2025-05-20"}"#);
    check_extension(&play, DeadlineName::RespondOne, "2025-05-20", "2025-05-20");
}

/// Stage 2 of Cheshire West: the answer is due on Friday 13 June by the policy, 20 working days after the request.
const CHESHIRE_WEST: &str = "2025-04-14 10:00 receive
    2025-04-16 09:00 accept
    2025-04-17 12:00 acknowledge
    2025-05-02 12:00 respond
    2025-05-15 10:00 request-escalation
    2025-05-19 10:00 accept-escalation
    2025-05-21 10:00 acknowledge";

#[test]
fn ten_days_are_calendar_days_where_the_policy_does_not_say_working() {
    let extended = |by: &str, more: &str| {
        format!(
            r#"{CHESHIRE_WEST}
            2025-06-02 10:00 extend {{"respond_by": "{by}", "update_every_working_days": 5 {more}}}"#
        )
    };
    let last = play("cheshire-west-2023", &extended("2025-06-23", ""));
    check_extension(&last, DeadlineName::RespondTwo, "2025-06-23", "2025-06-23");
    let over = refusal("cheshire-west-2023", &extended("2025-06-24", ""));
    assert_eq!(over.code, RefusalCode::ExtensionNeedsGoodReason);
    assert_eq!(over.citation.to_string(), "Cheshire West Stage 2: extension, Code 6.15");
    let good = play("cheshire-west-2023", &extended("2025-06-24", r#", "good_reason": "s3cr3t a survey""#));
    check_extension(&good, DeadlineName::RespondTwo, "2025-06-24", "2025-06-24");
}

#[track_caller]
fn check_hours(received: &str, aware: &str, due: &str, sentence: &str) {
    let script =
        format!(r#"{received} receive {{"risks": [{{"kind": "risk-to-life", "aware_at": "{aware}"}}]}}"#);
    let play = play("bradford-draft", &script);
    let policy = found(&play, DeadlineName::RespondOne, Clock::Policy);
    assert_eq!(policy.due, Due::At(london(due)), "{received}");
    assert_eq!(policy.sentence(), sentence);
    // The Code has no such time, and its own goes on.
    assert!(matches!(found(&play, DeadlineName::RespondOne, Clock::Code).due, Due::On(_)));
}

#[test]
fn twenty_four_hours_run_on_the_clock() {
    check_hours(
        "2025-05-02 16:00",
        "2025-05-02T15:00:00Z",
        "2025-05-03 16:00",
        "Due 16:00 on Saturday 3 May 2025, 24 hours after 16:00 on Friday 2 May 2025, Bradford 7.1 Stage 1 box.",
    );
    // The clocks go forward in the night: an hour is sixty minutes.
    check_hours(
        "2025-03-29 12:00",
        "2025-03-29T12:00:00Z",
        "2025-03-30 13:00",
        "Due 13:00 on Sunday 30 March 2025, 24 hours after 12:00 on Saturday 29 March 2025, Bradford 7.1 Stage 1 box.",
    );
    // And back.
    check_hours(
        "2025-10-25 12:00",
        "2025-10-25T11:00:00Z",
        "2025-10-26 11:00",
        "Due 11:00 on Sunday 26 October 2025, 24 hours after 12:00 on Saturday 25 October 2025, Bradford 7.1 Stage 1 box.",
    );
    // A risk known before the complaint counts from the complaint.
    check_hours(
        "2025-05-02 16:00",
        "2025-05-01T08:00:00Z",
        "2025-05-03 16:00",
        "Due 16:00 on Saturday 3 May 2025, 24 hours after 16:00 on Friday 2 May 2025, Bradford 7.1 Stage 1 box.",
    );
}

#[test]
fn of_several_shorter_times_the_earliest_counts() {
    let with_hours = |hours: u32| {
        rules_with("bradford-draft", "2024", |profile| {
            let mut rule = profile.stage_1.urgent.first().cloned().expect("a shorter time");
            rule.risk = RiskKind::Safeguarding;
            rule.respond.count = hours;
            profile.stage_1.urgent.push(rule);
        })
    };
    let script = r#"2025-05-02 16:00 receive {"risks": [
        {"kind": "risk-to-life", "aware_at": "2025-05-02T15:00:00Z"},
        {"kind": "safeguarding", "aware_at": "2025-05-02T15:00:00Z"}]}"#
        .replace('\n', " ");
    let due = |hours| found(&tell(with_hours(hours), &script), DeadlineName::RespondOne, Clock::Policy).due;
    assert_eq!(due(4), Due::At(london("2025-05-02 20:00")));
    assert_eq!(due(48), Due::At(london("2025-05-03 16:00")));
}

#[test]
fn a_risk_noticed_later_counts_from_then_and_never_lengthens_the_time() {
    let at = |aware: &str| {
        let play = play("bradford-draft", "2025-04-14 10:00 receive").and(&format!(
            r#"{aware} flag-risk {{"risk": {{"kind": "risk-to-life", "aware_at": "{aware}"}}}}"#
        ));
        found(&play, DeadlineName::RespondOne, Clock::Policy).due
    };
    assert_eq!(at("2025-04-16T09:00:00Z"), Due::At(london("2025-04-17 10:00")));
    // Ten working days end with 30 April, which is midnight in London.
    assert_eq!(at("2025-04-29T22:00:00Z"), Due::At(london("2025-04-30 23:00")));
    assert_eq!(at("2025-04-29T23:30:00Z"), Due::On("2025-04-30".parse().unwrap()));
}

#[test]
fn other_policies_and_other_risks_have_no_hours() {
    let risk =
        r#"2025-04-14 10:00 receive {"risks": [{"kind": "KIND", "aware_at": "2025-04-14T09:00:00Z"}]}"#;
    for (policy, kind) in [("hartlepool-2024", "risk-to-life"), ("bradford-draft", "safeguarding")] {
        let play = play(policy, &risk.replace("KIND", kind));
        assert!(matches!(found(&play, DeadlineName::RespondOne, Clock::Policy).due, Due::On(_)), "{policy}");
    }
}

#[track_caller]
fn check_window(rules: Rules, answered: &str, last: &str) {
    let day = answered.split(' ').next().unwrap();
    let play = tell(
        rules,
        &format!("{day} 00:00 receive\n{day} 00:01 accept\n{day} 00:02 acknowledge\n{answered} respond"),
    );
    assert_eq!(
        found(&play, DeadlineName::EscalateBy, Clock::Policy).due.date().to_string(),
        last,
        "{answered}"
    );
}

#[test]
fn the_window_to_escalate_is_the_policys() {
    let solutions = || rules("housing-solutions-2024");
    check_window(solutions(), "2025-05-06 12:00", "2025-05-27");
    // Over Christmas, and over a leap day: days are days.
    check_window(solutions(), "2024-12-20 12:00", "2025-01-10");
    check_window(solutions(), "2024-02-12 12:00", "2024-03-04");
    // Half past eleven at night in summer, universal time, is the day after.
    check_window(solutions(), "2025-07-01 00:30", "2025-07-22");
    check_window(rules("portsmouth-2024"), "2025-05-06 12:00", "2025-06-18");
    let cheshire = || rules_with("cheshire-west-2023", "2022", |_| ());
    check_window(cheshire(), "2023-12-28 12:00", "2024-02-28");
    check_window(cheshire(), "2023-12-29 12:00", "2024-02-29");
    check_window(cheshire(), "2023-12-31 12:00", "2024-02-29");
    check_window(cheshire(), "2024-02-29 12:00", "2024-04-29");
}

#[test]
fn a_policy_without_a_window_leaves_the_way_open() {
    let play = play("hartlepool-2024", ACKNOWLEDGED)
        .and("2025-05-06 12:00 respond")
        .and("2026-05-06 12:00 request-escalation");
    assert!(play.deadlines().iter().all(|deadline| deadline.name != DeadlineName::EscalateBy));
    assert!(!play.case().escalation.as_ref().unwrap().late);
}

#[test]
fn the_last_day_of_the_window_is_in_time_and_the_next_is_late() {
    let asked = |at: &str| {
        play("housing-solutions-2024", ACKNOWLEDGED)
            .and("2025-05-06 12:00 respond")
            .and(&format!("{at} request-escalation"))
            .case()
            .escalation
            .clone()
            .unwrap()
            .late
    };
    assert!(!asked("2025-05-27 23:59"));
    assert!(asked("2025-05-28 00:00"));
}

#[test]
fn a_review_of_stage_1_has_stage_1s_time_while_the_codes_stage_2_runs_on() {
    let play = play("portsmouth-2024", ACKNOWLEDGED).and(
        "2025-05-02 12:00 respond
         2025-05-15 10:00 request-escalation
         2025-05-19 10:00 review-stage-one",
    );
    let review = found(&play, DeadlineName::ReviewOne, Clock::Policy);
    // The Spring bank holiday of 26 May is passed over.
    assert_eq!(review.due.date().to_string(), "2025-06-03");
    let code = found(&play, DeadlineName::AcknowledgeTwo, Clock::Code);
    assert_eq!(code.due.date().to_string(), "2025-05-22");
    let answered = play.and("2025-06-02 10:00 respond");
    assert_eq!(
        found(&answered, DeadlineName::ReviewOne, Clock::Policy).met_at,
        Some(london("2025-06-02 10:00"))
    );
    // The window to ask again counts from the answer to the review.
    let window = found(&answered, DeadlineName::EscalateBy, Clock::Policy);
    assert_eq!(window.due.date().to_string(), "2025-07-14");
}

#[test]
fn a_contact_that_is_no_complaint_has_no_due_dates() {
    for kind in ["service-request", "enquiry", "comment", "compliment", "policy-feedback"] {
        let script = format!(r#"2025-04-14 10:00 receive {{"kind": "{kind}"}}"#);
        let play = play("hartlepool-2024", &script);
        assert_eq!(deadlines(play.case(), &play.rules).unwrap(), []);
    }
}
