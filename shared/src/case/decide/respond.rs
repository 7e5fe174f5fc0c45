//! Answered: a decision with reasons for every point, and what is done about it.

use super::{Verdict, guard, redress};
use crate::case::command::stage::Respond;
use crate::case::context::Context;
use crate::case::deadline::stage_rules;
use crate::case::event::{Answered, Event};
use crate::case::record::Keep;
use crate::case::refusal::{Citation, Refusal, RefusalCode};
use crate::case::state::{Case, Stage};
use crate::case::words::{Phase, StageNumber};
use crate::policy::vocabulary::{Outcome, RemedyKind, ResponseItem, WholeRule, WrittenRule};

pub fn respond(case: &Case, command: &Respond, context: &Context<'_>) -> Verdict {
    let stage = guard::open_stage(case, "answered")?;
    acknowledged(stage, context)?;
    guard::addressee(case, command.sent_to, context)?;
    every_point(stage, command, context)?;
    written(stage, command, context)?;
    reviewed(case, stage, context)?;
    complete(stage, command, context)?;
    let whole = whole(command, context.rules.profile.remedies.whole.value);
    put_right(command, whole, context)?;
    for action in &command.actions {
        redress::action_date(action.due_on, context)?;
    }
    let answered = Answered { stage: stage.number, whole, responded: command.keep(context.vault) };
    Ok(Event::Answered(Box::new(answered)).into())
}

fn acknowledged(stage: &Stage, context: &Context<'_>) -> Result<(), Box<Refusal>> {
    let Some(acknowledged_at) = stage.acknowledged_at else {
        let (clause, provision) = match stage.number {
            StageNumber::One => (&context.rules.profile.stage_1.acknowledge, "6.2"),
            StageNumber::Two => (&context.rules.profile.stage_2.acknowledge, "6.11"),
        };
        let citation = match clause {
            Some(limit) => context.rules.cite(limit.clause_or_silent()).and_code(provision),
            None => Citation::code(provision),
        };
        return Err(Refusal::new(
            RefusalCode::NotAcknowledged,
            format!("stage {} has not been acknowledged and defined", stage.number.number()),
            "acknowledge it first, with the complaint set out point by point",
        )
        .citing(citation));
    };
    context.not_before("the acknowledgement", acknowledged_at)?;
    if let Some(extended_at) = stage.extensions.iter().map(|extension| extension.decided_at).max() {
        context.not_before("the time was extended", extended_at)?;
    }
    match &stage.review {
        Some(review) => context.not_before("the review was opened", review.opened_at),
        None => Ok(()),
    }
}

/// Every point has one decision, of a kind that the policy has (Code 6.7, 6.18).
fn every_point(stage: &Stage, command: &Respond, context: &Context<'_>) -> Result<(), Box<Refusal>> {
    for decision in &command.decisions {
        guard::numbered(&stage.points, decision.point, "point")?;
        let known = &context.rules.profile.remedies.outcomes;
        if !known.iter().any(|outcome| outcome.value == decision.outcome) {
            let words: Vec<&str> = known.iter().map(|outcome| outcome.value.as_str()).collect();
            let clause = known.first().map_or("silent", |outcome| outcome.clause_or_silent());
            return Err(Refusal::new(
                RefusalCode::OutcomeNotInPolicy,
                format!("the policy does not decide a point as `{}`", decision.outcome),
                format!("use one of: {}", words.join(", ")),
            )
            .citing(context.rules.cite(clause)));
        }
    }
    let mut decided = vec![0_u8; stage.points.len()];
    for decision in &command.decisions {
        if let Some(count) =
            usize::from(decision.point).checked_sub(1).and_then(|index| decided.get_mut(index))
        {
            *count = count.saturating_add(1);
        }
    }
    let Some(wrong) = decided.iter().position(|count| *count != 1) else { return Ok(()) };
    let provision = if stage.number == StageNumber::One { "6.7" } else { "6.18" };
    let what = if decided.get(wrong) == Some(&0) { "no decision" } else { "more than one decision" };
    Err(Refusal::new(
        RefusalCode::PointsUndecided,
        format!("point {} of the definition has {what}", wrong.saturating_add(1)),
        "give one decision with its reasons for every point",
    )
    .citing(response_item(stage, ResponseItem::Decision, context).and_code(provision)))
}

