//! Closing and what may come after; behaviour; learning.

use chrono::{DateTime, Utc};

use super::numbered;
use crate::case::event::Event;
use crate::case::state::{Case, Closing, LearningState, RestrictionState, StageReview, SurveyState};
use crate::case::words::{Phase, StageNumber};

pub fn after(case: &mut Case, event: &Event, at: DateTime<Utc>) {
    match event {
        Event::RemedyAgreed(_) => {
            case.remedy_agreed_at = Some(at);
            case.contact_by = None;
        }
        Event::NoContactWarned(warned) => case.contact_by = Some(warned.contact_by),
        Event::Closed(closed) => {
            case.phase = Phase::Closed;
            case.closing = Some(Closing { reason: closed.reason, closed_at: at });
        }
        Event::Reopened(_) => reopened(case, at),
        Event::Withdrawn(_) => {
            case.phase = Phase::Withdrawn;
            case.withdrawn_at = Some(at);
        }
        Event::SurveyRecorded(survey) => {
            case.surveys.push(SurveyState { stage: survey.stage, answer: survey.answer, answered_at: at });
        }
        Event::RestrictionAssessed(_) => case.restriction_assessed = true,
        Event::ContactRestricted(restricted) => {
            case.restriction_assessed = false;
            case.restrictions.push(RestrictionState {
                since: at,
                review_on: Some(restricted.review_on),
                lifted_at: None,
            });
        }
        Event::RestrictionReviewed(reviewed) => {
            if let Some(restriction) = case.restrictions.last_mut() {
                restriction.review_on = reviewed.review_on.filter(|_| reviewed.stays);
                restriction.lifted_at = if reviewed.stays { None } else { Some(at) };
            }
        }
        Event::LearningRecorded(learnt) => case.learning.push(LearningState {
            theme: learnt.theme.clone(),
            root_cause: learnt.root_cause.clone(),
            improvement: learnt.improvement,
            owner: learnt.owner.clone(),
            recorded_at: at,
            reported_to: None,
            done_at: None,
            reported_done: 0,
        }),
        Event::LearningReported(reported) => {
            if let Some(learning) = numbered(&mut case.learning, reported.learning) {
                learning.reported_to = Some(reported.reported_to.clone());
                if reported.done {
                    learning.done_at = learning.done_at.or(Some(at));
                    learning.reported_done = learning.reported_done.saturating_add(1);
                }
            }
        }
        _ => {}
    }
}

/// A reopened complaint is looked at again at the stage at which it was decided; the first answer keeps its date. One that was
/// closed unanswered, because the resident could not be reached, goes on where it stood.
fn reopened(case: &mut Case, at: DateTime<Utc>) {
    case.reopened = case.reopened.saturating_add(1);
    case.closing = None;
    case.contact_by = None;
    let asked = case
        .escalation
        .as_ref()
        .is_some_and(|asked| asked.refused.is_none() && asked.accepted_at.is_none() && !asked.reviewed);
    case.phase = match case.stages.last_mut() {
        None => Phase::Received,
        Some(stage) if stage.responded_at.is_none() => match stage.number {
            StageNumber::One => Phase::StageOne,
            StageNumber::Two => Phase::StageTwo,
        },
        Some(_) if asked => Phase::EscalationRequested,
        Some(stage) => {
            if stage.review.as_ref().is_none_or(|review| review.responded_at.is_some()) {
                stage.review = Some(StageReview { opened_at: at, responded_at: None });
            }
            if stage.number == StageNumber::Two { Phase::StageTwo } else { Phase::StageOneReview }
        }
    };
}
