//! When something happened, as a CRM knows it: often to the day only.

use std::borrow::Cow;

use chrono::{DateTime, NaiveDate, SubsecRound, TimeDelta, Utc};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::calendar::london;

/// A London day, or an instant.
///
/// A day without a time is taken to be noon in London, so that it stays that day whatever is reckoned from it. On the day of the step
/// before it, it is no earlier than that step, and on the day of an instant that follows it, no later than that; today, it is no later
/// than now.
///
/// ```
/// use redress_shared::case::history::When;
/// let day: When = serde_json::from_str("\"2025-06-30\"")?;
/// let instant: When = serde_json::from_str("\"2025-06-30T23:30:00Z\"")?;
/// assert_eq!(day.london_day().to_string(), "2025-06-30");
/// assert_eq!(instant.london_day().to_string(), "2025-07-01");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// The day alone is known.
    Day(NaiveDate),
    /// The instant is known.
    At(DateTime<Utc>),
}

/// How long after a London midnight a day without a time is taken to be.
const NOON: TimeDelta = TimeDelta::hours(12);

impl When {
    /// The London day.
    #[must_use]
    pub fn london_day(self) -> NaiveDate {
        match self {
            Self::Day(day) => day,
            Self::At(instant) => london::date_of(instant),
        }
    }

    /// The instant at which it is taken to have happened.
    #[must_use]
    pub(super) fn instant(self, not_before: Option<DateTime<Utc>>, now: DateTime<Utc>) -> DateTime<Utc> {
        let day = match self {
            Self::At(instant) => return instant.trunc_subsecs(6),
            Self::Day(day) => day,
        };
        let noon = london::start_of_day(day) + NOON;
        let noon = if london::date_of(now) == day { noon.min(now) } else { noon };
        match not_before.filter(|before| london::date_of(*before) == day) {
            Some(before) => noon.max(before),
            None => noon,
        }
    }
}

impl Serialize for When {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Day(day) => day.serialize(serializer),
            Self::At(instant) => instant.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for When {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<'de, str>::deserialize(deserializer)?;
        if let Ok(day) = text.parse() {
            return Ok(Self::Day(day));
        }
        let wrong =
            || serde::de::Error::custom("expected a day, 2025-06-30, or an instant, 2025-06-30T14:05:00Z");
        DateTime::parse_from_rfc3339(&text).map(|instant| Self::At(instant.to_utc())).map_err(|_| wrong())
    }
}

impl JsonSchema for When {
    fn schema_name() -> Cow<'static, str> {
        "When".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A London day, or an instant.",
            "anyOf": [{ "type": "string", "format": "date" }, { "type": "string", "format": "date-time" }],
        })
    }
}
