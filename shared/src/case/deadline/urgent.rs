//! A shorter time, in hours, where there is a risk.

use chrono::{DateTime, Utc};

use super::due::{CountedHours, Deadline, DeadlineName, Due};
use super::moments::Moments;
use super::stage_rules;
use crate::calendar::{CalendarError, due_at};
use crate::case::context::Rules;
use crate::case::state::Case;
use crate::case::words::StageNumber;
use crate::policy::profile::UrgentRule;

/// Where a risk is flagged for which the policy has a shorter time in hours, that time takes the place of the ordinary one.
pub fn urgent(
    case: &Case,
    rules: &Rules,
    moments: &Moments<'_>,
    policy: &mut [Deadline],
) -> Result<(), CalendarError> {
    let Some(Shorter { rule, start, due }) = shorter(case, rules, moments)? else { return Ok(()) };
    // A time agreed with the resident stands; only the ordinary time gives way.
    let agreed = moments.extensions.iter().filter(|extension| due.is_met_by(extension.decided_at));
    let agreed = agreed.map(|extension| Due::On(extension.respond_by)).max();
    let responses = [DeadlineName::RespondOne, DeadlineName::RespondTwo];
    for deadline in policy.iter_mut().filter(|deadline| responses.contains(&deadline.name)) {
        if deadline.base <= due {
            continue;
        }
        deadline.due = agreed.map_or(due, |agreed| agreed.max(due));
        deadline.base = due;
        deadline.from = Some(rule.respond.from);
        deadline.start_note = None;
        deadline.projected = false;
        deadline.reckoning = None;
        deadline.hours = Some(CountedHours { count: rule.respond.count, from: start });
        deadline.citation = rules.cite(rule.clause_or_silent());
    }
    Ok(())
}

/// The shorter time of a stage.
pub struct Shorter<'a> {
    /// Its rule.
    pub rule: &'a UrgentRule,
    /// The moment that it counts from.
    pub start: DateTime<Utc>,
    /// When it is due.
    pub due: Due,
}

/// The shorter time of a stage, where a risk is flagged that the policy has one for; the earliest due where several apply.
pub fn shorter<'a>(
    case: &Case,
    rules: &'a Rules,
    moments: &Moments<'_>,
) -> Result<Option<Shorter<'a>>, CalendarError> {
    let mut earliest: Option<Shorter<'a>> = None;
    for (rule, aware_at) in urgent_rules(case, rules, moments.number) {
        let start = aware_at.max(moments.requested_at);
        let due = Due::At(due_at(start, rule.respond.count)?);
        if earliest.as_ref().is_none_or(|found| due < found.due) {
            earliest = Some(Shorter { rule, start, due });
        }
    }
    Ok(earliest)
}

/// The rules whose risk is flagged, each with the moment at which the landlord first knew of it.
fn urgent_rules<'a>(
    case: &Case,
    rules: &'a Rules,
    number: StageNumber,
) -> impl Iterator<Item = (&'a UrgentRule, DateTime<Utc>)> {
    stage_rules(rules, number).urgent.iter().filter_map(|rule| {
        let flagged = case.risks.iter().filter(|risk| risk.kind == rule.risk);
        Some((rule, flagged.map(|risk| risk.aware_at).min()?))
    })
}
