//! What a reckoning says, and what it carries.

use crate::fixtures::{date, england_and_wales};
use redress_shared::calendar::{Closure, Convention, Count, Reckoning, Unit, reckon, words};
use rstest::rstest;

#[rstest]
#[case(
    Convention::After,
    "2025-04-17",
    Count::working_days(10),
    "Tuesday 6 May 2025",
    "10 working days after 17 April 2025 (Good Friday, Easter Monday and the early May bank holiday skipped)"
)]
#[case(
    Convention::After,
    "2025-06-02",
    Count::working_days(1),
    "Tuesday 3 June 2025",
    "1 working day after 2 June 2025"
)]
#[case(
    Convention::After,
    "2025-04-18",
    Count::working_days(1),
    "Tuesday 22 April 2025",
    "1 working day after 18 April 2025 (Easter Monday skipped)"
)]
#[case(
    Convention::Inclusive,
    "2025-04-17",
    Count::working_days(10),
    "Friday 2 May 2025",
    "the 10th working day counting 17 April 2025 as the first (Good Friday and Easter Monday skipped)"
)]
#[case(
    Convention::Inclusive,
    "2025-04-18",
    Count::working_days(2),
    "Wednesday 23 April 2025",
    "2 working days after 18 April 2025 (Good Friday and Easter Monday skipped)"
)]
#[case(
    Convention::Inclusive,
    "2025-08-23",
    Count::working_days(5),
    "Monday 1 September 2025",
    "5 working days after 23 August 2025 (the summer bank holiday skipped)"
)]
#[case(
    Convention::Rolled,
    "2025-04-17",
    Count::working_days(1),
    "Tuesday 22 April 2025",
    "1 working day after 17 April 2025 (Good Friday and Easter Monday skipped)"
)]
#[case(
    Convention::Rolled,
    "2021-05-01",
    Count::working_days(3),
    "Friday 7 May 2021",
    "3 working days after 4 May 2021, the first working day after 1 May 2021 (the early May bank holiday skipped)"
)]
#[case(
    Convention::After,
    "2022-09-09",
    Count::working_days(10),
    "Monday 26 September 2022",
    "10 working days after 9 September 2022 (the bank holiday for the State Funeral of Queen Elizabeth II skipped)"
)]
#[case(
    Convention::After,
    "2025-12-31",
    Count::working_days(1),
    "Friday 2 January 2026",
    "1 working day after 31 December 2025 (New Year’s Day skipped)"
)]
#[case(
    Convention::Inclusive,
    "2025-04-17",
    Count::days(21),
    "Thursday 8 May 2025",
    "21 days after 17 April 2025"
)]
#[case(
    Convention::Rolled,
    "2025-01-31",
    Count::months(1),
    "Friday 28 February 2025",
    "1 month after 31 January 2025"
)]
fn a_reckoning_is_one_plain_phrase(
    #[case] convention: Convention,
    #[case] start: &str,
    #[case] count: Count,
    #[case] due: &str,
    #[case] phrase: &str,
) {
    let reckoning = reckon(&england_and_wales(), convention, date(start), count).unwrap();
    assert_eq!(words::weekday_date(reckoning.due), due);
    assert_eq!(reckoning.to_string(), phrase);
}

#[test]
fn a_closure_of_many_days_is_named_once() {
    let closure = Closure {
        name: "Christmas closure".to_owned(),
        first_day: date("2025-12-24"),
        last_day: date("2026-01-02"),
    };
    let calendar = england_and_wales().with_closures(&[closure]).unwrap();
    let reckoning = reckon(&calendar, Convention::After, date("2025-12-22"), Count::working_days(5)).unwrap();
    assert_eq!(
        reckoning.to_string(),
        "5 working days after 22 December 2025 \
         (Christmas closure, Christmas Day, Boxing Day and New Year’s Day skipped)"
    );
    assert_eq!((reckoning.skipped.len(), reckoning.weekend_days), (8, 4));
}

#[test]
fn a_reckoning_carries_its_derivation_and_survives_being_stored() {
    let reckoning =
        reckon(&england_and_wales(), Convention::After, date("2025-04-17"), Count::working_days(10)).unwrap();
    // The weekends of 19 and 26 April and of 3 May.
    assert_eq!(reckoning.weekend_days, 6);
    let stored = serde_json::to_value(&reckoning).unwrap();
    let day =
        |date: &str, title: &str| serde_json::json!({"date": date, "title": title, "kind": "bank-holiday"});
    assert_eq!(
        stored,
        serde_json::json!({
            "start": "2025-04-17",
            "count": {"count": 10, "unit": "working-days"},
            "convention": "after",
            "skipped": [
                day("2025-04-18", "Good Friday"),
                day("2025-04-21", "Easter Monday"),
                day("2025-05-05", "Early May bank holiday"),
            ],
            "weekend_days": 6,
            "calendar_version": "england-and-wales 2026-11-22",
            "due": "2025-05-06",
        })
    );
    assert_eq!(serde_json::from_value::<Reckoning>(stored).unwrap(), reckoning);
}

#[test]
fn policies_write_conventions_units_and_closures_in_their_own_words() {
    #[derive(serde::Deserialize)]
    struct Clock {
        convention: Convention,
        respond: Count,
        closure: Closure,
    }
    let clock: Clock = toml::from_str(
        r#"
        convention = "inclusive"
        respond = { count = 24, unit = "hours" }
        closure = { name = "Christmas closure", first_day = "2025-12-24", last_day = "2026-01-02" }
        "#,
    )
    .unwrap();
    assert_eq!((clock.convention, clock.respond), (Convention::Inclusive, Count::hours(24)));
    assert_eq!(clock.closure.first_day, date("2025-12-24"));
    assert_eq!(Convention::default(), Convention::After);
    let units = [Unit::WorkingDays, Unit::Days, Unit::Months, Unit::Hours];
    assert_eq!(serde_json::json!(units).to_string(), r#"["working-days","days","months","hours"]"#);
    let counts = [Count::working_days(1), Count::days(21), Count::months(1), Count::hours(24)];
    assert_eq!(counts.map(|count| count.to_string()), ["1 working day", "21 days", "1 month", "24 hours"]);
}
