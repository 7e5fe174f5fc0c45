//! Whether a stage was acknowledged in time, on either clock.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// How the acknowledgement of a stage stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Acknowledged {
    /// By its due date.
    InTime,
    /// After it.
    Late,
    /// Not yet, and still able to be in time.
    OpenWithinTime,
    /// Not, and too late to be in time.
    OpenOverdue,
    /// The complaint was withdrawn or closed before it had to be acknowledged: neither kept nor missed.
    Ended,
    /// The policy sets no date for it.
    NoLimit,
}

impl Acknowledged {
    /// How it stands on `as_of`; what is dated after has not happened yet. `ended_on` is when the complaint was withdrawn or closed.
    #[must_use]
    pub fn on(
        as_of: NaiveDate,
        acknowledged_on: Option<NaiveDate>,
        due_on: Option<NaiveDate>,
        ended_on: Option<NaiveDate>,
    ) -> Self {
        let known = |date: Option<NaiveDate>| date.filter(|date| *date <= as_of);
        match (due_on, known(acknowledged_on), known(ended_on)) {
            (None, ..) => Self::NoLimit,
            (Some(due), Some(acknowledged), _) if acknowledged <= due => Self::InTime,
            (Some(_), Some(_), _) => Self::Late,
            // On the last day it could still have been acknowledged.
            (Some(due), None, Some(ended)) if ended <= due => Self::Ended,
            (Some(due), None, _) if due < as_of => Self::OpenOverdue,
            (Some(_), None, _) => Self::OpenWithinTime,
        }
    }

    /// The word for it in data.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::InTime => "in-time",
            Self::Late => "late",
            Self::OpenWithinTime => "open-within-time",
            Self::OpenOverdue => "open-overdue",
            Self::Ended => "ended",
            Self::NoLimit => "no-limit",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_acknowledgement_stands_where_its_dates_put_it() {
        let day = |text: &str| text.parse::<NaiveDate>().ok();
        let as_of = day("2025-06-10").unwrap();
        for (acknowledged, due, ended, expected) in [
            ("2025-06-05", "2025-06-05", "", Acknowledged::InTime),
            ("2025-06-06", "2025-06-05", "", Acknowledged::Late),
            ("", "2025-06-10", "", Acknowledged::OpenWithinTime),
            ("", "2025-06-09", "", Acknowledged::OpenOverdue),
            ("2025-06-11", "2025-06-11", "", Acknowledged::OpenWithinTime),
            ("2025-06-05", "", "", Acknowledged::NoLimit),
            // Withdrawn the day after it came, or on the last day for it; withdrawn a day too late; and known only later.
            ("", "2025-06-05", "2025-06-03", Acknowledged::Ended),
            ("", "2025-06-05", "2025-06-05", Acknowledged::Ended),
            ("", "2025-06-05", "2025-06-06", Acknowledged::OpenOverdue),
            ("", "2025-06-12", "2025-06-11", Acknowledged::OpenWithinTime),
            ("2025-06-06", "2025-06-05", "2025-06-04", Acknowledged::Late),
        ] {
            assert_eq!(Acknowledged::on(as_of, day(acknowledged), day(due), day(ended)), expected);
        }
    }
}
