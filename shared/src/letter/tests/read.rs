//! Every letter of every landlord, in full.

use rstest::rstest;
use serde_json::{Value, json};

use super::plain::plain_text;
use super::story::{Story, both_stages};
use crate::letter::LetterKind;

/// Keeps the plain text of a letter under the landlord's name.
fn read(landlord: &str, name: &str, story: &Story, kind: LetterKind) {
    insta::assert_snapshot!(format!("{landlord}_{name}"), plain_text(story.letter(kind)));
}

#[rstest]
fn through_both_stages(
    #[values("hartlepool", "bradford", "portsmouth", "housing-solutions", "cheshire-west")] landlord: &str,
) {
    let story = both_stages(landlord);
    for kind in [
        LetterKind::Acknowledgement,
        LetterKind::Extension,
        LetterKind::Update,
        LetterKind::Response,
        LetterKind::EscalationAcknowledgement,
        LetterKind::FinalResponse,
        LetterKind::Closing,
    ] {
        read(landlord, kind.as_str(), &story, kind);
    }
}

#[rstest]
#[case("hartlepool", "already-considered")]
#[case("bradford", "beyond-control")]
#[case("portsmouth", "already-considered")]
#[case("housing-solutions", "compensation-only")]
#[case("cheshire-west", "insurance-claim")]
fn not_taken_on(#[case] landlord: &str, #[case] ground: &str) {
    let mut story = Story::under(landlord);
    story.received("2025-04-14T09:00:00Z", "email", "lcra").then(
        "2025-04-15T09:00:00Z",
        "refuse",
        json!({
            "ground": ground, "reasons": "we answered the same matter in full in January",
            "evidence": "Our answer of 14 January.",
            "discretion_considered": "We asked whether anything has changed since. Nothing has.",
            "approved_by": approver(landlord),
        }),
    );
    read(landlord, "refusal", &story, LetterKind::Refusal);
}

fn approver(landlord: &str) -> Value {
    let role = if landlord == "portsmouth" { "complaints-lead" } else { "senior-manager" };
    json!({ "id": "S-7", "role": role, "job_title": "Head of Housing" })
}

#[rstest]
#[case("bradford", "no-sufficient-grounds", "2025-06-02T09:00:00Z")]
#[case("portsmouth", "not-appropriate", "2025-06-02T09:00:00Z")]
#[case("housing-solutions", "out-of-time", "2025-06-02T09:00:00Z")]
#[case("cheshire-west", "out-of-time", "2025-07-02T09:00:00Z")]
fn stage_two_declined(#[case] landlord: &str, #[case] ground: &str, #[case] asked_at: &str) {
    let mut story = Story::under(landlord);
    story
        .received("2025-04-14T09:00:00Z", "email", "lcra")
        .accepted("2025-04-14T10:00:00Z")
        .acknowledged("2025-04-15T09:00:00Z")
        .answered("2025-04-28T09:00:00Z")
        .asked_for_stage_two(asked_at)
        .then(
            "2025-07-03T09:00:00Z",
            "refuse-escalation",
            json!({
                "ground": ground, "reasons": "the new boiler was fitted on 20 May and works",
                "discretion_considered": "We asked what kept you from writing sooner, and what is still not settled.",
                "approved_by": approver(landlord),
            }),
        );
    read(landlord, "escalation-refusal", &story, LetterKind::EscalationRefusal);
}

#[rstest]
fn withdrawn(
    #[values("hartlepool", "bradford", "portsmouth", "housing-solutions", "cheshire-west")] landlord: &str,
) {
    let mut story = Story::under(landlord);
    let body = if landlord == "hartlepool" {
        json!({ "concerns": "continue", "concerns_reason": "A child lives in the house." })
    } else {
        json!({})
    };
    let risk = json!({ "risk": { "kind": "safeguarding", "aware_at": "2025-04-15T09:00:00Z" } });
    story.received("2025-04-14T09:00:00Z", "email", "lcra").accepted("2025-04-14T10:00:00Z");
    story.then("2025-04-15T09:00:00Z", "flag-risk", risk).then("2025-04-16T09:00:00Z", "withdraw", body);
    read(landlord, "withdrawal", &story, LetterKind::Withdrawal);
}

