//! The stages with their due dates, and what is owed.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use redress_shared::case::Rules;
use redress_shared::case::deadline::{
    Clock, Deadline, DeadlineName, Due, Standing, code_response_as_acknowledged,
};
use redress_shared::case::obligation::{Obligation, late_updates};
use redress_shared::case::state::{Case, Stage};
use redress_shared::case::words::{Kind, StageNumber, Triage};
use redress_shared::policy::vocabulary::Outcome;

use super::table::rows;
use super::{Of, RowsError, day, small};
use crate::storage::schema::{case_deadlines, case_stages, case_windows};

rows! {
    /// A stage with its dates and due dates.
    StageRow in case_stages by stage {
        stage: i32,
        requested_on: NaiveDate,
        logged_on: Option<NaiveDate>,
        acknowledged_on: Option<NaiveDate>,
        responded_on: Option<NaiveDate>,
        outcome: Option<String>,
        policy_acknowledge_due_on: Option<NaiveDate>,
        policy_respond_due_on: Option<NaiveDate>,
        policy_extended_due_on: Option<NaiveDate>,
        code_acknowledge_due_on: Option<NaiveDate>,
        code_respond_due_on: Option<NaiveDate>,
        code_respond_due_as_acknowledged_on: Option<NaiveDate>,
        code_extended_due_on: Option<NaiveDate>,
        extensions: i32,
        updates: i32,
        updates_agreed: bool,
        updates_late: i32,
        directed_on: Option<NaiveDate>,
        first_contact: bool,
    }
}

rows! {
    /// Something owed and not done.
    DeadlineRow in case_deadlines by clock, name resetting untold_below to 1000 {
        clock: String,
        name: String,
        due_on: NaiveDate,
        due_at: Option<NaiveDateTime>,
        projected: bool,
        clause: String,
    }
}

rows! {
    /// The last day of the resident's to do something.
    WindowRow in case_windows by name resetting untold_below to 1000 {
        name: String,
        due_on: NaiveDate,
        clause: String,
    }
}

/// The stages that the case has come to, and the one that is asked for and not decided on: a complaint counts as made
/// from the day it was received, until it is declined.
pub(super) fn stages(
    of: Of<'_>,
    (case, rules): (&Case, &Rules),
    due: &[Deadline],
) -> Result<Vec<StageRow>, RowsError> {
    let undecided = undecided(case).map(|(number, requested_at)| {
        let as_acknowledged = code_response_as_acknowledged(case, rules, number)?;
        let row = asked(of, number, requested_at, due);
        Ok::<_, RowsError>(StageRow { code_respond_due_as_acknowledged_on: as_acknowledged, ..row })
    });
    case.stages.iter().map(|stage| reached(of, (case, rules), stage, due)).chain(undecided).collect()
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

fn asked(of: Of<'_>, number: StageNumber, requested_at: DateTime<Utc>, due: &[Deadline]) -> StageRow {
    let (acknowledge, respond) = names(number);
    let base = |clock, name| find(due, clock, name).map(|deadline| deadline.base.date());
    StageRow {
        case_id: of.id.to_owned(),
        landlord_id: of.landlord.to_owned(),
        stage: i32::from(number.number()),
        requested_on: day(requested_at),
        logged_on: None,
        acknowledged_on: None,
        responded_on: None,
        outcome: None,
        policy_acknowledge_due_on: base(Clock::Policy, acknowledge),
        policy_respond_due_on: base(Clock::Policy, respond),
        policy_extended_due_on: None,
        code_acknowledge_due_on: base(Clock::Code, acknowledge),
        code_respond_due_on: base(Clock::Code, respond),
        code_respond_due_as_acknowledged_on: None,
        code_extended_due_on: None,
        extensions: 0,
        updates: 0,
        updates_agreed: false,
        updates_late: 0,
        directed_on: None,
        first_contact: false,
    }
}

fn reached(
    of: Of<'_>,
    (case, rules): (&Case, &Rules),
    stage: &Stage,
    due: &[Deadline],
) -> Result<StageRow, RowsError> {
    let (_, respond) = names(stage.number);
    let moved = |deadline: &&Deadline| deadline.due != deadline.base;
    let extended = |clock| find(due, clock, respond).filter(moved).map(|deadline| deadline.due.date());
    Ok(StageRow {
        logged_on: Some(day(stage.logged_at)),
        acknowledged_on: stage.acknowledged_at.map(day),
        responded_on: stage.responded_at.map(day),
        outcome: stage.outcome.map(|outcome| Outcome::as_str(outcome).to_owned()),
        policy_extended_due_on: extended(Clock::Policy),
        code_respond_due_as_acknowledged_on: code_response_as_acknowledged(case, rules, stage.number)?,
        code_extended_due_on: extended(Clock::Code),
        extensions: small(stage.extensions.len()),
        updates: i32::from(stage.updates),
        updates_agreed: stage.update_every_working_days.is_some(),
        updates_late: small(late_updates(stage, rules)?),
        directed_on: stage.directed_at.map(day),
        first_contact: stage.first_contact,
        ..asked(of, stage.number, stage.requested_at, due)
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

/// What is still owed, whenever one looks: deadlines neither met nor ended; and promises, which stay owed after closing.
pub(super) fn owed(of: Of<'_>, case: &Case, due: &[Deadline], promised: &[Obligation]) -> Vec<DeadlineRow> {
    let ever = DateTime::<Utc>::MAX_UTC;
    let open = |deadline: &&Deadline| {
        matches!(deadline.standing(ever), Standing::Overdue | Standing::Open) && !case.is_over()
    };
    let row = |clock: &str, name: &str, due_on: NaiveDate| DeadlineRow {
        case_id: of.id.to_owned(),
        landlord_id: of.landlord.to_owned(),
        clock: clock.to_owned(),
        name: name.to_owned(),
        due_on,
        due_at: None,
        projected: false,
        clause: String::new(),
    };
    let deadlines = due.iter().filter(open).map(|deadline| DeadlineRow {
        due_at: match deadline.due {
            Due::At(instant) => Some(instant.naive_utc()),
            Due::On(_) => None,
        },
        projected: deadline.projected,
        clause: deadline.citation.to_string(),
        ..row(deadline.clock.as_str(), deadline.name.as_str(), deadline.due.date())
    });
    let promises = promised.iter().map(|promise| DeadlineRow {
        clause: promise.citation.to_string(),
        ..row("promise", &promise.name(), promise.due_on)
    });
    deadlines.chain(promises).collect()
}

/// The windows that are open to the resident, or were until they closed: nobody has used them, and the case is not over.
pub(super) fn windows(of: Of<'_>, case: &Case, due: &[Deadline]) -> Vec<WindowRow> {
    let unused = |deadline: &&Deadline| {
        let unused = deadline.met_at.is_none() && deadline.ended_at.is_none();
        deadline.name == DeadlineName::EscalateBy && unused && !case.is_over()
    };
    let row = |deadline: &Deadline| WindowRow {
        case_id: of.id.to_owned(),
        landlord_id: of.landlord.to_owned(),
        name: deadline.name.as_str().to_owned(),
        due_on: deadline.due.date(),
        clause: deadline.citation.to_string(),
    };
    due.iter().filter(unused).map(row).collect()
}
