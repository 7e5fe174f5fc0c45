//! Closing and what may come after; behaviour; learning.

use super::{Verdict, guard};
use crate::calendar::due_on;
use crate::case::command::after::{
    AgreeRemedy, AssessRestriction, Close, RecordLearning, RecordSurvey, Reopen, ReportLearning,
    RestrictContact, ReviewRestriction, WarnNoContact, Withdraw,
};
use crate::case::context::Context;
use crate::case::deadline::last_day_to_escalate;
use crate::case::event::Event;
use crate::case::record::Keep;
use crate::case::refusal::{Citation, Refusal, RefusalCode};
use crate::case::state::Case;
use crate::case::words::{ClosingReason, Phase, StageNumber};
use crate::policy::vocabulary::{ClosingRule, ReopeningRule};

const ANSWERED: &[Phase] = &[Phase::AnsweredAtStageOne, Phase::AnsweredAtStageTwo];

pub fn agree_remedy(case: &Case, command: &AgreeRemedy, context: &Context<'_>) -> Verdict {
    guard::phase(case, ANSWERED, "agreed on", "answer the open stage first")?;
    if case.remedy_agreed_at.is_some() {
        return Err(Refusal::new(RefusalCode::AlreadyDone, "the remedy has been agreed", "close the case"));
    }
    guard::after_answer(case, context)?;
    Ok(Event::RemedyAgreed(command.keep(context.vault)).into())
}

pub fn warn_no_contact(case: &Case, command: &WarnNoContact, context: &Context<'_>) -> Verdict {
    guard::complaint(case)?;
    if case.is_over() || case.phase == Phase::Refused {
        return guard::wrong_phase(case, "closed for want of contact");
    }
    guard::plausible("contact_by", command.contact_by, context)?;
    if command.contact_by <= context.today() {
        return Err(Refusal::new(
            RefusalCode::ActionDate,
            "the letter gives the resident time to get in touch",
            "give a later `contact_by`",
        )
        .citing(no_contact(context)));
    }
    Ok(Event::NoContactWarned(command.keep(context.vault)).into())
}

fn no_contact(context: &Context<'_>) -> Citation {
    let rule = context.rules.profile.after.no_contact_letter.as_ref();
    rule.map_or_else(Citation::default, |rule| context.rules.cite(rule.clause_or_silent()))
}

pub fn close(case: &Case, command: &Close, context: &Context<'_>) -> Verdict {
    guard::complaint(case)?;
    if case.is_over() {
        return Err(Refusal::new(
            RefusalCode::AlreadyDone,
            format!("the case is {}", case.phase),
            "nothing more is needed",
        ));
    }
    if command.reason == ClosingReason::NoContact {
        guard::after_answer(case, context)?;
        no_contact_closing(case, context)?;
    } else {
        answered_closing(case, command.reason, context)?;
        guard::after_answer(case, context)?;
    }
    Ok(Event::Closed(command.keep(context.vault)).into())
}

fn no_contact_closing(case: &Case, context: &Context<'_>) -> Result<(), Box<Refusal>> {
    if context.rules.profile.after.no_contact_letter.as_ref().is_none_or(|rule| !rule.value) {
        return Err(Refusal::new(
            RefusalCode::ClosingReasonNotInPolicy,
            "the policy does not close a complaint for want of contact",
            "answer it on what is known",
        )
        .citing(context.rules.cite(context.rules.profile.after.closing.clause_or_silent())));
    }
    match case.contact_by {
        None => Err(Refusal::new(
            RefusalCode::NoContactLetterNeeded,
            "a letter with a time limit goes to the resident first",
            "send it, and record it with `warn-no-contact`",
        )
        .citing(no_contact(context))),
        Some(by) if context.today() <= by => Err(Refusal::new(
            RefusalCode::ClosingTooEarly,
            format!("the resident has until {by} to get in touch"),
            "wait until then",
        )
        .citing(no_contact(context))),
        Some(_) => Ok(()),
    }
}

