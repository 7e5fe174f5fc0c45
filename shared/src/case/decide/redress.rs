//! Remedies, compensation and actions.

use chrono::NaiveDate;

use super::{Verdict, guard};
use crate::calendar::due_on;
use crate::case::command::redress::{
    AddAction, AnswerOffer, CompleteAction, LapseOffer, OfferRemedy, PayCompensation, RemedyOffer,
    ReviseAction,
};
use crate::case::context::Context;
use crate::case::event::{Compensated, Event};
use crate::case::record::Keep;
use crate::case::refusal::{Citation, Refusal, RefusalCode};
use crate::case::state::{Case, RemedyState};
use crate::policy::vocabulary::{CompensationBasis, Outcome, RemedyKind};

/// Where the policy lists its remedies.
pub fn kinds_citation(context: &Context<'_>) -> Citation {
    let kinds = &context.rules.profile.remedies.kinds;
    context.rules.cite(kinds.first().map_or("silent", |kind| kind.clause_or_silent()))
}

/// Whether the policy has the remedy, on the conditions that it sets, and whether the offer says what it must.
pub fn allowed(remedy: &RemedyOffer, fault: bool, context: &Context<'_>) -> Result<(), Box<Refusal>> {
    let kinds = &context.rules.profile.remedies.kinds;
    if !kinds.iter().any(|kind| kind.value == remedy.kind) {
        let known: Vec<&str> = kinds.iter().map(|kind| kind.value.as_str()).collect();
        return Err(Refusal::new(
            RefusalCode::RemedyNotInPolicy,
            format!("the policy has no remedy `{}`", remedy.kind),
            format!("use one of: {}", known.join(", ")),
        )
        .citing(kinds_citation(context)));
    }
    if remedy.kind == RemedyKind::Financial {
        financial(remedy, fault, context)?;
    } else if remedy.pence.is_some() {
        return Err(incomplete("only a remedy of kind `financial` has an amount", "leave out `pence`"));
    }
    if let Some(due_on) = remedy.due_on {
        action_date(due_on, context)?;
    }
    offer_open(remedy, context)
}

fn incomplete(message: &str, hint: &str) -> Box<Refusal> {
    Refusal::new(RefusalCode::RemedyIncomplete, message, hint).citing(Citation::code("7.3"))
}

fn financial(remedy: &RemedyOffer, fault: bool, context: &Context<'_>) -> Result<(), Box<Refusal>> {
    let rules = &context.rules.profile.remedies;
    let Some(basis) = remedy.basis else {
        return Err(incomplete("a financial remedy says what it is for", "give `basis`"));
    };
    let in_kind = matches!(basis, CompensationBasis::NonMonetaryBenefit | CompensationBasis::GiftVoucher);
    if !in_kind && remedy.pence.is_none_or(|pence| pence == 0) {
        return Err(incomplete("a financial remedy says how much", "give `pence`, more than 0"));
    }
    if let Some(barred) = rules.not_compensated.iter().find(|barred| barred.value == basis) {
        return Err(not_allowed(
            &format!("the policy does not compensate for `{basis}`"),
            barred.clause_or_silent(),
            context,
        ));
    }
    let only = rules.non_monetary_allowed.first();
    if let Some(rule) =
        only.filter(|_| in_kind && !rules.non_monetary_allowed.iter().any(|one| one.value == basis))
    {
        return Err(not_allowed(
            "the policy gives no benefit in kind but what it names",
            rule.clause_or_silent(),
            context,
        ));
    }
    let needs_fault = rules.compensation_needs_fault.as_ref().filter(|rule| rule.value && !fault);
    match needs_fault {
        Some(rule) => Err(not_allowed(
            "compensation is for a failure, and none was found",
            rule.clause_or_silent(),
            context,
        )),
        None => Ok(()),
    }
}

fn not_allowed(message: &str, clause: &str, context: &Context<'_>) -> Box<Refusal> {
    Refusal::new(
        RefusalCode::CompensationNotAllowed,
        message,
        "offer a remedy that the policy allows; where it is wrong to withhold it, the policy needs changing",
    )
    .citing(context.rules.cite(clause))
}

/// Where the policy limits how long an offer stands, the offer says until when, within that limit.
fn offer_open(remedy: &RemedyOffer, context: &Context<'_>) -> Result<(), Box<Refusal>> {
    if remedy.open_until.is_some_and(|until| until < context.today()) {
        return Err(incomplete("the offer closes before it is made", "give a later `open_until`"));
    }
    if let Some(until) = remedy.open_until {
        guard::plausible("open_until", until, context)?;
    }
    let Some(span) = &context.rules.profile.remedies.offer_open_at_most else { return Ok(()) };
    let citation = context.rules.cite(span.clause_or_silent());
    let convention = context.rules.profile.counting.convention.value;
    let last = due_on(&context.rules.policy_calendar, convention, context.today(), span.amount())?;
    match remedy.open_until {
        Some(until) if until > last => Err(Refusal::new(
            RefusalCode::OfferOpenTooLong,
            format!("an offer stands for {} at most, until {last}", span.amount()),
            "give an earlier `open_until`",
        )
        .citing(citation)),
        None if remedy.kind == RemedyKind::Financial => Err(Refusal::new(
            RefusalCode::OfferDateNeeded,
            "the resident is told how long an offer of redress stays open",
            format!("give `open_until`, {last} at the latest"),
        )
        .citing(citation)),
        _ => Ok(()),
    }
}

/// What is promised is promised for a day to come.
pub fn action_date(due_on: NaiveDate, context: &Context<'_>) -> Result<(), Box<Refusal>> {
    guard::plausible("due_on", due_on, context)?;
    if due_on >= context.today() {
        return Ok(());
    }
    Err(Refusal::new(
        RefusalCode::ActionDate,
        "what is promised cannot be due before the promise",
        "give the day by which it will be done",
    )
    .citing(Citation::code("7.3")))
}

