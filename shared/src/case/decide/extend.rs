//! More time.

use chrono::NaiveDate;

use super::{Decision, Verdict, guard};
use crate::calendar::due_on;
use crate::case::command::stage::Extend;
use crate::case::context::{Context, Rules};
use crate::case::deadline::{Clock, response_dates, stage_rules};
use crate::case::event::{Event, ExtensionGiven};
use crate::case::record::Keep;
use crate::case::refusal::{Caution, Citation, Refusal, RefusalCode};
use crate::case::state::{Case, Stage};
use crate::case::words::StageNumber;
use crate::policy::profile::ExtensionRules;
use crate::policy::vocabulary::{BeyondCap, ExtensionNeed};

/// The provisions of the Code that speak of extensions at a stage: the limit, and the Ombudsman's details.
const fn provisions(number: StageNumber) -> (&'static str, &'static str) {
    match number {
        StageNumber::One => ("6.4", "6.5"),
        StageNumber::Two => ("6.15", "6.16"),
    }
}

pub fn extend(case: &Case, command: &Extend, context: &Context<'_>) -> Verdict {
    let stage = guard::open_stage(case, "extended")?;
    if stage.review.as_ref().is_some_and(|review| review.responded_at.is_none()) {
        return guard::wrong_phase(case, "extended while it is looked at again");
    }
    let Some(acknowledged_at) = stage.acknowledged_at else {
        return Err(Refusal::new(
            RefusalCode::NotAcknowledged,
            "the time to respond is extended once the complaint has been acknowledged and defined",
            "acknowledge it first",
        )
        .citing(Citation::code(if stage.number == StageNumber::One { "6.2" } else { "6.11" })));
    };
    context.not_before("the acknowledgement", acknowledged_at)?;
    let rules = &stage_rules(context.rules, stage.number).extend;
    let dates = Dates::of(case, stage, context)?;
    guard::plausible("respond_by", command.respond_by, context)?;
    later(command, &dates, context)?;
    within_cap(command, stage.number, rules, &dates, context)?;
    needs(command, stage.number, rules, context)?;
    update_interval(command, &dates, context)?;
    let moves_policy = context.today() <= dates.policy_due;
    let code_cap = dates.code_cap;
    let moves_code = context.today() <= dates.code_due && command.ombudsman_details_given;
    let beyond_code = command.respond_by > code_cap && command.good_reason.is_none();
    let event = Event::ExtensionGiven(Box::new(ExtensionGiven {
        stage: stage.number,
        moves_policy,
        moves_code,
        extended: command.keep(context.vault),
    }));
    let cautions = cautions(stage.number, command, beyond_code, context);
    Ok(Decision::from(event).with_cautions(cautions))
}

/// The dates that an extension is measured against.
struct Dates {
    policy_base: NaiveDate,
    policy_due: NaiveDate,
    code_due: NaiveDate,
    code_cap: NaiveDate,
}

impl Dates {
    fn of(case: &Case, stage: &Stage, context: &Context<'_>) -> Result<Self, Box<Refusal>> {
        let rules: &Rules = context.rules;
        let not_started = || {
            Refusal::new(
                RefusalCode::NotAcknowledged,
                "the clock has not started",
                "acknowledge the stage first",
            )
        };
        let (policy_base, policy_due) =
            response_dates(case, rules, Clock::Policy, stage.number)?.ok_or_else(not_started)?;
        let (code_base, code_due) =
            response_dates(case, rules, Clock::Code, stage.number)?.ok_or_else(not_started)?;
        let allowance = match stage.number {
            StageNumber::One => &rules.code.clocks.stage_1.extend,
            StageNumber::Two => &rules.code.clocks.stage_2.extend,
        };
        let amount = crate::calendar::Count { count: allowance.count, unit: allowance.unit };
        let code_cap = due_on(&rules.calendar, rules.profile.counting.convention.value, code_base, amount)?;
        Ok(Self { policy_base, policy_due, code_due, code_cap })
    }
}

/// More time ends after the time there was, and is not over on the day it is given.
fn later(command: &Extend, dates: &Dates, context: &Context<'_>) -> Result<(), Box<Refusal>> {
    let due = dates.policy_due.min(dates.code_due);
    let message = if command.respond_by <= due {
        format!("the response is due on {due} already")
    } else if command.respond_by < context.today() {
        format!("{} had passed when the extension was given, on {}", command.respond_by, context.today())
    } else {
        return Ok(());
    };
    Err(Refusal::new(RefusalCode::ExtensionNotLater, message, "give a later `respond_by`"))
}

