//! A wrong date or fact put right.

use crate::case::command::correction::Fact;
use crate::case::state::{Case, Stage};
use crate::case::words::StageNumber;

pub fn correct(case: &mut Case, fact: &Fact) {
    match fact {
        Fact::ReceivedAt { at } => {
            case.received_at = *at;
            if let Some(stage) = case.stages.first_mut() {
                stage.requested_at = *at;
            }
        }
        Fact::RequestedAt { at } => {
            if let Some(asked) = &mut case.escalation {
                asked.requested_at = *at;
            }
            if let Some(stage) = case.stages.get_mut(1) {
                stage.requested_at = *at;
            }
        }
        Fact::LoggedAt { stage, at } => with_stage(case, *stage, |stage| stage.logged_at = *at),
        Fact::AcknowledgedAt { stage, at } => {
            with_stage(case, *stage, |stage| stage.acknowledged_at = Some(*at))
        }
        Fact::RespondedAt { stage, at } => with_stage(case, *stage, |stage| stage.responded_at = Some(*at)),
        Fact::EventOn { on } => case.facts.event_on = Some(*on),
        Fact::AwareOn { on } => case.facts.aware_on = Some(*on),
        Fact::StockType { is } => case.facts.stock_type = *is,
        Fact::Channel { is } => case.channel = *is,
        Fact::Categories { are } => case.facts.categories.clone_from(are),
        Fact::ServiceArea { is } => case.facts.service_area.clone_from(is),
        Fact::Contractor { is } => case.facts.contractor.clone_from(is),
    }
}

fn with_stage(case: &mut Case, number: StageNumber, change: impl FnOnce(&mut Stage)) {
    if let Some(stage) = case.stages.iter_mut().find(|stage| stage.number == number) {
        change(stage);
    }
}
