//! Coming in.

use super::{Decision, Spawned, Verdict, guard};
use crate::calendar::london;
use crate::case::command::intake::{
    Confirm, FlagRisk, HandOffRisk, RaiseComplaint, Receive, Received, RecordConsent, RepresentativeRecorded,
    RiskRecorded, Settle,
};
use crate::case::context::{Context, Rules};
use crate::case::event::{BecameComplaint, Event, Opened};
use crate::case::record::{Keep, RecordRef};
use crate::case::refusal::{Citation, Refusal, RefusalCode};
use crate::case::state::{Case, RiskState};
use crate::case::words::{Kind, Phase};
use crate::policy::vocabulary::{
    AnonymousHandling, Channel, ConsentEvidence, ConsentRule, ElectedMemberHandling, RequestBecomesComplaint,
    SocialMediaHandling, SpokenHandling,
};

pub fn receive(receive: &Receive, context: &Context<'_>) -> Verdict {
    dates(receive, context)?;
    people(receive, context)?;
    if receive.kind == Kind::Complaint {
        channel(receive.channel, context.rules)?;
        anonymous(receive.anonymous, context.rules)?;
        spoken(receive, context)?;
    }
    let opened = Opened {
        policy: context.rules.profile.policy.id.clone(),
        code: context.rules.code.id.clone(),
        came_from: None,
        received: receive.keep(context.vault),
    };
    Ok(Event::Opened(Box::new(opened)).into())
}

/// What happened, happened before it was complained of.
fn dates(receive: &Receive, context: &Context<'_>) -> Result<(), Box<Refusal>> {
    let named = [("event_on", receive.event_on), ("aware_on", receive.aware_on)];
    for (field, date) in named {
        if let Some(date) = date {
            guard::plausible(field, date, context)?;
        }
        if date.is_some_and(|date| date > context.today()) {
            return Err(Refusal::new(
                RefusalCode::InTheFuture,
                format!("`{field}` is after the day of receipt"),
                "give the day on which it happened, or leave it out where it is not known",
            ));
        }
    }
    if receive.risks.iter().any(|risk| risk.aware_at > context.occurred_at) {
        return Err(Refusal::new(
            RefusalCode::InTheFuture,
            "a risk's `aware_at` is after the complaint was received",
            "give the time at which the landlord became aware",
        ));
    }
    Ok(())
}

fn people(receive: &Receive, context: &Context<'_>) -> Result<(), Box<Refusal>> {
    let residents = receive.residents.len();
    if receive.anonymous && residents > 0 {
        return Err(Refusal::new(
            RefusalCode::ResidentMissing,
            "an anonymous contact has no residents",
            "leave out either",
        ));
    }
    let nobody = residents == 0 && !receive.anonymous && receive.representative.is_none();
    if nobody && receive.kind == Kind::Complaint {
        return Err(Refusal::new(
            RefusalCode::ResidentMissing,
            "nobody is named, and the complaint is not said to be anonymous",
            "name at least one resident, or say that it is `anonymous`",
        )
        .citing(Citation::code("5.12")));
    }
    if receive.nominee.is_some_and(|nominee| nominee == 0 || usize::from(nominee) > residents) {
        return Err(Refusal::new(
            RefusalCode::UnknownItem,
            "the nominee is none of the residents",
            format!("there are {residents}, numbered from 1"),
        ));
    }
    match receive.representative.as_ref().and_then(|representative| representative.consent) {
        Some(evidence) => consent(evidence, context),
        None => Ok(()),
    }
}

fn consent(evidence: ConsentEvidence, context: &Context<'_>) -> Result<(), Box<Refusal>> {
    let rule = &context.rules.profile.intake.consent;
    let (enough, wanted) = match rule.value {
        ConsentRule::Written => (evidence == ConsentEvidence::Written, "written consent"),
        ConsentRule::WrittenOrEvidence => {
            (evidence != ConsentEvidence::Spoken, "written consent or other evidence")
        }
        ConsentRule::Permission => (true, "permission"),
    };
    if enough {
        return Ok(());
    }
    Err(Refusal::new(
        RefusalCode::ConsentNotEnough,
        format!("`{evidence}` is not consent under this policy"),
        format!("get {wanted}; leave `consent` out until then"),
    )
    .citing(context.rules.cite(rule.clause_or_silent())))
}

