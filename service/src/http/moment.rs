//! The moment that a query looks from.

use chrono::{DateTime, Datelike as _, NaiveDate, TimeDelta, Utc};
use redress_shared::calendar::london;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

/// An instant, or a date, which means the end of that day in London: its last second, so that what is due on the day is
/// not yet overdue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment(pub DateTime<Utc>);

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let moment = match text.parse::<NaiveDate>() {
            Ok(date) => last_second(date),
            Err(_) => text.parse().map_err(D::Error::custom)?,
        };
        // A date of another millennium is a slip of the pen, and PostgreSQL's dates begin in 4713 BC.
        if !(1..=9999).contains(&moment.year()) {
            return Err(D::Error::custom("a year has four digits"));
        }
        Ok(Self(moment))
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
