//! While a stage is open: who deals with it, what joins it, who is told.

use super::{Decision, Verdict, guard, intake};
use crate::case::command::stage::{
    AddIssue, Assign, Consult, NotifyContractor, ReviewResponse, UpdateResident,
};
use crate::case::context::Context;
use crate::case::deadline::stage_rules;
use crate::case::event::{Event, IssueSetApart};
use crate::case::record::Keep;
use crate::case::refusal::{Refusal, RefusalCode};
use crate::case::state::Case;
use crate::case::words::Phase;

pub fn assign(case: &Case, command: &Assign, context: &Context<'_>) -> Verdict {
    let stage = guard::open_stage(case, "assigned")?;
    guard::handler(case, stage.number, &command.handler, command.conflict_of_interest, context)?;
    let offered = &stage_rules(context.rules, stage.number).handlers.resident_may_add;
    for member in &command.members {
        if !offered.iter().any(|role| role.value == member.role) {
            let clause = offered.first().map_or("silent", |role| role.clause_or_silent());
            return Err(Refusal::new(
                RefusalCode::MemberNotOffered,
                format!("the policy does not offer a {} at stage {}", member.role, stage.number.number()),
                "leave the member out",
            )
            .citing(context.rules.cite(clause)));
        }
        guard::not_involved(case, stage.number, member, context)?;
    }
    Ok(Event::Assigned(Box::new(command.keep(context.vault))).into())
}

/// A related issue joins what is being looked into; one that is unrelated, too late or too slow is a complaint of its own.
pub fn add_issue(case: &Case, command: &AddIssue, context: &Context<'_>) -> Verdict {
    guard::complaint(case)?;
    if matches!(case.phase, Phase::Received | Phase::Refused | Phase::Withdrawn) {
        return guard::wrong_phase(case, "given a new issue");
    }
    let unanswered = matches!(case.phase, Phase::StageOne | Phase::StageTwo | Phase::StageOneReview)
        && case.current_stage().is_some_and(|stage| stage.acknowledged_at.is_some());
    let raised = command.keep(context.vault);
    if unanswered && command.related && !command.would_delay {
        return Ok(Event::IssueJoined(raised).into());
    }
    let mut received = intake::inherited(case, raised.issue);
    if !command.related {
        received.categories.clear();
        received.service_area = None;
        received.contractor = None;
    }
    let event = Event::IssueSetApart(IssueSetApart { complaint: context.next_case, raised });
    Ok(Decision::from(event).spawning(intake::spawned(case, received, context)))
}

pub fn update_resident(case: &Case, command: &UpdateResident, context: &Context<'_>) -> Verdict {
    // A service request that is still open is updated on too (Code 1.4); a complaint, once it has been taken on.
    if case.stages.is_empty() && case.phase != Phase::Open {
        return guard::wrong_phase(case, "updated on");
    }
    guard::addressee(case, command.sent_to, context)?;
    Ok(Event::ResidentUpdated(command.keep(context.vault)).into())
}

pub fn consult(case: &Case, command: &Consult, context: &Context<'_>) -> Verdict {
    let stage = guard::open_stage(case, "consulted on")?;
    let bodies = &stage_rules(context.rules, stage.number).consult;
    let named = bodies.iter().filter(|rule| rule.risk == command.risk);
    if named.clone().any(|rule| rule.body.eq_ignore_ascii_case(command.body.as_str())) {
        if case.risks.iter().any(|risk| risk.kind == command.risk) {
            return Ok(Event::Consulted(command.keep(context.vault)).into());
        }
        return Err(Refusal::new(
            RefusalCode::UnknownItem,
            format!("no risk of kind `{}` is flagged", command.risk),
            "flag the risk first",
        ));
    }
    let names: Vec<&str> = named.map(|rule| rule.body.as_str()).collect();
    let clause = bodies.first().map_or("silent", |rule| rule.clause_or_silent());
    Err(Refusal::new(
        RefusalCode::BodyNotInPolicy,
        format!("the policy names no such body for {} at stage {}", command.risk, stage.number.number()),
        if names.is_empty() {
            "nobody is named for it".to_owned()
        } else {
            format!("it names: {}", names.join(", "))
        },
    )
    .citing(context.rules.cite(clause)))
}

pub fn notify_contractor(case: &Case, command: &NotifyContractor, context: &Context<'_>) -> Verdict {
    guard::complaint(case)?;
    let notices = &context.rules.profile.contractor_notices;
    if !notices.iter().any(|notice| notice.moment == command.moment) {
        let clause = notices.first().map_or("silent", |notice| notice.clause_or_silent());
        return Err(Refusal::new(
            RefusalCode::MomentNotInPolicy,
            format!("the policy has no notice with a contractor at the {}", command.moment),
            "write it as an update instead",
        )
        .citing(context.rules.cite(clause)));
    }
    if case.contractor_notices.contains(&command.moment) {
        return Err(Refusal::new(
            RefusalCode::AlreadyDone,
            format!("the notice at the {} has been recorded", command.moment),
            "nothing more is needed",
        ));
    }
    Ok(Event::ContractorNotified(command.keep(context.vault)).into())
}

pub fn review_response(case: &Case, command: &ReviewResponse, context: &Context<'_>) -> Verdict {
    let stage = guard::open_stage(case, "reviewed")?;
    if stage.acknowledged_at.is_none() {
        return guard::wrong_phase(case, "reviewed before it is acknowledged");
    }
    guard::not_involved(case, stage.number, &command.reviewer, context)?;
    let own_work = stage.handler.as_ref().is_some_and(|handler| handler.id == command.reviewer.id);
    if own_work {
        return Err(Refusal::new(
            RefusalCode::HandlerWasInvolved,
            "nobody reviews their own work",
            "let somebody else review the draft",
        ));
    }
    if let Some(rule) = &stage_rules(context.rules, stage.number).handlers.reviewed
        && !guard::approves(command.reviewer.role, rule.by)
    {
        return Err(Refusal::new(
            RefusalCode::HandlerRole,
            format!("the draft is reviewed by a {}", rule.by),
            "name the reviewer whom the policy wants",
        )
        .citing(context.rules.cite(rule.clause_or_silent())));
    }
    Ok(Event::ResponseReviewed(command.keep(context.vault)).into())
}