fn channel(channel: Channel, rules: &Rules) -> Result<(), Box<Refusal>> {
    let intake = &rules.profile.intake;
    if channel == Channel::SocialMedia && intake.social_media.value == SocialMediaHandling::Signpost {
        return Err(Refusal::new(
            RefusalCode::ChannelNotAnswered,
            "the policy does not answer complaints on social media formally",
            "point the resident to the policy's channels, and receive the complaint when it comes by one; record this contact as an enquiry",
        )
        .citing(rules.cite(intake.social_media.clause_or_silent())));
    }
    if channel == Channel::ElectedMember
        && intake.elected_members.value == ElectedMemberHandling::CorporateComplaints
    {
        return Err(Refusal::new(
            RefusalCode::ElectedMemberToCorporate,
            "a complaint made to a councillor goes to the corporate complaints procedure",
            "pass it on, record it as an enquiry, and send the councillor a copy of the response; the resident may still complain themselves",
        )
        .citing(rules.cite(intake.elected_members.clause_or_silent())));
    }
    Ok(())
}

fn anonymous(anonymous: bool, rules: &Rules) -> Result<(), Box<Refusal>> {
    let rule = &rules.profile.intake.anonymous;
    if anonymous && rule.value == AnonymousHandling::NotUnderPolicy {
        return Err(Refusal::new(
            RefusalCode::AnonymousNotUnderPolicy,
            "anonymous complaints are not handled under this policy",
            "record it as a comment and settle it by passing it to the team that it concerns",
        )
        .citing(rules.cite(rule.clause_or_silent())));
    }
    Ok(())
}

/// A spoken complaint leaves nothing on paper but what is taken down.
fn spoken(receive: &Receive, context: &Context<'_>) -> Result<(), Box<Refusal>> {
    let rule = &context.rules.profile.intake.spoken;
    let wanted =
        receive.channel.is_spoken() && !receive.anonymous && rule.value == SpokenHandling::RecordDetails;
    let taken_down = |resident: &crate::case::command::intake::Resident| {
        resident.person.can_be_reached() && resident.person.preferred_contact.is_some()
    };
    if !wanted || receive.residents.iter().all(taken_down) {
        return Ok(());
    }
    Err(Refusal::new(
        RefusalCode::SpokenDetailsMissing,
        "a spoken complaint is taken down with contact details and the preferred method of contact",
        "give an address, email or telephone number and `preferred_contact` for each resident",
    )
    .citing(context.rules.cite(rule.clause_or_silent())))
}

pub fn confirm(case: &Case, confirm: &Confirm, context: &Context<'_>) -> Verdict {
    guard::phase(case, &[Phase::Received], "confirmed", "a complaint is confirmed before it is taken on")?;
    let rule = &context.rules.profile.intake.spoken;
    let citation = || context.rules.cite(rule.clause_or_silent());
    if case.confirmed {
        return Err(Refusal::new(RefusalCode::AlreadyDone, "it has been confirmed", "accept or refuse it"));
    }
    if !confirm.in_writing {
        return Err(Refusal::new(
            RefusalCode::ConfirmationNotWritten,
            "a confirmation said aloud is followed by a written one",
            "confirm it in writing too",
        )
        .citing(citation()));
    }
    if !confirm.agreed {
        return Err(Refusal::new(
            RefusalCode::ConfirmationNotAgreed,
            "the resident has not agreed that this is the complaint",
            "put right what was taken down, and confirm it once they agree",
        )
        .citing(citation()));
    }
    Ok(Event::Confirmed(confirm.keep(context.vault)).into())
}

pub fn record_consent(case: &Case, command: &RecordConsent, context: &Context<'_>) -> Verdict {
    if case.parties.representative.is_none() && command.representative.is_none() {
        return Err(Refusal::new(
            RefusalCode::UnknownItem,
            "the case has no representative to consent to",
            "give the `representative`",
        ));
    }
    consent(command.evidence, context)?;
    Ok(Event::ConsentRecorded(Box::new(command.keep(context.vault))).into())
}

pub fn flag_risk(_case: &Case, command: &FlagRisk, context: &Context<'_>) -> Verdict {
    if command.risk.aware_at > context.occurred_at {
        return Err(Refusal::new(
            RefusalCode::InTheFuture,
            "`aware_at` is after the risk was flagged",
            "give the time at which the landlord became aware",
        ));
    }
    Ok(Event::RiskFlagged(command.keep(context.vault)).into())
}

