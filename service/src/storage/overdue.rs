//! When something should have been done: said once, for the database and for a single line. An instant has passed when it is behind; a
//! day when it is over in London, be it of 23 hours or of 25.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use diesel::prelude::{BoolExpressionMethods, ExpressionMethods};
use redress_shared::calendar::london;
use redress_shared::case::deadline::Due;

use super::schema::case_deadlines;

/// What a row says that something is due by.
#[must_use]
pub fn due(due_on: NaiveDate, due_at: Option<NaiveDateTime>) -> Due {
    due_at.map_or(Due::On(due_on), |instant| Due::At(instant.and_utc()))
}

/// Whether it should have been done by then.
#[must_use]
pub fn is_overdue(due: Due, as_of: DateTime<Utc>) -> bool {
    !due.is_met_by(as_of)
}

/// Since when it is overdue, where it is: from the instant itself, or from the end of the day.
#[must_use]
pub fn since(due: Due) -> DateTime<Utc> {
    match due {
        Due::At(instant) => instant,
        Due::On(date) => london::end_of_day(date),
    }
}

/// The day in London.
pub(crate) fn today(as_of: DateTime<Utc>) -> NaiveDate {
    london::date_of(as_of)
}

/// Whether a line should have been done by then, asked of the database; the same as [`is_overdue`].
#[diesel::dsl::auto_type(no_type_alias)]
pub(crate) fn overdue(now: NaiveDateTime, today: NaiveDate) -> _ {
    let by_day = case_deadlines::due_at.is_null().and(case_deadlines::due_on.lt(today));
    // An instant that is not there is neither before nor after: asked for the opposite, the answer would be neither yes nor no.
    case_deadlines::due_at.is_not_null().and(case_deadlines::due_at.lt(now)).or(by_day)
}

#[cfg(test)]
mod tests {
    use super::{due, is_overdue, since};

    #[test]
    fn a_day_is_over_at_midnight_in_london_and_an_instant_when_it_has_passed() {
        for (due_on, due_at, still, over) in [
            // The day on which the clocks go forward has 23 hours, and ends at 23:00 universal time.
            ("2027-03-28", None, "2027-03-28T22:59:59Z", "2027-03-28T23:00:00Z"),
            // The day on which they go back has 25.
            ("2026-10-25", None, "2026-10-25T23:59:59Z", "2026-10-26T00:00:00Z"),
            ("2026-06-30", None, "2026-06-30T22:59:59Z", "2026-06-30T23:00:00Z"),
            ("2027-03-28", Some("2027-03-28T00:30:00"), "2027-03-28T00:30:00Z", "2027-03-28T00:30:01Z"),
        ] {
            let due = due(due_on.parse().unwrap(), due_at.map(|at| at.parse().unwrap()));
            assert!(!is_overdue(due, still.parse().unwrap()), "{due_on} {still}");
            assert!(is_overdue(due, over.parse().unwrap()), "{due_on} {over}");
            assert!(since(due) <= over.parse::<chrono::DateTime<chrono::Utc>>().unwrap());
        }
    }
}
