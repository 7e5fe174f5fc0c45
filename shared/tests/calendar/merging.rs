//! Newer bank holidays: the union is kept, and what changed is said.

use crate::fixtures::{ENGLAND_AND_WALES_2028, calendar, date, england_and_wales, government_feed};
use redress_shared::calendar::{BankHoliday, Calendar, Closure, Feed, LoadError, MergeError};

fn feed(days: &[(&str, &str)]) -> Feed {
    Feed::from_government(&government_feed(days), "england-and-wales").unwrap()
}

fn dates(days: &[BankHoliday]) -> Vec<String> {
    days.iter().map(|day| day.date.to_string()).collect()
}

/// The feed as a rolling window: the days of the calendar in these years.
fn window(calendar: &Calendar, years: std::ops::RangeInclusive<i32>) -> Vec<(String, String)> {
    use chrono::Datelike;
    let listed = |day: &BankHoliday| (day.date.to_string(), day.title.clone());
    calendar.bank_holidays().filter(|day| years.contains(&day.date.year())).map(listed).collect()
}

fn borrowed(days: &[(String, String)]) -> Vec<(&str, &str)> {
    days.iter().map(|(date, title)| (date.as_str(), title.as_str())).collect()
}

#[test]
fn a_rolling_window_adds_a_year_and_loses_none() {
    let before = england_and_wales();
    let kept = window(&before, 2027..=2027);
    let days = [borrowed(&kept), ENGLAND_AND_WALES_2028.to_vec()].concat();
    let merged = before.merge(&feed(&days), "england-and-wales 2027-02-01").unwrap();
    assert_eq!(dates(&merged.added), ENGLAND_AND_WALES_2028.map(|(date, _)| date));
    // The window lists no notes, which the days of 2027 have here: the newer entry holds.
    assert_eq!(dates(&merged.retitled), ["2027-12-27", "2027-12-28"]);
    assert_eq!((merged.kept_unlisted.len(), merged.left_out.len()), (0, 0));
    assert_eq!(merged.calendar.bank_holidays().count(), 75 + 8);
    let coverage = merged.calendar.coverage();
    assert_eq!((coverage.first_year(), coverage.last_year()), (2019, 2028));
    assert_eq!(merged.calendar.version(), "england-and-wales 2027-02-01");
    assert_eq!(merged.calendar.is_working_day(date("2028-01-04")), Ok(true));
    assert!(merged.changed_from(&before));
    // The merged calendar can be kept, and merging the same again changes nothing.
    let stored = Calendar::from_json(&merged.calendar.to_json().unwrap()).unwrap();
    assert_eq!(stored, merged.calendar);
    let again = stored.merge(&feed(&days), "england-and-wales 2027-03-01").unwrap();
    assert_eq!(again.calendar, stored);
    assert!(!again.changed_from(&stored));
}

#[test]
fn a_one_off_day_is_added_from_a_feed_without_a_whole_year() {
    let before = england_and_wales();
    let merged = before.merge(&feed(&[("2026-06-15", "Bank holiday for a victory")]), "one-off").unwrap();
    assert_eq!(dates(&merged.added), ["2026-06-15"]);
    assert_eq!(merged.calendar.is_working_day(date("2026-06-15")), Ok(false));
    assert_eq!(merged.calendar.coverage(), before.coverage());
    assert!(merged.kept_unlisted.is_empty());
}

#[test]
fn a_day_the_feed_no_longer_lists_is_kept_and_reported() {
    let before = england_and_wales();
    let all = window(&before, 2025..=2026);
    let without: Vec<_> = borrowed(&all).into_iter().filter(|(date, _)| *date != "2025-05-05").collect();
    let moved = [without, vec![("2025-05-09", "Early May bank holiday")]].concat();
    let merged = before.merge(&feed(&moved), "moved").unwrap();
    assert_eq!(dates(&merged.kept_unlisted), ["2025-05-05"]);
    assert_eq!(dates(&merged.added), ["2025-05-09"]);
    assert_eq!(merged.calendar.is_working_day(date("2025-05-05")), Ok(false));
}

#[test]
fn years_that_are_incomplete_or_apart_stay_uncovered() {
    let before = england_and_wales();
    let merged = before.merge(&feed(&ENGLAND_AND_WALES_2028[..7]), "short").unwrap();
    assert_eq!(merged.calendar, before);
    assert_eq!(merged.left_out.len(), 7);
    let years_later =
        ENGLAND_AND_WALES_2028.map(|(day, title)| (day.replace("2028", "2034"), title.to_owned()));
    let merged = before.merge(&feed(&borrowed(&years_later)), "apart").unwrap();
    assert_eq!(merged.calendar, before);
    assert_eq!(merged.left_out.len(), 8);
}

#[test]
fn earlier_years_join_at_the_beginning() {
    let later = calendar("later", 2020, 2021, &["2020-01-01"]);
    let earlier = calendar("earlier", 2017, 2019, &["2018-01-01"]);
    let merged = later.merge(&Feed::from(&earlier), "joined").unwrap();
    let coverage = merged.calendar.coverage();
    assert_eq!((coverage.first_year(), coverage.last_year()), (2017, 2021));
    assert_eq!(dates(&merged.added), ["2018-01-01"]);
}

#[test]
fn closures_survive_a_merge_but_are_not_written_out() {
    let closure = Closure {
        name: "Founders’ day".to_owned(),
        first_day: date("2028-01-05"),
        last_day: date("2028-01-05"),
    };
    let closed = england_and_wales().with_closures(&[closure]).unwrap();
    let merged = closed.merge(&feed(&ENGLAND_AND_WALES_2028), "2028").unwrap().calendar;
    assert_eq!(merged.is_working_day(date("2028-01-05")), Ok(false));
    let stored = Calendar::from_json(&merged.to_json().unwrap()).unwrap();
    assert_eq!(stored.is_working_day(date("2028-01-05")), Ok(true));
}

#[test]
fn a_change_needs_a_version_of_its_own() {
    let before = england_and_wales();
    let one_off = feed(&[("2026-06-15", "One-off")]);
    let refusal = before.merge(&one_off, before.version()).unwrap_err();
    assert_eq!(
        refusal.to_string(),
        "the merge brings One-off on 15 June 2026, so the version must not be \
         \"england-and-wales 2026-11-22\": name a new one"
    );
    assert!(matches!(before.merge(&one_off, " "), Err(MergeError::SameVersion { .. })));
}

#[test]
fn another_divisions_days_are_refused() {
    let scottish = Feed::from_government(&government_feed(&[]), "scotland").unwrap();
    assert!(matches!(england_and_wales().merge(&scottish, "x"), Err(MergeError::OtherDivision { .. })));
    let missing = Feed::from_government(&government_feed(&[]), "cornwall").unwrap_err();
    assert_eq!(
        missing.to_string(),
        "the feed has no division \"cornwall\"; it has england-and-wales and scotland"
    );
}

#[test]
fn a_faulty_feed_is_refused_with_all_its_faults() {
    let text = government_feed(&[("2028-01-01", "New Year’s Day"), ("soon", "Another")]);
    let errors = Feed::from_government(&text, "england-and-wales").unwrap_err();
    assert!(
        matches!(errors.0.as_slice(), [LoadError::Weekend { .. }, LoadError::BadDate { .. }]),
        "{errors}"
    );
}