fn within_cap(
    command: &Extend,
    number: StageNumber,
    rules: &ExtensionRules,
    dates: &Dates,
    context: &Context<'_>,
) -> Result<(), Box<Refusal>> {
    let Some(cap) = &rules.cap else { return Ok(()) };
    let convention = context.rules.profile.counting.convention.value;
    let last = due_on(&context.rules.policy_calendar, convention, dates.policy_base, cap.amount())?;
    if command.respond_by <= last {
        return Ok(());
    }
    let citation = context.rules.cite(cap.clause_or_silent()).and_code(provisions(number).0);
    let message =
        format!("an extension goes to {last} at the latest, {} after {}", cap.amount(), dates.policy_base);
    match rules.beyond_cap.value {
        BeyondCap::Refuse => {
            Err(Refusal::new(RefusalCode::ExtensionOverCap, message, "give a date within it")
                .citing(citation))
        }
        BeyondCap::GoodReason if command.good_reason.is_none() => Err(Refusal::new(
            RefusalCode::ExtensionNeedsGoodReason,
            message,
            "give a date within it, or explain in `good_reason` why longer is needed",
        )
        .citing(citation)),
        BeyondCap::AgreementOrOmbudsman if !command.agreed && !command.ombudsman_details_given => {
            Err(Refusal::new(
                RefusalCode::ExtensionNeedsAgreement,
                message,
                "agree it with the resident, or give them the Ombudsman's details",
            )
            .citing(citation))
        }
        BeyondCap::GoodReason | BeyondCap::AgreementOrOmbudsman => Ok(()),
    }
}

fn needs(
    command: &Extend,
    number: StageNumber,
    rules: &ExtensionRules,
    context: &Context<'_>,
) -> Result<(), Box<Refusal>> {
    for need in &rules.needs {
        let lacking = match need.value {
            ExtensionNeed::Reason | ExtensionNeed::ExpectedDate => None,
            ExtensionNeed::OmbudsmanDetails => (!command.ombudsman_details_given).then_some((
                RefusalCode::ExtensionNeedsOmbudsmanDetails,
                "the notice of an extension gives the Ombudsman's contact details",
                "give them, and say so in `ombudsman_details_given`",
            )),
            ExtensionNeed::Agreement => (!command.agreed).then_some((
                RefusalCode::ExtensionNeedsAgreement,
                "an extension is agreed with the resident",
                "agree it, and say so in `agreed`",
            )),
            ExtensionNeed::InWriting => (!command.in_writing).then_some((
                RefusalCode::ExtensionNotInWriting,
                "an extension and its reasons are confirmed in writing",
                "write to the resident, and say so in `in_writing`",
            )),
            ExtensionNeed::Discussion => (!command.discussed).then_some((
                RefusalCode::ExtensionNeedsDiscussion,
                "the resident is told, and the reasons are discussed with them",
                "talk it through, and say so in `discussed`",
            )),
        };
        if let Some((code, message, hint)) = lacking {
            let mut citation = context.rules.cite(need.clause_or_silent());
            if need.value == ExtensionNeed::OmbudsmanDetails {
                citation = citation.and_code(provisions(number).1);
            }
            return Err(Refusal::new(code, message, hint).citing(citation));
        }
    }
    Ok(())
}

/// An answer outside the Code's time comes with agreed updates (Code 5.9).
fn update_interval(command: &Extend, dates: &Dates, context: &Context<'_>) -> Result<(), Box<Refusal>> {
    let outside = command.respond_by > dates.code_cap;
    let agreed = command.update_every_working_days.is_some();
    if !context.rules.code.statutory || !outside || agreed {
        return Ok(());
    }
    Err(Refusal::new(
        RefusalCode::ExtensionNeedsUpdateInterval,
        format!(
            "an answer after {} is outside the Code's time, so suitable updates are agreed",
            dates.code_cap
        ),
        "agree how often, and give it in `update_every_working_days`",
    )
    .citing(Citation::code("5.9")))
}

/// An extension that the policy allows and the Code does not.
fn cautions(number: StageNumber, command: &Extend, beyond_code: bool, context: &Context<'_>) -> Vec<Caution> {
    let (limit, details) = provisions(number);
    let mut found = Vec::new();
    if !context.rules.code.statutory {
        return found;
    }
    if beyond_code {
        found.push(Caution {
            provision: limit.to_owned(),
            message: "the new date is past the Code's limit for an extension without a good reason"
                .to_owned(),
        });
    }
    if !command.ombudsman_details_given {
        found.push(Caution {
            provision: details.to_owned(),
            message: "the Code has the Ombudsman's details given with an extension; without them it does not move the Code's date"
                .to_owned(),
        });
    }
    found
}
