//! The moment that a query looks from.

use std::borrow::Cow;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use redress_shared::calendar::london;
use redress_shared::schema::patterns::DAY_OR_INSTANT;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use crate::problem::{FieldError, Problem};

/// An instant, or a date, which means the end of that day in London: its last second, so that what is due on the day is
/// not yet overdue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment(pub DateTime<Utc>);

impl Moment {
    /// The instant that a list looks from, which says how things stand now and how they will if nothing is done: what it is made of is
    /// not kept as it once was.
    ///
    /// # Errors
    /// Where it is past.
    pub fn not_past(self, now: DateTime<Utc>) -> Result<DateTime<Utc>, Problem> {
        if self.0 >= now {
            return Ok(self.0);
        }
        let detail = "a list cannot look from an instant that is past: it knows how things stand now alone. Ask each case, whose own \
            address takes any `as_of`, or have a report made of that day";
        Err(Problem::malformed(vec![FieldError::parameter("as_of", detail)]))
    }
}

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
        // One form, and no choice of two: generators of clients make a type of a choice, and some a type that there is not.
        json_schema!({ "type": "string", "pattern": DAY_OR_INSTANT })
    }
}

fn last_second(date: NaiveDate) -> DateTime<Utc> {
    let end = london::end_of_day(date);
    end.checked_sub_signed(TimeDelta::seconds(1)).unwrap_or(end)
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use redress_shared::schema::patterns::DAY_OR_INSTANT;
    use serde_json::json;

    use super::{Moment, last_second};

    #[test]
    fn days_and_instants_have_the_form_and_nothing_else_has() {
        let form =
            jsonschema::validator_for(&json!({ "type": "string", "pattern": DAY_OR_INSTANT })).unwrap();
        for year in [1000, 1900, 2000, 2023, 2024, 2100, 2400, 2999] {
            for (month, day) in (0..=13).flat_map(|month| (0..=32).map(move |day| (month, day))) {
                let is_day = NaiveDate::from_ymd_opt(year, month, day).is_some();
                let date = format!("{year}-{month:02}-{day:02}");
                for text in
                    [date.clone(), format!("{date}T23:59:59.999999999-23:59"), format!("{date}T00:00:00Z")]
                {
                    assert_eq!(form.is_valid(&json!(text)), is_day, "{text}");
                    assert_eq!(serde_json::from_value::<Moment>(json!(text)).is_ok(), is_day, "{text}");
                }
            }
        }
        for wrong in [
            "2026-11-02T24:00:00Z",
            "2026-11-02T09:60:00Z",
            "2026-11-02T09:30:60Z",
            "2026-11-02T09:30:00",
            "0999-01-01",
        ] {
            assert!(!form.is_valid(&json!(wrong)), "{wrong}");
        }
    }

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
