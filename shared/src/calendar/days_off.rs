//! The days that are not worked: bank holidays, and a landlord's own closures.

use super::coverage::Coverage;
use super::words::long_date;
use chrono::{Datelike, NaiveDate, Weekday};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A bank holiday as the government lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BankHoliday {
    /// The day that is not worked; never a Saturday or Sunday, for which a substitute day is listed.
    pub date: NaiveDate,
    /// The government's title, such as `Early May bank holiday`.
    pub title: String,
    /// The government's remark, such as `Substitute day`; often empty.
    pub notes: String,
}

/// Days on which a landlord does not work although they are not bank holidays, such as the week after
/// Christmas.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Closure {
    /// What residents are told it is called, such as `Christmas closure`.
    pub name: String,
    /// The first day closed.
    #[schemars(with = "String", extend("format" = "date"))]
    pub first_day: NaiveDate,
    /// The last day closed.
    #[schemars(with = "String", extend("format" = "date"))]
    pub last_day: NaiveDate,
}

/// Closures that end before they begin.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}: a closure's last day must not come before its first", describe(.0))]
pub struct BackwardsClosure(
    /// Every such closure.
    pub Vec<Closure>,
);

impl BackwardsClosure {
    pub(super) fn check(closures: &[Closure]) -> Result<(), BackwardsClosure> {
        let backwards = |closure: &&Closure| closure.last_day < closure.first_day;
        let wrong: Vec<Closure> = closures.iter().filter(backwards).cloned().collect();
        if wrong.is_empty() { Ok(()) } else { Err(BackwardsClosure(wrong)) }
    }
}

fn describe(closures: &[Closure]) -> String {
    let describe = |closure: &Closure| {
        format!("{} ({} to {})", closure.name, long_date(closure.first_day), long_date(closure.last_day))
    };
    closures.iter().map(describe).collect::<Vec<_>>().join("; ")
}

/// Why a weekday is not worked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DayOffKind {
    /// A bank holiday, which every landlord has.
    BankHoliday,
    /// A closure of the landlord's own.
    Closure,
}

/// A weekday that is not worked, with its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct DayOff {
    /// The day.
    pub date: NaiveDate,
    /// The bank holiday's title or the closure's name.
    pub title: String,
    /// Which of the two it is.
    pub kind: DayOffKind,
}

/// Saturday or Sunday.
pub(super) fn is_weekend(date: NaiveDate) -> bool {
    matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
}

/// Every weekday off in the years covered, in order. A bank holiday within a closure stays a bank holiday;
/// where closures overlap, the one named first gives the name.
pub(super) fn weekdays_off(
    coverage: Coverage,
    bank_holidays: &BTreeMap<NaiveDate, BankHoliday>,
    closures: &[Closure],
) -> Vec<DayOff> {
    let day_off = |date, title: &str, kind| (date, DayOff { date, title: title.to_owned(), kind });
    let mut days: BTreeMap<NaiveDate, DayOff> = bank_holidays
        .values()
        .map(|holiday| day_off(holiday.date, &holiday.title, DayOffKind::BankHoliday))
        .collect();
    for closure in closures {
        let first = closure.first_day.max(coverage.first_day());
        let last = closure.last_day.min(coverage.last_day());
        for date in first.iter_days().take_while(|date| *date <= last).filter(|date| !is_weekend(*date)) {
            let (date, day) = day_off(date, &closure.name, DayOffKind::Closure);
            days.entry(date).or_insert(day);
        }
    }
    days.into_values().collect()
}
