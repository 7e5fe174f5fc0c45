//! Refusals, remedies, actions, and what was learnt.

use diesel::prelude::{ExpressionMethods, RunQueryDsl};
use redress_shared::case::state::Case;
use redress_shared::case::words::Satisfaction;

use super::{ProjectError, day, money};
use crate::storage::schema::{
    case_actions, case_escalations, case_learning, case_refusals, case_remedies, case_surveys,
};
use crate::storage::{Connection, StorageError};

pub fn refusals(
    connection: &mut Connection,
    landlord: &str,
    id: &str,
    case: &Case,
) -> Result<(), StorageError> {
    // The Ombudsman's direction overturns the refusal that came last: that of stage 2, where there was one.
    let escalation_refused = case.escalation.as_ref().and_then(|asked| asked.refused);
    let directed = case.directed_at.map(day);
    if let Some(refusal) = &case.refusal {
        diesel::insert_into(case_refusals::table)
            .values((
                case_refusals::case_id.eq(id),
                case_refusals::landlord_id.eq(landlord),
                case_refusals::what.eq("complaint"),
                case_refusals::refused_on.eq(day(refusal.refused_at)),
                case_refusals::ground.eq(refusal.ground.as_str()),
                case_refusals::clause.eq(&refusal.clause),
                case_refusals::discretion_considered.eq(refusal.discretion_considered),
                case_refusals::overturned_on.eq(directed.filter(|_| !case.stages.is_empty())),
            ))
            .execute(connection)?;
    }
    let Some(asked) = &case.escalation else { return Ok(()) };
    if let (Some(ground), Some(refused_at)) = (escalation_refused, asked.refused_at) {
        diesel::insert_into(case_refusals::table)
            .values((
                case_refusals::case_id.eq(id),
                case_refusals::landlord_id.eq(landlord),
                case_refusals::what.eq("escalation"),
                case_refusals::refused_on.eq(day(refused_at)),
                case_refusals::ground.eq(ground.as_str()),
                case_refusals::clause.eq(asked.refused_clause.as_deref().unwrap_or("silent")),
                case_refusals::discretion_considered.eq(asked.discretion_considered),
                case_refusals::overturned_on.eq(directed.filter(|_| asked.accepted_at.is_some())),
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
            case_escalations::requested_on.eq(day(asked.requested_at)),
            case_escalations::reasons_given.eq(asked.reasons_given),
            case_escalations::outcome.eq(outcome),
            case_escalations::late.eq(asked.late),
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
