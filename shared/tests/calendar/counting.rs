//! Counting at the edges: the conventions, the other units, closures, and the years that are not known.

use crate::fixtures::{date, england_and_wales};
use chrono::{DateTime, Utc};
use redress_shared::calendar::{
    BackwardsClosure, BeyondCoverage, CalendarError, Closure, Convention, Count, DayOffKind, Ends,
    count_back, due_at, due_on, reckon, working_days_from_to,
};
use rstest::rstest;

#[rstest]
#[case("2022-09-09", 10, "2022-09-26", "2022-09-23")]
#[case("2023-05-02", 10, "2023-05-17", "2023-05-16")]
#[case("2024-03-25", 10, "2024-04-10", "2024-04-09")]
#[case("2025-04-14", 10, "2025-04-30", "2025-04-29")]
#[case("2025-08-23", 5, "2025-09-01", "2025-09-01")]
#[case("2025-12-22", 20, "2026-01-22", "2026-01-21")]
#[case("2026-12-24", 10, "2027-01-12", "2027-01-11")]
fn after_and_inclusive(#[case] start: &str, #[case] days: u32, #[case] after: &str, #[case] inclusive: &str) {
    let calendar = england_and_wales();
    let due = |convention| due_on(&calendar, convention, date(start), Count::working_days(days)).unwrap();
    assert_eq!(due(Convention::After), date(after));
    assert_eq!(due(Convention::Inclusive), date(inclusive));
}

#[rstest]
#[case(Convention::After, "2020-01-31")]
#[case(Convention::Inclusive, "2020-01-31")]
#[case(Convention::Rolled, "2020-02-03")]
fn a_saturday_start(#[case] convention: Convention, #[case] due: &str) {
    let start = date("2020-01-04");
    assert_eq!(due_on(&england_and_wales(), convention, start, Count::working_days(20)), Ok(date(due)));
}

#[rstest]
#[case("2025-04-04", Count::days(21), "2025-04-25")]
#[case("2025-04-04", Count::days(1), "2025-04-05")]
#[case("2025-04-04", Count::days(0), "2025-04-04")]
#[case("2024-02-28", Count::days(1), "2024-02-29")]
#[case("2024-01-31", Count::months(1), "2024-02-29")]
#[case("2025-01-31", Count::months(1), "2025-02-28")]
#[case("2024-02-29", Count::months(12), "2025-02-28")]
#[case("2025-11-30", Count::months(3), "2026-02-28")]
#[case("2025-01-15", Count::months(6), "2025-07-15")]
// No bank holiday bears on these, so the end of the calendar does not either.
#[case("2027-12-20", Count::days(21), "2028-01-10")]
#[case("2027-12-31", Count::months(2), "2028-02-29")]
fn days_and_months_ignore_the_convention(#[case] start: &str, #[case] count: Count, #[case] due: &str) {
    for convention in [Convention::After, Convention::Inclusive, Convention::Rolled] {
        let reckoning = reckon(&england_and_wales(), convention, date(start), count).unwrap();
        assert_eq!(reckoning.due, date(due));
        assert_eq!((reckoning.skipped.len(), reckoning.weekend_days), (0, 0));
    }
}

#[rstest]
// Friday evening to Saturday evening; over the night the clocks go forward, then back, as a London clock
// shows it.
#[case("2025-06-06T18:00:00+01:00", "2025-06-07T18:00:00+01:00")]
#[case("2025-03-29T12:00:00+00:00", "2025-03-30T13:00:00+01:00")]
#[case("2025-10-25T12:00:00+01:00", "2025-10-26T11:00:00+00:00")]
#[case("2024-02-28T23:30:00+00:00", "2024-02-29T23:30:00+00:00")]
#[case("2027-12-31T23:59:59+00:00", "2028-01-01T23:59:59+00:00")]
fn hours_run_on_the_clock(#[case] start: DateTime<Utc>, #[case] end: DateTime<Utc>) {
    assert_eq!(due_at(start, 24), Ok(end));
}

#[test]
fn what_cannot_be_counted_is_refused() {
    let (calendar, start) = (england_and_wales(), date("2025-04-17"));
    for convention in [Convention::After, Convention::Inclusive, Convention::Rolled] {
        let due = |count| due_on(&calendar, convention, start, count);
        assert_eq!(due(Count::hours(24)), Err(CalendarError::HoursNeedAnInstant));
        assert_eq!(due(Count::working_days(0)), Err(CalendarError::ZeroWorkingDays));
        assert_eq!(due(Count::days(u32::MAX)), Err(CalendarError::NotADate));
        assert_eq!(due(Count::months(u32::MAX)), Err(CalendarError::NotADate));
        assert!(matches!(due(Count::working_days(u32::MAX)), Err(CalendarError::BeyondCoverage(_))));
        assert_eq!(count_back(&calendar, convention, start, 0), Err(CalendarError::ZeroWorkingDays));
    }
    assert_eq!(due_at(DateTime::<Utc>::MAX_UTC, 1), Err(CalendarError::NotADate));
}

