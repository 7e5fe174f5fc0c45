//! What runs between the stages: a review of stage 1, and the window to ask for stage 2.

use chrono::{DateTime, NaiveDate, Utc};

use super::due::{Clock, Deadline, DeadlineName, Due};
use super::stage_rules;
use crate::calendar::{CalendarError, due_on, london, reckon};
use crate::case::context::Rules;
use crate::case::state::Case;
use crate::case::words::StageNumber;
use crate::code::StartPoint;

/// A stage that is looked at again is answered within that stage's time, from the day on which it was opened again.
pub fn reviews(case: &Case, rules: &Rules) -> Result<Vec<Deadline>, CalendarError> {
    let mut found = Vec::new();
    for stage in &case.stages {
        let Some(review) = &stage.review else { continue };
        let respond = &stage_rules(rules, stage.number).respond;
        let convention = rules.profile.counting.convention.value;
        let start = london::date_of(review.opened_at);
        let reckoning = reckon(&rules.policy_calendar, convention, start, respond.amount())?;
        found.push(Deadline {
            clock: Clock::Policy,
            name: match stage.number {
                StageNumber::One => DeadlineName::ReviewOne,
                StageNumber::Two => DeadlineName::ReviewTwo,
            },
            due: Due::On(reckoning.due),
            base: Due::On(reckoning.due),
            from: Some(StartPoint::Logging),
            start_note: None,
            projected: false,
            reckoning: Some(reckoning),
            hours: None,
            met_at: review.responded_at,
            ended_at: None,
            citation: rules.cite(respond.clause_or_silent()),
        });
    }
    Ok(found)
}

/// The day by which a stage that was opened again then is answered.
pub fn review_due(
    number: StageNumber,
    opened_at: DateTime<Utc>,
    rules: &Rules,
) -> Result<NaiveDate, CalendarError> {
    let respond = &stage_rules(rules, number).respond;
    let convention = rules.profile.counting.convention.value;
    due_on(&rules.policy_calendar, convention, london::date_of(opened_at), respond.amount())
}

/// The last day to ask for stage 2 after an answer given then; nothing where the policy has no window.
pub fn window_closes(answered_at: DateTime<Utc>, rules: &Rules) -> Result<Option<NaiveDate>, CalendarError> {
    let Some(window) = &rules.profile.escalation.window else { return Ok(None) };
    let convention = rules.profile.counting.convention.value;
    due_on(&rules.policy_calendar, convention, london::date_of(answered_at), window.amount()).map(Some)
}

/// When stage 1 was answered last.
fn answered_at(case: &Case) -> Option<DateTime<Utc>> {
    let stage = case.stages.first()?;
    stage.review.as_ref().and_then(|review| review.responded_at).or(stage.responded_at)
}

/// The last day to ask for stage 2; nothing before stage 1 is answered, or where the policy has no window.
///
/// # Errors
/// When counting leaves the years that the calendar covers.
pub fn last_day_to_escalate(case: &Case, rules: &Rules) -> Result<Option<NaiveDate>, CalendarError> {
    answered_at(case).map_or(Ok(None), |answered_at| window_closes(answered_at, rules))
}

/// Whether stage 2 was asked for after the window had closed, by the dates as they are known now.
///
/// # Errors
/// When counting leaves the years that the calendar covers.
pub fn asked_late(case: &Case, rules: &Rules) -> Result<bool, CalendarError> {
    let Some(asked) = &case.escalation else { return Ok(false) };
    let last = last_day_to_escalate(case, rules)?;
    Ok(last.is_some_and(|last| london::date_of(asked.requested_at) > last))
}

/// The window to ask for stage 2 with its derivation, once stage 1 is answered.
///
/// # Errors
/// When counting leaves the years that the calendar covers.
pub fn escalation_window(case: &Case, rules: &Rules) -> Result<Option<Deadline>, CalendarError> {
    let Some(window) = &rules.profile.escalation.window else { return Ok(None) };
    let Some(answered) = answered_at(case) else { return Ok(None) };
    let convention = rules.profile.counting.convention.value;
    let reckoning = reckon(&rules.policy_calendar, convention, london::date_of(answered), window.amount())?;
    Ok(Some(Deadline {
        clock: Clock::Policy,
        name: DeadlineName::EscalateBy,
        due: Due::On(reckoning.due),
        base: Due::On(reckoning.due),
        from: None,
        start_note: None,
        projected: false,
        reckoning: Some(reckoning),
        hours: None,
        met_at: case.escalation.as_ref().map(|asked| asked.requested_at),
        ended_at: None,
        citation: rules.cite(window.clause_or_silent()),
    }))
}
