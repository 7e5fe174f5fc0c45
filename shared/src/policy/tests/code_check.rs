//! Policies held against the Code.

use rstest::rstest;

use super::{SMALL, changed};
use crate::code::Code;
use crate::policy::{Library, Point, PointKind, Profile, change, check};

fn line(point: &Point) -> String {
    format!("{} {} [{}] {}", point.provision, point.kind, point.clause, point.sentence)
}

fn code() -> &'static Code {
    Code::embedded("2024").unwrap()
}

fn read(text: &str) -> Profile {
    Profile::from_toml("small.toml", text).unwrap_or_else(|errors| panic!("{errors}"))
}

#[test]
fn every_policy_is_found_exactly_where_it_stands() {
    let library = Library::embedded().unwrap_or_else(|errors| panic!("{errors}"));
    for profile in library.all() {
        let lines: Vec<_> = check(profile, code()).iter().map(line).collect();
        insta::assert_snapshot!(profile.policy.id.replace('-', "_"), lines.join("\n"));
    }
}

/// What is found once a part of the small policy's text is replaced, and was not before.
#[rstest]
#[case::months(
    "months = 12",
    "months = 6",
    "2.3 departure [3] A complaint must come within 6 months of the event or of the resident becoming aware of it; the Code has 12 months of the issue or of the resident becoming aware of it."
)]
#[case::event_alone(
    "from = \"event-or-awareness\"",
    "from = \"event\"",
    "2.3 departure [3] A complaint must come within 12 months of the event; the Code has 12 months of the issue or of the resident becoming aware of it."
)]
#[case::more_months(
    "months = 12",
    "months = 18",
    "2.3 stricter [3] A complaint may come within 18 months of the event or of the resident becoming aware of it; the Code has 12 months."
)]
#[case::exceptional(
    "value = \"good-reason\", clause = \"3\"",
    "value = \"exceptional-circumstances\", clause = \"3\"",
    "2.3 departure [3] What comes later is taken on in exceptional circumstances; the Code wants discretion considered for any good reason."
)]
#[case::lifted(
    "late = {",
    "lifted_for = [{ value = \"safeguarding\", clause = \"3\" }]\nlate = {",
    "2.3 stricter [3] The time limit may be lifted where it is about safeguarding."
)]
#[case::social(
    "social_media = { value = \"accept\", reading = \"Taken.\" }",
    "social_media = { value = \"signpost\", clause = \"2\" }",
    "3.2 departure [2] A complaint on social media is not formally answered: the resident is pointed to other channels, where the Code lets a complaint be raised in any way."
)]
#[case::acknowledge_sooner(
    "count = 5, unit = \"working-days\", from = \"receipt\"",
    "count = 2, unit = \"working-days\", from = \"receipt\"",
    "6.2 stricter [4] Stage 1 is acknowledged within 2 working days of receipt, sooner than the Code's 5 working days of receipt."
)]
#[case::acknowledge_later(
    "count = 5, unit = \"working-days\", from = \"receipt\"",
    "count = 6, unit = \"working-days\", from = \"receipt\"",
    "6.2 departure [4] Stage 1 is acknowledged within 6 working days of receipt, which can be later than the Code's 5 working days of receipt."
)]
#[case::acknowledge_from_logging(
    "from = \"receipt\"",
    "from = \"logging\"",
    "6.2 departure [4] Stage 1 is acknowledged within 5 working days of logging, and the Code has 5 working days of receipt: no time is set for logging, so that it can be late by as long as logging takes."
)]
#[case::another_unit(
    "count = 5, unit = \"working-days\", from = \"receipt\"",
    "count = 7, unit = \"days\", from = \"receipt\"",
    "6.2 departure [4] Stage 1 is acknowledged within 7 days of receipt, which can be later than the Code's 5 working days of receipt."
)]
#[case::respond_from_receipt(
    "count = 10, unit = \"working-days\", from = \"acknowledgement\"",
    "count = 10, unit = \"working-days\", from = \"receipt\"",
    "6.3 stricter [4] Stage 1 is answered within 10 working days of receipt, which comes no later than the acknowledgement: never after the Code's 10 working days of the acknowledgement."
)]
#[case::respond_long_after_receipt(
    "count = 10, unit = \"working-days\", from = \"acknowledgement\"",
    "count = 15, unit = \"working-days\", from = \"receipt\"",
    "6.3 departure [4] Stage 1 is answered within 15 working days of receipt, which can be later than the Code's 10 working days of the acknowledgement."
)]
#[case::respond_from_logging(
    "count = 10, unit = \"working-days\", from = \"acknowledgement\"",
    "count = 10, unit = \"working-days\", from = \"logging\"",
    "6.3 departure [4] Stage 1 is answered within 10 working days of logging, and the Code has 10 working days of the acknowledgement: nothing puts logging before the acknowledgement, and a complaint logged after it can be answered late."
)]
#[case::no_second_acknowledgement(
    "acknowledge = { count = 5, unit = \"working-days\", from = \"request\", clause = \"5\" }\nacknowledged_in_writing = { value = false, reading = \"Taken.\" }\nrespond = { count = 20, unit = \"working-days\", from = \"acknowledgement\", clause = \"5\" }",
    "acknowledged_in_writing = { value = false, reading = \"Taken.\" }\nrespond = { count = 25, unit = \"working-days\", from = \"request\", clause = \"5\" }",
    "6.11 gap [silent] No time is given for acknowledging stage 2, for which the Code has 5 working days from the request.\n6.14 departure [5] Stage 2 is answered within 25 working days of the request, which can be later than the Code's 20 working days of the acknowledgement."
)]
#[case::urgent(
    "written = { value = \"always\", clause = \"4\" }",
    "written = { value = \"always\", clause = \"4\" }\nurgent = [{ risk = \"risk-to-life\", respond = { count = 24, unit = \"hours\", from = \"receipt\", clause = \"4\" }, clause = \"4\" }]",
    "6.3 stricter [4] Where there is a risk to life, stage 1 is answered within 24 hours of receipt, sooner than the Code's 10 working days of the acknowledgement."
)]
#[case::cut_off(
    "[counting]",
    "[counting]\ncut_off_hour = { value = 16, clause = \"4\" }",
    "6.2 departure [4] Stage 1 is acknowledged within 5 working days of receipt, what comes late in the day counting from the next, which can be later than the Code's 5 working days of receipt.\n6.11 departure [5] Stage 2 is acknowledged within 5 working days of the request, what comes late in the day counting from the next, which can be later than the Code's 5 working days of the request."
)]
#[case::closed(
    "[counting]",
    "[counting]\nclosures = [{ name = \"Christmas\", first_day = 2024-12-27, last_day = 2024-12-31 }]",
    "6.3 departure [silent] Days on which the landlord is closed do not count in its own times and do in the Code's, so that what is in time for the one can be late for the other."
)]
#[case::ambiguous(
    "count = 10, unit = \"working-days\", from = \"acknowledgement\", clause = \"4\"",
    "count = 10, unit = \"working-days\", from = \"acknowledgement\", clause = \"4\", reading = \"Aimed at.\"",
    "6.3 ambiguity [4] By when stage 1 is answered is a matter of reading: Aimed at."
)]
#[case::another_handler(
    "no_previous_involvement = { value = true, clause = \"5\" }",
    "no_previous_involvement = { value = false, clause = \"5\" }",
    "6.13 departure [5] Whoever considered stage 1 may consider stage 2 as well."
)]
#[case::reasons_required(
    "reasons = { value = \"not-required\"",
    "reasons = { value = \"required\"",
    "6.12 departure [5] Stage 2 is considered only once the resident has given reasons, which the Code does not let a landlord require."
)]
#[case::window(
    "[escalation]",
    "[escalation]\nwindow = { count = 21, unit = \"days\", clause = \"5\" }",
    "6.10 ambiguity [5] Stage 2 must be asked for within 21 days, and a later request is not; the Code names no time, and a limit has to be a valid reason that is fair to the resident."
)]
#[case::first_contact(
    "written = { value = \"always\", clause = \"4\" }",
    "written = { value = \"unless-first-contact\", clause = \"4\" }",
    "6.9 departure [4] The stage 1 response is not written where the matter was put right at first contact; the Code wants it in writing whenever the stage is complete."
)]
#[case::planned(
    "ground = \"out-of-time\", covers",
    "ground = \"legal-action-planned\", covers",
    "2.2 departure [3] A complaint is declined where legal action is merely planned; the Code has proceedings start when a claim form and particulars are filed at court."
)]
#[case::direction(
    "ombudsman_may_direct = { value = true",
    "ombudsman_may_direct = { value = false",
    "2.4 departure [3] The landlord does not take on what the Ombudsman tells it to."
)]
#[case::no_bodies(
    "bodies = [{ name = \"The board\", report = \"committee\", cadence = \"quarterly\", clause = \"9\" }]",
    "bodies = []",
    "9.7 gap [silent] Nobody is named who reads reports on complaints."
)]
#[case::contradicted(
    "says = \"meets\"",
    "says = \"contradicts\"\nnote = \"Only what is written down is a complaint.\"",
    "1.2 departure [1] Only what is written down is a complaint."
)]
#[case::older_code(
    "status = \"adopted\"",
    "status = \"adopted\"\nfollows_code = { value = \"2022\", clause = \"1\" }",
    "3.5 departure [1] It follows the Code of 2022; what is received from 1 April 2024 falls under that of 2024."
)]
fn what_a_text_brings(#[case] from: &str, #[case] to: &str, #[case] expected: &str) {
    let introduced = change(&read(SMALL), &read(&changed(from, to)), code()).introduced;
    let lines: Vec<_> = introduced.iter().map(line).collect();
    assert_eq!(lines.join("\n"), expected);
}

