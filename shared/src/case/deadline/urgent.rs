//! A shorter time, in hours, where there is a risk.

use chrono::{DateTime, Utc};

use super::due::{Deadline, DeadlineName, Due};
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
        deadline.hours = Some((rule.respond.count, start));
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

/// The shorter time of a stage, where a risk is flagged that the policy has one for.
pub fn shorter<'a>(
    case: &Case,
    rules: &'a Rules,
    moments: &Moments<'_>,
) -> Result<Option<Shorter<'a>>, CalendarError> {
    let Some((rule, aware_at)) = urgent_rule(case, rules, moments.number) else { return Ok(None) };
    let start = aware_at.max(moments.requested_at);
    Ok(Some(Shorter { rule, start, due: Due::At(due_at(start, rule.respond.count)?) }))
}

fn urgent_rule<'a>(
    case: &Case,
    rules: &'a Rules,
    number: StageNumber,
) -> Option<(&'a UrgentRule, DateTime<Utc>)> {
    stage_rules(rules, number).urgent.iter().find_map(|rule| {
        let risk =
            case.risks.iter().filter(|risk| risk.kind == rule.risk).min_by_key(|risk| risk.aware_at)?;
        Some((rule, risk.aware_at))
    })
}
