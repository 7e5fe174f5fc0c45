//! Refusals, remedies, actions, and what was learnt.

use chrono::NaiveDate;

use super::{RowsError, day, money};
use crate::case::Rules;
use crate::case::deadline::asked_late;
use crate::case::state::{Case, Escalation};
use crate::case::words::{Satisfaction, StageNumber};

rows! {
    /// A complaint or an escalation declined.
    RefusalRow {
        what: String,
        number: i32,
        refused_on: NaiveDate,
        ground: String,
        clause: String,
        discretion_considered: bool,
        overturned_on: Option<NaiveDate>,
    }
}

rows! {
    /// A request for stage 2, with what became of it.
    EscalationRow {
        number: i32,
        requested_on: NaiveDate,
        reasons_given: bool,
        outcome: String,
        late: bool,
        decided_on: Option<NaiveDate>,
    }
}

rows! {
    /// A remedy.
    RemedyRow {
        remedy: i32,
        stage: Option<i32>,
        kind: String,
        pence: Option<i64>,
        offered_on: NaiveDate,
        accepted_on: Option<NaiveDate>,
        declined_on: Option<NaiveDate>,
        lapsed_on: Option<NaiveDate>,
        paid_pence: Option<i64>,
        offset_pence: Option<i64>,
        basis: Option<String>,
        due_on: Option<NaiveDate>,
    }
}

rows! {
    /// An action that was promised.
    ActionRow {
        action: i32,
        stage: Option<i32>,
        due_on: NaiveDate,
        done_on: Option<NaiveDate>,
        owner: String,
    }
}

rows! {
    /// Something learnt.
    LearningRow {
        learning: i32,
        theme: String,
        root_cause: String,
        improvement_record: String,
        owner: String,
        recorded_on: NaiveDate,
        done_on: Option<NaiveDate>,
        reported_to: Option<String>,
    }
}

rows! {
    /// A survey's answer.
    SurveyRow {
        number: i32,
        stage: Option<i32>,
        answer: i32,
        answered_on: NaiveDate,
    }
}

fn number_of(stage: Option<StageNumber>) -> Option<i32> {
    stage.map(|stage| i32::from(stage.number()))
}

/// The refusal of the complaint, and every request for stage 2 with its refusal.
pub(super) fn refusals(
    case: &Case,
    rules: &Rules,
) -> Result<(Vec<RefusalRow>, Vec<EscalationRow>), RowsError> {
    let declined = case.refusal.as_ref().map(|refusal| RefusalRow {
        what: "complaint".to_owned(),
        number: 1,
        refused_on: day(refusal.refused_at),
        ground: refusal.ground.as_str().to_owned(),
        clause: refusal.clause.clone(),
        discretion_considered: refusal.discretion_considered,
        overturned_on: refusal.overturned_at.map(day),
    });
    let mut asked: Vec<(&Escalation, bool)> =
        case.earlier_escalations.iter().map(|asked| (asked, asked.late)).collect();
    if let Some(standing) = &case.escalation {
        // Lateness follows the dates as they are known now; that of a request that is over stays as it was.
        asked.push((standing, asked_late(case, rules)?));
    }
    let mut refusals: Vec<RefusalRow> = declined.into_iter().collect();
    let mut escalations = Vec::new();
    for (number, (asked, late)) in (1..).zip(asked) {
        refusals.extend(escalation_refusal(number, asked));
        escalations.push(escalation(case, (number, asked, late)));
    }
    Ok((refusals, escalations))
}

fn escalation_refusal(number: i32, asked: &Escalation) -> Option<RefusalRow> {
    Some(RefusalRow {
        what: "escalation".to_owned(),
        number,
        refused_on: day(asked.refused_at?),
        ground: asked.refused?.as_str().to_owned(),
        clause: asked.refused_clause.clone().unwrap_or_else(|| "silent".to_owned()),
        discretion_considered: asked.discretion_considered,
        overturned_on: asked.overturned_at.map(day),
    })
}

fn escalation(case: &Case, (number, asked, late): (i32, &Escalation, bool)) -> EscalationRow {
    let outcome = match (asked.accepted_at, asked.refused, asked.reviewed) {
        (Some(_), _, _) => "accepted",
        (None, Some(_), _) => "refused",
        (None, None, true) => "re-reviewed",
        // It was withdrawn, or the case was closed, before anybody decided on it.
        (None, None, false) if case.is_over() => "ended",
        (None, None, false) => "pending",
    };
    EscalationRow {
        number,
        requested_on: day(asked.requested_at),
        reasons_given: asked.reasons_given,
        outcome: outcome.to_owned(),
        late,
        decided_on: asked.accepted_at.or(asked.refused_at).map(day),
    }
}

pub(super) fn remedies(case: &Case) -> Result<Vec<RemedyRow>, RowsError> {
    let numbered = (1..).zip(&case.remedies);
    numbered
        .map(|(number, remedy)| {
            Ok(RemedyRow {
                remedy: number,
                stage: number_of(remedy.stage),
                kind: remedy.kind.as_str().to_owned(),
                pence: money(remedy.pence)?,
                offered_on: day(remedy.offered_at),
                accepted_on: remedy.accepted_at.map(day),
                declined_on: remedy.declined_at.map(day),
                lapsed_on: remedy.lapsed_at.map(day),
                paid_pence: money(remedy.paid_pence)?,
                offset_pence: money(remedy.offset_pence)?,
                basis: remedy.basis.map(|basis| basis.as_str().to_owned()),
                due_on: remedy.due_on,
            })
        })
        .collect()
}

pub(super) fn actions(case: &Case) -> Vec<ActionRow> {
    let numbered = (1..).zip(&case.actions);
    numbered
        .map(|(number, action)| ActionRow {
            action: number,
            stage: number_of(action.stage),
            due_on: action.due_on,
            done_on: action.done_at.map(day),
            owner: action.owner.as_str().to_owned(),
        })
        .collect()
}

pub(super) fn learning(case: &Case) -> Vec<LearningRow> {
    let numbered = (1..).zip(&case.learning);
    numbered
        .map(|(number, learnt)| LearningRow {
            learning: number,
            theme: learnt.theme.as_str().to_owned(),
            root_cause: learnt.root_cause.as_str().to_owned(),
            improvement_record: learnt.improvement.record.to_string(),
            owner: learnt.owner.as_str().to_owned(),
            recorded_on: day(learnt.recorded_at),
            done_on: learnt.done_at.map(day),
            reported_to: learnt.reported_to.as_ref().map(|to| to.as_str().to_owned()),
        })
        .collect()
}

pub(super) fn surveys(case: &Case) -> Vec<SurveyRow> {
    let numbered = (1..).zip(&case.surveys);
    numbered
        .map(|(number, survey)| SurveyRow {
            number,
            stage: number_of(survey.stage),
            answer: answer_number(survey.answer),
            answered_on: day(survey.answered_at),
        })
        .collect()
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