fn answered_closing(case: &Case, reason: ClosingReason, context: &Context<'_>) -> Result<(), Box<Refusal>> {
    let rule = &context.rules.profile.after.closing;
    let citation = || context.rules.cite(rule.clause_or_silent());
    let done = [Phase::AnsweredAtStageOne, Phase::AnsweredAtStageTwo, Phase::EscalationRefused];
    if !done.contains(&case.phase) {
        return Err(Refusal::new(
            RefusalCode::ClosingTooEarly,
            format!("a complaint that is `{}` has not been answered", case.phase),
            "answer it first; it does not stay open for actions that are outstanding",
        )
        .citing(citation()));
    }
    let final_answer = case.phase != Phase::AnsweredAtStageOne;
    let wanted = match rule.value {
        ClosingRule::Answered => ClosingReason::Answered,
        ClosingRule::WindowPassed if final_answer => ClosingReason::Answered,
        ClosingRule::WindowPassed => ClosingReason::WindowPassed,
        ClosingRule::RemedyAgreed if case.phase == Phase::EscalationRefused => ClosingReason::Answered,
        ClosingRule::RemedyAgreed => ClosingReason::RemedyAgreed,
    };
    if reason != wanted {
        return Err(Refusal::new(
            RefusalCode::ClosingReasonNotInPolicy,
            format!("under this policy such a complaint closes as `{wanted}`"),
            format!("give `{wanted}` as the reason, once it is so"),
        )
        .citing(citation()));
    }
    let too_early = match wanted {
        ClosingReason::RemedyAgreed if case.remedy_agreed_at.is_none() => {
            Some("the remedy and its timescale have not been agreed with the resident".to_owned())
        }
        ClosingReason::WindowPassed => last_day_to_escalate(case, context.rules)?
            .filter(|last| context.today() <= *last)
            .map(|last| format!("the resident has until {last} to ask for stage 2")),
        _ => None,
    };
    match too_early {
        None => Ok(()),
        Some(why) => {
            Err(Refusal::new(RefusalCode::ClosingTooEarly, why, "close it once that is so")
                .citing(citation()))
        }
    }
}

pub fn reopen(case: &Case, command: &Reopen, context: &Context<'_>) -> Verdict {
    guard::complaint(case)?;
    let after = &context.rules.profile.after;
    let citation = || context.rules.cite(after.reopening.clause_or_silent());
    if after.reopening.value != ReopeningRule::NewEvidence {
        return Err(Refusal::new(
            RefusalCode::ReopeningNotInPolicy,
            "the policy does not reopen a complaint that has been decided",
            "ask for stage 2 where that is still open, or tell the resident how to go to the Ombudsman",
        )
        .citing(citation()));
    }
    let Some(closing) = case.closing.as_ref().filter(|_| case.phase == Phase::Closed) else {
        return guard::wrong_phase(case, "reopened");
    };
    context.not_before("it was closed", closing.closed_at)?;
    if let Some(span) = &after.reopen_within {
        let decided = case.current_stage().and_then(|stage| stage.responded_at).unwrap_or(closing.closed_at);
        let convention = context.rules.profile.counting.convention.value;
        let from = crate::calendar::london::date_of(decided);
        let last = due_on(&context.rules.policy_calendar, convention, from, span.amount())?;
        if context.today() > last {
            return Err(Refusal::new(
                RefusalCode::ReopeningTooLate,
                format!("it could be reopened until {last}"),
                "tell the resident how to go to the Ombudsman",
            )
            .citing(context.rules.cite(span.clause_or_silent())));
        }
    }
    Ok(Event::Reopened(command.keep(context.vault)).into())
}

pub fn withdraw(case: &Case, command: &Withdraw, context: &Context<'_>) -> Verdict {
    guard::complaint(case)?;
    if case.is_over() || matches!(case.phase, Phase::Refused | Phase::EscalationRefused) {
        return guard::wrong_phase(case, "withdrawn");
    }
    guard::after_answer(case, context)?;
    let rule = &context.rules.profile.after.withdrawal_considers_concerns;
    let decided = command.concerns.is_some() && command.concerns_reason.is_some();
    if rule.value && !decided {
        return Err(Refusal::new(
            RefusalCode::WithdrawalNeedsDecision,
            "on a withdrawal it is considered whether the concerns still need looking into",
            "give `concerns` and `concerns_reason`",
        )
        .citing(context.rules.cite(rule.clause_or_silent())));
    }
    Ok(Event::Withdrawn(command.keep(context.vault)).into())
}

