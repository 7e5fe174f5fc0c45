//! Coming in, and being taken on or declined.

use chrono::{DateTime, Utc};

use super::correction::{correct, correct_resident};
use super::stage::new_stage;
use crate::case::command::intake::{RepresentativeRecorded, RiskRecorded};
use crate::case::event::Event;
use crate::case::state::{Case, RefusalState, RepresentativeState, RiskState, Stage};
use crate::case::words::{Phase, StageNumber, Triage};

pub fn representative(recorded: &RepresentativeRecorded) -> RepresentativeState {
    RepresentativeState { kind: recorded.kind, person: recorded.person, consent: recorded.consent }
}

pub const fn risk(recorded: &RiskRecorded) -> RiskState {
    RiskState { kind: recorded.kind, aware_at: recorded.aware_at, handed_to: None, handed_at: None }
}

pub fn intake(case: &mut Case, event: &Event, at: DateTime<Utc>) {
    match event {
        Event::Confirmed(_) => {
            case.confirmed = true;
            case.contact_by = None;
        }
        Event::ConsentRecorded(recorded) => {
            if let Some(new) = &recorded.representative {
                case.parties.representative = Some(representative(new));
            }
            if let Some(known) = &mut case.parties.representative {
                known.consent = Some(recorded.evidence);
            }
        }
        Event::RiskFlagged(flagged) => case.risks.push(risk(&flagged.risk)),
        Event::RiskHandedOff(handed) => {
            let waiting = |known: &&mut RiskState| known.kind == handed.kind && known.handed_at.is_none();
            for known in case.risks.iter_mut().filter(waiting) {
                known.handed_to = Some(handed.to.clone());
                known.handed_at = Some(at);
            }
        }
        Event::BecameComplaint(became) => case.led_to.push(became.complaint),
        Event::IssueSetApart(apart) => case.led_to.push(apart.complaint),
        Event::Settled(_) => {
            case.phase = Phase::Settled;
            case.settled_at = Some(at);
        }
        Event::Accepted(_) => accepted(case, case.received_at, at),
        Event::Declined(declined) => {
            case.phase = Phase::Refused;
            case.triage = Triage::Refused;
            case.refusal = Some(RefusalState {
                ground: declined.refused.ground,
                clause: declined.clause.clone(),
                refused_at: at,
                discretion_considered: declined.refused.discretion_considered.is_some(),
                overturned_at: None,
            });
        }
        Event::AcceptanceDirected(_) => directed(case, at),
        Event::Corrected(corrected) => correct(case, &corrected.correct),
        Event::ResidentCorrected(corrected) => correct_resident(case, corrected),
        _ => {}
    }
}

fn accepted(case: &mut Case, requested_at: DateTime<Utc>, at: DateTime<Utc>) {
    case.phase = Phase::StageOne;
    case.triage = Triage::Accepted;
    if case.stages.is_empty() {
        case.stages.push(new_stage(StageNumber::One, requested_at, at));
    }
}

/// The Ombudsman's direction undoes a refusal of the complaint or of stage 2; what was refused stays on record. A stage that was
/// never opened begins with the direction: its times cannot count from a day that had passed before the landlord was told to
/// take it on. One that was open when the complaint was declined goes on with the dates it had, since nothing pauses a clock.
fn directed(case: &mut Case, at: DateTime<Utc>) {
    case.directed_at = Some(at);
    case.closing = None;
    case.contact_by = None;
    match case.escalation.as_mut().filter(|asked| asked.refused.is_some()) {
        Some(asked) => {
            asked.accepted_at = Some(at);
            asked.overturned_at = Some(at);
            case.phase = Phase::StageTwo;
            let requested_at = asked.requested_at;
            case.stages
                .push(Stage { directed_at: Some(at), ..new_stage(StageNumber::Two, requested_at, at) });
        }
        None => {
            if let Some(refusal) = &mut case.refusal {
                refusal.overturned_at = Some(at);
            }
            let opened = case.stages.is_empty();
            accepted(case, case.received_at, at);
            if let Some(stage) = case.stages.first_mut().filter(|_| opened) {
                stage.directed_at = Some(at);
            }
        }
    }
}
