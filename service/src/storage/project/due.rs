//! The stages with their due dates, and what is owed.

use chrono::{DateTime, Utc};
use diesel::prelude::{ExpressionMethods, RunQueryDsl};
use redress_shared::case::Rules;
use redress_shared::case::deadline::{
    Clock, Deadline, DeadlineName, Due, Standing, code_response_as_acknowledged,
};
use redress_shared::case::obligation::Obligation;
use redress_shared::case::state::{Case, Stage};
use redress_shared::case::words::StageNumber;

use super::{ProjectError, day, small};
use crate::storage::schema::{case_deadlines, case_stages};
use crate::storage::{Connection, StorageError};

pub fn stage(
    connection: &mut Connection,
    landlord: &str,
    id: &str,
    (case, rules): (&Case, &Rules),
    stage: &Stage,
    due: &[Deadline],
) -> Result<(), ProjectError> {
    let (acknowledge, respond) = match stage.number {
        StageNumber::One => (DeadlineName::AcknowledgeOne, DeadlineName::RespondOne),
        StageNumber::Two => (DeadlineName::AcknowledgeTwo, DeadlineName::RespondTwo),
    };
    let find = |clock, name| due.iter().find(|deadline| deadline.clock == clock && deadline.name == name);
    let base = |clock, name| find(clock, name).map(|deadline| deadline.base.date());
    let extended =
        |clock, moved: bool| find(clock, respond).filter(|_| moved).map(|deadline| deadline.due.date());
    let moves_policy = stage.extensions.iter().any(|extension| extension.moves_policy);
    let moves_code = stage.extensions.iter().any(|extension| extension.moves_code);
    diesel::insert_into(case_stages::table)
        .values((
            case_stages::case_id.eq(id),
            case_stages::landlord_id.eq(landlord),
            case_stages::stage.eq(i32::from(stage.number.number())),
            case_stages::requested_on.eq(day(stage.requested_at)),
            case_stages::logged_on.eq(day(stage.logged_at)),
            case_stages::acknowledged_on.eq(stage.acknowledged_at.map(day)),
            case_stages::responded_on.eq(stage.responded_at.map(day)),
            case_stages::outcome.eq(stage.outcome.map(|outcome| outcome.as_str())),
            case_stages::policy_acknowledge_due_on.eq(base(Clock::Policy, acknowledge)),
            case_stages::policy_respond_due_on.eq(base(Clock::Policy, respond)),
            case_stages::policy_extended_due_on.eq(extended(Clock::Policy, moves_policy)),
            case_stages::code_acknowledge_due_on.eq(base(Clock::Code, acknowledge)),
            case_stages::code_respond_due_on.eq(base(Clock::Code, respond)),
            case_stages::code_respond_due_as_acknowledged_on.eq(code_response_as_acknowledged(
                case,
                rules,
                stage.number,
            )?),
            case_stages::code_extended_due_on.eq(extended(Clock::Code, moves_code)),
            case_stages::extensions.eq(small(stage.extensions.len())),
            case_stages::updates.eq(i32::from(stage.updates)),
            case_stages::updates_agreed.eq(stage.update_every_working_days.is_some()),
        ))
        .execute(connection)?;
    Ok(())
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
