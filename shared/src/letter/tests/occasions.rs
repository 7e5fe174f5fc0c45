//! The occasions beside the stages: consent, reasons, offers, payments, restrictions, what was learnt, the survey.

use rstest::rstest;
use serde_json::json;

use super::plain::plain_text;
use super::story::{Story, both_stages};
use crate::case::words::SentTo;
use crate::letter::LetterKind;

fn keep(name: &str, story: &Story, kind: LetterKind) {
    insta::assert_snapshot!(name, plain_text(story.letter(kind)));
}

/// A complaint by these people.
fn made_by(landlord: &str, people: serde_json::Value) -> Story {
    let mut story = Story::under(landlord);
    let mut body = json!({ "kind": "complaint", "channel": "email", "stock_type": "lcra",
        "about": "The lift is broken.", "event_on": "2025-04-01" });
    body.as_object_mut().unwrap().extend(people.as_object().unwrap().clone());
    story.then("2025-04-14T09:00:00Z", "receive", body);
    story
}

fn resident(name: &str, address: &str) -> serde_json::Value {
    json!({ "person": { "name": name, "address": address, "email": "resident@example.org" } })
}

fn residents() -> serde_json::Value {
    json!([
        resident("Resident One", "Flat 1\n2 Any Street\nAnytown AB1 2CD"),
        resident("Resident Two", "Flat 2, 2 Any Street, Anytown")
    ])
}

fn friend() -> serde_json::Value {
    json!({ "kind": "friend", "person": { "name": "A Friend", "email": "friend@example.org" } })
}

#[rstest]
fn a_group_is_written_to_one_by_one_or_through_its_nominee(
    #[values("hartlepool", "bradford", "portsmouth", "housing-solutions", "cheshire-west")] landlord: &str,
) {
    let mut one_by_one = made_by(landlord, json!({ "residents": residents() }));
    one_by_one.accepted("2025-04-15T09:00:00Z").acknowledged("2025-04-15T10:00:00Z");
    let letter = one_by_one.letter(LetterKind::Acknowledgement);
    let names: Vec<(u16, &str)> = letter.addressees.iter().map(|to| (to.number, to.name.as_str())).collect();
    assert_eq!(names, [(1, "Resident One"), (2, "Resident Two")]);
    assert_eq!(letter.addressees[0].address, ["Flat 1", "2 Any Street", "Anytown AB1 2CD"]);
    assert_eq!(letter.addressees[1].address, ["Flat 2", "2 Any Street", "Anytown"]);
    let first = &letter.items[0];
    assert_eq!(first.item, "written-to");
    assert!(first.text.starts_with("You are one of 2 people"), "{}", first.text);
    assert_eq!(
        first.citation,
        one_by_one.rules.cite(one_by_one.rules.profile.intake.groups.clause_or_silent())
    );
    // Nobody is told the others' names.
    assert!(!letter.items.iter().any(|item| item.text.contains("Resident Two")));

    let mut nominated = made_by(landlord, json!({ "residents": residents(), "nominee": 2 }));
    nominated.accepted("2025-04-15T09:00:00Z").then(
        "2025-04-16T09:00:00Z",
        "withdraw",
        json!({ "concerns": "end", "concerns_reason": "The lift works." }),
    );
    let letter = nominated.letter(LetterKind::Withdrawal);
    assert_eq!(letter.addressees.len(), 1);
    assert_eq!(letter.addressees[0].name, "Resident Two");
    assert!(letter.items[0].text.contains("chosen to hear from us for all"), "{}", letter.items[0].text);
}

#[test]
fn one_who_complains_alone_is_not_told_whom_the_letter_is_for() {
    for letter in both_stages("hartlepool").letters {
        assert!(letter.item("written-to").is_none(), "{}", letter.kind);
    }
}