#[rstest]
fn closed_after_stage_one(
    #[values("hartlepool", "bradford", "portsmouth", "housing-solutions", "cheshire-west")] landlord: &str,
) {
    let mut story = Story::under(landlord);
    story
        .received("2025-04-14T09:00:00Z", "email", "lcra")
        .accepted("2025-04-14T10:00:00Z")
        .acknowledged("2025-04-15T09:00:00Z")
        .answered("2025-04-28T09:00:00Z")
        .closed("2025-05-20T09:00:00Z");
    read(landlord, "closing-after-stage-1", &story, LetterKind::Closing);
}

#[test]
fn said_aloud_and_written_down() {
    let mut story = Story::under("portsmouth");
    story.received("2025-04-14T09:00:00Z", "telephone", "lcra");
    read("portsmouth", "confirmation", &story, LetterKind::Confirmation);
    let agreed = json!({ "in_writing": true, "agreed": true, "text": "Three visits were missed, not two." });
    story.then("2025-04-15T09:00:00Z", "confirm", agreed);
    read("portsmouth", "confirmation-agreed", &story, LetterKind::Confirmation);
}

#[test]
fn nobody_to_be_reached() {
    let mut story = Story::under("bradford");
    story
        .received("2025-04-14T09:00:00Z", "email", "lcra")
        .accepted("2025-04-14T10:00:00Z")
        .acknowledged("2025-04-15T09:00:00Z")
        .then("2025-04-22T09:00:00Z", "warn-no-contact", json!({ "contact_by": "2025-05-06" }));
    read("bradford", "no-contact", &story, LetterKind::NoContact);
    story.then("2025-05-07T09:00:00Z", "close", json!({ "reason": "no-contact" }));
    read("bradford", "closing-no-contact", &story, LetterKind::Closing);
}

#[test]
fn stage_one_looked_at_again() {
    let mut story = Story::under("portsmouth");
    story
        .received("2025-04-14T09:00:00Z", "email", "lcra")
        .accepted("2025-04-14T10:00:00Z")
        .acknowledged("2025-04-15T09:00:00Z")
        .answered("2025-04-28T09:00:00Z")
        .asked_for_stage_two("2025-05-06T09:00:00Z")
        .then(
            "2025-05-07T09:00:00Z",
            "review-stage-one",
            json!({ "new_information": "a photograph of the visit card",
                "handler": { "id": "S-310", "role": "manager" } }),
        );
    read("portsmouth", "update-review", &story, LetterKind::Update);
    story.answered("2025-05-14T09:00:00Z");
    read("portsmouth", "response-review", &story, LetterKind::Response);
}

#[test]
fn promises_after_the_answer() {
    let mut story = both_stages("hartlepool");
    let revised = json!({ "action": 1, "due_on": "2025-09-12", "reason": "the boiler is out of stock" });
    story.then("2025-06-20T09:00:00Z", "revise-action", revised);
    read("hartlepool", "update-action-revised", &story, LetterKind::Update);
    story.then(
        "2025-09-10T09:00:00Z",
        "complete-action",
        json!({ "action": 1, "note": "fitted and tested" }),
    );
    read("hartlepool", "update-action-completed", &story, LetterKind::Update);
}

#[test]
fn an_offer_before_the_answer() {
    let mut story = Story::under("housing-solutions");
    story.received("2025-04-14T09:00:00Z", "email", "lcra").accepted("2025-04-14T10:00:00Z").then(
        "2025-04-15T09:00:00Z",
        "offer-remedy",
        json!({ "remedy": { "kind": "financial", "detail": "two heaters that you bought", "pence": 8_999,
                "basis": "financial-loss", "open_until": "2025-05-15" } }),
    );
    read("housing-solutions", "update-offer", &story, LetterKind::Update);
}

#[test]
fn opened_again() {
    let mut story = both_stages("bradford");
    story.then("2025-07-01T09:00:00Z", "reopen", json!({ "new_evidence": "the engineer's own photographs" }));
    read("bradford", "update-reopened", &story, LetterKind::Update);
}
