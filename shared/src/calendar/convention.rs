//! How a policy counts: so many of a unit, under a convention.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Which day is the first when "within ten working days of" a date is counted.
///
/// The Code does not define it, so it is the policy's reading. It concerns working days only: for days,
/// months and hours every convention gives the same result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Convention {
    /// The first working day after the date is day 1. The usual reading.
    #[default]
    After,
    /// The date itself is day 1 when it is a working day; otherwise the first working day after it is.
    Inclusive,
    /// A date that is not a working day is moved to the next one first, and the working day after that one is
    /// day 1. The same as [`Convention::After`] from a working day, and one working day later from any other.
    Rolled,
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// Monday to Friday, less the calendar's bank holidays and closures.
    WorkingDays,
    /// Days as they come, weekends and bank holidays included.
    Days,
    /// Calendar months: to the same day of a later month, or that month's last day where it has no such day.
    Months,
    /// Hours on the clock, through nights and weekends.
    Hours,
}

/// A length of time as policies state it, such as ten working days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Count {
    /// How many.
    pub count: u32,
    /// Of what.
    pub unit: Unit,
}

impl Count {
    /// So many working days.
    pub const fn working_days(count: u32) -> Count {
        Count { count, unit: Unit::WorkingDays }
    }

    /// So many calendar days.
    pub const fn days(count: u32) -> Count {
        Count { count, unit: Unit::Days }
    }

    /// So many calendar months.
    pub const fn months(count: u32) -> Count {
        Count { count, unit: Unit::Months }
    }

    /// So many hours.
    pub const fn hours(count: u32) -> Count {
        Count { count, unit: Unit::Hours }
    }
}

/// `10 working days`, `1 month`.
impl fmt::Display for Count {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.unit {
            Unit::WorkingDays => "working day",
            Unit::Days => "day",
            Unit::Months => "month",
            Unit::Hours => "hour",
        };
        write!(out, "{} {unit}{}", self.count, if self.count == 1 { "" } else { "s" })
    }
}
