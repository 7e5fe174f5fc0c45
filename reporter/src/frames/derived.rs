//! What is counted out of rows that are booked already: each has an account of its own, since a row that is in one figure can be
//! missing from another.

use redress_shared::measure::InTime;

use super::Place;
use super::account::Tally;
use super::classified::Classified;
use super::scope::{OUTSIDE, TO_DATE};

/// Stages, as open on the report's date or not.
pub const OPEN_STAGES: &str = "open-stages";
/// What was waited for at each stage: the acknowledgement and the answer.
pub const WAITS: &str = "waits";
/// What is remarkable about each case.
pub const REMARKS: &str = "remarks";
/// Money of each remedy: offered, paid, set off.
pub const AMOUNTS: &str = "amounts";
/// Actions, orders, recommendations and failure orders, as still to be done on the report's date or not.
pub const OUTSTANDING: &str = "outstanding";

/// Why something is not still to be done.
const DONE: &str = "done";
/// Why something is not open or not done yet.
pub(super) const LATER: &str = "dated after the report";
const WITHDRAWN: &str = "withdrawn before the answer";
const CLOSED: &str = "closed without an answer";
const ANSWERED: &str = "answered";
const NOT_DONE: &str = "not over yet";

/// Whether a stage is open on the report's date, of whatever period; why not, where it is not.
pub(super) fn open_place(classified: &Classified) -> Place {
    match &classified.place {
        Place::Counted(_) | Place::Excluded(OUTSIDE) => match classified.in_time {
            InTime::OpenWithinTime | InTime::OpenOverdue => Place::Counted(TO_DATE),
            InTime::Withdrawn => Place::Excluded(WITHDRAWN),
            InTime::Closed => Place::Excluded(CLOSED),
            InTime::WithoutExtension | InTime::WithinExtension | InTime::Late | InTime::Undated => {
                Place::Excluded(ANSWERED)
            }
        },
        elsewhere => elsewhere.clone(),
    }
}

/// Where a wait goes: with its stage, once it is over. An answer to a complaint withdrawn before is none.
pub(super) fn wait_place(classified: &Classified, what: &str, is_done: bool) -> Place {
    match &classified.place {
        Place::Counted(slot) => match classified.in_time {
            InTime::Withdrawn if what == "answer" => Place::Apart { slot, reason: WITHDRAWN },
            _ if !is_done => Place::Apart { slot, reason: NOT_DONE },
            _ => classified.place.clone(),
        },
        elsewhere => elsewhere.clone(),
    }
}

/// Books something that may still have to be done, and says whether it has. `is_known` is whether it was there on the report's date.
pub(super) fn is_still_to_do(tally: &mut Tally, state: &str, is_known: bool) -> bool {
    let place = match state {
        _ if !is_known => Place::Excluded(LATER),
        "overdue" | "not-due" => Place::Counted(TO_DATE),
        _ => Place::Excluded(DONE),
    };
    tally.add(&place);
    matches!(place, Place::Counted(_))
}
