//! The checks that many commands share.

use chrono::{Datelike, Months, NaiveDate};

use super::{Decision, Verdict};
use crate::case::command::intake::Staff;
use crate::case::context::Context;
use crate::case::deadline::{countable, opening, stage_rules};
use crate::case::refusal::{Citation, Refusal, RefusalCode};
use crate::case::state::{Case, Stage};
use crate::case::words::{ConflictOfInterest, Kind, Phase, SentTo, StageNumber};
use crate::policy::vocabulary::{ConsentRule, StaffRole};

/// Nothing happens in the future, and nothing before the case was received.
pub fn time(case: Option<&Case>, context: &Context<'_>) -> Result<(), Box<Refusal>> {
    if context.occurred_at > context.now {
        return Err(Refusal::new(
            RefusalCode::InTheFuture,
            "`occurred_at` is in the future",
            "give the time at which it happened; a thing that is planned is recorded once it is done",
        ));
    }
    match case {
        Some(case) if context.occurred_at < case.received_at => Err(Refusal::new(
            RefusalCode::BeforeReceipt,
            "this is said to have happened before the case was received",
            "give a later `occurred_at`, or correct `received-at` first",
        )),
        _ => Ok(()),
    }
}

/// What follows an answer happened after it.
pub fn after_answer(case: &Case, context: &Context<'_>) -> Result<(), Box<Refusal>> {
    let answered =
        |stage: &Stage| stage.review.as_ref().and_then(|review| review.responded_at).or(stage.responded_at);
    match case.current_stage().and_then(answered) {
        Some(responded_at) => context.not_before("the answer", responded_at),
        None => Ok(()),
    }
}

/// Nothing is taken whose due dates cannot be counted: there is no case without its dates.
pub fn dates(case: Option<&Case>, decision: &Decision, context: &Context<'_>) -> Result<(), Box<Refusal>> {
    for event in &decision.events {
        countable(case, event, context.occurred_at, context.rules)?;
    }
    if let Some(spawned) = &decision.spawned {
        opening(&spawned.opened, context.occurred_at, context.current)?;
    }
    Ok(())
}

/// A date that is given for something to come, or for something long past, is within what people plan and remember: a slip of
/// the keyboard such as the year 20255 is not carried into lists and letters.
pub fn plausible(field: &str, date: NaiveDate, context: &Context<'_>) -> Result<(), Box<Refusal>> {
    let latest = context.today().checked_add_months(Months::new(12 * 10)).unwrap_or(NaiveDate::MAX);
    if (1900..).contains(&date.year()) && date <= latest {
        return Ok(());
    }
    Err(Refusal::new(
        RefusalCode::ImplausibleDate,
        format!("`{field}` is {date}"),
        "give a date from 1900 on, and not more than ten years ahead",
    ))
}

/// The refusal that the case is not where this can be done.
pub fn wrong_phase(case: &Case, what: &str) -> Verdict {
    Err(Refusal::new(
        RefusalCode::WrongPhase,
        format!("a case that is `{}` cannot be {what}", case.phase),
        "look at the case's history for where it stands",
    ))
}

/// Refuses unless the case is a complaint.
pub fn complaint(case: &Case) -> Result<(), Box<Refusal>> {
    if case.kind == Kind::Complaint {
        return Ok(());
    }
    Err(Refusal::new(
        RefusalCode::NotAComplaint,
        format!("this case is a {}, not a complaint", case.kind),
        "raise a complaint from it where the resident is dissatisfied; settle it when it is dealt with",
    )
    .citing(Citation::code("1.4")))
}

/// Refuses unless the case is a complaint in one of these phases.
pub fn phase(case: &Case, allowed: &[Phase], what: &str, hint: &str) -> Result<(), Box<Refusal>> {
    complaint(case)?;
    if allowed.contains(&case.phase) {
        return Ok(());
    }
    Err(Refusal::new(
        RefusalCode::WrongPhase,
        format!("a case that is `{}` cannot be {what}", case.phase),
        hint,
    ))
}

/// The stage that is open.
pub fn open_stage<'a>(case: &'a Case, what: &str) -> Result<&'a Stage, Box<Refusal>> {
    phase(case, super::OPEN_STAGES, what, "accept the complaint, or the escalation, first")?;
    let stage = if case.phase == Phase::StageOneReview { case.stages.first() } else { case.stages.last() };
    stage.ok_or_else(|| {
        Refusal::new(RefusalCode::WrongPhase, "no stage is open", "accept the complaint first")
    })
}

/// The item with that number, counted from 1.
pub fn numbered<'a, T>(items: &'a [T], number: u16, what: &str) -> Result<&'a T, Box<Refusal>> {
    usize::from(number).checked_sub(1).and_then(|index| items.get(index)).ok_or_else(|| {
        Refusal::new(
            RefusalCode::UnknownItem,
            format!("the case has no {what} {number}"),
            format!("it has {}, numbered from 1", items.len()),
        )
    })
}

