//! Both clocks of every policy, date by date.

use redress_shared::case::deadline::{Deadline, Standing};

use crate::kit::{check, expect, lines, london, play, rules, rules_with};

const STAGE_ONE: &str = "2025-04-14 10:00 receive
    2025-04-16 09:00 accept
    2025-04-17 12:00 acknowledge";

const STAGE_TWO: &str = "2025-05-06 12:00 respond
    2025-05-15 10:00 request-escalation
    2025-05-19 10:00 accept-escalation
    2025-05-21 10:00 acknowledge";

#[test]
fn the_sentence_says_where_a_date_comes_from() {
    let play = play("hartlepool-2024", STAGE_ONE);
    let sentences: Vec<String> = play.deadlines().iter().map(Deadline::sentence).collect();
    assert_eq!(
        sentences[2],
        "Due Tuesday 6 May 2025, 10 working days after 17 April 2025 (Good Friday, Easter Monday and the early May bank holiday skipped), Hartlepool 5.2, Code 6.3."
    );
    assert_eq!(sentences[3], sentences[2], "the clocks agree, and each names both sources");
}

#[test]
fn each_policy_has_its_own_stage_1_beside_the_code() {
    let both = |acknowledge: &str, respond: &str| {
        vec![
            format!("acknowledge-1 policy {acknowledge}"),
            "acknowledge-1 code 2025-04-23".to_owned(),
            format!("respond-1 policy {respond}"),
            "respond-1 code 2025-05-06".to_owned(),
        ]
    };
    let check = |policy: &str, acknowledge: &str, respond: &str| {
        let found = lines(&play(policy, STAGE_ONE));
        assert_eq!(found, both(acknowledge, respond), "{policy}");
    };
    check("hartlepool-2024", "2025-04-23", "2025-05-06");
    check("housing-solutions-2024", "2025-04-23", "2025-05-06");
    // Both times run from the log entry of Wednesday 16 April.
    check("portsmouth-2024", "2025-04-25", "2025-05-02");
    // Two and ten working days from receipt.
    check("bradford-draft", "2025-04-16", "2025-04-30");
    // Receipt for the one, the log entry for the other.
    check("cheshire-west-2023", "2025-04-23", "2025-05-02");
}

#[test]
fn each_policy_has_its_own_stage_2_beside_the_code() {
    let check = |policy: &str, expected: &[&str]| {
        let play = play(policy, STAGE_ONE).and(STAGE_TWO);
        let found = lines(&play).split_off(4);
        assert_eq!(found, expected, "{policy}");
    };
    check(
        "hartlepool-2024",
        &[
            "acknowledge-2 policy 2025-05-22",
            "acknowledge-2 code 2025-05-22",
            "respond-2 policy 2025-06-19",
            "respond-2 code 2025-06-19",
        ],
    );
    check(
        "bradford-draft",
        &[
            "acknowledge-2 policy 2025-05-19",
            "acknowledge-2 code 2025-05-22",
            "respond-2 policy 2025-06-13",
            "respond-2 code 2025-06-19",
        ],
    );
    check(
        "portsmouth-2024",
        &[
            "escalate-by policy 2025-06-18",
            "acknowledge-2 policy 2025-05-27",
            "acknowledge-2 code 2025-05-22",
            "respond-2 policy 2025-06-17",
            "respond-2 code 2025-06-19",
        ],
    );
    check(
        "housing-solutions-2024",
        &[
            "escalate-by policy 2025-05-27",
            "acknowledge-2 policy 2025-05-22",
            "acknowledge-2 code 2025-05-22",
            "respond-2 policy 2025-06-19",
            "respond-2 code 2025-06-19",
        ],
    );
    // No time to acknowledge stage 2 in the policy, and the answer counts from the request.
    check(
        "cheshire-west-2023",
        &[
            "escalate-by policy 2025-07-06",
            "acknowledge-2 code 2025-05-22",
            "respond-2 policy 2025-06-13",
            "respond-2 code 2025-06-19",
        ],
    );
}

#[test]
fn under_the_code_of_2022_nothing_counts_from_the_acknowledgement() {
    let early = rules_with("cheshire-west-2023", "2022", |_| ());
    check(
        early,
        "2023-12-04 10:00 receive
         2023-12-06 10:00 accept
         2023-12-13 10:00 acknowledge
         2023-12-20 10:00 respond
         2024-02-12 10:00 request-escalation",
        &[
            "acknowledge-1 policy 2023-12-11",
            "acknowledge-1 code 2023-12-11",
            "respond-1 policy 2023-12-20",
            "respond-1 code 2023-12-20",
            "escalate-by policy 2024-02-20",
            "respond-2 policy 2024-03-11",
            "respond-2 code 2024-03-11",
        ],
    );
}

#[test]
fn logging_late_moves_the_policys_dates_and_not_the_codes() {
    let received = "2025-03-03 10:00 receive";
    // Nothing of the policy's can be foreseen before the log entry.
    check(
        rules("portsmouth-2024"),
        received,
        &["acknowledge-1 code 2025-03-10", "respond-1 code 2025-03-24 foreseen"],
    );
    let logged =
        play("portsmouth-2024", received).and("2025-03-12 10:00 accept").and("2025-03-18 10:00 acknowledge");
    expect(
        &logged,
        &[
            "acknowledge-1 policy 2025-03-19",
            "acknowledge-1 code 2025-03-10",
            "respond-1 policy 2025-03-26",
            "respond-1 code 2025-03-24",
        ],
    );
    let as_of = london("2025-03-25 09:00");
    let standings: Vec<Standing> =
        logged.deadlines().iter().map(|deadline| deadline.standing(as_of)).collect();
    assert_eq!(standings, [Standing::Met, Standing::Late, Standing::Open, Standing::Overdue]);
}

#[test]
fn what_has_not_happened_is_foreseen_at_its_latest() {
    let received = play("hartlepool-2024", "2025-04-14 10:00 receive");
    expect(
        &received,
        &[
            "acknowledge-1 policy 2025-04-23",
            "acknowledge-1 code 2025-04-23",
            "respond-1 policy 2025-05-08 foreseen",
            "respond-1 code 2025-05-08 foreseen",
        ],
    );
    assert_eq!(
        received.deadlines()[2].sentence(),
        "Due Thursday 8 May 2025, 10 working days after 23 April 2025 (the early May bank holiday skipped), if the acknowledgement is made on its last day, Hartlepool 5.2, Code 6.3."
    );
}
