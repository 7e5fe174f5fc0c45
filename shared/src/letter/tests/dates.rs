//! The dates in letters, case by case.

use serde_json::json;

use super::plain::plain_text;
use super::story::{Story, both_stages};
use crate::letter::{Letter, LetterKind, compose};
use crate::policy::vocabulary::RiskKind;

fn text<'a>(letter: &'a Letter, item: &str) -> &'a str {
    &letter.item(item).unwrap().text
}

#[test]
fn the_answer_is_promised_for_the_earlier_of_both_clocks() {
    // The policy counts from receipt, the Code from the acknowledgement of two days later.
    let story = both_stages("bradford");
    assert_eq!(
        text(story.letter(LetterKind::Acknowledgement), "response-date"),
        "You can expect our answer by Wednesday 30 April 2025. We count from the day we received your complaint: 10 working \
         days after 14 April 2025 (Good Friday and Easter Monday skipped)."
    );
}

#[test]
fn a_late_acknowledgement_does_not_put_off_the_answer() {
    let mut story = Story::under("hartlepool");
    story
        .received("2025-04-14T09:00:00Z", "email", "lcra")
        .accepted("2025-04-14T10:00:00Z")
        .acknowledged("2025-04-30T09:00:00Z");
    assert_eq!(
        text(story.letter(LetterKind::Acknowledgement), "response-date"),
        "You can expect our answer by Thursday 8 May 2025. We count from the day our acknowledgement was due: 10 working days \
         after 23 April 2025 (the early May bank holiday skipped)."
    );
}

#[test]
fn an_answer_that_is_late_already_is_not_promised_for_a_day_gone_by() {
    let mut story = Story::under("hartlepool");
    story
        .received("2025-04-14T09:00:00Z", "email", "lcra")
        .accepted("2025-04-14T10:00:00Z")
        .acknowledged("2025-05-12T09:00:00Z");
    let said = text(story.letter(LetterKind::Acknowledgement), "response-date");
    assert!(said.starts_with("Our answer was due by Thursday 8 May 2025, and that has passed."), "{said}");
}

#[test]
fn a_risk_to_life_is_answered_within_hours() {
    let mut story = Story::under("bradford");
    story.received("2025-04-17T16:30:00Z", "email", "lcra");
    let risk = json!({ "risk": { "kind": "risk-to-life", "aware_at": "2025-04-17T16:30:00Z" } });
    story
        .then("2025-04-17T16:40:00Z", "flag-risk", risk)
        .accepted("2025-04-17T16:50:00Z")
        .acknowledged("2025-04-17T17:00:00Z");
    assert_eq!(
        text(story.letter(LetterKind::Acknowledgement), "response-date"),
        "You can expect our answer by 17:30 on Friday 18 April 2025. Where somebody's life may be at risk, we answer \
         within 24 hours: we count from 17:30 on Thursday 17 April 2025."
    );
}

#[test]
fn a_shorter_time_is_worded_from_its_risk_and_gives_no_concern_for_safety_away() {
    let said = |risk: RiskKind| {
        let mut story = Story::under("bradford");
        story.rules.profile.stage_1.urgent[0].risk = risk;
        story.received("2025-04-17T16:30:00Z", "email", "lcra");
        let flagged = json!({ "risk": { "kind": risk, "aware_at": "2025-04-17T16:30:00Z" } });
        story
            .then("2025-04-17T16:40:00Z", "flag-risk", flagged)
            .accepted("2025-04-17T16:50:00Z")
            .acknowledged("2025-04-17T17:00:00Z");
        text(story.letter(LetterKind::Acknowledgement), "response-date").to_owned()
    };
    let hazard = said(RiskKind::EmergencyHazard);
    assert!(hazard.contains("Where there may be an emergency hazard, we answer within 24 hours"), "{hazard}");
    let safeguarding = said(RiskKind::Safeguarding);
    assert!(
        safeguarding.contains("Where our policy has a shorter time, we answer within 24 hours"),
        "{safeguarding}"
    );
}

#[test]
fn an_extension_of_the_first_answer_is_not_promised_for_the_second() {
    let mut story = Story::under("bradford");
    story
        .received("2025-04-14T09:00:00Z", "email", "lcra")
        .accepted("2025-04-15T09:00:00Z")
        .acknowledged("2025-04-16T09:00:00Z")
        .answered("2025-04-24T14:00:00Z")
        .escalated("2025-05-12T09:00:00Z", "2025-05-13T09:00:00Z")
        .acknowledged_again("2025-05-14T09:00:00Z")
        .extended("2025-06-02T09:00:00Z", "2025-07-07")
        .answered("2025-06-05T09:00:00Z")
        .closed("2025-06-06T09:00:00Z")
        .then("2025-07-01T09:00:00Z", "reopen", json!({ "new_evidence": "the engineer's own photographs" }))
        .then("2025-07-02T09:00:00Z", "update-resident", json!({ "note": "We look at the photographs." }));
    let said = text(story.letter(LetterKind::Update), "response-date");
    assert!(said.starts_with("You can expect our answer by Tuesday 29 July 2025. We count from"), "{said}");
    story.answered("2025-07-10T09:00:00Z");
    assert!(
        text(story.letter(LetterKind::FinalResponse), "stage")
            .starts_with("We have looked at your complaint again")
    );
}

