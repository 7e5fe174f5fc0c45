//! Calendars the embedded one does not cover, each date by the rule it follows.

use chrono::NaiveDate;
use redress_shared::calendar::{BankHoliday, Calendar};
use serde_json::json;

pub fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn england_and_wales() -> Calendar {
    Calendar::england_and_wales().unwrap()
}

/// A calendar of these dates alone; their titles say nothing, and neither does the division.
pub fn calendar(version: &str, first_year: i32, last_year: i32, dates: &[&str]) -> Calendar {
    let days = dates.iter().map(|date| json!({"date": date, "title": format!("Holiday {date}")})).collect();
    of_days(version, first_year, last_year, days)
}

/// The embedded calendar's years with more days: what a one-off bank holiday or another nation's would add.
pub fn england_and_wales_with(dates: &[&str]) -> Calendar {
    let mut days: Vec<_> = england_and_wales().bank_holidays().map(listed).collect();
    days.extend(dates.iter().map(|date| json!({"date": date, "title": "One more"})));
    of_days("england-and-wales with more", 2019, 2027, days)
}

fn listed(day: &BankHoliday) -> serde_json::Value {
    json!({"date": day.date, "title": day.title})
}

fn of_days(version: &str, first_year: i32, last_year: i32, days: Vec<serde_json::Value>) -> Calendar {
    let file = json!({
        "version": version, "division": "test",
        "first_year": first_year, "last_year": last_year, "bank_holidays": days,
    });
    Calendar::from_json(&file.to_string()).unwrap()
}

/// 2017 and 2018. Easter Sundays: 16 April 2017, 1 April 2018. No substitute days but 2 January 2017.
pub fn england_and_wales_2017_to_2018() -> Calendar {
    let dates = [
        "2017-01-02", // New Year's Day, for Sunday the 1st
        "2017-04-14", // Good Friday
        "2017-04-17", // Easter Monday
        "2017-05-01", // first Monday in May
        "2017-05-29", // last Monday in May
        "2017-08-28", // last Monday in August
        "2017-12-25", // Christmas Day
        "2017-12-26", // Boxing Day
        "2018-01-01", // New Year's Day
        "2018-03-30", // Good Friday
        "2018-04-02", // Easter Monday
        "2018-05-07", // first Monday in May
        "2018-05-28", // last Monday in May
        "2018-08-27", // last Monday in August
        "2018-12-25", // Christmas Day
        "2018-12-26", // Boxing Day
    ];
    calendar("england-and-wales 2017 to 2018", 2017, 2018, &dates)
}

/// The days that other project's tests fix: a made-up one in January 2018, and real ones around two new
/// years.
pub fn fixed_2018() -> Calendar {
    calendar("fixed", 2018, 2020, &["2018-01-15", "2018-12-25", "2018-12-26", "2019-01-01"])
}

/// Every day that is a bank holiday in any part of the United Kingdom. Easter Sundays: 8 April 2007, 23 March
/// 2008, 12 April 2009.
pub fn any_part_of_the_uk_2007_to_2009() -> Calendar {
    let dates = [
        "2007-01-01", // New Year's Day
        "2007-01-02", // 2 January, Scotland
        "2007-03-19", // St Patrick's Day, Northern Ireland, for Saturday the 17th
        "2007-04-06", // Good Friday
        "2007-04-09", // Easter Monday
        "2007-05-07", // first Monday in May
        "2007-05-28", // last Monday in May
        "2007-07-12", // Battle of the Boyne, Northern Ireland
        "2007-08-06", // first Monday in August, Scotland
        "2007-08-27", // last Monday in August
        "2007-11-30", // St Andrew's Day, Scotland
        "2007-12-25", // Christmas Day
        "2007-12-26", // Boxing Day
        "2008-01-01", // New Year's Day
        "2008-01-02", // 2 January, Scotland
        "2008-03-17", // St Patrick's Day, Northern Ireland
        "2008-03-21", // Good Friday
        "2008-03-24", // Easter Monday
        "2008-05-05", // first Monday in May
        "2008-05-26", // last Monday in May
        "2008-07-14", // Battle of the Boyne, Northern Ireland, for Saturday the 12th
        "2008-08-04", // first Monday in August, Scotland
        "2008-08-25", // last Monday in August
        "2008-12-01", // St Andrew's Day, Scotland, for Sunday 30 November
        "2008-12-25", // Christmas Day
        "2008-12-26", // Boxing Day
        "2009-01-01", // New Year's Day
        "2009-01-02", // 2 January, Scotland
        "2009-03-17", // St Patrick's Day, Northern Ireland
        "2009-04-10", // Good Friday
        "2009-04-13", // Easter Monday
        "2009-05-04", // first Monday in May
        "2009-05-25", // last Monday in May
        "2009-07-13", // Battle of the Boyne, Northern Ireland, for Sunday the 12th
        "2009-08-03", // first Monday in August, Scotland
        "2009-08-31", // last Monday in August
        "2009-11-30", // St Andrew's Day, Scotland
        "2009-12-25", // Christmas Day
        "2009-12-28", // Boxing Day, for Saturday the 26th
    ];
    calendar("any part of the UK 2007 to 2009", 2007, 2009, &dates)
}

/// Scotland in 2024. Easter Sunday: 31 March; Scotland has no Easter Monday.
pub fn scotland_2024() -> Calendar {
    let dates = [
        "2024-01-01", // New Year's Day
        "2024-01-02", // 2 January
        "2024-03-29", // Good Friday
        "2024-05-06", // first Monday in May
        "2024-05-27", // last Monday in May
        "2024-08-05", // first Monday in August
        "2024-12-02", // St Andrew's Day, for Saturday 30 November
        "2024-12-25", // Christmas Day
        "2024-12-26", // Boxing Day
    ];
    calendar("scotland 2024", 2024, 2024, &dates)
}

/// The bank holidays of England and Wales in 2028, with their titles. Easter Sunday: 16 April.
pub const ENGLAND_AND_WALES_2028: [(&str, &str); 8] = [
    ("2028-01-03", "New Year’s Day"), // for Saturday the 1st
    ("2028-04-14", "Good Friday"),
    ("2028-04-17", "Easter Monday"),
    ("2028-05-01", "Early May bank holiday"), // first Monday in May
    ("2028-05-29", "Spring bank holiday"),    // last Monday in May
    ("2028-08-28", "Summer bank holiday"),    // last Monday in August
    ("2028-12-25", "Christmas Day"),
    ("2028-12-26", "Boxing Day"),
];

/// The government's feed, cut down to England and Wales, of these days.
pub fn government_feed(days: &[(&str, &str)]) -> String {
    let event =
        |(date, title): &(&str, &str)| json!({"title": title, "date": date, "notes": "", "bunting": true});
    let events: Vec<_> = days.iter().map(event).collect();
    json!({
        "england-and-wales": {"division": "england-and-wales", "events": events},
        "scotland": {"division": "scotland", "events": []},
    })
    .to_string()
}
