//! The unit that a limit is counted in.

use serde::{Deserialize, Serialize};

/// What a limit counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// Monday to Friday, less bank holidays of England and Wales.
    WorkingDays,
    /// Calendar days.
    Days,
    /// Calendar months, clamped to the month's last day.
    Months,
    /// Hours on the clock, through nights and weekends.
    Hours,
}
