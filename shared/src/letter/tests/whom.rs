//! To whom a letter goes, and when none does.

use serde_json::{Value, json};

use super::story::Story;
use crate::case::words::SentTo;
use crate::letter::LetterKind;

/// Hartlepool declines a complaint that these people made, and writes to somebody.
fn declined_for(people: Value) -> SentTo {
    let mut story = Story::under("hartlepool");
    let mut body = json!({ "kind": "complaint", "channel": "email", "stock_type": "lcra", "about": "The lift is broken.",
        "event_on": "2025-04-01" });
    body.as_object_mut().unwrap().extend(people.as_object().unwrap().clone());
    story.then("2025-04-14T09:00:00Z", "receive", body).then(
        "2025-04-15T09:00:00Z",
        "refuse",
        json!({ "ground": "already-considered", "reasons": "We answered it in January.", "evidence": "Our answer.",
            "discretion_considered": "Nothing has changed." }),
    );
    story.letter(LetterKind::Refusal).sent_to
}

fn resident(name: &str) -> Value {
    json!({ "person": { "name": name, "email": "resident@example.org", "preferred_contact": "email" } })
}

#[test]
fn the_resident_the_nominee_of_a_group_or_whoever_speaks_with_consent() {
    assert_eq!(declined_for(json!({ "residents": [resident("Resident One")] })), SentTo::EachResident);
    let group = json!({ "residents": [resident("Resident One"), resident("Resident Two")], "nominee": 2 });
    assert_eq!(declined_for(group), SentTo::Nominee);
    let spoken_for = |consent: Value| {
        let friend = json!({ "kind": "friend", "person": { "name": "A Friend", "email": "friend@example.org" },
            "consent": consent });
        declined_for(json!({ "residents": [resident("Resident One")], "representative": friend }))
    };
    assert_eq!(spoken_for(json!("written")), SentTo::Representative);
    assert_eq!(spoken_for(Value::Null), SentTo::EachResident);
}

#[test]
fn what_is_put_right_at_first_contact_needs_no_letter_where_the_policy_has_it_so() {
    let mut story = Story::under("bradford");
    story
        .received("2025-04-14T09:00:00Z", "telephone", "lcra")
        .accepted("2025-04-14T09:10:00Z")
        .acknowledged("2025-04-14T09:15:00Z");
    let decisions: Vec<Value> = (1..=3)
        .map(|point| json!({ "point": point, "outcome": "not-upheld", "reasons": "Agreed." }))
        .collect();
    story.then(
        "2025-04-14T09:20:00Z",
        "respond",
        json!({ "decisions": decisions, "sources": "What you told us.", "in_writing": false,
            "resolved_at_first_contact": true, "resident_agreed": true }),
    );
    assert!(story.letters.iter().all(|letter| letter.kind != LetterKind::Response));
}

#[test]
fn a_service_request_has_no_letters() {
    let mut story = Story::under("hartlepool");
    let mut body = json!({ "kind": "service-request", "channel": "email", "stock_type": "lcra",
        "about": "A tap drips." });
    body["residents"] = json!([resident("Resident One")]);
    story.then("2025-04-14T09:00:00Z", "receive", body).then(
        "2025-04-15T09:00:00Z",
        "settle",
        json!({ "note": "Mended." }),
    );
    assert_eq!(story.letters, []);
}
