//! Taken on, or declined.

use chrono::{DateTime, Months, NaiveDate, Utc};

use super::{Decision, Verdict, guard, intake::received_on};
use crate::case::command::intake::{Accept, DirectAcceptance, Refuse};
use crate::case::context::Context;
use crate::case::event::{Declined, Event};
use crate::case::record::Keep;
use crate::case::refusal::{Caution, Citation, Refusal, RefusalCode};
use crate::case::state::Case;
use crate::case::words::Phase;
use crate::policy::profile::{GroundRule, TimeLimit};
use crate::policy::vocabulary::{LateTest, LimitFrom, RefusalGround, RefusalNeed, SpokenHandling};

pub fn accept(case: &Case, command: &Accept, context: &Context<'_>) -> Verdict {
    guard::phase(
        case,
        &[Phase::Received],
        "accepted",
        "a refusal stands unless the Ombudsman directs otherwise",
    )?;
    confirmed(case, context)?;
    let limit = &context.rules.profile.intake.time_limit;
    let late = is_out_of_time(case, limit) && !is_lifted(case, limit);
    if late && command.discretion.is_none() {
        return Err(Refusal::new(
            RefusalCode::LateNeedsDiscretion,
            format!("the complaint came more than {} months after {}", limit.months, from_words(limit.from)),
            match limit.late.value {
                LateTest::GoodReason => {
                    "say in `discretion` what good reason there is to take it on, or refuse it as out of time"
                }
                LateTest::ExceptionalCircumstances => {
                    "say in `discretion` what circumstances are exceptional, or refuse it as out of time"
                }
                LateTest::Discretion => "say in `discretion` why it is taken on, or refuse it as out of time",
            },
        )
        .citing(context.rules.cite(limit.late.clause_or_silent()).and_code("2.3")));
    }
    Ok(Event::Accepted(command.keep(context.vault)).into())
}

fn confirmed(case: &Case, context: &Context<'_>) -> Result<(), Box<Refusal>> {
    let rule = &context.rules.profile.intake.spoken;
    if case.confirmed
        || !case.channel.is_spoken()
        || case.parties.anonymous
        || rule.value != SpokenHandling::ConfirmInWriting
    {
        return Ok(());
    }
    Err(Refusal::new(
        RefusalCode::ConfirmationNeeded,
        "a spoken complaint is confirmed in writing and agreed before it is taken on",
        "confirm it with the resident first",
    )
    .citing(context.rules.cite(rule.clause_or_silent())))
}

const fn from_words(from: LimitFrom) -> &'static str {
    match from {
        LimitFrom::Event => "the matter arose",
        LimitFrom::Awareness => "the resident became aware of it",
        LimitFrom::EventOrAwareness => "the matter arose and the resident became aware of it",
    }
}

/// Whether the complaint was received after the limit. Where the day is not known it is taken to be in time.
pub fn is_out_of_time(case: &Case, limit: &TimeLimit) -> bool {
    let since = match limit.from {
        LimitFrom::Event => case.facts.event_on,
        LimitFrom::Awareness => case.facts.aware_on.or(case.facts.event_on),
        LimitFrom::EventOrAwareness => case.facts.event_on.max(case.facts.aware_on),
    };
    since.is_some_and(|since| months_later(since, limit.months) < received_on(case))
}

fn is_lifted(case: &Case, limit: &TimeLimit) -> bool {
    limit.lifted_for.iter().any(|lifted| case.risks.iter().any(|risk| risk.kind == lifted.value))
}

/// Calendar months later, at the month's end where the day does not exist; the last day there is, past the end of time.
fn months_later(date: NaiveDate, months: u32) -> NaiveDate {
    date.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX)
}

