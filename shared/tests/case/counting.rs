//! What moves a clock: how days are counted, when something arrives, how late it is acknowledged.

use redress_shared::calendar::{Closure, Convention};
use redress_shared::case::deadline::{Clock, DeadlineName, Standing};
use redress_shared::policy::cited::Cited;
use redress_shared::policy::vocabulary::LateAcknowledgement;

use crate::kit::{check, lines, london, play, rules, rules_with, tell};

/// The commonest beginning.
const STAGE_ONE: &str = "2025-04-14 10:00 receive
    2025-04-16 09:00 accept
    2025-04-17 12:00 acknowledge";

#[test]
fn a_late_acknowledgement_buys_no_time_unless_the_policy_counts_it_as_made() {
    let late = "2025-04-14 10:00 receive
        2025-04-14 11:00 accept
        2025-04-25 10:00 acknowledge";
    let expected = |policy: &str| {
        [
            "acknowledge-1 policy 2025-04-23".to_owned(),
            "acknowledge-1 code 2025-04-23".to_owned(),
            format!("respond-1 policy {policy}"),
            "respond-1 code 2025-05-08".to_owned(),
        ]
    };
    let lines = |rules| lines(&tell(rules, late));
    assert_eq!(lines(rules("hartlepool-2024")), expected("2025-05-08"));
    let as_made = rules_with("hartlepool-2024", "2024", |profile| {
        profile.counting.late_acknowledgement.value = LateAcknowledgement::AsMade;
    });
    assert_eq!(lines(as_made), expected("2025-05-12"));
}

#[test]
fn an_early_acknowledgement_starts_the_time_early() {
    check(
        rules("hartlepool-2024"),
        "2025-04-14 10:00 receive
         2025-04-14 10:05 accept
         2025-04-14 10:10 acknowledge",
        &[
            "acknowledge-1 policy 2025-04-23",
            "acknowledge-1 code 2025-04-23",
            "respond-1 policy 2025-04-30",
            "respond-1 code 2025-04-30",
        ],
    );
}

#[test]
fn half_past_eleven_at_night_in_universal_time_is_tomorrow_in_a_london_summer() {
    check(
        rules("hartlepool-2024"),
        "2025-06-30T23:30:00Z receive",
        &[
            "acknowledge-1 policy 2025-07-08",
            "acknowledge-1 code 2025-07-08",
            "respond-1 policy 2025-07-22 foreseen",
            "respond-1 code 2025-07-22 foreseen",
        ],
    );
}

#[test]
fn the_cut_off_hour_moves_the_policys_clock_alone() {
    let evening = || {
        rules_with("hartlepool-2024", "2024", |profile| {
            let reading = Some("the office closes at five".to_owned());
            profile.counting.cut_off_hour = Some(Cited { value: 17, clause: None, reading });
        })
    };
    let dates = |time: &str| lines(&tell(evening(), &format!("2025-07-01 {time} receive")));
    let before = [
        "acknowledge-1 policy 2025-07-08",
        "acknowledge-1 code 2025-07-08",
        "respond-1 policy 2025-07-22 foreseen",
        "respond-1 code 2025-07-22 foreseen",
    ];
    let after = [
        "acknowledge-1 policy 2025-07-09",
        "acknowledge-1 code 2025-07-08",
        "respond-1 policy 2025-07-23 foreseen",
        "respond-1 code 2025-07-22 foreseen",
    ];
    assert_eq!(dates("16:59"), before);
    assert_eq!(dates("17:00"), after);
}

#[test]
fn a_closure_moves_the_policys_clock_alone() {
    let closed = rules_with("hartlepool-2024", "2024", |profile| {
        profile.counting.closures = vec![Closure {
            name: "Christmas closure".to_owned(),
            first_day: "2025-12-24".parse().unwrap(),
            last_day: "2026-01-02".parse().unwrap(),
        }];
    });
    check(
        closed,
        "2025-12-15 10:00 receive
         2025-12-15 11:00 accept
         2025-12-18 10:00 acknowledge",
        &[
            "acknowledge-1 policy 2025-12-22",
            "acknowledge-1 code 2025-12-22",
            "respond-1 policy 2026-01-13",
            "respond-1 code 2026-01-06",
        ],
    );
}

#[test]
fn a_leap_day_is_a_working_day_like_any_other() {
    check(
        rules("hartlepool-2024"),
        "2024-02-26 10:00 receive
         2024-02-26 11:00 accept
         2024-02-29 10:00 acknowledge",
        &[
            "acknowledge-1 policy 2024-03-04",
            "acknowledge-1 code 2024-03-04",
            "respond-1 policy 2024-03-14",
            "respond-1 code 2024-03-14",
        ],
    );
}

#[test]
fn the_profiles_convention_says_which_day_is_the_first() {
    let inclusive = rules_with("hartlepool-2024", "2024", |profile| {
        profile.counting.convention.value = Convention::Inclusive;
    });
    let play = tell(inclusive, STAGE_ONE);
    assert_eq!(lines(&play)[0], "acknowledge-1 policy 2025-04-22");
    assert_eq!(lines(&play)[2], "respond-1 policy 2025-05-02");
}

#[test]
fn what_is_met_or_ended_says_so() {
    let play = play("hartlepool-2024", STAGE_ONE).and("2025-04-24 10:00 withdraw");
    let respond = play.deadlines().into_iter().find(|found| found.name == DeadlineName::RespondOne).unwrap();
    assert_eq!(respond.clock, Clock::Policy);
    assert_eq!(respond.standing(london("2025-04-24 09:59")), Standing::Open);
    assert_eq!(respond.standing(london("2025-12-01 10:00")), Standing::Ended, "withdrawn, so never overdue");
}
