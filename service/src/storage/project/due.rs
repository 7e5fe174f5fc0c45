//! The stages with their due dates, and what is owed.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::{ExpressionMethods, Insertable, RunQueryDsl};
use redress_shared::case::Rules;
use redress_shared::case::deadline::{
    Clock, Deadline, DeadlineName, Due, Standing, code_response_as_acknowledged,
};
use redress_shared::case::obligation::{Obligation, late_updates};
use redress_shared::case::state::{Case, Stage};
use redress_shared::case::words::{Kind, StageNumber, Triage};
use redress_shared::policy::vocabulary::Outcome;

use super::{ProjectError, day, small};
use crate::storage::schema::{case_deadlines, case_stages};
use crate::storage::{Connection, StorageError};

#[derive(Insertable)]
#[diesel(table_name = case_stages)]
struct StageRow<'a> {
    case_id: &'a str,
    landlord_id: &'a str,
    stage: i32,
    requested_on: NaiveDate,
    logged_on: Option<NaiveDate>,
    acknowledged_on: Option<NaiveDate>,
    responded_on: Option<NaiveDate>,
    outcome: Option<&'a str>,
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
}

/// Writes the stages that the case has come to, and the one that is asked for and not decided on: a complaint counts as made
/// from the day it was received, until it is declined.
pub fn stages(
    connection: &mut Connection,
    landlord: &str,
    id: &str,
    (case, rules): (&Case, &Rules),
    due: &[Deadline],
) -> Result<(), ProjectError> {
    let undecided = undecided(case).map(|(number, requested_at)| {
        let row = asked(landlord, id, number, requested_at, due);
        let as_acknowledged = code_response_as_acknowledged(case, rules, number)?;
        Ok::<_, ProjectError>(StageRow { code_respond_due_as_acknowledged_on: as_acknowledged, ..row })
    });
    let open = case.stages.iter().map(|stage| reached(landlord, id, (case, rules), stage, due));
    for row in open.chain(undecided) {
        diesel::insert_into(case_stages::table).values(row?).execute(connection)?;
    }
    Ok(())
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

fn asked<'a>(
    landlord: &'a str,
    id: &'a str,
    number: StageNumber,
    requested_at: DateTime<Utc>,
    due: &[Deadline],
) -> StageRow<'a> {
    let (acknowledge, respond) = names(number);
    let base = |clock, name| find(due, clock, name).map(|deadline| deadline.base.date());
    StageRow {
        case_id: id,
        landlord_id: landlord,
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
    }
}

fn reached<'a>(
    landlord: &'a str,
    id: &'a str,
    (case, rules): (&Case, &Rules),
    stage: &'a Stage,
    due: &[Deadline],
) -> Result<StageRow<'a>, ProjectError> {
    let (_, respond) = names(stage.number);
    let moved = |deadline: &&Deadline| deadline.due != deadline.base;
    let extended = |clock| find(due, clock, respond).filter(moved).map(|deadline| deadline.due.date());
    Ok(StageRow {
        logged_on: Some(day(stage.logged_at)),
        acknowledged_on: stage.acknowledged_at.map(day),
        responded_on: stage.responded_at.map(day),
        outcome: stage.outcome.map(Outcome::as_str),
        policy_extended_due_on: extended(Clock::Policy),
        code_respond_due_as_acknowledged_on: code_response_as_acknowledged(case, rules, stage.number)?,
        code_extended_due_on: extended(Clock::Code),
        extensions: small(stage.extensions.len()),
        updates: i32::from(stage.updates),
        updates_agreed: stage.update_every_working_days.is_some(),
        updates_late: small(late_updates(stage, rules)?),
        ..asked(landlord, id, stage.number, stage.requested_at, due)
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

/// What is still owed, whenever one looks: neither met nor ended.
pub fn owed(
    connection: &mut Connection,
    landlord: &str,
    id: &str,
    case: &Case,
    due: &[Deadline],
) -> Result<(), StorageError> {
    let ever = DateTime::<Utc>::MAX_UTC;
    let open = |deadline: &&Deadline| {
        matches!(deadline.standing(ever), Standing::Overdue | Standing::Open) && !case.is_over()
    };
    for deadline in due.iter().filter(open) {
        let due_at = match deadline.due {
            Due::At(instant) => Some(instant.naive_utc()),
            Due::On(_) => None,
        };
        diesel::insert_into(case_deadlines::table)
            .values((
                case_deadlines::case_id.eq(id),
                case_deadlines::landlord_id.eq(landlord),
                case_deadlines::clock.eq(deadline.clock.as_str()),
                case_deadlines::name.eq(deadline.name.as_str()),
                case_deadlines::due_on.eq(deadline.due.date()),
                case_deadlines::due_at.eq(due_at),
                case_deadlines::projected.eq(deadline.projected),
            ))
            .execute(connection)?;
    }
    Ok(())
}

/// What is owed besides acknowledgements and responses; it stays owed after closing.
pub fn promised(
    connection: &mut Connection,
    landlord: &str,
    id: &str,
    obligations: &[Obligation],
) -> Result<(), StorageError> {
    for obligation in obligations {
        diesel::insert_into(case_deadlines::table)
            .values((
                case_deadlines::case_id.eq(id),
                case_deadlines::landlord_id.eq(landlord),
                case_deadlines::clock.eq("promise"),
                case_deadlines::name.eq(obligation.name()),
                case_deadlines::due_on.eq(obligation.due_on),
                case_deadlines::projected.eq(false),
            ))
            .execute(connection)?;
    }
    Ok(())
}
