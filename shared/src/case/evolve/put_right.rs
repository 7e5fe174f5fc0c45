//! An event of long ago as it is known now: what was put right since counts for it too.

use chrono::{DateTime, Utc};

use super::evolve;
use crate::case::command::correction::Fact;
use crate::case::event::{Event, Logged};
use crate::case::state::Case;

/// The case as an event left it, and the event, both with the facts that were put right since: a resident's name and address, and
/// the dates. What happened since is left out.
///
/// `case` is the case right after the event `logged`, and `since` the rest of its log.
#[must_use]
pub fn put_right(case: &Case, logged: &Logged, since: &[Logged]) -> (Case, Logged) {
    let (mut right, mut known) = (case.clone(), logged.clone());
    let own = moment(case, &logged.event).filter(|at| *at == logged.occurred_at);
    let mut asked_again = false;
    for later in since {
        let counts = match &later.event {
            Event::EscalationAsked(_) => {
                asked_again = true;
                false
            }
            Event::ResidentCorrected(_) => true,
            Event::Corrected(corrected) => {
                let of_another = asked_again && matches!(corrected.correct, Fact::RequestedAt { .. });
                !of_another && right.knows(&corrected.correct)
            }
            _ => false,
        };
        if counts {
            evolve(&mut right, later);
        }
    }
    right.version = case.version;
    if own.is_some() {
        known.occurred_at = moment(&right, &logged.event).unwrap_or(logged.occurred_at);
    }
    (right, known)
}

/// When an event happened by what the case says of it, where a correction can move it.
fn moment(case: &Case, event: &Event) -> Option<DateTime<Utc>> {
    match event {
        Event::Opened(_) => Some(case.received_at),
        Event::Acknowledged(_) => case.current_stage()?.acknowledged_at,
        Event::Answered(answered) => case.stage(answered.stage)?.responded_at,
        Event::EscalationAsked(_) => Some(case.escalation.as_ref()?.requested_at),
        _ => None,
    }
}
