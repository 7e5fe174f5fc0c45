//! How long residents waited.

use super::account::Tally;
use super::classified::Classified;
use super::derived::wait_place;
use super::stages::Stages;
use super::{Place, Scope};
use crate::source::Stage;

/// The columns of the frame of waits. `days` is a whole number, or [`UNCOUNTED`].
pub const WAIT_COLUMNS: &[&str] = &["slot", "stage", "what", "days"];

/// In place of a number of days that the calendar does not reach.
pub const UNCOUNTED: &str = "uncounted";

/// What is waited for at a stage.
pub const WAITED_FOR: [&str; 2] = ["acknowledge", "answer"];

impl Stages<'_> {
    /// Adds what was waited for: the acknowledgement and the answer. The cases of waits are those of the stages.
    pub(super) fn add_waits(
        &mut self,
        row: &Stage,
        classified: &Classified,
        scope: &Scope,
        tally: &mut Tally,
    ) {
        let stage = if row.stage == 1 { "1" } else { "2" };
        for (what, done) in WAITED_FOR.into_iter().zip([row.acknowledged_on, row.responded_on]) {
            let done = scope.known(done);
            let place = wait_place(classified, what, done.is_some());
            tally.add(&place);
            let (Place::Counted(slot), Some(done)) = (place, done) else { continue };
            let days = scope.working_days(row.requested_on, done);
            let days = days.map_or_else(|| UNCOUNTED.to_owned(), |days| days.to_string());
            self.waits.push("", [slot, stage, what, &days], classified.times, 0);
        }
    }
}
