//! While a stage is open.

use chrono::{DateTime, Utc};

use crate::case::command::stage::{Acknowledged, Assigned, PointDefined};
use crate::case::event::Event;
use crate::case::state::{Case, ExtensionState, PointState, Stage};
use crate::case::words::StageNumber;

pub fn new_stage(number: StageNumber, requested_at: DateTime<Utc>, logged_at: DateTime<Utc>) -> Stage {
    Stage {
        number,
        requested_at,
        directed_at: None,
        logged_at,
        acknowledged_at: None,
        points: Vec::new(),
        handler: None,
        members: Vec::new(),
        handled_by: Vec::new(),
        reviewer: None,
        extensions: Vec::new(),
        update_every_working_days: None,
        told: Vec::new(),
        updates: 0,
        responded_at: None,
        outcome: None,
        first_contact: false,
        review: None,
    }
}

pub fn stages(case: &mut Case, event: &Event, at: DateTime<Utc>) {
    match event {
        Event::Consulted(consulted) => case.consulted.push(consulted.body.clone()),
        Event::ContractorNotified(notified) => case.contractor_notices.push(notified.moment),
        Event::Answered(answered) => super::answer::answered(case, answered, at),
        _ => {
            if let Some(stage) = case.stages.last_mut() {
                open_stage(stage, event, at);
            }
        }
    }
}

fn open_stage(stage: &mut Stage, event: &Event, at: DateTime<Utc>) {
    match event {
        Event::Acknowledged(acknowledged) => self::acknowledged(stage, acknowledged, at),
        Event::Assigned(assigned) => self::assigned(stage, assigned),
        Event::IssueJoined(raised) => stage.points.push(PointState {
            understanding: raised.issue,
            responsible: raised.responsible,
            outcome: None,
        }),
        Event::ExtensionGiven(given) => {
            stage.extensions.push(ExtensionState {
                respond_by: given.extended.respond_by,
                decided_at: at,
                ombudsman_details_given: given.extended.ombudsman_details_given,
                moves_policy: given.moves_policy,
                moves_code: given.moves_code,
            });
            if given.extended.update_every_working_days.is_some() {
                stage.update_every_working_days = given.extended.update_every_working_days;
            }
            stage.tell(at);
        }
        Event::ResidentUpdated(_) => {
            if stage.awaited_answer(at) {
                stage.updates = stage.updates.saturating_add(1);
            }
            stage.tell(at);
        }
        Event::ResponseReviewed(reviewed) => stage.reviewer = Some(reviewed.reviewer.clone()),
        _ => {}
    }
}

fn acknowledged(stage: &mut Stage, acknowledged: &Acknowledged, at: DateTime<Utc>) {
    stage.acknowledged_at = Some(at);
    stage.points = acknowledged.points.iter().map(point).collect();
    stage.handler = Some(acknowledged.handler.clone());
    stage.handled_by.push(acknowledged.handler.id.clone());
    if acknowledged.update_every_working_days.is_some() {
        stage.update_every_working_days = acknowledged.update_every_working_days;
    }
    stage.tell(at);
}

fn assigned(stage: &mut Stage, assigned: &Assigned) {
    stage.handler = Some(assigned.handler.clone());
    stage.handled_by.push(assigned.handler.id.clone());
    stage.members.extend(assigned.members.iter().cloned());
}

const fn point(defined: &PointDefined) -> PointState {
    PointState { understanding: defined.understanding, responsible: defined.responsible, outcome: None }
}
