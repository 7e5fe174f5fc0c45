//! A wrong date or fact put right.

use crate::case::command::correction::{Fact, ResidentCorrected};
use crate::case::state::{Case, Stage};
use crate::case::words::StageNumber;
use chrono::{DateTime, Utc};

pub fn correct(case: &mut Case, fact: &Fact) {
    match fact {
        Fact::ReceivedAt { at } => {
            let before = std::mem::replace(&mut case.received_at, *at);
            move_request(case.stages.first_mut(), before, *at);
        }
        Fact::RequestedAt { at } => {
            if let Some(asked) = &mut case.escalation {
                let before = std::mem::replace(&mut asked.requested_at, *at);
                move_request(case.stages.get_mut(1), before, *at);
            }
        }
        Fact::LoggedAt { stage, at } => with_stage(case, *stage, |stage| stage.logged_at = *at),
        Fact::AcknowledgedAt { stage, at } => with_stage(case, *stage, |stage| {
            let before = stage.acknowledged_at.replace(*at);
            told_instead(stage, before, *at);
        }),
        Fact::RespondedAt { stage, at } => with_stage(case, *stage, |stage| {
            let before = stage.responded_at.replace(*at);
            told_instead(stage, before, *at);
        }),
        Fact::EventOn { on } => case.facts.event_on = Some(*on),
        Fact::AwareOn { on } => case.facts.aware_on = Some(*on),
        Fact::StockType { is } => case.facts.stock_type = *is,
        Fact::Channel { is } => case.channel = *is,
        Fact::Categories { are } => case.facts.categories.clone_from(are),
        Fact::ServiceArea { is } => case.facts.service_area.clone_from(is),
        Fact::Contractor { is } => case.facts.contractor.clone_from(is),
    }
}

/// What is held on a resident, put right.
pub fn correct_resident(case: &mut Case, corrected: &ResidentCorrected) {
    let parties = &mut case.parties;
    let index = usize::from(corrected.resident).checked_sub(1);
    let Some(index) = index.filter(|index| *index < parties.recorded.len()) else { return };
    if let (Some(person), Some(known)) = (corrected.person, parties.residents.get_mut(index)) {
        *known = person;
    }
    if let Some(resident) = parties.recorded.get_mut(index) {
        resident.person = corrected.person.unwrap_or(resident.person);
        for (told, said) in [
            (&mut resident.adjustments, &corrected.adjustments),
            (&mut resident.vulnerabilities, &corrected.vulnerabilities),
            (&mut resident.disabilities, &corrected.disabilities),
        ] {
            if let Some(said) = said {
                told.clone_from(said);
            }
        }
        if let Some(said) = &corrected.ethnicity {
            resident.ethnicity = said.first().copied();
        }
    }
    parties.count_told();
}

impl Case {
    /// Whether the case has come to what a correction is about.
    #[must_use]
    pub fn knows(&self, fact: &Fact) -> bool {
        let stage_has = |number: StageNumber, has: fn(&Stage) -> bool| self.stage(number).is_some_and(has);
        match fact {
            Fact::LoggedAt { stage, .. } => stage_has(*stage, |_| true),
            Fact::AcknowledgedAt { stage, .. } => stage_has(*stage, |stage| stage.acknowledged_at.is_some()),
            Fact::RespondedAt { stage, .. } => stage_has(*stage, |stage| stage.responded_at.is_some()),
            Fact::RequestedAt { .. } => self.escalation.is_some(),
            _ => true,
        }
    }
}

fn with_stage(case: &mut Case, number: StageNumber, change: impl FnOnce(&mut Stage)) {
    if let Some(stage) = case.stages.iter_mut().find(|stage| stage.number == number) {
        change(stage);
    }
}

/// The resident was told by the acknowledgement or the answer when it was really given.
fn told_instead(stage: &mut Stage, before: Option<DateTime<Utc>>, at: DateTime<Utc>) {
    if let Some(before) = before {
        stage.told_instead(before, at);
    }
}

/// Moves the start of a stage that was asked for at the corrected moment.
fn move_request(stage: Option<&mut Stage>, before: DateTime<Utc>, at: DateTime<Utc>) {
    if let Some(stage) = stage.filter(|stage| stage.requested_at == before) {
        stage.requested_at = at;
    }
}