pub fn refuse(case: &Case, command: &Refuse, context: &Context<'_>) -> Verdict {
    // A policy may close a complaint on one of its grounds before it is answered, as well as decline it on arrival.
    guard::phase(
        case,
        &[Phase::Received, Phase::StageOne],
        "refused",
        "a complaint that has been answered is not refused; decline an escalation with `refuse-escalation`",
    )?;
    directed(case, context)?;
    let rule = ground(command.ground, context)?;
    applies(case, command, rule, context)?;
    needs(command, rule, context)?;
    let cautions = departures(case, command, context);
    let event = Event::Declined(Box::new(Declined {
        clause: rule.clause_or_silent().to_owned(),
        departs_from: cautions.iter().map(|caution| caution.provision.clone()).collect(),
        refused: command.keep(context.vault),
    }));
    Ok(Decision::from(event).with_cautions(cautions))
}

/// What the Ombudsman directed the landlord to take on is not declined again.
fn directed(case: &Case, context: &Context<'_>) -> Result<(), Box<Refusal>> {
    if case.directed_at.is_none() {
        return Ok(());
    }
    let rule = &context.rules.profile.refusal.ombudsman_may_direct;
    Err(Refusal::new(
        RefusalCode::GroundDoesNotApply,
        "the Ombudsman has directed that this complaint be taken on",
        "answer it",
    )
    .citing(context.rules.cite(rule.clause_or_silent()).and_code("2.4")))
}

fn ground<'a>(wanted: RefusalGround, context: &Context<'a>) -> Result<&'a GroundRule, Box<Refusal>> {
    let grounds = &context.rules.profile.refusal.grounds;
    grounds.iter().find(|rule| rule.ground == wanted).ok_or_else(|| {
        let known: Vec<&str> = grounds.iter().map(|rule| rule.ground.as_str()).collect();
        let clause = grounds.first().map_or("silent", |rule| rule.clause_or_silent());
        Refusal::new(
            RefusalCode::GroundNotInPolicy,
            format!("the policy does not decline a complaint as `{wanted}`"),
            format!("take it on, or use a ground that the policy has: {}", known.join(", ")),
        )
        .citing(context.rules.cite(clause).and_code("2.2"))
    })
}

/// A ground is refused where the facts of the case speak against it.
fn applies(
    case: &Case,
    command: &Refuse,
    rule: &GroundRule,
    context: &Context<'_>,
) -> Result<(), Box<Refusal>> {
    let limit = &context.rules.profile.intake.time_limit;
    let against = match command.ground {
        RefusalGround::OutOfTime if !is_out_of_time(case, limit) => {
            Some(format!("it came within {} months of when {}", limit.months, from_words(limit.from)))
        }
        RefusalGround::OutOfTime if is_lifted(case, limit) => {
            Some("the time limit does not hold where safety is at stake".to_owned())
        }
        RefusalGround::AboutPolicy if command.policy_not_followed => {
            Some("it is said that the policy was not followed, which is a complaint".to_owned())
        }
        RefusalGround::AntiSocialBehaviour if command.about_handling => {
            Some("it is about how the behaviour was handled, which is a complaint".to_owned())
        }
        RefusalGround::LegalActionPlanned if command.disrepair => {
            Some("legal action over disrepair does not keep a complaint out".to_owned())
        }
        RefusalGround::ServiceRequest if case.came_from.is_some() => Some(
            "the resident is dissatisfied with how a request was handled, which is a complaint".to_owned(),
        ),
        _ => None,
    };
    match against {
        None => Ok(()),
        Some(why) => Err(Refusal::new(
            RefusalCode::GroundDoesNotApply,
            format!("the ground `{}` does not fit: {why}", command.ground),
            "take the complaint on, or correct the facts it rests on",
        )
        .citing(context.rules.cite(rule.clause_or_silent()).and_code("2.1"))),
    }
}

