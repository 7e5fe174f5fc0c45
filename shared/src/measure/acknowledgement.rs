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
    /// The policy sets no date for it.
    NoLimit,
}

impl Acknowledged {
    /// How it stands on `as_of`; what is dated after has not happened yet.
    #[must_use]
    pub fn on(as_of: NaiveDate, acknowledged_on: Option<NaiveDate>, due_on: Option<NaiveDate>) -> Self {
        match (due_on, acknowledged_on.filter(|date| *date <= as_of)) {
            (None, _) => Self::NoLimit,
            (Some(due), Some(acknowledged)) if acknowledged <= due => Self::InTime,
            (Some(_), Some(_)) => Self::Late,
            (Some(due), None) if due < as_of => Self::OpenOverdue,
            (Some(_), None) => Self::OpenWithinTime,
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
        for (acknowledged, due, expected) in [
            ("2025-06-05", "2025-06-05", Acknowledged::InTime),
            ("2025-06-06", "2025-06-05", Acknowledged::Late),
            ("", "2025-06-10", Acknowledged::OpenWithinTime),
            ("", "2025-06-09", Acknowledged::OpenOverdue),
            ("2025-06-11", "2025-06-11", Acknowledged::OpenWithinTime),
            ("2025-06-05", "", Acknowledged::NoLimit),
        ] {
            assert_eq!(Acknowledged::on(as_of, day(acknowledged), day(due)), expected);
        }
    }
}
