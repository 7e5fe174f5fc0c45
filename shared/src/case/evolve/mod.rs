//! What events mean. Total: an event is a fact, and no fact is refused.

mod after;
mod answer;
mod correction;
mod escalation;
mod intake;
mod ombudsman;
mod opening;
mod put_right;
mod redress;
mod stage;

pub use opening::opened;
pub use put_right::put_right;

use super::CaseId;
use super::event::Logged;
use super::state::Case;

/// Folds a case's log from its beginning; nothing for a log that does not begin with an opening.
#[must_use]
pub fn replay(id: CaseId, log: &[Logged]) -> Option<Case> {
    let (first, rest) = log.split_first()?;
    let mut case = opened(id, first)?;
    rest.iter().for_each(|logged| evolve(&mut case, logged));
    Some(case)
}

/// Takes one event in.
pub fn evolve(case: &mut Case, logged: &Logged) {
    case.version = logged.sequence;
    let at = logged.occurred_at;
    intake::intake(case, &logged.event, at);
    stage::stages(case, &logged.event, at);
    escalation::escalation(case, &logged.event, at);
    redress::redress(case, &logged.event, at);
    after::after(case, &logged.event, at);
    ombudsman::ombudsman(case, &logged.event, at);
}

/// The item with that number, counted from 1.
fn numbered<T>(items: &mut [T], number: u16) -> Option<&mut T> {
    items.get_mut(usize::from(number).checked_sub(1)?)
}