#[test]
fn a_silence_is_a_gap_and_never_a_departure() {
    let before = read(SMALL);
    let cited = read(&changed(
        "no_previous_involvement = { value = true, clause = \"5\" }",
        "no_previous_involvement = { value = false, reading = \"Silent.\" }",
    ));
    let [point] = change(&before, &cited, code()).introduced.try_into().unwrap();
    assert_eq!((point.kind, point.clause.as_str()), (PointKind::Gap, "silent"));
}

#[test]
fn logging_before_the_acknowledgement_keeps_the_codes_time() {
    let text = SMALL.replacen("from = \"receipt\"", "from = \"logging\"", 1).replacen(
        "count = 10, unit = \"working-days\", from = \"acknowledgement\"",
        "count = 10, unit = \"working-days\", from = \"logging\"",
        1,
    );
    let found = check(&read(&text), code());
    let response: Vec<_> =
        found.iter().filter(|point| point.provision.to_string() == "6.3").map(line).collect();
    assert_eq!(
        response,
        [
            "6.3 stricter [4] Stage 1 is answered within 10 working days of logging, which comes no later than the acknowledgement: \
          where that is in time, never after the Code's 10 working days of the acknowledgement."
        ]
    );
}

#[test]
fn a_cap_is_compared_with_the_codes() {
    let capped = |cap: &str| {
        let text = changed("extend = { ", &format!("extend = {{ cap = {{ {cap}, clause = \"4\" }}, "));
        let change = change(&read(SMALL), &read(&text), code());
        let no_limit = change
            .resolved
            .iter()
            .any(|point| point.sentence.starts_with("Stage 1 can be extended without a limit"));
        assert!(no_limit, "{change:#?}");
        change.introduced.iter().map(line).collect::<Vec<_>>()
    };
    assert!(capped("count = 10, unit = \"working-days\"").is_empty());
    assert_eq!(
        capped("count = 5, unit = \"days\""),
        ["6.4 stricter [4] Stage 1 is extended by at most 5 days, fewer than the Code's 10 working days."]
    );
    assert_eq!(
        capped("count = 20, unit = \"working-days\""),
        [
            "6.4 departure [4] Stage 1 is extended by at most 20 working days, which can be more than the Code's 10 working days."
        ]
    );
}

