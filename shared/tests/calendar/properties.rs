//! What holds for every date and count, against a loop that looks at one day after another.

use crate::fixtures::{date, england_and_wales};
use chrono::{Datelike, NaiveDate, Weekday};
use proptest::prelude::{Just, ProptestConfig, Strategy, prop_assert, prop_assert_eq, prop_oneof, proptest};
use redress_shared::calendar::{
    Calendar, Closure, Convention, Count, Ends, count_back, due_on, reckon, working_days_from_to,
};
use std::collections::BTreeSet;
use std::sync::LazyLock;

static CALENDAR: LazyLock<Calendar> = LazyLock::new(|| {
    let closure = |name: &str, first, last| Closure {
        name: name.to_owned(),
        first_day: date(first),
        last_day: date(last),
    };
    let closures = [
        closure("Christmas closure", "2023-12-20", "2024-01-05"),
        closure("Stocktaking", "2025-05-05", "2025-05-06"),
    ];
    england_and_wales().with_closures(&closures).unwrap()
});

static DAYS_OFF: LazyLock<BTreeSet<NaiveDate>> = LazyLock::new(|| {
    let closed = ["2023-12-20", "2025-05-05"].map(date);
    let closures = closed[0].iter_days().take(17).chain(closed[1].iter_days().take(2));
    CALENDAR.bank_holidays().map(|day| day.date).chain(closures).collect()
});

fn worked(day: NaiveDate) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && !DAYS_OFF.contains(&day)
}

/// The due date by looking at each day in turn.
fn by_looking(convention: Convention, start: NaiveDate, count: u32) -> NaiveDate {
    let mut day = start;
    let mut counted = 0;
    match convention {
        Convention::After => {}
        Convention::Inclusive => counted += u32::from(worked(day)),
        Convention::Rolled => {
            while !worked(day) {
                day = day.succ_opt().unwrap();
            }
        }
    }
    while counted < count {
        day = day.succ_opt().unwrap();
        counted += u32::from(worked(day));
    }
    day
}

fn due(convention: Convention, start: NaiveDate, count: u32) -> NaiveDate {
    due_on(&CALENDAR, convention, start, Count::working_days(count)).unwrap()
}

/// Dates with room for the counts below on either side: 10 January 2019 to about the end of 2026.
fn dates() -> impl Strategy<Value = NaiveDate> {
    (0_usize..2_900).prop_map(|days| date("2019-01-10").iter_days().nth(days).unwrap())
}

fn conventions() -> impl Strategy<Value = Convention> {
    prop_oneof![Just(Convention::After), Just(Convention::Inclusive), Just(Convention::Rolled)]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(512) })]

    #[test]
    fn counting_is_looking_at_each_day(convention in conventions(), start in dates(), count in 1_u32..180) {
        prop_assert_eq!(due(convention, start, count), by_looking(convention, start, count));
    }

    #[test]
    fn a_due_date_is_always_worked(convention in conventions(), start in dates(), count in 1_u32..180) {
        let due = due(convention, start, count);
        prop_assert!(worked(due));
        prop_assert_eq!(CALENDAR.is_working_day(due), Ok(true));
    }

    #[test]
    fn counting_back_is_the_reverse(convention in conventions(), start in dates(), count in 1_u32..180) {
        let forward = due(convention, start, count);
        let back = count_back(&CALENDAR, convention, forward, count).unwrap();
        prop_assert!(worked(back));
        prop_assert_eq!(due(convention, back, count), forward);
        if worked(start) {
            prop_assert_eq!(back, start);
        } else {
            prop_assert_eq!(back < start, convention == Convention::After);
        }
    }

    #[test]
    fn a_later_start_is_no_earlier_due(convention in conventions(), start in dates(), count in 1_u32..180) {
        prop_assert!(due(convention, start, count) <= due(convention, start.succ_opt().unwrap(), count));
    }

    #[test]
    fn one_more_day_is_due_later(convention in conventions(), start in dates(), count in 1_u32..180) {
        prop_assert!(due(convention, start, count) < due(convention, start, count + 1));
    }

    #[test]
    fn inclusive_is_never_later_than_after_nor_after_than_rolled(start in dates(), count in 1_u32..180) {
        let all = [Convention::Inclusive, Convention::After, Convention::Rolled];
        let [inclusive, after, rolled] = all.map(|each| due(each, start, count));
        prop_assert!(inclusive <= after && after <= rolled);
        // From a working day only the first differs, from any other only the last.
        prop_assert_eq!(after == rolled, worked(start));
        prop_assert_eq!(inclusive == after, !worked(start));
    }

    #[test]
    fn every_day_is_accounted_for(convention in conventions(), start in dates(), count in 1_u32..180) {
        let reckoning = reckon(&CALENDAR, convention, start, Count::working_days(count)).unwrap();
        prop_assert_eq!(reckoning.due, due(convention, start, count));
        prop_assert!(reckoning.skipped.iter().all(|day| DAYS_OFF.contains(&day.date)));
        prop_assert!(reckoning.skipped.is_sorted_by_key(|day| day.date));
        let first = if convention == Convention::After { start.succ_opt().unwrap() } else { start };
        let days = (reckoning.due - first).num_days() + 1;
        // Under `Rolled` the day counting begins after is worked, looked at, and not counted.
        let counted = i64::from(count) + i64::from(convention == Convention::Rolled);
        let skipped = i64::try_from(reckoning.skipped.len()).unwrap();
        prop_assert_eq!(days, counted + i64::from(reckoning.weekend_days) + skipped);
    }

    #[test]
    fn days_between_agree_with_counting(start in dates(), count in 1_u32..180) {
        let between = |to, ends| working_days_from_to(&CALENDAR, start, to, ends).unwrap();
        prop_assert_eq!(between(due(Convention::After, start, count), Ends::Last), count);
        prop_assert_eq!(between(due(Convention::Inclusive, start, count), Ends::Both), count);
        prop_assert_eq!(between(due(Convention::Inclusive, start, count), Ends::First), count - 1);
    }
}
