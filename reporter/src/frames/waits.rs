//! How long residents waited, and how the periods of the control charts stand.

use redress_shared::measure::InTime;

use super::classified::Classified;
use super::scope::EARLIER;
use super::stages::Stages;
use super::{Place, Scope};
use crate::source::Stage;

/// The columns of the frame of waits. `days` is a whole number, or [`UNCOUNTED`]; `window` and `period` are empty where the
/// stage is in none.
pub const WAIT_COLUMNS: &[&str] = &["window", "period", "stage", "what", "days"];

/// The columns of the frame of the control charts' periods; `window` is empty where a stage is in no other figure.
pub const HISTORY_COLUMNS: &[&str] = &["window", "period", "stage", "in_time"];

/// In place of a number of days that the calendar does not reach.
pub const UNCOUNTED: &str = "uncounted";

impl Stages {
    /// Adds what was waited for: the acknowledgement and the answer.
    pub(super) fn add_wait(&mut self, row: &Stage, classified: &Classified, scope: &Scope) {
        let window = match classified.place {
            Place::Counted(window) => window,
            Place::Excluded(EARLIER) => "",
            _ => return,
        };
        let stage = if row.stage == 1 { "1" } else { "2" };
        let period = scope.history.key_of(row.requested_on);
        if let Some(period) = &period {
            let words = [window, period.as_str(), stage, classified.in_time.word()];
            self.history.push(&row.case_id, words, classified.times, 0);
        }
        let answered = row.responded_on.filter(|_| classified.in_time != InTime::Withdrawn);
        for (what, done) in [("acknowledge", row.acknowledged_on), ("answer", answered)] {
            let Some(done) = scope.known(done) else { continue };
            let days = scope.working_days(row.requested_on, done);
            let days = days.map_or_else(|| UNCOUNTED.to_owned(), |days| days.to_string());
            let words = [window, period.as_deref().unwrap_or(""), stage, what, &days];
            self.waits.push(&row.case_id, words, classified.times, 0);
        }
    }
}
