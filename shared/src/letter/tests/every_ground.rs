//! Every ground of every policy has its words and its clause in the letter.

use rstest::rstest;

use super::story::Story;
use crate::case::command::escalation::EscalationRefused;
use crate::case::command::intake::Refused;
use crate::case::event::{Declined, EscalationDeclined};
use crate::case::record::{RecordKind, RecordRef, Vault};
use crate::case::{Event, Logged};
use crate::letter::LetterKind;
use crate::policy::vocabulary::RefusalGround;

fn logged(story: &Story, event: Event) -> Logged {
    let at = "2025-06-16T09:00:00Z".parse().unwrap();
    let sequence = story.case.as_ref().unwrap().version + 1;
    Logged { sequence, occurred_at: at, recorded_at: at, actor: "S-1".into(), imported: false, event }
}

fn words(story: &Story) -> RecordRef {
    story.records.keep(RecordKind::Narrative, "These are the words.")
}

fn approver() -> crate::case::command::intake::Staff {
    serde_json::from_str(r#"{"id": "S-7", "role": "senior-manager"}"#).unwrap()
}

#[rstest]
fn every_ground_of_refusal(
    #[values("hartlepool", "bradford", "portsmouth", "housing-solutions", "cheshire-west", "model")]
    landlord: &str,
) {
    let grounds = Story::under(landlord).rules.profile.refusal.grounds;
    for rule in grounds {
        let mut story = Story::under(landlord);
        story.received("2025-04-14T09:00:00Z", "email", "lcra");
        let refused = Refused {
            ground: rule.ground,
            reasons: words(&story),
            evidence: Some(words(&story)),
            discretion_considered: Some(words(&story)),
            approved_by: Some(approver()),
            policy_not_followed: false,
            about_handling: false,
            disrepair: false,
        };
        let clause = rule.clause_or_silent().to_owned();
        let event = Event::Declined(Box::new(Declined { clause, departs_from: Vec::new(), refused }));
        story.log(logged(&story, event));
        let ground = story.letter(LetterKind::Refusal).item("ground").unwrap();
        assert!(ground.text.to_lowercase().contains(&rule.covers.to_lowercase()), "{}", ground.text);
        assert_eq!(ground.citation, story.rules.cite(rule.clause_or_silent()).and_code("2.2"));
        let for_behaviour = matches!(
            rule.ground,
            RefusalGround::UnacceptableBehaviour | RefusalGround::PersistentOrVexatious
        );
        let told = story.letter(LetterKind::Refusal).item("behaviour");
        assert_eq!(told.is_some(), for_behaviour, "{}", rule.ground);
        let named = story.rules.profile.behaviour.governed_by.value.as_str();
        assert!(told.is_none_or(|item| item.text.contains(named)), "{told:?}");
    }
}

#[rstest]
fn every_ground_of_declining_stage_two(
    #[values("bradford", "portsmouth", "housing-solutions", "cheshire-west", "model")] landlord: &str,
) {
    let grounds = Story::under(landlord).rules.profile.escalation.grounds;
    for rule in grounds {
        let mut story = Story::under(landlord);
        story
            .received("2025-04-14T09:00:00Z", "email", "lcra")
            .accepted("2025-04-14T10:00:00Z")
            .acknowledged("2025-04-15T09:00:00Z")
            .answered("2025-04-28T09:00:00Z")
            .asked_for_stage_two("2025-05-06T09:00:00Z");
        let refused = EscalationRefused {
            ground: rule.ground,
            reasons: words(&story),
            discretion_considered: Some(words(&story)),
            approved_by: Some(approver()),
        };
        let clause = rule.clause_or_silent().to_owned();
        let declined = EscalationDeclined { clause, departs_from: Vec::new(), refused };
        story.log(logged(&story, Event::EscalationDeclined(Box::new(declined))));
        let ground = story.letter(LetterKind::EscalationRefusal).item("ground").unwrap();
        assert_eq!(ground.citation, story.rules.cite(rule.clause_or_silent()).and_code("5.11"));
    }
}