/// Whoever handles a stage has no interest in it, had no part before, and has a role that may.
pub fn handler(
    case: &Case,
    number: StageNumber,
    staff: &Staff,
    conflict: ConflictOfInterest,
    context: &Context<'_>,
) -> Result<(), Box<Refusal>> {
    let rules = &stage_rules(context.rules, number).handlers;
    if conflict == ConflictOfInterest::Declared {
        return Err(Refusal::new(
            RefusalCode::HandlerHasConflict,
            "the handler has declared a conflict of interest",
            "let somebody without one handle it",
        )
        .citing(context.rules.cite(rules.no_previous_involvement.clause_or_silent()).and_code("5.8")));
    }
    not_involved(case, number, staff, context)?;
    if rules.roles.is_empty() || rules.roles.iter().any(|role| role.value == staff.role) {
        return Ok(());
    }
    let allowed: Vec<&str> = rules.roles.iter().map(|role| role.value.as_str()).collect();
    let clause = rules.roles.first().map_or("silent", |role| role.clause_or_silent());
    Err(Refusal::new(
        RefusalCode::HandlerRole,
        format!("a {} does not consider stage {}", staff.role, number.number()),
        format!("the policy has: {}", allowed.join(", ")),
    )
    .citing(context.rules.cite(clause)))
}

/// Whoever considers stage 2 did not consider stage 1.
pub fn not_involved(
    case: &Case,
    number: StageNumber,
    staff: &Staff,
    context: &Context<'_>,
) -> Result<(), Box<Refusal>> {
    let handled_before = |stage: &Stage| {
        stage.handled_by.contains(&staff.id)
            || stage.reviewer.as_ref().is_some_and(|reviewer| reviewer.id == staff.id)
    };
    if number == StageNumber::One || !case.stage(StageNumber::One).is_some_and(handled_before) {
        return Ok(());
    }
    let clause = stage_rules(context.rules, number).handlers.no_previous_involvement.clause_or_silent();
    Err(Refusal::new(
        RefusalCode::HandlerWasInvolved,
        format!("`{}` considered this complaint at stage 1", staff.id.as_str()),
        "let somebody consider stage 2 who had no part in stage 1",
    )
    .citing(context.rules.cite(clause).and_code("6.13")))
}

/// To whom a letter may go: nobody learns anything without the resident's consent, and an anonymous complaint has nobody.
pub fn addressee(case: &Case, sent_to: SentTo, context: &Context<'_>) -> Result<(), Box<Refusal>> {
    match sent_to {
        SentTo::Nobody => anonymous_only(case),
        SentTo::Nominee if case.parties.nominee.is_none() => Err(Refusal::new(
            RefusalCode::UnknownItem,
            "the group has nominated nobody",
            "send it to each resident",
        )
        .citing(context.rules.cite(context.rules.profile.intake.groups.clause_or_silent()))),
        SentTo::Representative => represented(case, context),
        _ if case.parties.anonymous => {
            let rule = &context.rules.profile.intake.anonymous;
            Err(Refusal::new(
                RefusalCode::AnonymousHasNoResponse,
                "an anonymous complaint has nobody to write to",
                "record it with `sent_to` as `nobody`",
            )
            .citing(context.rules.cite(rule.clause_or_silent())))
        }
        SentTo::EachResident | SentTo::Nominee => Ok(()),
    }
}

fn anonymous_only(case: &Case) -> Result<(), Box<Refusal>> {
    if case.parties.anonymous {
        return Ok(());
    }
    Err(Refusal::new(
        RefusalCode::ResponseIncomplete,
        "there is a resident to write to",
        "send it to each resident, to the nominee, or to the representative with consent",
    ))
}

fn represented(case: &Case, context: &Context<'_>) -> Result<(), Box<Refusal>> {
    let Some(representative) = &case.parties.representative else {
        return Err(Refusal::new(
            RefusalCode::UnknownItem,
            "the case has no representative",
            "record the representative with the resident's consent, or write to the resident",
        ));
    };
    let intake = &context.rules.profile.intake;
    let assumed = intake.consent_assumed_for.iter().any(|kind| kind.value == representative.kind);
    if assumed || representative.consent.is_some() {
        return Ok(());
    }
    Err(Refusal::new(
        RefusalCode::ConsentMissing,
        "the resident has not consented to this representative, so nothing may be disclosed to them",
        match intake.consent.value {
            ConsentRule::Written => "record the resident's written consent, or write to the resident",
            ConsentRule::WrittenOrEvidence => {
                "record written consent or other evidence, or write to the resident"
            }
            ConsentRule::Permission => "record the resident's permission, or write to the resident",
        },
    )
    .citing(context.rules.cite(intake.consent.clause_or_silent()).and_code("3.6")))
}

/// Whether somebody of that role counts as the approver that the policy names; a more senior role does too, but a manager is
/// not the complaints lead.
#[must_use]
pub fn approves(role: StaffRole, wanted: StaffRole) -> bool {
    const fn rank(role: StaffRole) -> u8 {
        match role {
            StaffRole::Officer | StaffRole::ResidentMember => 0,
            StaffRole::Manager | StaffRole::BusinessSupport => 1,
            StaffRole::ComplaintsLead => 2,
            StaffRole::SeniorManager => 3,
            StaffRole::Director | StaffRole::BoardMember => 4,
        }
    }
    role == wanted || rank(role) > rank(wanted)
}
