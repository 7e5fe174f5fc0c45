//! What holds for every case under every policy, whatever is tried on it and in whatever order.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use proptest::prelude::{ProptestConfig, Strategy, prop_assert, prop_assert_eq, proptest};
use proptest::strategy::ValueTree;
use proptest::test_runner::{TestCaseError, TestRunner};
use redress_shared::calendar::{CalendarError, Closure};
use redress_shared::case::chain::{link, stored};
use redress_shared::case::command::correction::Fact;
use redress_shared::case::commands::Correct;
use redress_shared::case::deadline::{Clock, Deadline, deadlines};
use redress_shared::case::record::{Digest, Text};
use redress_shared::case::words::StageNumber;
use redress_shared::case::{Case, CaseId, Command, Logged, replay};
use redress_shared::policy::cited::Cited;

use crate::kit::{Life, MARK, POLICIES, Play, lives, rules_with};

/// The id of the case in every life.
const CASE: CaseId = CaseId(1);

fn quick() -> ProptestConfig {
    ProptestConfig { cases: 96, ..ProptestConfig::default() }
}

/// One step: what is refused leaves no trace, what is taken leaves all of its events.
fn step(play: &mut Play, choice: crate::kit::Choice) -> Result<(), TestCaseError> {
    let (at, command) = choice.read(play);
    let (case, length) = (play.case.clone(), play.log.len());
    match play.decide(at, &command) {
        Err(refusal) => {
            prop_assert_eq!(&play.case, &case, "a refusal changes nothing");
            prop_assert_eq!(play.log.len(), length);
            prop_assert!(!refusal.hint.is_empty() && !refusal.message.is_empty());
        }
        Ok(()) => {
            let events = play.decision.as_ref().map_or(0, |decision| decision.events.len());
            prop_assert!(events >= 1, "what is taken has happened");
            prop_assert_eq!(play.log.len(), length + events, "no event is lost");
        }
    }
    Ok(())
}

fn two_stages_at_most(case: &Case) -> bool {
    let numbers: Vec<StageNumber> = case.stages.iter().map(|stage| stage.number).collect();
    matches!(numbers.as_slice(), [] | [StageNumber::One] | [StageNumber::One, StageNumber::Two])
}

proptest! {
    #![proptest_config(quick())]

    #[test]
    fn the_log_is_the_case(life in lives()) {
        let mut play = life.begin();
        for choice in &life.choices {
            step(&mut play, *choice)?;
            prop_assert_eq!(&replay(CASE, &play.log), &play.case);
            if let Some(case) = &play.case {
                prop_assert!(two_stages_at_most(case), "{:?}", case.stages);
                prop_assert_eq!(case.version as usize, play.log.len());
            }
        }
        let numbers: Vec<u32> = play.log.iter().map(|logged| logged.sequence).collect();
        let without_gaps: Vec<u32> = (1..).take(numbers.len()).collect();
        prop_assert_eq!(numbers, without_gaps);
    }

    #[test]
    fn every_case_has_its_due_dates_and_they_are_in_the_log(life in lives()) {
        let mut play = life.begin();
        for choice in &life.choices {
            step(&mut play, *choice)?;
            let Some(case) = &play.case else { continue };
            let now = deadlines(case, &play.rules).map_err(|error| TestCaseError::fail(error.to_string()))?;
            let replayed = replay(CASE, &play.log).unwrap();
            prop_assert_eq!(&deadlines(&replayed, &play.rules).unwrap(), &now);
            for deadline in &now {
                prop_assert!(deadline.base <= deadline.due, "an extension never shortens: {:?}", deadline);
                let sentence = deadline.sentence();
                let whole = sentence.starts_with("Due ") && sentence.ends_with('.');
                prop_assert!(whole && !sentence.contains(", ,"), "{}", sentence);
            }
        }
    }

    #[test]
    fn events_go_through_json_and_back_byte_for_byte(life in lives()) {
        let play = life.lived();
        let mut previous = Digest::default();
        for logged in &play.log {
            let text = stored(logged).unwrap();
            let back: Logged = serde_json::from_str(&text).unwrap();
            prop_assert_eq!(&back, logged);
            prop_assert_eq!(&stored(&back).unwrap(), &text);
            let digest = link(CASE, previous, &text);
            prop_assert_eq!(digest.to_string().parse::<Digest>().unwrap(), digest);
            prop_assert!(digest != previous);
            previous = digest;
        }
    }

    #[test]
    fn nothing_that_somebody_said_is_in_the_log(life in lives()) {
        let play = life.lived();
        let log = serde_json::to_string(&play.log).unwrap();
        prop_assert!(!log.contains(MARK), "{}", log);
        let state = serde_json::to_string(&play.case).unwrap();
        prop_assert!(!state.contains(MARK), "{}", state);
        for (_, body) in play.vault.kept() {
            prop_assert!(body.contains(MARK), "every word in these lives is marked: {}", body);
        }
    }

    #[test]
    fn a_closure_or_a_cut_off_hour_never_moves_the_codes_clock(life in lives()) {
        let play = life.lived();
        let Some(case) = &play.case else { return Ok(()) };
        let other = rules_with(life.policy, "2024", |profile| {
            let reading = Some("after five".to_owned());
            profile.counting.cut_off_hour = Some(Cited { value: 17, clause: None, reading });
            profile.counting.closures = (1..=12).map(closure).collect();
        });
        let on_the_code = |all: Vec<Deadline>| {
            all.into_iter()
                .filter(|deadline| deadline.clock == Clock::Code)
                .map(|deadline| (deadline.name, deadline.due, deadline.base, deadline.from, deadline.projected))
                .collect::<Vec<_>>()
        };
        let before = deadlines(case, &play.rules).unwrap();
        match deadlines(case, &other) {
            Ok(after) => prop_assert_eq!(on_the_code(after), on_the_code(before)),
            // The landlord's own clock, held up by the closures, ran past the last year whose bank holidays are known.
            Err(CalendarError::BeyondCoverage(beyond)) => prop_assert!(beyond.date > beyond.coverage.last_day()),
            Err(error) => return Err(TestCaseError::fail(error.to_string())),
        }
    }

    #[test]
    fn a_date_corrected_and_put_back_gives_the_dates_there_were(life in lives(), days in -20_i64..20) {
        let play = life.lived();
        let Some(case) = &play.case else { return Ok(()) };
        for (there, moved) in dates(case, TimeDelta::days(days)) {
            let mut play = play.clone();
            if correct(&mut play, moved) && correct(&mut play, there) {
                prop_assert_eq!(deadlines(play.case(), &play.rules), deadlines(case, &play.rules));
                prop_assert_eq!(&replay(CASE, &play.log), &play.case);
            }
        }
    }
}