fn needs(command: &Refuse, rule: &GroundRule, context: &Context<'_>) -> Result<(), Box<Refusal>> {
    let policy = &context.rules.profile.refusal;
    let clause =
        |need| policy.needs.iter().find(|known| known.value == need).map(|known| known.clause_or_silent());
    if let Some(clause) = clause(RefusalNeed::Evidence).filter(|_| command.evidence.is_none()) {
        return Err(Refusal::new(
            RefusalCode::RefusalNeedsEvidence,
            "a refusal sets out the evidence for it",
            "say in `evidence` what shows that the ground applies",
        )
        .citing(context.rules.cite(clause).and_code("2.1")));
    }
    let weighed =
        clause(RefusalNeed::Discretion).or_else(|| rule.discretionary.then(|| rule.clause_or_silent()));
    if let Some(clause) = weighed.filter(|_| command.discretion_considered.is_none()) {
        return Err(Refusal::new(
            RefusalCode::RefusalNeedsDiscretion,
            "a refusal weighs the circumstances of the complaint",
            "say in `discretion_considered` how they were weighed",
        )
        .citing(context.rules.cite(clause).and_code("2.5")));
    }
    let Some(approver) = &policy.approver else { return Ok(()) };
    if command.approved_by.as_ref().is_some_and(|staff| guard::approves(staff.role, approver.value)) {
        return Ok(());
    }
    Err(Refusal::new(
        RefusalCode::RefusalNeedsApproval,
        format!("a refusal needs the agreement of a {}", approver.value),
        "name in `approved_by` who agreed to it",
    )
    .citing(context.rules.cite(approver.clause_or_silent())))
}

/// What the policy allows and the statutory Code does not.
fn departures(case: &Case, command: &Refuse, context: &Context<'_>) -> Vec<Caution> {
    let caution = |provision: &str, message: &str| Caution {
        provision: provision.to_owned(),
        message: message.to_owned(),
    };
    if !context.rules.code.statutory {
        return Vec::new();
    }
    let within = &context.rules.code.clocks.accept_within;
    let since = case.facts.event_on.max(case.facts.aware_on);
    let within_limit = since.is_some_and(|since| months_later(since, within.count) >= received_on(case));
    match command.ground {
        RefusalGround::OutOfTime if within_limit => {
            let months = within.count;
            let message =
                format!("the complaint came within {months} months, in which the Code has it accepted");
            vec![caution(&within.provision.to_string(), &message)]
        }
        RefusalGround::LegalActionPlanned | RefusalGround::LegalProcessOrSolicitor => {
            vec![caution(
                "2.2",
                "the Code sees a fair exclusion where a claim has been filed at court, not before",
            )]
        }
        _ => Vec::new(),
    }
}

pub fn direct_acceptance(case: &Case, command: &DirectAcceptance, context: &Context<'_>) -> Verdict {
    guard::complaint(case)?;
    let refused_at = standing_refusal(case);
    let Some(refused_at) = refused_at else {
        let rule = &context.rules.profile.refusal.ombudsman_may_direct;
        return Err(Refusal::new(
            RefusalCode::DirectionOnlyAfterRefusal,
            "the Ombudsman directs a landlord to take on what it declined, and this was not declined",
            "go on with the case",
        )
        .citing(match &rule.clause {
            Some(clause) => context.rules.cite(clause).and_code("2.4"),
            None => Citation::code("2.4"),
        }));
    };
    context.not_before("the refusal", refused_at)?;
    Ok(Event::AcceptanceDirected(command.keep(context.vault)).into())
}

/// When the refusal was given that still stands: that of stage 2, or that of the complaint. It stands after closing too, since
/// the Ombudsman may take months.
fn standing_refusal(case: &Case) -> Option<DateTime<Utc>> {
    if !matches!(case.phase, Phase::Refused | Phase::EscalationRefused | Phase::Closed) {
        return None;
    }
    let escalation = case.escalation.as_ref().filter(|asked| asked.overturned_at.is_none());
    let complaint = case.refusal.as_ref().filter(|refusal| refusal.overturned_at.is_none());
    escalation.and_then(|asked| asked.refused_at).or_else(|| complaint.map(|refusal| refusal.refused_at))
}
