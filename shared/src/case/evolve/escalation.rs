//! From stage 1 to stage 2.

use chrono::{DateTime, Utc};

use super::stage::new_stage;
use crate::case::event::Event;
use crate::case::state::{Case, Escalation, StageReview};
use crate::case::words::{Phase, StageNumber};

pub fn escalation(case: &mut Case, event: &Event, at: DateTime<Utc>) {
    match event {
        Event::EscalationAsked(asked) => {
            case.phase = Phase::EscalationRequested;
            // A case that was closed is open again: the resident has asked within the policy's rule.
            case.closing = None;
            case.contact_by = None;
            case.earlier_escalations.extend(case.escalation.take());
            case.escalation = Some(Escalation {
                requested_at: at,
                late: asked.late,
                reasons_given: asked.requested.reasons.is_some(),
                refused: None,
                refused_clause: None,
                refused_at: None,
                discretion_considered: false,
                accepted_at: None,
                reviewed: false,
                overturned_at: None,
            });
        }
        Event::EscalationExplained(_) => {
            case.contact_by = None;
            if let Some(asked) = &mut case.escalation {
                asked.reasons_given = true;
            }
        }
        Event::EscalationAccepted(_) => {
            let requested_at = case.escalation.as_mut().map_or(at, |asked| {
                asked.accepted_at = Some(at);
                asked.requested_at
            });
            case.phase = Phase::StageTwo;
            case.stages.push(new_stage(StageNumber::Two, requested_at, at));
        }
        Event::EscalationDeclined(declined) => {
            case.phase = Phase::EscalationRefused;
            if let Some(asked) = &mut case.escalation {
                asked.refused = Some(declined.refused.ground);
                asked.refused_clause = Some(declined.clause.clone());
                asked.refused_at = Some(at);
                asked.discretion_considered = declined.refused.discretion_considered.is_some();
            }
        }
        Event::StageOneReviewOpened(opened) => {
            case.phase = Phase::StageOneReview;
            if let Some(asked) = &mut case.escalation {
                asked.reviewed = true;
            }
            if let Some(stage) = case.stages.first_mut() {
                stage.review = Some(StageReview { opened_at: at, responded_at: None });
                stage.handler = Some(opened.handler.clone());
                stage.handled_by.push(opened.handler.id.clone());
            }
        }
        _ => {}
    }
}