/// The first week of a month.
fn closure(month: u32) -> Closure {
    let day = |day| chrono::NaiveDate::from_ymd_opt(2025, month, day).unwrap();
    Closure { name: "Stocktaking".to_owned(), first_day: day(1), last_day: day(7) }
}

fn correct(play: &mut Play, fact: Fact) -> bool {
    let reason = Text::try_from(format!("{MARK} mistyped")).unwrap();
    play.decide(play.now, &Command::from(Correct { correct: fact, reason })).is_ok()
}

/// The dates that a case has, each as it is and moved.
fn dates(case: &Case, by: TimeDelta) -> Vec<(Fact, Fact)> {
    let received = |at| Fact::ReceivedAt { at };
    let mut found = vec![(received(case.received_at), received(case.received_at + by))];
    for stage in &case.stages {
        let stage_number = stage.number;
        let logged = |at| Fact::LoggedAt { stage: stage_number, at };
        found.push((logged(stage.logged_at), logged(stage.logged_at + by)));
        if let Some(at) = stage.acknowledged_at {
            let acknowledged = |at| Fact::AcknowledgedAt { stage: stage_number, at };
            found.push((acknowledged(at), acknowledged(at + by)));
        }
        if let Some(at) = stage.responded_at {
            let responded = |at| Fact::RespondedAt { stage: stage_number, at };
            found.push((responded(at), responded(at + by)));
        }
    }
    if let Some(asked) = &case.escalation {
        let requested = |at| Fact::RequestedAt { at };
        found.push((requested(asked.requested_at), requested(asked.requested_at + by)));
    }
    found
}

/// The properties above mean little unless the lives get somewhere.
#[test]
fn the_lives_reach_every_command_under_every_policy_and_both_stages() {
    let mut runner = TestRunner::deterministic();
    let mut taken: BTreeSet<&'static str> = BTreeSet::new();
    let mut at_stage_two: BTreeSet<&'static str> = BTreeSet::new();
    for _ in 0..3_000 {
        let life: Life = lives().new_tree(&mut runner).unwrap().current();
        let mut play = life.begin();
        for choice in &life.choices {
            let (at, command) = choice.read(&mut play);
            if play.decide(at, &command).is_ok() {
                taken.insert(command.verb());
            }
        }
        if play.case.is_some_and(|case| case.stages.len() == 2) {
            at_stage_two.insert(life.policy);
        }
    }
    let never: Vec<_> = Command::VERBS.iter().filter(|verb| !taken.contains(*verb)).collect();
    assert!(never.is_empty(), "never taken: {never:?}");
    assert_eq!(at_stage_two.len(), POLICIES.len(), "{at_stage_two:?}");
}