pub fn hand_off_risk(case: &Case, command: &HandOffRisk, context: &Context<'_>) -> Verdict {
    let known: Vec<_> = case.risks.iter().filter(|risk| risk.kind == command.kind).collect();
    if known.is_empty() {
        return Err(Refusal::new(
            RefusalCode::UnknownItem,
            format!("no risk of kind `{}` is flagged", command.kind),
            "flag the risk first",
        ));
    }
    if known.iter().all(|risk| risk.handed_at.is_some()) {
        return Err(Refusal::new(
            RefusalCode::AlreadyDone,
            "it has been handed on",
            "flag a new risk where there is one",
        ));
    }
    let rule = context.rules.profile.hand_offs.iter().find(|rule| rule.risk == command.kind);
    match rule.filter(|rule| !rule.to.eq_ignore_ascii_case(command.to.as_str())) {
        Some(rule) => Err(Refusal::new(
            RefusalCode::BodyNotInPolicy,
            format!("a {} concern goes to the {}", command.kind, rule.to),
            "hand it to whom the policy names",
        )
        .citing(context.rules.cite(rule.clause_or_silent()))),
        None => Ok(Event::RiskHandedOff(command.keep(context.vault)).into()),
    }
}

/// The request goes on; the dissatisfaction with it becomes a case of its own.
pub fn raise_complaint(case: &Case, command: &RaiseComplaint, context: &Context<'_>) -> Verdict {
    if case.kind == Kind::Complaint {
        return Err(Refusal::new(
            RefusalCode::WrongPhase,
            "this is a complaint already",
            "add the issue to it, or ask for escalation",
        ));
    }
    // What comes of it is taken in like any complaint of its day.
    channel(command.channel, context.current)?;
    anonymous(case.parties.anonymous, context.current)?;
    let rule = &context.current.profile.intake.request_becomes_complaint;
    if !command.dissatisfied && rule.value == RequestBecomesComplaint::OnDissatisfaction {
        return Err(Refusal::new(
            RefusalCode::RequestNotDissatisfied,
            "a request becomes a complaint when the resident is dissatisfied with how it was handled",
            "go on with the request; raise the complaint when they say so",
        )
        .citing(context.current.cite(rule.clause_or_silent()).and_code("1.5")));
    }
    let raised = command.keep(context.vault);
    let mut received = inherited(case, raised.about);
    received.channel = raised.channel;
    received.outcome_sought = raised.outcome_sought;
    let event = Event::BecameComplaint(BecameComplaint { complaint: context.next_case, raised });
    Ok(Decision::from(event).spawning(spawned(case, received, context)))
}

/// What a complaint takes over from the case that it came out of. Records are referred to where they are.
pub fn inherited(case: &Case, about: RecordRef) -> Received {
    Received {
        kind: Kind::Complaint,
        channel: case.channel,
        about,
        residents: case.parties.recorded.clone(),
        nominee: case.parties.nominee,
        anonymous: case.parties.anonymous,
        representative: case.parties.representative.as_ref().map(|known| RepresentativeRecorded {
            kind: known.kind,
            person: known.person,
            consent: known.consent,
        }),
        outcome_sought: None,
        event_on: None,
        aware_on: None,
        property: case.facts.property,
        stock_type: case.facts.stock_type,
        tenure: case.facts.tenure.clone(),
        area: case.facts.area.clone(),
        categories: case.facts.categories.clone(),
        service_area: case.facts.service_area.clone(),
        contractor: case.facts.contractor.clone(),
        risks: case.risks.iter().filter(|risk| risk.handed_at.is_none()).map(unresolved).collect(),
        references: Vec::new(),
    }
}

/// A risk that nobody has taken over yet goes with the complaint; what was noted of it stays where it was.
const fn unresolved(risk: &RiskState) -> RiskRecorded {
    RiskRecorded { kind: risk.kind, aware_at: risk.aware_at, note: None }
}

/// The complaint that comes out of a case, under the rules of the day on which it was raised.
pub fn spawned(case: &Case, received: Received, context: &Context<'_>) -> Spawned {
    Spawned {
        id: context.next_case,
        opened: Box::new(Opened {
            policy: context.current.profile.policy.id.clone(),
            code: context.current.code.id.clone(),
            came_from: Some(case.id),
            received,
        }),
    }
}

pub fn settle(case: &Case, command: &Settle, context: &Context<'_>) -> Verdict {
    if case.kind == Kind::Complaint {
        return Err(Refusal::new(
            RefusalCode::WrongPhase,
            "a complaint is answered, not settled",
            "acknowledge it and respond to it",
        ));
    }
    if case.phase != Phase::Open {
        return Err(Refusal::new(
            RefusalCode::AlreadyDone,
            "it has been dealt with",
            "receive a new contact",
        ));
    }
    context.not_before("receipt", case.received_at)?;
    Ok(Event::Settled(command.keep(context.vault)).into())
}

/// The London date of receipt.
#[must_use]
pub fn received_on(case: &Case) -> chrono::NaiveDate {
    london::date_of(case.received_at)
}
