//! How one stage of one case counts.

#![allow(clippy::expect_used, reason = "a test may stop at a bad fixture")]

use chrono::NaiveDate;
use redress_shared::calendar::{Calendar, Convention, Count, due_on};
use redress_shared::measure::{
    Choices, Counted, Extensions, Group, InTime, Refused, ReportingYear, ResponseClock, StageDates,
    StockType, Withdrawn, counted, provisional_until,
};

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn some_day(text: &str) -> Option<NaiveDate> {
    (!text.is_empty()).then(|| day(text))
}

fn stage(responded: &str, due: &str, extended: &str, withdrawn: &str) -> StageDates {
    StageDates {
        requested_on: day("2025-06-02"),
        responded_on: some_day(responded),
        code_due_on: some_day(due),
        code_due_as_acknowledged_on: some_day(due),
        code_extended_due_on: some_day(extended),
        withdrawn_on: some_day(withdrawn),
    }
}

#[test]
fn a_stage_stands_where_its_dates_put_it() {
    for (responded, due, extended, withdrawn, expected) in [
        ("2025-06-23", "2025-06-23", "", "", InTime::WithoutExtension),
        ("2025-06-23", "2025-06-23", "2025-07-07", "", InTime::WithoutExtension),
        ("2025-06-24", "2025-06-23", "", "", InTime::Late),
        ("2025-07-07", "2025-06-23", "2025-07-07", "", InTime::WithinExtension),
        ("2025-07-08", "2025-06-23", "2025-07-07", "", InTime::Late),
        ("", "2025-06-23", "", "", InTime::OpenOverdue),
        ("", "2025-09-01", "", "", InTime::OpenWithinTime),
        ("", "2025-09-02", "", "", InTime::OpenWithinTime),
        ("", "2025-06-23", "2025-09-30", "", InTime::OpenWithinTime),
        ("", "", "", "", InTime::OpenWithinTime),
        ("", "2025-06-23", "", "2025-06-10", InTime::Withdrawn),
        ("2025-06-20", "2025-06-23", "", "2025-06-10", InTime::Withdrawn),
        ("2025-06-10", "2025-06-23", "", "2025-06-10", InTime::WithoutExtension),
        ("2025-06-10", "2025-06-23", "", "2025-07-10", InTime::WithoutExtension),
        ("2025-06-20", "", "", "", InTime::Undated),
        // Known only after the date of the report: not yet answered, not yet withdrawn.
        ("2025-09-02", "2025-06-23", "", "", InTime::OpenOverdue),
        ("", "2025-09-08", "", "2025-09-05", InTime::OpenWithinTime),
    ] {
        let dates = stage(responded, due, extended, withdrawn);
        assert_eq!(dates.in_time(&Choices::default(), day("2025-09-01")), expected, "{dates:?}");
    }
}

#[test]
fn the_last_day_is_still_within_time() {
    let dates = stage("", "2025-06-23", "", "");
    assert_eq!(dates.in_time(&Choices::default(), day("2025-06-23")), InTime::OpenWithinTime);
    assert_eq!(dates.in_time(&Choices::default(), day("2025-06-24")), InTime::OpenOverdue);
}

#[test]
fn a_late_acknowledgement_buys_time_only_when_so_chosen() {
    let dates = StageDates {
        code_due_as_acknowledged_on: some_day("2025-06-30"),
        ..stage("2025-06-26", "2025-06-23", "", "")
    };
    let as_acknowledged = Choices { response_clock: ResponseClock::AsAcknowledged, ..Choices::default() };
    assert_eq!(dates.in_time(&Choices::default(), day("2025-09-01")), InTime::Late);
    assert_eq!(dates.in_time(&as_acknowledged, day("2025-09-01")), InTime::WithoutExtension);
}

#[test]
fn disregarded_extensions_make_the_answer_late() {
    let choices = Choices { extensions: Extensions::Disregarded, ..Choices::default() };
    let dates = stage("2025-07-07", "2025-06-23", "2025-07-07", "");
    assert_eq!(dates.in_time(&choices, day("2025-09-01")), InTime::Late);
}

#[test]
fn refused_withdrawn_and_group_complaints_count_as_chosen() {
    let defaults = Choices::default();
    let others = Choices {
        withdrawn: Withdrawn::LeftOut,
        refused: Refused::Made,
        group: Group::EachResident,
        ..Choices::default()
    };
    let made = |times, in_time| Counted::Made { times, in_time };
    for (in_time, refused, residents, by_default, otherwise) in [
        (InTime::Late, false, 1, made(1, InTime::Late), made(1, InTime::Late)),
        (InTime::Late, false, 12, made(1, InTime::Late), made(12, InTime::Late)),
        (InTime::Withdrawn, false, 1, made(1, InTime::Withdrawn), Counted::Withdrawn),
        (InTime::OpenOverdue, true, 1, Counted::Refused, made(1, InTime::OpenOverdue)),
        (InTime::Late, false, 0, made(1, InTime::Late), made(1, InTime::Late)),
    ] {
        assert_eq!(counted(in_time, refused, residents, &defaults), by_default);
        assert_eq!(counted(in_time, refused, residents, &others), otherwise);
    }
}

#[test]
fn a_stage_belongs_to_the_year_of_its_own_request() {
    let (earlier, later) = (ReportingYear::regulatory(2024), ReportingYear::regulatory(2025));
    let mut dates = stage("", "", "", "");
    dates.requested_on = day("2025-04-01");
    assert!(dates.belongs_to(&later.period().unwrap()) && !dates.belongs_to(&earlier.period().unwrap()));
    dates.requested_on = day("2025-03-31");
    assert!(dates.belongs_to(&earlier.period().unwrap()) && !dates.belongs_to(&later.period().unwrap()));
}

#[test]
fn leaseholders_and_others_are_in_neither_measure() {
    let measured: Vec<&str> =
        StockType::ALL.into_iter().filter(|s| s.is_measured()).map(StockType::word).collect();
    assert_eq!(measured, ["lcra", "lcho"]);
    assert!(StockType::ALL.into_iter().all(|stock| StockType::parse(stock.word()) == Some(stock)));
    assert_eq!(StockType::parse("LCRA"), None);
}

#[test]
fn a_year_is_provisional_until_its_last_stage_2_can_no_longer_be_in_time() {
    let year = ReportingYear::regulatory(2025).period().unwrap();
    let calendar = Calendar::england_and_wales().expect("the calendar");
    let count = |from, days| due_on(&calendar, Convention::After, from, Count::working_days(days));
    assert_eq!(provisional_until(&year, count), Ok(day("2026-06-08")));
}
