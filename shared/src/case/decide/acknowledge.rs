//! Acknowledged and defined.

use super::{Verdict, guard};
use crate::case::command::stage::Acknowledge;
use crate::case::context::Context;
use crate::case::deadline::stage_rules;
use crate::case::event::Event;
use crate::case::record::Keep;
use crate::case::refusal::{Citation, Refusal, RefusalCode};
use crate::case::state::Case;
use crate::case::words::StageNumber;
use crate::policy::profile::StageRules;
use crate::policy::vocabulary::AcknowledgementItem;

pub fn acknowledge(case: &Case, command: &Acknowledge, context: &Context<'_>) -> Verdict {
    let stage = guard::open_stage(case, "acknowledged")?;
    if stage.acknowledged_at.is_some() {
        return Err(Refusal::new(
            RefusalCode::AlreadyDone,
            format!("stage {} has been acknowledged", stage.number.number()),
            "add an issue, assign another handler, or correct what was recorded",
        ));
    }
    context.not_before("the stage was asked for", stage.requested_at)?;
    let rules = stage_rules(context.rules, stage.number);
    handed_on(case, context)?;
    channel(command, rules, context)?;
    defined(command, stage.number)?;
    complete(command, rules, context)?;
    guard::handler(case, stage.number, &command.handler, command.conflict_of_interest, context)?;
    if !case.parties.anonymous {
        guard::addressee(case, command.sent_to, context)?;
    }
    Ok(Event::Acknowledged(Box::new(command.keep(context.vault))).into())
}

/// A risk that the policy hands on at once has been handed on before anything else is written.
fn handed_on(case: &Case, context: &Context<'_>) -> Result<(), Box<Refusal>> {
    let waiting = |rule: &&crate::policy::profile::HandOff| {
        case.risks.iter().any(|risk| risk.kind == rule.risk && risk.handed_at.is_none())
    };
    match context.rules.profile.hand_offs.iter().find(waiting) {
        None => Ok(()),
        Some(rule) => Err(Refusal::new(
            RefusalCode::RiskNotHandedOff,
            format!("a {} concern has not been raised with the {}", rule.risk, rule.to),
            "hand the risk on first; the complaint goes on beside it",
        )
        .citing(context.rules.cite(rule.clause_or_silent()))),
    }
}

fn channel(command: &Acknowledge, rules: &StageRules, context: &Context<'_>) -> Result<(), Box<Refusal>> {
    if let Some(never) = rules.never_acknowledged_by.iter().find(|never| never.channel == command.channel) {
        return Err(Refusal::new(
            RefusalCode::AcknowledgementChannel,
            format!("the policy does not acknowledge by {}", command.channel),
            "use another channel",
        )
        .citing(context.rules.cite(never.clause_or_silent())));
    }
    let written = &rules.acknowledged_in_writing;
    if written.value && !command.in_writing {
        return Err(Refusal::new(
            RefusalCode::AcknowledgementNotInWriting,
            "the acknowledgement is in writing",
            "write to the resident, by email, or by post where there is no email address",
        )
        .citing(context.rules.cite(written.clause_or_silent())));
    }
    Ok(())
}

/// The definition: what the complaint is, point by point, and what of it is the landlord's (Code 5.6, 5.7).
fn defined(command: &Acknowledge, number: StageNumber) -> Result<(), Box<Refusal>> {
    if !command.points.is_empty() {
        return Ok(());
    }
    let provision = if number == StageNumber::One { "5.6" } else { "6.11" };
    Err(Refusal::new(
        RefusalCode::PointsMissing,
        "the acknowledgement sets out the complaint, point by point",
        "give at least one point, and ask the resident where the complaint is unclear",
    )
    .citing(Citation::code(provision)))
}

/// Everything that the policy wants said, and the outcomes sought, which the Code wants too.
fn complete(command: &Acknowledge, rules: &StageRules, context: &Context<'_>) -> Result<(), Box<Refusal>> {
    let missing =
        rules.acknowledgement_says.iter().find_map(|item| Some((item, lacking(command, item.value)?)));
    if let Some((item, field)) = missing {
        return Err(Refusal::new(
            RefusalCode::AcknowledgementIncomplete,
            format!("the acknowledgement says {}", item_words(item.value)),
            format!("give `{field}`"),
        )
        .citing(context.rules.cite(item.clause_or_silent())));
    }
    let frequency = rules.contact_frequency_agreed.as_ref().filter(|rule| rule.value);
    if let Some(rule) = frequency.filter(|_| command.update_every_working_days.is_none()) {
        return Err(Refusal::new(
            RefusalCode::AcknowledgementIncomplete,
            "how often the resident hears from the handler is agreed with them",
            "agree it, and give it in `update_every_working_days`",
        )
        .citing(context.rules.cite(rule.clause_or_silent())));
    }
    if command.outcomes_sought.is_some() {
        return Ok(());
    }
    Err(Refusal::new(
        RefusalCode::AcknowledgementIncomplete,
        "the acknowledgement says which outcomes the resident seeks",
        "give `outcomes_sought`, and ask the resident where they are not known",
    )
    .citing(Citation::code("5.6")))
}

/// The field that is missing for an item. What the letter prints by itself is never missing.
const fn lacking(command: &Acknowledge, item: AcknowledgementItem) -> Option<&'static str> {
    let (there, field) = match item {
        AcknowledgementItem::OutcomesSought => (command.outcomes_sought.is_some(), "outcomes_sought"),
        AcknowledgementItem::NextSteps => (command.next_steps.is_some(), "next_steps"),
        AcknowledgementItem::HandlerJobTitle => (command.handler.job_title.is_some(), "handler.job_title"),
        AcknowledgementItem::HandlerContact => (command.handler_contact.is_some(), "handler_contact"),
        AcknowledgementItem::OfferToDiscuss => (command.offered_to_discuss, "offered_to_discuss"),
        AcknowledgementItem::Understanding
        | AcknowledgementItem::Responsibility
        | AcknowledgementItem::ResponseDate
        | AcknowledgementItem::Handler
        | AcknowledgementItem::HowToEscalate => (true, ""),
    };
    if there { None } else { Some(field) }
}

const fn item_words(item: AcknowledgementItem) -> &'static str {
    match item {
        AcknowledgementItem::Understanding => "how the landlord understands the complaint",
        AcknowledgementItem::OutcomesSought => "which outcomes the resident seeks",
        AcknowledgementItem::Responsibility => "what the landlord is responsible for",
        AcknowledgementItem::NextSteps => "what happens next",
        AcknowledgementItem::ResponseDate => "when to expect the response",
        AcknowledgementItem::Handler => "who deals with it",
        AcknowledgementItem::HandlerJobTitle => "the job title of who deals with it",
        AcknowledgementItem::HandlerContact => "how to reach who deals with it",
        AcknowledgementItem::OfferToDiscuss => "that the resident can talk it over",
        AcknowledgementItem::HowToEscalate => "how to take the complaint further",
    }
}