#[test]
fn a_second_extension_names_the_date_of_the_first() {
    let mut story = Story::under("portsmouth");
    story
        .received("2025-04-14T09:00:00Z", "email", "lcra")
        .accepted("2025-04-14T10:00:00Z")
        .acknowledged("2025-04-15T09:00:00Z")
        .extended("2025-04-28T09:00:00Z", "2025-05-06")
        .extended("2025-05-02T09:00:00Z", "2025-05-09");
    let letters: Vec<&Letter> =
        story.letters.iter().filter(|letter| letter.kind == LetterKind::Extension).collect();
    assert!(text(letters[0], "previous-date").starts_with("Our answer was due by Wednesday 30 April 2025."));
    assert_eq!(
        text(letters[1], "previous-date"),
        "Our answer was due by Tuesday 6 May 2025, the later date that we told you of before."
    );
}

#[test]
fn a_date_past_the_codes_limit_is_said_to_be_so() {
    let mut story = Story::under("portsmouth");
    story
        .received("2025-04-14T09:00:00Z", "email", "lcra")
        .accepted("2025-04-14T10:00:00Z")
        .acknowledged("2025-04-15T09:00:00Z")
        .then(
            "2025-04-28T09:00:00Z",
            "extend",
            json!({
                "respond_by": "2025-06-02", "reason": "A survey is needed.", "discussed": true,
                "good_reason": "The surveyor's first free day is 23 May.", "ombudsman_details_given": true,
                "update_every_working_days": 5,
            }),
        );
    let letter = story.letter(LetterKind::Extension);
    assert_eq!(
        text(letter, "code-limit"),
        "The Housing Ombudsman's Code has us answer by Friday 16 May 2025. Our new date is later than that."
    );
    assert_eq!(text(letter, "updates"), "As agreed with you, we tell you how it goes every 5 working days.");
    assert!(text(letter, "good-reason").ends_with("The surveyor's first free day is 23 May."));
}

#[test]
fn the_window_to_escalate_is_a_date_with_its_derivation_or_said_to_be_open() {
    let open = both_stages("hartlepool");
    assert_eq!(
        text(open.letter(LetterKind::Response), "accept-by"),
        "There is no time limit for asking us to go to stage 2."
    );
    let days = both_stages("housing-solutions");
    assert!(text(days.letter(LetterKind::Response), "accept-by").starts_with(
        "You have until Thursday 29 May 2025 to accept our answer or ask for stage 2: 21 days after 8 May 2025, the day of \
         this answer."
    ));
}

#[test]
fn what_is_erased_reads_so_and_nothing_else_changes() {
    let story = both_stages("model");
    let (case, last) = (story.case.as_ref().unwrap(), story.last.as_ref().unwrap());
    let before = compose(case, last, &story.rules, &story.records).unwrap().remove(0);
    story.records.erase_all();
    let after = compose(case, last, &story.rules, &story.records).unwrap().remove(0);
    assert!(plain_text(&before).contains("Fit a new boiler."));
    assert_eq!(
        plain_text(&after),
        plain_text(&before)
            .replace("Fit a new boiler.", "[erased].")
            .replace("Test the new boiler.", "[erased].")
            .replace("Resident One", "[erased]")
    );
}

#[test]
fn an_anonymous_complaint_has_nobody_to_write_to() {
    let mut story = Story::under("hartlepool");
    story.then(
        "2025-04-14T09:00:00Z",
        "receive",
        json!({ "kind": "complaint", "channel": "letter", "stock_type": "other", "anonymous": true,
            "about": "The lift is broken.", "event_on": "2025-04-01" }),
    );
    story.accepted("2025-04-14T10:00:00Z");
    assert_eq!(story.letters, []);
}

#[test]
fn the_edition_of_2022_is_not_cited_by_the_numbers_of_2024() {
    let mut story = Story::under_code("cheshire-west", "2022");
    story
        .received("2023-07-03T09:00:00Z", "email", "lcra")
        .accepted("2023-07-03T10:00:00Z")
        .acknowledged("2023-07-04T09:00:00Z");
    let letter = story.letter(LetterKind::Acknowledgement);
    assert_eq!(letter.item("responsibility").unwrap().citation.code, None);
    assert!(letter.item("response-date").unwrap().citation.code.is_some());
}

#[test]
fn an_update_keeps_to_the_date_that_was_told() {
    // Given late for the policy's clock, the extension moves no date; the resident was told it all the same.
    let mut story = Story::under("portsmouth");
    story
        .received("2025-04-14T09:00:00Z", "email", "lcra")
        .accepted("2025-04-14T10:00:00Z")
        .acknowledged("2025-04-15T09:00:00Z")
        .extended("2025-05-06T09:00:00Z", "2025-05-14")
        .then("2025-05-08T09:00:00Z", "update-resident", json!({ "note": "The report is here." }));
    assert_eq!(
        text(story.letter(LetterKind::Update), "response-date"),
        "You can expect our answer by Wednesday 14 May 2025. This is the later date that we told you of."
    );
    story.then("2025-05-15T09:00:00Z", "update-resident", json!({ "note": "We are writing our answer." }));
    let late = text(story.letter(LetterKind::Update), "response-date");
    assert!(late.starts_with("Our answer was due by Wednesday 14 May 2025, and that has passed."), "{late}");
}

#[test]
fn no_letter_tells_of_a_risk_that_was_flagged() {
    let withdrawal = |flagged: bool| {
        let mut story = Story::under("hartlepool");
        story.received("2025-04-14T09:00:00Z", "email", "lcra").accepted("2025-04-14T10:00:00Z");
        if flagged {
            let risk = json!({ "risk": { "kind": "safeguarding", "aware_at": "2025-04-15T09:00:00Z" } });
            story.then("2025-04-15T09:00:00Z", "flag-risk", risk);
        }
        story.then(
            "2025-04-16T09:00:00Z",
            "withdraw",
            json!({ "concerns": "end", "concerns_reason": "It was put right." }),
        );
        plain_text(story.letter(LetterKind::Withdrawal))
    };
    assert_eq!(withdrawal(true), withdrawal(false));
}
