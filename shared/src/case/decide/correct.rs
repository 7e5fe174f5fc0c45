//! Putting a wrong date or fact right. Time still runs forwards afterwards.

use chrono::{DateTime, Utc};

use super::{Verdict, guard};
use crate::calendar::london;
use crate::case::command::correction::{Correct, CorrectResident, Fact};
use crate::case::context::Context;
use crate::case::deadline::deadlines;
use crate::case::event::{Event, Logged};
use crate::case::evolve::evolve;
use crate::case::record::Keep;
use crate::case::refusal::{Citation, Refusal, RefusalCode};
use crate::case::state::Case;
use crate::case::words::StageNumber;

pub fn correct(case: &Case, command: &Correct, context: &Context<'_>) -> Verdict {
    if let Fact::EventOn { on } | Fact::AwareOn { on } = &command.correct {
        guard::plausible("correct.on", *on, context)?;
    }
    exists(case, &command.correct)?;
    if let Fact::ReceivedAt { at } = &command.correct {
        same_rules(*at, context)?;
    }
    let event = Event::Corrected(Box::new(command.keep(context.vault)));
    let mut corrected = case.clone();
    evolve(&mut corrected, &logged(case, event.clone(), context));
    corrected.version = case.version;
    if corrected == *case {
        return Err(Refusal::new(
            RefusalCode::NothingChanges,
            "the case says so already",
            "nothing is to be corrected",
        ));
    }
    in_order(&corrected, context)?;
    deadlines(&corrected, context.rules)?;
    Ok(event.into())
}

/// What is held on a resident is put right at any time, also once the case is over: it is held as long.
pub fn correct_resident(case: &Case, command: &CorrectResident, context: &Context<'_>) -> Verdict {
    let known =
        usize::from(command.resident).checked_sub(1).and_then(|index| case.parties.recorded.get(index));
    if known.is_none() {
        return Err(Refusal::new(
            RefusalCode::UnknownItem,
            format!("the case has no resident {}", command.resident),
            "count the case's residents from 1, in the order in which they were received",
        ));
    }
    let told = [&command.adjustments, &command.vulnerabilities, &command.disabilities, &command.ethnicity];
    if command.person.is_none() && told.iter().all(|told| told.is_none()) {
        return Err(Refusal::new(
            RefusalCode::NothingChanges,
            "it does not say what is to be put right",
            "say who the resident is, or what they have told of themselves",
        ));
    }
    Ok(Event::ResidentCorrected(Box::new(command.keep(context.vault))).into())
}

/// A complaint stays under the policy and the Code that it was received under, so that a corrected day of receipt must fall under
/// the same.
fn same_rules(received_at: DateTime<Utc>, context: &Context<'_>) -> Result<(), Box<Refusal>> {
    let day = london::date_of(received_at);
    let policy = &context.rules.profile.policy;
    let covered = policy.effective_from.value <= day
        && policy.effective_to.as_ref().is_none_or(|last| day <= last.value);
    if covered && context.rules.code.is_in_force_on(day) {
        return Ok(());
    }
    Err(Refusal::new(
        RefusalCode::CorrectionOutOfOrder,
        format!("a complaint received on {day} falls under another policy or another edition of the Code"),
        "receive it anew with the right day, and withdraw or refuse this one",
    ))
}

/// What is corrected is there to correct.
fn exists(case: &Case, fact: &Fact) -> Result<(), Box<Refusal>> {
    if case.knows(fact) {
        return Ok(());
    }
    Err(Refusal::new(
        RefusalCode::UnknownItem,
        "that has not happened, so it cannot be corrected",
        "record it as it happened",
    ))
}

fn logged(case: &Case, event: Event, context: &Context<'_>) -> Logged {
    Logged {
        sequence: case.version,
        occurred_at: context.occurred_at,
        recorded_at: context.now,
        actor: String::new(),
        imported: false,
        event,
    }
}

/// Receipt, log, acknowledgement and response follow one another at each stage, and stage 2 follows stage 1.
fn in_order(case: &Case, context: &Context<'_>) -> Result<(), Box<Refusal>> {
    let mut steps: Vec<(&str, Option<DateTime<Utc>>)> = vec![("receipt", Some(case.received_at))];
    if let Some(stage) = case.stages.first() {
        steps.push(("the stage 1 acknowledgement", stage.acknowledged_at));
        steps.push(("the stage 1 response", stage.responded_at));
    }
    steps.push(("the request for stage 2", case.escalation.as_ref().map(|asked| asked.requested_at)));
    if let Some(stage) = case.stage(StageNumber::Two) {
        steps.push(("the stage 2 acknowledgement", stage.acknowledged_at));
        steps.push(("the final response", stage.responded_at));
    }
    let known: Vec<(&str, DateTime<Utc>)> =
        steps.into_iter().filter_map(|(name, at)| Some((name, at?))).collect();
    let logged_early = case.stages.iter().any(|stage| stage.logged_at < stage.requested_at);
    let wrong = known.windows(2).find(|pair| matches!(pair, [first, second] if first.1 > second.1));
    let logged = case.stages.iter().map(|stage| ("the log entry", stage.logged_at));
    let future = known.iter().copied().chain(logged).find(|(_, at)| *at > context.now);
    let message = match (wrong, future) {
        (Some([first, second]), _) => format!("{} would come before {}", second.0, first.0),
        (_, Some((name, _))) => format!("{name} would be in the future"),
        _ if logged_early => "a stage would be logged before it was asked for".to_owned(),
        _ => return dates_known(case),
    };
    Err(Refusal::new(
        RefusalCode::CorrectionOutOfOrder,
        message,
        "check the date; where several are wrong, correct them in an order that keeps them one after another",
    )
    .citing(Citation::code("5.12")))
}

/// The thing complained of happened before the complaint.
fn dates_known(case: &Case) -> Result<(), Box<Refusal>> {
    let received_on = super::intake::received_on(case);
    let late = case.facts.event_on.max(case.facts.aware_on).is_some_and(|date| date > received_on);
    if !late {
        return Ok(());
    }
    Err(Refusal::new(
        RefusalCode::CorrectionOutOfOrder,
        "the thing complained of would come after the complaint",
        "check the date, and correct that of receipt first where both are wrong",
    )
    .citing(Citation::code("5.12")))
}
