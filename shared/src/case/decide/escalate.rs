//! From stage 1 to stage 2, and never to a third.

use super::{Decision, Verdict, guard};
use crate::calendar::london;
use crate::case::command::escalation::{
    AcceptEscalation, ExplainEscalation, RefuseEscalation, RequestEscalation, ReviewStageOne,
};
use crate::case::context::Context;
use crate::case::deadline::{asked_late, last_day_to_escalate};
use crate::case::event::{EscalationAsked, EscalationDeclined, Event};
use crate::case::record::Keep;
use crate::case::refusal::{Caution, Citation, Refusal, RefusalCode};
use crate::case::state::{Case, Escalation};
use crate::case::words::{ConflictOfInterest, Phase, StageNumber};
use crate::policy::profile::{EscalationGroundRule, EscalationRules};
use crate::policy::vocabulary::{EscalationGround, EscalationReasons, Outcome, RefusalNeed, ReopeningRule};

pub fn request(case: &Case, command: &RequestEscalation, context: &Context<'_>) -> Verdict {
    guard::complaint(case)?;
    let rules = &context.rules.profile.escalation;
    if case.stage(StageNumber::Two).is_some() {
        return Err(Refusal::new(
            RefusalCode::NeverAThirdStage,
            "stage 2 is the final stage",
            "tell the resident how to go to the Housing Ombudsman",
        )
        .citing(Citation::code("5.3")));
    }
    match case.phase {
        Phase::AnsweredAtStageOne => {}
        Phase::Closed if declined(case) => return Err(declined_already(case, context)),
        Phase::Closed if case.stages.first().is_some_and(|stage| stage.responded_at.is_some()) => {}
        Phase::Received | Phase::StageOne | Phase::StageOneReview => return Err(too_early(rules, context)),
        Phase::EscalationRequested => {
            return Err(Refusal::new(
                RefusalCode::AlreadyDone,
                "stage 2 has been asked for",
                "accept or decline the request",
            ));
        }
        _ => return guard::wrong_phase(case, "escalated"),
    }
    let window_closed_on = last_day_to_escalate(case, context.rules)?;
    guard::after_answer(case, context)?;
    let late = window_closed_on.is_some_and(|last| context.today() > last);
    let requested = command.keep(context.vault);
    Ok(Event::EscalationAsked(EscalationAsked { window_closed_on, late, requested }).into())
}

/// Whether the last request was declined, and the Ombudsman has not directed otherwise.
fn declined(case: &Case) -> bool {
    case.escalation.as_ref().is_some_and(|asked| asked.refused.is_some() && asked.overturned_at.is_none())
}

fn declined_already(case: &Case, context: &Context<'_>) -> Box<Refusal> {
    let clause =
        case.escalation.as_ref().and_then(|asked| asked.refused_clause.as_deref()).unwrap_or("silent");
    Refusal::new(
        RefusalCode::WrongPhase,
        "stage 2 was declined, and the case is closed",
        "tell the resident that they may take the refusal to the Housing Ombudsman, who may direct that it be taken on",
    )
    .citing(context.rules.cite(clause).and_code("5.11"))
}

fn too_early(rules: &EscalationRules, context: &Context<'_>) -> Box<Refusal> {
    let named = rules.grounds.iter().find(|rule| rule.ground == EscalationGround::TooEarly);
    let clause =
        named.map_or_else(|| rules.stage_1_complete.clause_or_silent(), |rule| rule.clause_or_silent());
    Refusal::new(
        RefusalCode::Stage1NotAnswered,
        "stage 1 has not been answered",
        "answer stage 1 first, and without delay where it is overdue; the resident may go to the Ombudsman at any time",
    )
    .citing(context.rules.cite(clause).and_code("6.10"))
}

pub fn explain(case: &Case, command: &ExplainEscalation, context: &Context<'_>) -> Verdict {
    let asked = pending(case, "explained")?;
    context.not_before("the request", asked.requested_at)?;
    Ok(Event::EscalationExplained(command.keep(context.vault)).into())
}

