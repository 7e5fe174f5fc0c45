//! Whether the due dates that a decision brings can be counted, looked at before anything of it is kept.

use chrono::{DateTime, Utc};

use super::clock::StageClock;
use super::moments::Moments;
use super::window::{review_due, window_closes};
use crate::calendar::CalendarError;
use crate::case::context::Rules;
use crate::case::event::{Event, Opened};
use crate::case::state::Case;
use crate::case::words::{Kind, StageNumber};

/// Refuses an event that would bring a due date past the years that the calendar covers, so that every case that there is
/// has its dates. An extension names its date, and a correction is counted anew where it is decided.
pub fn countable(
    case: Option<&Case>,
    event: &Event,
    at: DateTime<Utc>,
    rules: &Rules,
) -> Result<(), CalendarError> {
    let requested = |number| case.and_then(|case| Moments::of(case, number)).map(|known| known.requested_at);
    let logged = |number: StageNumber, requested_at: Option<DateTime<Utc>>| {
        let asked = Moments::asked(number, requested_at.unwrap_or(at));
        stage(&Moments { logged_at: Some(at), ..asked }, rules)
    };
    match event {
        Event::Opened(opened) => opening(opened, at, rules),
        Event::Accepted(_) => logged(StageNumber::One, requested(StageNumber::One)),
        // A stage that the Ombudsman directs begins with the direction.
        Event::AcceptanceDirected(_) => {
            let escalation = case.is_some_and(|case| case.escalation.is_some());
            logged(if escalation { StageNumber::Two } else { StageNumber::One }, None)
        }
        Event::Acknowledged(_) => match case.and_then(Case::current_stage) {
            Some(open) => stage(&Moments { acknowledged_at: Some(at), ..Moments::open(open) }, rules),
            None => Ok(()),
        },
        Event::EscalationAsked(_) => stage(&Moments::asked(StageNumber::Two, at), rules),
        Event::EscalationAccepted(_) => logged(StageNumber::Two, requested(StageNumber::Two)),
        Event::StageOneReviewOpened(_) => review_due(StageNumber::One, at, rules).map(|_| ()),
        Event::Reopened(_) => match case.and_then(Case::current_stage) {
            Some(stage) => review_due(stage.number, at, rules).map(|_| ()),
            None => Ok(()),
        },
        Event::Answered(answered) if answered.stage == StageNumber::One => {
            window_closes(at, rules).map(|_| ())
        }
        _ => Ok(()),
    }
}

/// The same for the opening of a case.
pub fn opening(opened: &Opened, at: DateTime<Utc>, rules: &Rules) -> Result<(), CalendarError> {
    if opened.received.kind != Kind::Complaint {
        return Ok(());
    }
    stage(&Moments::asked(StageNumber::One, at), rules)
}

fn stage(moments: &Moments<'_>, rules: &Rules) -> Result<(), CalendarError> {
    StageClock::policy(rules, moments.number).check(moments)?;
    StageClock::code(rules, moments.number).check(moments)
}
