//! When each stage of a complaint was asked for and what was due when, by both clocks: what lists and reports have of it, and what a
//! year is counted anew from under other rules.

use chrono::{DateTime, NaiveDate, Utc};

use super::context::Rules;
use super::deadline::{Clock, Deadline, DeadlineName, code_response_as_acknowledged};
use super::obligation::late_updates;
use super::state::{Case, Stage};
use super::words::{Kind, StageNumber, Triage};
use crate::calendar::{CalendarError, london};

/// The due dates of a stage on one clock; none where the clock sets no time, or its start is not foreseeable.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DueDates {
    /// By when it is acknowledged.
    pub acknowledge_on: Option<NaiveDate>,
    /// By when it is answered, before any extension.
    pub respond_on: Option<NaiveDate>,
    /// By when it is answered with the extensions that move this clock; none where none does.
    pub extended_on: Option<NaiveDate>,
}

/// A stage's times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StageTimes {
    /// Which stage.
    pub stage: StageNumber,
    /// The London day of receipt at stage 1, of the request at stage 2.
    pub requested_on: NaiveDate,
    /// The landlord's own clock.
    pub policy: DueDates,
    /// The Code's clock.
    pub code: DueDates,
    /// By when the Code would have it answered if a late acknowledgement started the time late.
    pub code_respond_as_acknowledged_on: Option<NaiveDate>,
    /// How many updates came later than had been agreed (Code 5.9).
    pub updates_late: usize,
}

/// The stages that the case has come to, and the one that is asked for and not decided on: a complaint counts as made
/// from the day it was received, until it is declined. `due` is what [`super::deadline::deadlines`] gives under the same rules.
///
/// # Errors
/// When counting leaves the years that the calendar covers.
pub fn stage_times(case: &Case, rules: &Rules, due: &[Deadline]) -> Result<Vec<StageTimes>, CalendarError> {
    let reached = case.stages.iter().map(|stage| reached((case, rules), stage, due));
    let undecided = undecided(case).map(|(number, requested_at)| {
        let as_acknowledged = code_response_as_acknowledged(case, rules, number)?;
        let asked = asked(number, requested_at, due);
        Ok(StageTimes { code_respond_as_acknowledged_on: as_acknowledged, ..asked })
    });
    reached.chain(undecided).collect()
}

/// The stage that was asked for and neither taken on nor declined, and when it was asked for.
fn undecided(case: &Case) -> Option<(StageNumber, DateTime<Utc>)> {
    if case.kind == Kind::Complaint && case.triage == Triage::Pending {
        return Some((StageNumber::One, case.received_at));
    }
    let asked = case.escalation.as_ref()?;
    let decided = asked.accepted_at.is_some() || asked.refused.is_some() || asked.reviewed;
    (!decided).then_some((StageNumber::Two, asked.requested_at))
}

fn asked(number: StageNumber, requested_at: DateTime<Utc>, due: &[Deadline]) -> StageTimes {
    let (acknowledge, respond) = names(number);
    let of = |clock| {
        let base = |name| find(due, clock, name).map(|deadline| deadline.base.date());
        DueDates { acknowledge_on: base(acknowledge), respond_on: base(respond), extended_on: None }
    };
    StageTimes {
        stage: number,
        requested_on: london::date_of(requested_at),
        policy: of(Clock::Policy),
        code: of(Clock::Code),
        code_respond_as_acknowledged_on: None,
        updates_late: 0,
    }
}

fn reached(
    (case, rules): (&Case, &Rules),
    stage: &Stage,
    due: &[Deadline],
) -> Result<StageTimes, CalendarError> {
    let (_, respond) = names(stage.number);
    let moved = |deadline: &&Deadline| deadline.due != deadline.base;
    let extended = |clock| find(due, clock, respond).filter(moved).map(|deadline| deadline.due.date());
    let asked = asked(stage.number, stage.requested_at, due);
    Ok(StageTimes {
        policy: DueDates { extended_on: extended(Clock::Policy), ..asked.policy },
        code: DueDates { extended_on: extended(Clock::Code), ..asked.code },
        code_respond_as_acknowledged_on: code_response_as_acknowledged(case, rules, stage.number)?,
        updates_late: late_updates(stage, rules)?,
        ..asked
    })
}

const fn names(number: StageNumber) -> (DeadlineName, DeadlineName) {
    match number {
        StageNumber::One => (DeadlineName::AcknowledgeOne, DeadlineName::RespondOne),
        StageNumber::Two => (DeadlineName::AcknowledgeTwo, DeadlineName::RespondTwo),
    }
}

fn find(due: &[Deadline], clock: Clock, name: DeadlineName) -> Option<&Deadline> {
    due.iter().find(|deadline| deadline.clock == clock && deadline.name == name)
}