/// The request that waits for a decision.
fn pending<'a>(case: &'a Case, what: &str) -> Result<&'a Escalation, Box<Refusal>> {
    guard::phase(
        case,
        &[Phase::EscalationRequested],
        what,
        "record the resident's request for stage 2 first",
    )?;
    case.escalation.as_ref().ok_or_else(|| {
        Refusal::new(RefusalCode::WrongPhase, "stage 2 has not been asked for", "record the request first")
    })
}

pub fn accept(case: &Case, command: &AcceptEscalation, context: &Context<'_>) -> Verdict {
    let asked = pending(case, "escalated")?;
    context.not_before("the request", asked.requested_at)?;
    let rules = &context.rules.profile.escalation;
    if asked_late(case, context.rules)? && command.discretion.is_none() {
        let citation = match &rules.late {
            Some(late) => context.rules.cite(late.clause_or_silent()),
            None => {
                context.rules.cite(rules.window.as_ref().map_or("silent", |window| window.clause_or_silent()))
            }
        };
        return Err(Refusal::new(
            RefusalCode::LateEscalationNeedsDiscretion,
            "the request came after the policy's window",
            "say in `discretion` why it is taken on all the same, or decline it where the policy has that ground",
        )
        .citing(citation));
    }
    let mut cautions = Vec::new();
    if !asked.reasons_given {
        reasons(command, rules, context)?;
    } else if rules.reasons.value == EscalationReasons::Required && context.rules.code.statutory {
        cautions.push(Caution {
            provision: "6.12".to_owned(),
            message: "the policy needs reasons for stage 2; the Code has none required".to_owned(),
        });
    }
    Ok(Decision::from(Event::EscalationAccepted(command.keep(context.vault))).with_cautions(cautions))
}

fn reasons(
    command: &AcceptEscalation,
    rules: &EscalationRules,
    context: &Context<'_>,
) -> Result<(), Box<Refusal>> {
    let clause = rules.reasons.clause_or_silent();
    if rules.reasons.value == EscalationReasons::Required {
        return Err(Refusal::new(
            RefusalCode::EscalationReasonsNeeded,
            "the policy needs to know why the resident remains dissatisfied before stage 2 is considered",
            "ask, and record the answer with `explain-escalation`; the Code's time runs from the request meanwhile",
        )
        .citing(context.rules.cite(clause)));
    }
    if command.efforts_to_understand.is_some() {
        return Ok(());
    }
    Err(Refusal::new(
        RefusalCode::EffortsToUnderstandNeeded,
        "the resident need give no reasons, and the landlord makes reasonable efforts to understand them",
        "note the efforts in `efforts_to_understand`, or the reasons with `explain-escalation`",
    )
    .citing(context.rules.cite(clause).and_code("6.12")))
}

pub fn refuse(case: &Case, command: &RefuseEscalation, context: &Context<'_>) -> Verdict {
    let asked = pending(case, "declined for stage 2")?;
    context.not_before("the request", asked.requested_at)?;
    let rules = &context.rules.profile.escalation;
    let rule = ground(command.ground, rules, context)?;
    applies(case, rule, context)?;
    needs(command, rules, context)?;
    let cautions = if context.rules.code.statutory && !matches!(command.ground, EscalationGround::OutOfTime) {
        vec![Caution {
            provision: "6.10".to_owned(),
            message: "the Code takes to stage 2 whatever is not resolved to the resident's satisfaction, and declines it only for a reason of section 2"
                .to_owned(),
        }]
    } else {
        Vec::new()
    };
    let event = Event::EscalationDeclined(Box::new(EscalationDeclined {
        clause: rule.clause_or_silent().to_owned(),
        departs_from: cautions.iter().map(|caution| caution.provision.clone()).collect(),
        refused: command.keep(context.vault),
    }));
    Ok(Decision::from(event).with_cautions(cautions))
}

