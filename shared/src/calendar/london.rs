//! Instants and London dates: a complaint is received on a date in London, whatever the clock of the machine
//! says.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeZone, Timelike, Utc};
use chrono_tz::Europe::London;

/// The date in London at an instant.
///
/// ```
/// use redress_shared::calendar::london;
/// // Half past eleven in the evening, universal time, is already tomorrow in a London summer.
/// assert_eq!(london::date_of("2025-06-30T23:30:00Z".parse()?), "2025-07-01".parse()?);
/// assert_eq!(london::date_of("2025-12-30T23:30:00Z".parse()?), "2025-12-30".parse()?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn date_of(instant: DateTime<Utc>) -> NaiveDate {
    local(instant).date()
}

/// The time on a London clock. At either end of the times that can be held London's may lie beyond them; universal time
/// does for those, since an instant that somebody sends must not end the program.
fn local(instant: DateTime<Utc>) -> NaiveDateTime {
    let universal = instant.naive_utc();
    let offset = London.offset_from_utc_datetime(&universal).fix();
    universal.checked_add_offset(offset).unwrap_or(universal)
}

/// The date on which something that arrived at an instant counts as received.
///
/// With a cut-off hour (0 to 23, London time), what arrives at that hour or later counts for the next
/// calendar day, be it a working day or not: counting working days takes care of the rest.
pub fn received_on(instant: DateTime<Utc>, cut_off_hour: Option<u32>) -> NaiveDate {
    let local = local(instant);
    let date = local.date();
    match cut_off_hour {
        Some(hour) if local.hour() >= hour => date.succ_opt().unwrap_or(date),
        _ => date,
    }
}

/// The instant at which London's clocks show a time. Of a time that they show twice it is the first; nothing for one that they leave
/// out when they go forward.
pub fn instant(local: NaiveDateTime) -> Option<DateTime<Utc>> {
    London.from_local_datetime(&local).earliest().map(|instant| instant.with_timezone(&Utc))
}

/// The instant at which a London day begins.
pub fn start_of_day(date: NaiveDate) -> DateTime<Utc> {
    let midnight = date.and_time(NaiveTime::MIN);
    // London's clocks change at one in the morning, so midnight exists once on every date since railway time
    // (1847).
    let local = London.from_local_datetime(&midnight).earliest();
    local.map_or_else(|| midnight.and_utc(), |local| local.with_timezone(&Utc))
}

/// The instant at which a London day is over: the start of the next, itself no longer part of the day.
///
/// Something due on the day is in time when it happens before this. The day has 23 or 25 hours when the
/// clocks change.
pub fn end_of_day(date: NaiveDate) -> DateTime<Utc> {
    start_of_day(date.succ_opt().unwrap_or(date))
}

#[cfg(test)]
mod tests {
    use super::{date_of, end_of_day, received_on, start_of_day};
    use chrono::{DateTime, NaiveDate, Utc};
    use rstest::rstest;

    fn instant(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[rstest]
    #[case("2025-06-30T22:59:59Z", "2025-06-30")]
    #[case("2025-06-30T23:00:00Z", "2025-07-01")]
    #[case("2025-06-30T23:30:00Z", "2025-07-01")]
    #[case("2025-01-31T23:30:00Z", "2025-01-31")]
    // The evenings of both changes: summer time is in force on the first, over on the second.
    #[case("2025-03-29T23:30:00Z", "2025-03-29")]
    #[case("2025-03-30T23:30:00Z", "2025-03-31")]
    #[case("2025-10-25T23:30:00Z", "2025-10-26")]
    #[case("2025-10-26T23:30:00Z", "2025-10-26")]
    #[case("2024-02-28T23:59:59Z", "2024-02-28")]
    #[case("2024-02-29T00:00:00Z", "2024-02-29")]
    #[case("2024-02-29T23:59:59Z", "2024-02-29")]
    fn an_instant_has_a_london_date(#[case] at: &str, #[case] expected: &str) {
        assert_eq!(date_of(instant(at)), date(expected));
        assert_eq!(received_on(instant(at), None), date(expected));
    }

    #[rstest]
    #[case("2025-06-30T15:59:59Z", Some(17), "2025-06-30")]
    #[case("2025-06-30T16:00:00Z", Some(17), "2025-07-01")]
    #[case("2025-01-31T16:00:00Z", Some(17), "2025-01-31")]
    #[case("2025-01-31T17:00:00Z", Some(17), "2025-02-01")]
    #[case("2024-02-28T18:00:00Z", Some(17), "2024-02-29")]
    #[case("2024-12-31T18:00:00Z", Some(17), "2025-01-01")]
    #[case("2025-06-30T23:30:00Z", Some(17), "2025-07-01")]
    #[case("2025-06-30T09:00:00Z", Some(0), "2025-07-01")]
    fn after_the_cut_off_is_tomorrow(#[case] at: &str, #[case] hour: Option<u32>, #[case] expected: &str) {
        assert_eq!(received_on(instant(at), hour), date(expected));
    }

    #[rstest]
    #[case("2025-01-15", "2025-01-15T00:00:00Z", 24)]
    #[case("2025-07-15", "2025-07-14T23:00:00Z", 24)]
    #[case("2025-03-30", "2025-03-30T00:00:00Z", 23)]
    #[case("2025-10-26", "2025-10-25T23:00:00Z", 25)]
    #[case("2024-02-29", "2024-02-29T00:00:00Z", 24)]
    fn a_day_runs_from_midnight_to_midnight(#[case] day: &str, #[case] start: &str, #[case] hours: i64) {
        let day = date(day);
        assert_eq!(start_of_day(day), instant(start));
        assert_eq!((end_of_day(day) - start_of_day(day)).num_hours(), hours);
    }

    #[test]
    fn the_ends_of_time_have_dates() {
        assert_eq!(date_of(DateTime::<Utc>::MIN_UTC), DateTime::<Utc>::MIN_UTC.date_naive());
        assert_eq!(received_on(DateTime::<Utc>::MAX_UTC, Some(17)), NaiveDate::MAX);
    }

    #[test]
    fn every_day_of_fifty_years_begins_and_ends_on_itself() {
        let last_moment = chrono::TimeDelta::nanoseconds(1);
        for day in date("1990-01-01").iter_days().take(366 * 50) {
            assert_eq!(date_of(start_of_day(day)), day);
            assert_eq!(date_of(end_of_day(day) - last_moment), day);
            assert_eq!(end_of_day(day), start_of_day(day.succ_opt().unwrap()));
        }
    }
}
