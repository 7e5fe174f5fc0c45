//! Due dates, as a pure function of the case, its rules and the calendar.
//!
//! Two clocks run on every complaint: the landlord's policy, and the Code in force when it was received. A date that counts
//! from something that has not happened yet is projected from the latest day on which it may happen, and says so.

mod clock;
mod countable;
mod due;
mod moments;
mod urgent;
mod window;

pub use due::{Clock, CountedHours, Deadline, DeadlineName, Due, Standing, StartNote};
pub use window::{asked_late, escalation_window, last_day_to_escalate};

pub(super) use countable::{countable, opening};

use chrono::{DateTime, NaiveDate, Utc};

use super::context::Rules;
use super::refusal::Citation;
use super::state::Case;
use super::words::{Kind, Phase, StageNumber};
use crate::calendar::CalendarError;
use crate::policy::profile::StageRules;
use crate::policy::vocabulary::RiskKind;
use clock::StageClock;
use moments::Moments;

/// The policy's rules for a stage.
#[must_use]
pub const fn stage_rules(rules: &Rules, number: StageNumber) -> &StageRules {
    match number {
        StageNumber::One => &rules.profile.stage_1,
        StageNumber::Two => &rules.profile.stage_2,
    }
}

/// The response date of one clock, before extensions and with them; nothing where it cannot be foreseen yet.
///
/// # Errors
/// When counting leaves the years that the calendar covers.
pub fn response_dates(
    case: &Case,
    rules: &Rules,
    clock: Clock,
    number: StageNumber,
) -> Result<Option<(NaiveDate, NaiveDate)>, CalendarError> {
    let Some(moments) = Moments::of(case, number) else { return Ok(None) };
    let stage_clock = match clock {
        Clock::Policy => StageClock::policy(rules, number),
        Clock::Code => StageClock::code(rules, number),
    };
    let Some(ordinary) = stage_clock.respond_base(&moments)? else { return Ok(None) };
    let shorter = match clock {
        Clock::Policy => urgent::shorter(case, rules, &moments)?.map(|shorter| shorter.due.date()),
        Clock::Code => None,
    };
    let base = shorter.map_or(ordinary, |shorter| shorter.min(ordinary));
    Ok(Some((base, stage_clock.extended(&moments, base)?)))
}

/// The risk whose shorter time a stage has, where one is flagged that the policy has such a time for.
///
/// # Errors
/// When counting leaves the years that can be told.
pub fn shorter_time_for(
    case: &Case,
    rules: &Rules,
    number: StageNumber,
) -> Result<Option<RiskKind>, CalendarError> {
    let Some(moments) = Moments::of(case, number) else { return Ok(None) };
    Ok(urgent::shorter(case, rules, &moments)?.map(|shorter| shorter.rule.risk))
}

/// The Code's response date if a late acknowledgement counted as it was: the choice that is not the default, which the
/// published figures can be shown by all the same.
///
/// # Errors
/// When counting leaves the years that the calendar covers.
pub fn code_response_as_acknowledged(
    case: &Case,
    rules: &Rules,
    number: StageNumber,
) -> Result<Option<NaiveDate>, CalendarError> {
    let Some(moments) = Moments::of(case, number) else { return Ok(None) };
    StageClock::code(rules, number).counting_late_acknowledgements().respond_base(&moments)
}

/// Every due date of a complaint, both clocks, in the order of the stages. A contact other than a complaint has none.
///
/// # Errors
/// When counting leaves the years that the calendar covers.
pub fn deadlines(case: &Case, rules: &Rules) -> Result<Vec<Deadline>, CalendarError> {
    if case.kind != Kind::Complaint {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for number in [StageNumber::One, StageNumber::Two] {
        let Some(moments) = Moments::of(case, number) else { continue };
        let mut policy = StageClock::policy(rules, number).deadlines(&moments)?;
        let mut code = StageClock::code(rules, number).deadlines(&moments)?;
        urgent::urgent(case, rules, &moments, &mut policy)?;
        cite_both(&mut policy, &mut code);
        found.append(&mut policy);
        found.append(&mut code);
    }
    found.extend(window::reviews(case, rules)?);
    found.extend(escalation_window(case, rules)?);
    let ended = ended_at(case);
    for deadline in &mut found {
        deadline.ended_at = ended;
    }
    found.sort_by_key(|deadline| (deadline.name, deadline.clock));
    Ok(found)
}

/// Where both clocks give the same day, each names both sources.
fn cite_both(policy: &mut [Deadline], code: &mut [Deadline]) {
    for one in policy.iter_mut() {
        for other in code.iter_mut().filter(|other| other.name == one.name && other.due == one.due) {
            let both = Citation { policy: one.citation.policy.clone(), code: other.citation.code.clone() };
            one.citation.clone_from(&both);
            other.citation = both;
        }
    }
}

/// When the case stopped owing what had not been met.
fn ended_at(case: &Case) -> Option<DateTime<Utc>> {
    match case.phase {
        Phase::Refused => case.refusal.as_ref().map(|refusal| refusal.refused_at),
        Phase::EscalationRefused => case.escalation.as_ref().and_then(|asked| asked.refused_at),
        Phase::Withdrawn => case.withdrawn_at,
        Phase::Closed => case.closing.as_ref().map(|closing| closing.closed_at),
        _ => None,
    }
}
