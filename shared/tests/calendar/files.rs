//! Reading a calendar: everything wrong with it is said at once.

use crate::fixtures::{date, england_and_wales};
use redress_shared::calendar::{Calendar, LoadError};

#[test]
fn the_embedded_calendar_is_whole() {
    let calendar = england_and_wales();
    assert_eq!(calendar.version(), "england-and-wales 2026-11-22");
    assert_eq!(calendar.division(), "england-and-wales");
    let coverage = calendar.coverage();
    assert_eq!((coverage.first_year(), coverage.last_year()), (2019, 2027));
    assert_eq!(calendar.bank_holidays().count(), 75);
    let title = |day| calendar.day_off(date(day)).map(|day| day.title.as_str());
    assert_eq!(title("2022-09-19"), Some("Bank Holiday for the State Funeral of Queen Elizabeth II"));
    assert_eq!(title("2023-05-08"), Some("Bank holiday for the coronation of King Charles III"));
    assert_eq!(title("2022-06-02"), Some("Spring bank holiday"));
    assert_eq!(title("2022-05-30"), None);
    assert_eq!(title("2025-01-01"), Some("New Year’s Day"));
}

#[test]
fn a_calendar_written_is_read_back_the_same() {
    let calendar = england_and_wales();
    assert_eq!(Calendar::from_json(&calendar.to_json().unwrap()), Ok(calendar));
}

#[test]
fn every_fault_is_reported_at_once() {
    let text = r#"{
        "version": " ", "division": "england-and-wales", "first_year": 2025, "last_year": 2026,
        "bank_holidays": [
            {"date": "2025-12-26", "title": "Boxing Day"},
            {"date": "2025-1-1", "title": "New Year’s Day"},
            {"date": "2025-02-30", "title": "No such day"},
            {"date": "2025-04-19", "title": "Easter Saturday"},
            {"date": "2025-12-26", "title": "Boxing Day again"},
            {"date": "2025-12-25", "title": ""},
            {"date": "2024-12-25", "title": "Christmas Day"}
        ]
    }"#;
    let errors = Calendar::from_json(text).unwrap_err();
    assert_eq!(
        errors.to_string(),
        "the version is empty: name this edition of the calendar\n\
         New Year’s Day: \"2025-1-1\" is not a date of the form 2025-12-25\n\
         No such day: \"2025-02-30\" is not a date of the form 2025-12-25\n\
         Easter Saturday on Saturday 19 April 2025: list the substitute weekday instead\n\
         26 December 2025 is listed twice: Boxing Day and Boxing Day again\n\
         25 December 2025: the bank holiday has no title\n\
         Christmas Day on 25 December 2024 is outside the years covered\n\
         2025 lists 3 bank holidays; England and Wales have at least 8 every year\n\
         2026 lists 0 bank holidays; England and Wales have at least 8 every year"
    );
}

#[test]
fn coverage_has_to_be_a_run_of_years() {
    for (first_year, last_year) in [(2027, 2019), (1, 20_000), (i32::MIN, i32::MAX), (300_000, 300_001)] {
        let file = serde_json::json!({
            "version": "v", "division": "d", "first_year": first_year, "last_year": last_year, "bank_holidays": [],
        });
        let errors = Calendar::from_json(&file.to_string()).unwrap_err();
        assert_eq!(errors.0, [LoadError::NoCoverage { first_year, last_year }]);
    }
}

#[test]
fn order_in_the_file_does_not_matter() {
    let calendar = england_and_wales();
    let mut file: serde_json::Value = serde_json::from_str(&calendar.to_json().unwrap()).unwrap();
    file["bank_holidays"].as_array_mut().unwrap().reverse();
    assert_eq!(Calendar::from_json(&file.to_string()), Ok(calendar));
}

#[test]
fn what_is_not_a_calendar_is_refused() {
    for text in ["", "[]", r#"{"version": "v"}"#] {
        let errors = Calendar::from_json(text).unwrap_err();
        assert!(matches!(errors.0.as_slice(), [LoadError::NotReadable(_)]), "{errors}");
    }
    let misspelt = england_and_wales().to_json().unwrap().replace("\"division\"", "\"divison\"");
    assert!(Calendar::from_json(&misspelt).unwrap_err().to_string().contains("divison"));
}
