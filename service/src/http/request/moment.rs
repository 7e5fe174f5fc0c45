//! The moment that a query looks from.

use std::borrow::Cow;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use redress_shared::calendar::london;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

/// An instant, or a date, which means the end of that day in London: its last second, so that what is due on the day is
/// not yet overdue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment(pub DateTime<Utc>);

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        if let Ok(date) = text.parse::<NaiveDate>() {
            return Ok(Self(last_second(date)));
        }
        text.parse().map(Self).map_err(D::Error::custom)
    }
}

impl JsonSchema for Moment {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Moment".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "anyOf": [{ "format": "date" }, { "format": "date-time" }] })
    }
}

fn last_second(date: NaiveDate) -> DateTime<Utc> {
    let end = london::end_of_day(date);
    end.checked_sub_signed(TimeDelta::seconds(1)).unwrap_or(end)
}

#[cfg(test)]
mod tests {
    use super::last_second;

    #[test]
    fn a_day_ends_by_the_london_clock() {
        for (date, end) in [
            ("2025-04-20", "2025-04-20T22:59:59Z"),
            ("2025-01-15", "2025-01-15T23:59:59Z"),
            // The day of 25 hours ends in winter time.
            ("2025-10-26", "2025-10-26T23:59:59Z"),
        ] {
            assert_eq!(
                last_second(date.parse().unwrap()),
                end.parse::<chrono::DateTime<chrono::Utc>>().unwrap()
            );
        }
    }
}
