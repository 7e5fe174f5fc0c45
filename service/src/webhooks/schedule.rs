//! When a delivery that failed is tried again.

use chrono::{DateTime, TimeDelta, Utc};

/// How long is waited after each failure, in seconds: after the first, the second and so on. One that fails once more than there are
/// waits is given up, after a little over three days.
pub const WAITS: [i64; 9] =
    [5, 5 * 60, 30 * 60, 2 * 60 * 60, 5 * 60 * 60, 10 * 60 * 60, 14 * 60 * 60, 20 * 60 * 60, 24 * 60 * 60];

/// A wait is longer by up to so many hundredths, so that what failed together does not come back together.
pub const JITTER_PERCENT: i64 = 20;

/// The longest wait that a receiver can ask for with `Retry-After`.
pub const LONGEST_ASKED: TimeDelta = TimeDelta::days(1);

/// The longest that an endpoint that goes on failing is left alone between tries of its deliveries.
const LONGEST_REST: TimeDelta = TimeDelta::minutes(1);

/// For how long an endpoint may fail whatever it is sent, before it is disabled: the whole schedule.
#[must_use]
pub fn patience() -> TimeDelta {
    TimeDelta::seconds(WAITS.iter().sum())
}

/// How long to wait after so many failures; none where it is not tried again. The chance is a number from 0 to 255.
#[must_use]
pub fn wait(failures: u32, chance: u8) -> Option<TimeDelta> {
    let seconds = *WAITS.get(usize::try_from(failures).ok()?.checked_sub(1)?)?;
    let longest = seconds * 1000 * JITTER_PERCENT / 100;
    Some(TimeDelta::milliseconds(seconds * 1000 + longest * i64::from(chance) / 255))
}

/// How long a whole endpoint rests that has been failing for so long: one that has just begun to does not.
#[must_use]
pub fn rest(failing_for: TimeDelta) -> TimeDelta {
    (failing_for / 20).clamp(TimeDelta::zero(), LONGEST_REST)
}

/// What `Retry-After` asks for, in seconds or as a date (RFC 9110, 10.2.3), and no more than [`LONGEST_ASKED`].
#[must_use]
pub fn asked(retry_after: &str, now: DateTime<Utc>) -> Option<TimeDelta> {
    let text = retry_after.trim();
    let wait = if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        text.parse().ok().and_then(TimeDelta::try_seconds).unwrap_or(LONGEST_ASKED)
    } else {
        DateTime::parse_from_rfc2822(text).ok()?.to_utc() - now
    };
    Some(wait.clamp(TimeDelta::zero(), LONGEST_ASKED))
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta, Utc};

    use super::{WAITS, asked, patience, rest, wait};

    #[test]
    fn a_delivery_is_tried_for_about_three_days_each_wait_longer_than_the_one_before() {
        assert!(WAITS.is_sorted());
        assert_eq!(patience(), TimeDelta::minutes(75 * 60 + 35) + TimeDelta::seconds(5));
        assert_eq!(wait(1, 0), Some(TimeDelta::seconds(5)));
        assert_eq!(wait(1, 255), Some(TimeDelta::seconds(6)));
        assert_eq!(wait(9, 0), Some(TimeDelta::days(1)));
        assert_eq!(wait(9, 255), Some(TimeDelta::minutes(24 * 60 * 6 / 5)));
        assert_eq!((wait(10, 0), wait(0, 0)), (None, None));
        for failures in 1..9 {
            assert!(wait(failures, 0) < wait(failures + 1, 0), "{failures}");
        }
    }

    #[test]
    fn an_endpoint_that_goes_on_failing_is_left_alone_longer() {
        assert_eq!(rest(TimeDelta::zero()), TimeDelta::zero());
        assert_eq!(rest(TimeDelta::seconds(-5)), TimeDelta::zero());
        assert_eq!(rest(TimeDelta::minutes(10)), TimeDelta::seconds(30));
        assert_eq!(rest(TimeDelta::days(2)), TimeDelta::minutes(1));
    }

    #[test]
    fn a_receiver_asks_for_time_in_seconds_or_by_the_clock_and_not_for_ever() {
        let now: DateTime<Utc> = "1994-11-06T08:49:00Z".parse().unwrap();
        for (text, seconds) in [
            ("120", Some(120)),
            (" 0 ", Some(0)),
            ("Sun, 06 Nov 1994 08:49:37 GMT", Some(37)),
            ("Sun, 06 Nov 1994 08:00:00 GMT", Some(0)),
            ("99999999", Some(86_400)),
            ("99999999999999999999", Some(86_400)),
            ("Sat, 06 Nov 1999 08:49:37 GMT", Some(86_400)),
            ("", None),
            ("-5", None),
            ("soon", None),
        ] {
            assert_eq!(asked(text, now), seconds.map(TimeDelta::seconds), "{text}");
        }
    }
}
