//! Refusals, remedies, actions, and what was learnt.

use diesel::prelude::{ExpressionMethods, RunQueryDsl};
use redress_shared::case::Rules;
use redress_shared::case::deadline::asked_late;
use redress_shared::case::state::{Case, Escalation};
use redress_shared::case::words::Satisfaction;

use super::{ProjectError, day, money};
use crate::storage::schema::{
    case_actions, case_escalations, case_learning, case_refusals, case_remedies, case_surveys,
};
use crate::storage::{Connection, StorageError};

/// Writes the refusal of the complaint, and every request for stage 2 with what became of it.
pub fn refusals(
    connection: &mut Connection,
    landlord: &str,
    id: &str,
    (case, rules): (&Case, &Rules),
) -> Result<(), ProjectError> {
    if let Some(refusal) = &case.refusal {
        diesel::insert_into(case_refusals::table)
            .values((
                case_refusals::case_id.eq(id),
                case_refusals::landlord_id.eq(landlord),
                case_refusals::what.eq("complaint"),
                case_refusals::number.eq(1),
                case_refusals::refused_on.eq(day(refusal.refused_at)),
                case_refusals::ground.eq(refusal.ground.as_str()),
                case_refusals::clause.eq(&refusal.clause),
                case_refusals::discretion_considered.eq(refusal.discretion_considered),
                case_refusals::overturned_on.eq(refusal.overturned_at.map(day)),
            ))
            .execute(connection)?;
    }
    for (number, asked) in (1..).zip(&case.earlier_escalations) {
        escalation(connection, landlord, id, case, (number, asked, asked.late))?;
    }
    let number = 1 + i32::try_from(case.earlier_escalations.len()).unwrap_or(i32::MAX - 1);
    match &case.escalation {
        // Lateness follows the dates as they are known now; that of a request that is over stays as it was.
        Some(asked) => escalation(connection, landlord, id, case, (number, asked, asked_late(case, rules)?)),
        None => Ok(()),
    }
}

fn escalation(
    connection: &mut Connection,
    landlord: &str,
    id: &str,
    case: &Case,
    (number, asked, late): (i32, &Escalation, bool),
) -> Result<(), ProjectError> {
    if let (Some(ground), Some(refused_at)) = (asked.refused, asked.refused_at) {
        diesel::insert_into(case_refusals::table)
            .values((
                case_refusals::case_id.eq(id),
                case_refusals::landlord_id.eq(landlord),
                case_refusals::what.eq("escalation"),
                case_refusals::number.eq(number),
                case_refusals::refused_on.eq(day(refused_at)),
                case_refusals::ground.eq(ground.as_str()),
                case_refusals::clause.eq(asked.refused_clause.as_deref().unwrap_or("silent")),
                case_refusals::discretion_considered.eq(asked.discretion_considered),
                case_refusals::overturned_on.eq(asked.overturned_at.map(day)),
            ))
            .execute(connection)?;
    }
    let outcome = match (asked.accepted_at, asked.refused, asked.reviewed) {
        (Some(_), _, _) => "accepted",
        (None, Some(_), _) => "refused",
        (None, None, true) => "re-reviewed",
        // It was withdrawn, or the case was closed, before anybody decided on it.
        (None, None, false) if case.is_over() => "ended",
        (None, None, false) => "pending",
    };
    diesel::insert_into(case_escalations::table)
        .values((
            case_escalations::case_id.eq(id),
            case_escalations::landlord_id.eq(landlord),
            case_escalations::number.eq(number),
            case_escalations::requested_on.eq(day(asked.requested_at)),
            case_escalations::reasons_given.eq(asked.reasons_given),
            case_escalations::outcome.eq(outcome),
            case_escalations::late.eq(late),
        ))
        .execute(connection)?;
    Ok(())
}

pub fn redress(
    connection: &mut Connection,
    landlord: &str,
    id: &str,
    case: &Case,
) -> Result<(), ProjectError> {
    for (number, remedy) in (1..).zip(&case.remedies) {
        diesel::insert_into(case_remedies::table)
            .values((
                case_remedies::case_id.eq(id),
                case_remedies::landlord_id.eq(landlord),
                case_remedies::remedy.eq(number),
                case_remedies::stage.eq(remedy.stage.map(|stage| i32::from(stage.number()))),
                case_remedies::kind.eq(remedy.kind.as_str()),
                case_remedies::pence.eq(money(remedy.pence)?),
                case_remedies::offered_on.eq(day(remedy.offered_at)),
                case_remedies::accepted_on.eq(remedy.accepted_at.map(day)),
                case_remedies::declined_on.eq(remedy.declined_at.map(day)),
                case_remedies::lapsed_on.eq(remedy.lapsed_at.map(day)),
                case_remedies::paid_pence.eq(money(remedy.paid_pence)?),
                case_remedies::offset_pence.eq(money(remedy.offset_pence)?),
            ))
            .execute(connection)?;
    }
    for (number, action) in (1..).zip(&case.actions) {
        diesel::insert_into(case_actions::table)
            .values((
                case_actions::case_id.eq(id),
                case_actions::landlord_id.eq(landlord),
                case_actions::action.eq(number),
                case_actions::stage.eq(action.stage.map(|stage| i32::from(stage.number()))),
                case_actions::due_on.eq(action.due_on),
                case_actions::done_on.eq(action.done_at.map(day)),
            ))
            .execute(connection)?;
    }
    Ok(())
}

pub fn learning(
    connection: &mut Connection,
    landlord: &str,
    id: &str,
    case: &Case,
) -> Result<(), StorageError> {
    for (number, learnt) in (1..).zip(&case.learning) {
        diesel::insert_into(case_learning::table)
            .values((
                case_learning::case_id.eq(id),
                case_learning::landlord_id.eq(landlord),
                case_learning::learning.eq(number),
                case_learning::theme.eq(learnt.theme.as_str()),
                case_learning::root_cause.eq(learnt.root_cause.as_str()),
                case_learning::improvement_record.eq(learnt.improvement.record.to_string()),
                case_learning::owner.eq(learnt.owner.as_str()),
                case_learning::recorded_on.eq(day(learnt.recorded_at)),
                case_learning::done_on.eq(learnt.done_at.map(day)),
                case_learning::reported_to.eq(learnt.reported_to.as_ref().map(|to| to.as_str())),
            ))
            .execute(connection)?;
    }
    for (number, survey) in (1..).zip(&case.surveys) {
        diesel::insert_into(case_surveys::table)
            .values((
                case_surveys::case_id.eq(id),
                case_surveys::landlord_id.eq(landlord),
                case_surveys::number.eq(number),
                case_surveys::stage.eq(survey.stage.map(|stage| i32::from(stage.number()))),
                case_surveys::answer.eq(answer_number(survey.answer)),
                case_surveys::answered_on.eq(day(survey.answered_at)),
            ))
            .execute(connection)?;
    }
    Ok(())
}

/// 1 very satisfied to 5 very dissatisfied.
const fn answer_number(answer: Satisfaction) -> i32 {
    match answer {
        Satisfaction::VerySatisfied => 1,
        Satisfaction::FairlySatisfied => 2,
        Satisfaction::Neither => 3,
        Satisfaction::FairlyDissatisfied => 4,
        Satisfaction::VeryDissatisfied => 5,
    }
}
