//! A stage answered: decisions, remedies, actions.

use chrono::{DateTime, Utc};

use super::redress::{action, remedy};
use crate::case::event::Answered;
use crate::case::state::Case;
use crate::case::words::{Phase, StageNumber};

pub fn answered(case: &mut Case, answered: &Answered, at: DateTime<Utc>) {
    let reviewing = case.phase == Phase::StageOneReview;
    case.phase = match answered.stage {
        StageNumber::One => Phase::AnsweredAtStageOne,
        StageNumber::Two => Phase::AnsweredAtStageTwo,
    };
    if let Some(stage) = case.stages.iter_mut().find(|stage| stage.number == answered.stage) {
        for decided in &answered.responded.decisions {
            let index = usize::from(decided.point).wrapping_sub(1);
            if let Some(point) = stage.points.get_mut(index) {
                point.outcome = Some(decided.outcome);
            }
        }
        stage.outcome = Some(answered.whole);
        stage.first_contact = answered.responded.resolved_at_first_contact;
        match stage.review.as_mut().filter(|review| review.responded_at.is_none()) {
            Some(review) => review.responded_at = Some(at),
            None => stage.responded_at = Some(at),
        }
        stage.tell(at);
    }
    if reviewing {
        // The request led to the review; a request after it is a new one.
        case.earlier_escalations.extend(case.escalation.take());
    }
    // What was agreed, and what was asked, was about the answer before.
    case.remedy_agreed_at = None;
    case.contact_by = None;
    let stage = Some(answered.stage);
    case.remedies.extend(answered.responded.remedies.iter().map(|offered| remedy(offered, stage, at)));
    case.actions.extend(answered.responded.actions.iter().map(|promised| action(promised, stage)));
}