#[rstest]
fn a_representative_without_consent(
    #[values("hartlepool", "bradford", "portsmouth", "housing-solutions", "cheshire-west")] landlord: &str,
) {
    let story = made_by(
        landlord,
        json!({ "residents": [resident("Resident One", "2 Any Street")], "representative": friend() }),
    );
    let letter = story.letter(LetterKind::ConsentRequest);
    assert_eq!((letter.sent_to, letter.addressees.len()), (SentTo::EachResident, 1));
    assert_eq!(letter.addressees[0].name, "Resident One");
    keep(&format!("{landlord}_consent-request"), &story, LetterKind::ConsentRequest);
}

#[test]
fn with_consent_the_representative_is_written_to_and_nothing_is_asked() {
    let mut speaks = friend();
    speaks["consent"] = json!("written");
    let mut story = made_by(
        "hartlepool",
        json!({ "residents": [resident("Resident One", "2 Any Street")], "representative": speaks }),
    );
    assert_eq!(story.letters, []);
    story.accepted("2025-04-15T09:00:00Z").then(
        "2025-04-16T09:00:00Z",
        "withdraw",
        json!({ "concerns": "end", "concerns_reason": "The lift works." }),
    );
    let letter = story.letter(LetterKind::Withdrawal);
    assert_eq!(letter.addressees[0].name, "A Friend");
    assert!(letter.items[0].text.starts_with("We write to you because you act for Resident One."));
}

#[rstest]
fn stage_two_without_reasons(
    #[values("hartlepool", "bradford", "portsmouth", "housing-solutions", "cheshire-west")] landlord: &str,
) {
    let mut story = Story::under(landlord);
    story
        .received("2025-04-14T09:00:00Z", "email", "lcra")
        .accepted("2025-04-14T10:00:00Z")
        .acknowledged("2025-04-15T09:00:00Z")
        .answered("2025-04-28T09:00:00Z")
        .then("2025-05-06T09:00:00Z", "request-escalation", json!({}));
    keep(&format!("{landlord}_escalation-reasons"), &story, LetterKind::EscalationReasons);
}

#[rstest]
fn how_satisfied_they_are(#[values("portsmouth", "housing-solutions", "cheshire-west")] landlord: &str) {
    let story = both_stages(landlord);
    assert_eq!(story.letters.last().unwrap().kind, LetterKind::Survey);
    keep(&format!("{landlord}_survey"), &story, LetterKind::Survey);
}

#[test]
fn nobody_is_asked_where_the_policy_does_not_ask() {
    for landlord in ["hartlepool", "bradford"] {
        let story = both_stages(landlord);
        assert!(story.letters.iter().all(|letter| letter.kind != LetterKind::Survey), "{landlord}");
    }
}

#[rstest]
fn contact_is_restricted_and_the_restriction_reviewed(
    #[values("hartlepool", "bradford", "portsmouth", "housing-solutions", "cheshire-west")] landlord: &str,
) {
    let mut story = Story::under(landlord);
    story
        .received("2025-04-14T09:00:00Z", "email", "lcra")
        .accepted("2025-04-14T10:00:00Z")
        .then(
            "2025-04-15T09:00:00Z",
            "assess-restriction",
            json!({ "procedure_followed": true, "responses_given": true, "considered_afresh": "We read everything." }),
        )
        .then(
            "2025-04-15T09:30:00Z",
            "restrict-contact",
            json!({ "evidence": "forty emails came in one week", "restriction": "please write to one officer only",
                "equality_considered": "A mental illness was told of.", "review_on": "2025-07-15",
                "approved_by": { "id": "S-7", "role": "senior-manager" } }),
        );
    let told = plain_text(story.letter(LetterKind::Restriction));
    assert!(!told.contains("illness was told"), "{told}");
    keep(&format!("{landlord}_restriction"), &story, LetterKind::Restriction);
    story.then(
        "2025-07-14T09:00:00Z",
        "review-restriction",
        json!({ "stays": true, "reason": "the emails have not stopped", "review_on": "2025-10-14" }),
    );
    keep(&format!("{landlord}_restriction-review"), &story, LetterKind::RestrictionReview);
    story.then(
        "2025-10-13T09:00:00Z",
        "review-restriction",
        json!({ "stays": false, "reason": "they have stopped" }),
    );
    let ended = story.letter(LetterKind::RestrictionReview);
    assert_eq!(ended.title, "You can get in touch with us as before");
    assert!(ended.item("review").is_none() && ended.item("appeal").is_none());
}