pub fn offer_remedy(case: &Case, command: &OfferRemedy, context: &Context<'_>) -> Verdict {
    guard::complaint(case)?;
    // Before the answer nobody has said that there was no fault (Code 5.13: a complaint can be put right at any stage).
    let fault = case.current_stage().and_then(|stage| stage.outcome) != Some(Outcome::NotUpheld);
    allowed(&command.remedy, fault, context)?;
    Ok(Event::RemedyOffered(Box::new(command.keep(context.vault))).into())
}

/// An offer that still waits for the resident.
fn waiting<'a>(case: &'a Case, number: u16, context: &Context<'_>) -> Result<&'a RemedyState, Box<Refusal>> {
    let remedy = guard::numbered(&case.remedies, number, "remedy")?;
    let ended = if remedy.lapsed_at.is_some() {
        "the offer has lapsed"
    } else if remedy.accepted_at.is_some() {
        "the offer has been accepted"
    } else if remedy.declined_at.is_some() {
        "the offer has been declined"
    } else {
        return Ok(remedy);
    };
    Err(Refusal::new(RefusalCode::OfferNotOpen, ended, "make a new offer where one is due")
        .citing(offer_citation(context)))
}

pub fn answer_offer(case: &Case, command: &AnswerOffer, context: &Context<'_>) -> Verdict {
    let remedy = waiting(case, command.remedy, context)?;
    context.not_before("the offer", remedy.offered_at)?;
    if remedy.open_until.is_some_and(|until| context.today() > until) {
        return Err(Refusal::new(
            RefusalCode::OfferNotOpen,
            "the time for the offer has run out",
            "record that it lapsed, or make a new offer",
        )
        .citing(offer_citation(context)));
    }
    Ok(Event::OfferAnswered(command.keep(context.vault)).into())
}

fn offer_citation(context: &Context<'_>) -> Citation {
    let span = context.rules.profile.remedies.offer_open_at_most.as_ref();
    span.map_or_else(Citation::default, |span| context.rules.cite(span.clause_or_silent()))
}

pub fn lapse_offer(case: &Case, command: &LapseOffer, context: &Context<'_>) -> Verdict {
    let remedy = waiting(case, command.remedy, context)?;
    match remedy.open_until {
        Some(until) if context.today() > until => Ok(Event::OfferLapsed(command.keep(context.vault)).into()),
        Some(until) => Err(Refusal::new(
            RefusalCode::OfferStillOpen,
            format!("the offer stands until {until}"),
            "wait until then, or record the resident's answer",
        )
        .citing(offer_citation(context))),
        None => Err(Refusal::new(
            RefusalCode::OfferStillOpen,
            "the offer was made without an end",
            "record the resident's answer",
        )
        .citing(offer_citation(context))),
    }
}

/// Arrears come first where the policy has it so, save what makes good a loss of money.
pub fn pay_compensation(case: &Case, command: &PayCompensation, context: &Context<'_>) -> Verdict {
    let remedy = guard::numbered(&case.remedies, command.remedy, "remedy")?;
    let Some(pence) = remedy.pence else {
        return Err(Refusal::new(
            RefusalCode::NothingToPay,
            "the remedy is not money",
            "complete it as an action",
        ));
    };
    if remedy.paid_pence.is_some() {
        return Err(Refusal::new(
            RefusalCode::AlreadyDone,
            "the remedy has been paid",
            "nothing more is to be paid",
        ));
    }
    let Some(accepted_at) = remedy.accepted_at else {
        return Err(Refusal::new(
            RefusalCode::NothingToPay,
            "the resident has not accepted the offer",
            "record their answer first",
        ));
    };
    context.not_before("the offer was accepted", accepted_at)?;
    let rule = context.rules.profile.remedies.arrears_first.as_ref();
    let offset = rule.is_some_and(|rule| !remedy.basis.is_some_and(|basis| rule.except.contains(&basis)));
    if command.arrears_pence > 0 && rule.is_none() {
        return Err(Refusal::new(
            RefusalCode::CompensationNotAllowed,
            "the policy does not set compensation off against arrears",
            "pay it to the resident, with `arrears_pence` left out",
        )
        .citing(kinds_citation(context)));
    }
    let offset_pence = if offset { pence.min(command.arrears_pence) } else { 0 };
    Ok(Event::Compensated(Compensated {
        paid_pence: pence.saturating_sub(offset_pence),
        offset_pence,
        payment: command.keep(context.vault),
    })
    .into())
}

pub fn add_action(_case: &Case, command: &AddAction, context: &Context<'_>) -> Verdict {
    action_date(command.action.due_on, context)?;
    Ok(Event::ActionAdded(command.keep(context.vault)).into())
}

pub fn revise_action(case: &Case, command: &ReviseAction, context: &Context<'_>) -> Verdict {
    open_action(case, command.action)?;
    action_date(command.due_on, context)?;
    Ok(Event::ActionRevised(command.keep(context.vault)).into())
}

pub fn complete_action(case: &Case, command: &CompleteAction, context: &Context<'_>) -> Verdict {
    open_action(case, command.action)?;
    Ok(Event::ActionCompleted(command.keep(context.vault)).into())
}

fn open_action(case: &Case, number: u16) -> Result<(), Box<Refusal>> {
    let action = guard::numbered(&case.actions, number, "action")?;
    if action.done_at.is_none() {
        return Ok(());
    }
    Err(Refusal::new(
        RefusalCode::AlreadyDone,
        format!("action {number} is done"),
        "add a new action where one is due",
    ))
}
