//! Remedies, compensation and actions.

use chrono::{DateTime, Utc};

use super::numbered;
use crate::case::command::redress::{ActionPromised, RemedyOffered};
use crate::case::event::Event;
use crate::case::state::{ActionState, Case, RemedyState};
use crate::case::words::StageNumber;

pub fn redress(case: &mut Case, event: &Event, at: DateTime<Utc>) {
    match event {
        Event::RemedyOffered(made) => {
            let stage = case.stages.last().map(|stage| stage.number);
            case.remedies.push(remedy(&made.remedy, stage, at));
        }
        Event::OfferAnswered(answer) => {
            // The resident has been in touch.
            case.contact_by = None;
            if let Some(remedy) = numbered(&mut case.remedies, answer.remedy) {
                let moment = if answer.accepted { &mut remedy.accepted_at } else { &mut remedy.declined_at };
                *moment = Some(at);
            }
        }
        Event::OfferLapsed(lapsed) => {
            if let Some(remedy) = numbered(&mut case.remedies, lapsed.remedy) {
                remedy.lapsed_at = Some(at);
            }
        }
        Event::Compensated(paid) => {
            if let Some(remedy) = numbered(&mut case.remedies, paid.payment.remedy) {
                remedy.paid_pence = Some(paid.paid_pence);
                remedy.offset_pence = Some(paid.offset_pence);
            }
        }
        Event::ActionAdded(added) => {
            let stage = case.stages.last().map(|stage| stage.number);
            case.actions.push(action(&added.action, stage));
        }
        Event::ActionRevised(revised) => {
            if let Some(action) = numbered(&mut case.actions, revised.action) {
                action.due_on = revised.due_on;
            }
        }
        Event::ActionCompleted(completed) => {
            if let Some(action) = numbered(&mut case.actions, completed.action) {
                action.done_at = Some(at);
            }
        }
        _ => {}
    }
}

pub const fn remedy(offered: &RemedyOffered, stage: Option<StageNumber>, at: DateTime<Utc>) -> RemedyState {
    RemedyState {
        kind: offered.kind,
        stage,
        pence: offered.pence,
        basis: offered.basis,
        offered_at: at,
        due_on: offered.due_on,
        open_until: offered.open_until,
        accepted_at: if offered.agreed { Some(at) } else { None },
        declined_at: None,
        lapsed_at: None,
        paid_pence: None,
        offset_pence: None,
    }
}

pub fn action(promised: &ActionPromised, stage: Option<StageNumber>) -> ActionState {
    ActionState {
        what: promised.what,
        due_on: promised.due_on,
        owner: promised.owner.clone(),
        stage,
        done_at: None,
    }
}