#[test]
fn a_change_of_clause_numbers_changes_nothing() {
    let renumbered = SMALL.replace("clause = \"4\"", "clause = \"14\"");
    let change = change(&read(SMALL), &read(&renumbered), code());
    assert_eq!((change.resolved.len(), change.introduced.len()), (0, 0));
    assert!(change.unchanged.iter().any(|point| point.clause == "14"));
}

#[test]
fn what_a_change_puts_right_is_resolved() {
    let (before, after) = (read(&changed("months = 12", "months = 6")), read(SMALL));
    let change = change(&before, &after, code());
    assert_eq!(change.resolved.len(), 1);
    assert!(change.introduced.is_empty());
    assert_eq!(change.unchanged, check(&after, code()));
}

#[test]
fn an_edition_kept_for_its_clocks_is_compared_in_its_clocks() {
    let edition = Code::embedded("2022").unwrap();
    let lines: Vec<_> = check(&read(SMALL), edition).iter().map(line).collect();
    assert_eq!(
        lines,
        [
            "1.8 stricter [3] A complaint may come within 12 months of the event or of the resident becoming aware of it; the \
             Code has 6 months.",
            "5.1 departure [4] Stage 1 is answered within 10 working days of the acknowledgement, and the Code has 10 working \
             days of logging: the one can begin after the other.",
            "5.1 departure [4] Stage 1 can be extended without a limit; the Code allows 10 working days more without good reason.",
            "5.13 departure [5] Stage 2 is answered within 20 working days of the acknowledgement, and the Code has 20 working \
             days of the request: the one can begin after the other.",
            "5.13 departure [5] Stage 2 can be extended without a limit; the Code allows 10 working days more without good \
             reason."
        ]
    );
}

/// Whoever starts from the model starts from the Code: it gives no finding of any kind.
#[test]
fn nothing_is_found_in_the_model_policy() {
    let library = Library::embedded().unwrap_or_else(|errors| panic!("{errors}"));
    for profile in library.versions("model") {
        assert_eq!(check(profile, code()), []);
    }
}