fn written(stage: &Stage, command: &Respond, context: &Context<'_>) -> Result<(), Box<Refusal>> {
    let rule = &stage_rules(context.rules, stage.number).written;
    let citation = || context.rules.cite(rule.clause_or_silent());
    let excused = rule.value == WrittenRule::UnlessFirstContact && command.resolved_at_first_contact;
    if excused && !command.resident_agreed && !command.in_writing {
        return Err(Refusal::new(
            RefusalCode::FirstContactNotAgreed,
            "a complaint put right at first contact needs no letter if the resident agrees",
            "record in `resident_agreed` that they do, or write to them",
        )
        .citing(citation()));
    }
    if command.in_writing || excused {
        return Ok(());
    }
    Err(Refusal::new(
        RefusalCode::ResponseNotInWriting,
        "the response is in writing",
        "write to the resident, however it was told before",
    )
    .citing(citation().and_code(if stage.number == StageNumber::One { "6.9" } else { "6.19" })))
}

fn reviewed(case: &Case, stage: &Stage, context: &Context<'_>) -> Result<(), Box<Refusal>> {
    let Some(rule) = &stage_rules(context.rules, stage.number).handlers.reviewed else { return Ok(()) };
    let needs = stage.handler.as_ref().is_some_and(|handler| handler.role == rule.role);
    if !needs || stage.reviewer.is_some() || case.phase == Phase::StageOneReview {
        return Ok(());
    }
    Err(Refusal::new(
        RefusalCode::ReviewNeeded,
        format!("what a {} has considered is reviewed by the {}", rule.role, rule.by),
        "record the review with `review-response` first",
    )
    .citing(context.rules.cite(rule.clause_or_silent())))
}

/// Everything that the policy wants said and the letter cannot say by itself; the sources, which the Code wants too.
fn complete(stage: &Stage, command: &Respond, context: &Context<'_>) -> Result<(), Box<Refusal>> {
    let rules = stage_rules(context.rules, stage.number);
    let provision = if stage.number == StageNumber::One { "6.7" } else { "6.18" };
    if command.sources.is_none() {
        return Err(Refusal::new(
            RefusalCode::ResponseIncomplete,
            "the response says which policy, law, good practice and evidence it relies on",
            "give `sources`",
        )
        .citing(response_item(stage, ResponseItem::Sources, context).and_code(provision)));
    }
    let steps = rules.response_says.iter().find(|item| item.value == ResponseItem::StepsTaken);
    if let Some(item) = steps.filter(|_| command.steps_taken.is_none()) {
        return Err(Refusal::new(
            RefusalCode::ResponseIncomplete,
            "the response says what was done to investigate",
            "give `steps_taken`",
        )
        .citing(context.rules.cite(item.clause_or_silent())));
    }
    Ok(())
}

/// Where the policy wants an item said, or nothing for one that the Code alone wants.
fn response_item(stage: &Stage, item: ResponseItem, context: &Context<'_>) -> Citation {
    let rules = stage_rules(context.rules, stage.number);
    match rules.response_says.iter().find(|known| known.value == item) {
        Some(known) => context.rules.cite(known.clause_or_silent()),
        None => Citation::default(),
    }
}

/// The decision on the whole, by the policy's rule.
fn whole(command: &Respond, rule: WholeRule) -> Outcome {
    let all = |outcome: Outcome| command.decisions.iter().all(|decision| decision.outcome == outcome);
    match rule {
        _ if all(Outcome::NotUpheld) => Outcome::NotUpheld,
        WholeRule::AnyPartUpholdsTheWhole => Outcome::Upheld,
        WholeRule::FromPoints if all(Outcome::Upheld) => Outcome::Upheld,
        WholeRule::FromPoints => Outcome::PartlyUpheld,
    }
}

/// Fault is put right: a remedy, with an apology where the policy always gives one; each remedy within the policy's conditions.
fn put_right(command: &Respond, whole: Outcome, context: &Context<'_>) -> Result<(), Box<Refusal>> {
    let fault = whole != Outcome::NotUpheld;
    if fault && command.remedies.is_empty() {
        return Err(Refusal::new(
            RefusalCode::RemedyIncomplete,
            "something went wrong, and the response offers nothing to put it right",
            "offer at least one remedy: an apology, an explanation, or more",
        )
        .citing(redress::kinds_citation(context).and_code("7.1")));
    }
    let apology = context.rules.profile.remedies.apology_on_fault.as_ref().filter(|rule| rule.value);
    let apologised = command.remedies.iter().any(|remedy| remedy.kind == RemedyKind::Apology);
    if let Some(rule) = apology.filter(|_| fault && !apologised) {
        return Err(Refusal::new(
            RefusalCode::ApologyNeeded,
            "an apology is always given where the service fell short",
            "add a remedy of kind `apology`",
        )
        .citing(context.rules.cite(rule.clause_or_silent()).and_code("7.1")));
    }
    command.remedies.iter().try_for_each(|remedy| redress::allowed(remedy, fault, context))
}