pub fn record_survey(case: &Case, command: &RecordSurvey, context: &Context<'_>) -> Verdict {
    guard::complaint(case)?;
    let answered = match command.stage {
        Some(number) => case.stage(number).is_some_and(|stage| stage.responded_at.is_some()),
        None => case.stages.first().is_some_and(|stage| stage.responded_at.is_some()),
    };
    if !answered {
        let stage = command.stage.unwrap_or(StageNumber::One);
        return Err(Refusal::new(
            RefusalCode::WrongPhase,
            format!("stage {} has not been answered", stage.number()),
            "ask how satisfied they are after a stage is answered",
        )
        .citing(
            context
                .rules
                .profile
                .after
                .survey
                .as_ref()
                .map_or_else(Citation::default, |rule| context.rules.cite(rule.clause_or_silent())),
        ));
    }
    guard::after_answer(case, context)?;
    Ok(Event::SurveyRecorded(command.keep(context.vault)).into())
}

pub fn assess_restriction(_case: &Case, command: &AssessRestriction, context: &Context<'_>) -> Verdict {
    let behaviour = &context.rules.profile.behaviour;
    let rule = &behaviour.check_procedure_first;
    if rule.value && !(command.procedure_followed && command.responses_given) {
        return Err(Refusal::new(
            RefusalCode::ProcedureNotFollowed,
            "contact is restricted only where the landlord's own procedure was followed and full responses were given",
            format!(
                "put right what was missed before any restriction; what governs it is: {}",
                behaviour.governed_by.value
            ),
        )
        .citing(context.rules.cite(rule.clause_or_silent()).and_code("5.14")));
    }
    Ok(Event::RestrictionAssessed(command.keep(context.vault)).into())
}

pub fn restrict_contact(case: &Case, command: &RestrictContact, context: &Context<'_>) -> Verdict {
    let behaviour = &context.rules.profile.behaviour;
    let wanted = behaviour.check_procedure_first.value || behaviour.each_case_afresh.value;
    if wanted && !case.restriction_assessed {
        let clause = if behaviour.check_procedure_first.value {
            behaviour.check_procedure_first.clause_or_silent()
        } else {
            behaviour.each_case_afresh.clause_or_silent()
        };
        return Err(Refusal::new(
            RefusalCode::RestrictionNeedsAssessment,
            "before contact is restricted this case is considered on its own",
            format!(
                "record the assessment with `assess-restriction` first; what governs it is: {}",
                behaviour.governed_by.value
            ),
        )
        .citing(context.rules.cite(clause).and_code("5.14")));
    }
    if case.restrictions.last().is_some_and(|restriction| restriction.lifted_at.is_none()) {
        return Err(Refusal::new(
            RefusalCode::AlreadyDone,
            "contact is restricted already",
            "review the restriction that is in force",
        ));
    }
    guard::plausible("review_on", command.review_on, context)?;
    if command.review_on <= context.today() {
        return Err(Refusal::new(
            RefusalCode::RestrictionReviewNeeded,
            "a restriction has a date of review, after the day on which it begins",
            "give a later `review_on`",
        )
        .citing(Citation::code("5.14")));
    }
    Ok(Event::ContactRestricted(Box::new(command.keep(context.vault))).into())
}

pub fn review_restriction(case: &Case, command: &ReviewRestriction, context: &Context<'_>) -> Verdict {
    let in_force = case.restrictions.last().filter(|restriction| restriction.lifted_at.is_none());
    let Some(restriction) = in_force else {
        return Err(Refusal::new(
            RefusalCode::UnknownItem,
            "no restriction is in force",
            "nothing is to be reviewed",
        ));
    };
    context.not_before("the restriction", restriction.since)?;
    if let Some(next) = command.review_on {
        guard::plausible("review_on", next, context)?;
    }
    if command.stays && command.review_on.is_none_or(|next| next <= context.today()) {
        return Err(Refusal::new(
            RefusalCode::RestrictionReviewNeeded,
            "a restriction that stays is reviewed again",
            "give a later `review_on`",
        )
        .citing(Citation::code("5.14")));
    }
    Ok(Event::RestrictionReviewed(command.keep(context.vault)).into())
}

pub fn record_learning(_case: &Case, command: &RecordLearning, context: &Context<'_>) -> Verdict {
    Ok(Event::LearningRecorded(command.keep(context.vault)).into())
}

pub fn report_learning(case: &Case, command: &ReportLearning, context: &Context<'_>) -> Verdict {
    let learnt = guard::numbered(&case.learning, command.learning, "learning")?;
    context.not_before("it was learnt", learnt.recorded_at)?;
    Ok(Event::LearningReported(command.keep(context.vault)).into())
}