fn ground<'a>(
    wanted: EscalationGround,
    rules: &'a EscalationRules,
    context: &Context<'_>,
) -> Result<&'a EscalationGroundRule, Box<Refusal>> {
    if rules.grounds.is_empty() {
        return Err(Refusal::new(
            RefusalCode::EscalationCannotBeRefused,
            "the policy takes every request to stage 2",
            "accept the escalation",
        )
        .citing(context.rules.cite(rules.stage_1_complete.clause_or_silent()).and_code("5.11")));
    }
    rules.grounds.iter().find(|rule| rule.ground == wanted).ok_or_else(|| {
        let known: Vec<&str> = rules.grounds.iter().map(|rule| rule.ground.as_str()).collect();
        let clause = rules.grounds.first().map_or("silent", |rule| rule.clause_or_silent());
        Refusal::new(
            RefusalCode::EscalationGroundNotInPolicy,
            format!("the policy does not decline stage 2 as `{wanted}`"),
            format!("accept it, or use a ground that the policy has: {}", known.join(", ")),
        )
        .citing(context.rules.cite(clause).and_code("5.11"))
    })
}

fn applies(case: &Case, rule: &EscalationGroundRule, context: &Context<'_>) -> Result<(), Box<Refusal>> {
    let against = match rule.ground {
        EscalationGround::OutOfTime if !asked_late(case, context.rules)? => {
            Some("the request came within the policy's window")
        }
        EscalationGround::TooEarly => Some("stage 1 has been answered"),
        EscalationGround::NotUpheld
            if case.stages.first().and_then(|stage| stage.outcome) != Some(Outcome::NotUpheld) =>
        {
            Some("some of the complaint was upheld at stage 1")
        }
        _ => None,
    };
    match against {
        None => Ok(()),
        Some(why) => Err(Refusal::new(
            RefusalCode::EscalationGroundDoesNotApply,
            format!("the ground `{}` does not fit: {why}", rule.ground),
            "accept the escalation, or use a ground that fits",
        )
        .citing(context.rules.cite(rule.clause_or_silent()).and_code("5.11"))),
    }
}

fn needs(
    command: &RefuseEscalation,
    rules: &EscalationRules,
    context: &Context<'_>,
) -> Result<(), Box<Refusal>> {
    let discretion = rules.needs.iter().find(|need| need.value == RefusalNeed::Discretion);
    if let Some(need) = discretion.filter(|_| command.discretion_considered.is_none()) {
        return Err(Refusal::new(
            RefusalCode::EscalationRefusalNeedsDiscretion,
            "declining stage 2 weighs the circumstances of the request",
            "say in `discretion_considered` how they were weighed",
        )
        .citing(context.rules.cite(need.clause_or_silent())));
    }
    let Some(approver) = &rules.approver else { return Ok(()) };
    if command.approved_by.as_ref().is_some_and(|staff| guard::approves(staff.role, approver.value)) {
        return Ok(());
    }
    Err(Refusal::new(
        RefusalCode::EscalationRefusalNeedsApproval,
        format!("declining stage 2 is for a {} to decide", approver.value),
        "name in `approved_by` who decided it",
    )
    .citing(context.rules.cite(approver.clause_or_silent())))
}

/// Stage 1 looked at again on new information. The Code's time for stage 2 goes on from the request all the while.
pub fn review_stage_one(case: &Case, command: &ReviewStageOne, context: &Context<'_>) -> Verdict {
    let asked = pending(case, "reviewed at stage 1")?;
    context.not_before("the request", asked.requested_at)?;
    let rule = &context.rules.profile.after.reopening;
    let reviewed_before = case.stages.first().is_some_and(|stage| stage.review.is_some());
    if rule.value != ReopeningRule::StageOneReview || reviewed_before {
        let why = if reviewed_before {
            "stage 1 has been looked at again once"
        } else {
            "the policy does not look at stage 1 again"
        };
        return Err(Refusal::new(RefusalCode::ReviewNotInPolicy, why, "accept or decline the escalation")
            .citing(context.rules.cite(rule.clause_or_silent()).and_code("5.3")));
    }
    guard::handler(case, StageNumber::One, &command.handler, ConflictOfInterest::None, context)?;
    let cautions = if context.rules.code.statutory {
        vec![Caution {
            provision: "6.10".to_owned(),
            message: format!(
                "the Code takes the request of {} to stage 2; its times for stage 2 run from then",
                london::date_of(asked.requested_at)
            ),
        }]
    } else {
        Vec::new()
    };
    let event = Event::StageOneReviewOpened(Box::new(command.keep(context.vault)));
    Ok(Decision::from(event).with_cautions(cautions))
}