#[test]
fn offers_answered_lapsed_and_paid() {
    let mut story = both_stages("housing-solutions");
    story.then("2025-06-10T09:00:00Z", "answer-offer", json!({ "remedy": 2, "accepted": true }));
    keep("housing-solutions_update-offer-accepted", &story, LetterKind::Update);
    story.then("2025-06-12T09:00:00Z", "pay-compensation", json!({ "remedy": 2, "arrears_pence": 4_000 }));
    keep("housing-solutions_update-paid", &story, LetterKind::Update);
    story.then("2025-06-13T09:00:00Z", "answer-offer", json!({ "remedy": 4, "accepted": false }));
    assert!(
        plain_text(story.letter(LetterKind::Update)).contains("You have not accepted our offer: a payment")
    );

    let mut story = both_stages("bradford");
    story.then("2025-09-01T09:00:00Z", "lapse-offer", json!({ "remedy": 2 }));
    keep("bradford_update-offer-lapsed", &story, LetterKind::Update);
}

#[test]
fn what_is_promised_later_and_what_was_learnt() {
    let mut story = both_stages("bradford");
    let action =
        json!({ "action": { "what": "sweep the flue", "due_on": "2025-08-01", "owner": "Heating team" } });
    story.then("2025-06-10T09:00:00Z", "add-action", action);
    keep("bradford_update-action-added", &story, LetterKind::Update);
    story.then(
        "2025-06-20T09:00:00Z",
        "record-learning",
        json!({ "theme": "missed visits", "root_cause": "no reminder", "improvement": "the contractor sends a text before each visit",
            "owner": "Repairs" }),
    );
    let before = story.letters.len();
    story.then("2025-06-21T09:00:00Z", "report-learning", json!({ "learning": 1, "reported_to": "staff" }));
    assert_eq!(story.letters.len(), before, "nothing is in place yet");
    story.then(
        "2025-08-20T09:00:00Z",
        "report-learning",
        json!({ "learning": 1, "reported_to": "residents", "done": true }),
    );
    keep("bradford_update-learnt", &story, LetterKind::Update);
    let told = story.letters.len();
    let again = json!({ "learning": 1, "reported_to": "committee", "done": true });
    story.then("2025-09-20T09:00:00Z", "report-learning", again);
    assert_eq!(story.letters.len(), told, "the resident knows");
}

#[test]
fn somebody_else_takes_it_over() {
    let mut story = Story::under("bradford");
    story.received("2025-04-14T09:00:00Z", "email", "lcra").accepted("2025-04-14T10:00:00Z");
    let somebody = |id: &str| json!({ "handler": { "id": id, "role": "manager", "job_title": "Repairs Manager" }, "conflict_of_interest": "none" });
    story.then("2025-04-14T11:00:00Z", "assign", somebody("S-1"));
    assert_eq!(story.letters, [], "whom it goes to first, the acknowledgement tells");
    story.acknowledged("2025-04-15T09:00:00Z").then("2025-04-16T09:00:00Z", "assign", somebody("S-2"));
    keep("bradford_update-assigned", &story, LetterKind::Update);
}

#[test]
fn a_letter_knows_that_its_words_are_gone() {
    let story = both_stages("hartlepool");
    let (case, logged) = (story.case.as_ref().unwrap(), story.last.clone().unwrap());
    let whole = &crate::letter::compose(case, &logged, &story.rules, &story.records).unwrap()[0];
    assert!(!whole.erased);
    story.records.erase_all();
    let gone = &crate::letter::compose(case, &logged, &story.rules, &story.records).unwrap()[0];
    assert!(gone.erased);
    assert_eq!(gone.addressees[0].name, "[erased]");
}
