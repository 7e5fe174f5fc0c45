//! How long residents waited.

use redress_shared::measure::InTime;

use super::classified::Classified;
use super::stages::Stages;
use super::{Place, Scope};
use crate::source::Stage;

/// The columns of the frame of waits. `days` is a whole number, or [`UNCOUNTED`].
pub const WAIT_COLUMNS: &[&str] = &["slot", "stage", "what", "days"];

/// In place of a number of days that the calendar does not reach.
pub const UNCOUNTED: &str = "uncounted";

impl Stages<'_> {
    /// Adds what was waited for: the acknowledgement and the answer. The cases of waits are those of the stages.
    pub(super) fn add_wait(&mut self, row: &Stage, classified: &Classified, scope: &Scope) {
        let Place::Counted(slot) = classified.place else { return };
        let stage = if row.stage == 1 { "1" } else { "2" };
        let answered = row.responded_on.filter(|_| classified.in_time != InTime::Withdrawn);
        for (what, done) in [("acknowledge", row.acknowledged_on), ("answer", answered)] {
            let Some(done) = scope.known(done) else { continue };
            let days = scope.working_days(row.requested_on, done);
            let days = days.map_or_else(|| UNCOUNTED.to_owned(), |days| days.to_string());
            self.waits.push("", [slot, stage, what, &days], classified.times, 0);
        }
    }
}
