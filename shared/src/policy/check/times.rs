//! Which of two time limits ends first, as far as that can be said without a case.

use std::cmp::Ordering;

use crate::calendar::{Count, Unit};
use crate::code::StartPoint;

/// The most bank holidays that fall within a few weeks: two at Easter and two in May.
const HOLIDAYS: u32 = 4;

/// How an amount of time compares with another from the same moment; nothing where it depends on the days it falls on.
pub(super) fn compare(one: Count, other: Count) -> Option<Ordering> {
    if one.unit == other.unit {
        return Some(one.count.cmp(&other.count));
    }
    let (shortest, longest) = hours(one);
    let (other_shortest, other_longest) = hours(other);
    if longest < other_shortest {
        Some(Ordering::Less)
    } else if shortest > other_longest {
        Some(Ordering::Greater)
    } else {
        None
    }
}

/// The fewest and the most hours that an amount of time can be.
fn hours(amount: Count) -> (u32, u32) {
    let days = |fewest: u32, most: u32| (fewest.saturating_mul(24), most.saturating_mul(24));
    let count = amount.count;
    match amount.unit {
        Unit::Hours => (count, count),
        Unit::Days => days(count, count),
        // Five working days are within a week from a Sunday; from a Friday they take a weekend each, and holidays with it.
        Unit::WorkingDays => {
            let weekends = count.saturating_sub(1) / 5;
            let with_holidays = count.saturating_add(HOLIDAYS);
            let most = with_holidays.saturating_add(2 * with_holidays.div_ceil(5));
            days(count.saturating_add(2 * weekends), most)
        }
        Unit::Months => days(count.saturating_mul(28), count.saturating_mul(31)),
    }
}

/// Whether what a policy counts from comes before what the Code counts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Start {
    /// It is the same moment.
    Same,
    /// It comes no later.
    NoLater,
    /// It can come later.
    MayBeLater,
}

/// How one moment of a stage stands to another. `acknowledged_from` is what the stage's acknowledgement counts from: where that
/// is the logging, the logging comes first; where both only have to follow receipt, nothing puts either first.
pub(super) fn start(policy: StartPoint, code: StartPoint, acknowledged_from: Option<StartPoint>) -> Start {
    if policy == code {
        return Start::Same;
    }
    match (policy, code) {
        // Nothing in a stage comes before what opens it.
        (StartPoint::Receipt | StartPoint::Request, _) => Start::NoLater,
        (StartPoint::Logging | StartPoint::RequestLogging, StartPoint::Acknowledgement)
            if acknowledged_from == Some(policy) =>
        {
            Start::NoLater
        }
        _ => Start::MayBeLater,
    }
}

/// How a sentence calls a moment that time is counted from.
pub(super) const fn name(start: StartPoint) -> &'static str {
    match start {
        StartPoint::Receipt => "receipt",
        StartPoint::Logging => "logging",
        StartPoint::Acknowledgement => "the acknowledgement",
        StartPoint::Request => "the request",
        StartPoint::RequestLogging => "the logging of the request",
    }
}

#[cfg(test)]
mod tests {
    use std::cmp::Ordering;

    use rstest::rstest;

    use super::compare;
    use crate::calendar::{Calendar, Convention, Count, due_on};

    #[rstest]
    #[case(Count::working_days(2), Count::working_days(5), Some(Ordering::Less))]
    #[case(Count::hours(24), Count::working_days(10), Some(Ordering::Less))]
    #[case(Count::days(10), Count::working_days(20), Some(Ordering::Less))]
    #[case(Count::days(21), Count::working_days(15), None)]
    #[case(Count::months(2), Count::working_days(20), Some(Ordering::Greater))]
    #[case(Count::hours(24), Count::working_days(1), None)]
    fn which_ends_first(#[case] one: Count, #[case] other: Count, #[case] expected: Option<Ordering>) {
        assert_eq!(compare(one, other), expected);
        assert_eq!(compare(other, one), expected.map(Ordering::reverse));
    }

    #[test]
    fn no_day_of_the_calendar_contradicts_it() {
        let calendar = Calendar::england_and_wales().unwrap();
        let from: chrono::NaiveDate = "2024-01-01".parse().unwrap();
        for date in from.iter_days().take(366) {
            for (days, working_days) in (1..40).flat_map(|days| (1..25).map(move |working| (days, working))) {
                let (one, other) = (Count::days(days), Count::working_days(working_days));
                let due = |count| due_on(&calendar, Convention::After, date, count).unwrap();
                if let Some(said) = compare(one, other) {
                    assert_eq!(due(one).cmp(&due(other)), said, "{one} and {other} from {date}");
                }
            }
        }
    }
}