#[test]
fn a_count_that_leaves_the_years_covered_is_refused_at_either_end() {
    let calendar = england_and_wales();
    let beyond = |day| {
        CalendarError::BeyondCoverage(BeyondCoverage { date: date(day), coverage: calendar.coverage() })
    };
    let due = |start, days| due_on(&calendar, Convention::After, date(start), Count::working_days(days));
    // 29 to 31 December 2027 are working days.
    assert_eq!(due("2027-12-24", 3), Ok(date("2027-12-31")));
    assert_eq!(due("2027-12-24", 4), Err(beyond("2028-01-01")));
    assert_eq!(due("2028-01-04", 1), Err(beyond("2028-01-04")));
    assert_eq!(due("2018-12-31", 1), Err(beyond("2018-12-31")));
    assert_eq!(due("2019-01-01", 1), Ok(date("2019-01-02")));
    let back = |from, days| count_back(&calendar, Convention::After, date(from), days);
    assert_eq!(back("2019-01-03", 1), Ok(date("2019-01-02")));
    assert_eq!(back("2019-01-03", 2), Err(beyond("2018-12-31")));
    assert_eq!(back("2018-12-31", 1), Err(beyond("2018-12-31")));
    let between = |from, to| working_days_from_to(&calendar, date(from), date(to), Ends::Both);
    assert_eq!(between("2019-01-01", "2019-12-31"), Ok(253));
    assert!(between("2018-12-31", "2019-12-31").is_err() && between("2027-12-31", "2028-01-01").is_err());
}

#[test]
fn a_year_not_known_is_an_error_that_says_what_is_and_what_to_do() {
    let calendar = england_and_wales();
    let refusal = calendar.is_working_day(date("2028-01-04")).unwrap_err();
    assert_eq!(
        refusal.to_string(),
        "the bank holidays of 4 January 2028 are not known: the calendar covers 2019 to 2027. \
         Load a newer calendar, or merge the government's current bank holiday feed into this one, and ask again"
    );
    // Not even a Saturday is answered for.
    assert!(calendar.is_working_day(date("2028-01-01")).is_err());
    assert!(calendar.working_day_on_or_after(date("2028-01-01")).is_err());
    assert!(calendar.is_working_day(date("2018-12-31")).is_err());
    assert_eq!(calendar.is_working_day(date("2027-12-31")), Ok(true));
}

#[rstest]
#[case(Ends::Both, 3)]
#[case(Ends::First, 2)]
#[case(Ends::Last, 2)]
fn both_one_or_the_other_end_counts(#[case] ends: Ends, #[case] days: u32) {
    let count = |from, to| working_days_from_to(&england_and_wales(), date(from), date(to), ends);
    // Thursday, the four days of Easter, Tuesday, Wednesday.
    assert_eq!(count("2025-04-17", "2025-04-23"), Ok(days));
    assert_eq!(count("2025-04-23", "2025-04-17"), Ok(0));
    // An end that is not worked counts under none.
    assert_eq!(count("2025-04-18", "2025-04-21"), Ok(0));
}

fn christmas_week() -> Closure {
    let (first_day, last_day) = (date("2025-12-24"), date("2026-01-02"));
    Closure { name: "Christmas closure".to_owned(), first_day, last_day }
}

#[test]
fn closures_are_the_landlords_and_leave_the_calendar_itself_alone() {
    let code = england_and_wales();
    let policy = code.with_closures(&[christmas_week()]).unwrap();
    let due =
        |calendar| due_on(calendar, Convention::After, date("2025-12-22"), Count::working_days(5)).unwrap();
    assert_eq!(due(&code), date("2025-12-31"));
    assert_eq!(due(&policy), date("2026-01-08"));
    assert_eq!(policy.version(), code.version());
    let kind = |day| policy.day_off(date(day)).map(|day| day.kind);
    assert_eq!(kind("2025-12-24"), Some(DayOffKind::Closure));
    assert_eq!(kind("2025-12-25"), Some(DayOffKind::BankHoliday));
    assert_eq!(kind("2025-12-27"), None);
    assert_eq!(code.day_off(date("2025-12-24")), None);
}

#[test]
fn closures_add_up_and_reach_no_further_than_the_calendar() {
    let long = Closure { first_day: date("2027-12-29"), last_day: date("2030-12-31"), ..christmas_week() };
    let calendar =
        england_and_wales().with_closures(&[christmas_week()]).unwrap().with_closures(&[long]).unwrap();
    assert_eq!(calendar.is_working_day(date("2025-12-24")), Ok(false));
    assert_eq!(calendar.is_working_day(date("2027-12-31")), Ok(false));
    assert!(calendar.is_working_day(date("2028-01-04")).is_err());
}

#[test]
fn a_closure_that_ends_before_it_begins_is_refused_by_name() {
    let backwards = Closure { last_day: date("2025-12-01"), ..christmas_week() };
    let refusal = england_and_wales().with_closures(&[christmas_week(), backwards.clone()]).unwrap_err();
    assert_eq!(refusal, BackwardsClosure(vec![backwards]));
    assert_eq!(
        refusal.to_string(),
        "Christmas closure (24 December 2025 to 1 December 2025): a closure's last day must not come before its first"
    );
}
