//! How many requests there are at once, and how many a key sends.

use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota};

use super::limits::Limits;
use crate::problem::{Problem, codes};

/// Counts requests.
pub struct Turnstile {
    at_once: usize,
    inside: Arc<AtomicUsize>,
    keys: DefaultKeyedRateLimiter<String>,
    clock: DefaultClock,
    counted: AtomicUsize,
}

/// How often keys that have not been used for a while are forgotten: once in so many requests. A token's holder is a key here too,
/// and there is no end of those.
const FORGET_EVERY: usize = 4096;

/// A request that is being worked on; it is counted until this is dropped.
pub struct Inside(Arc<AtomicUsize>);

impl Drop for Inside {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Turnstile {
    /// Counts by these limits; a rate of none is taken for one a second.
    #[must_use]
    pub fn new(limits: &Limits) -> Self {
        let rate = |number: u32| NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN);
        let quota = Quota::per_second(rate(limits.sustained)).allow_burst(rate(limits.burst));
        Self {
            at_once: limits.at_once,
            inside: Arc::default(),
            keys: DefaultKeyedRateLimiter::keyed(quota),
            clock: DefaultClock::default(),
            counted: AtomicUsize::default(),
        }
    }

    /// Lets one more request in.
    ///
    /// # Errors
    /// 429 when there are as many already as the service takes on.
    pub fn enter(&self) -> Result<Inside, Problem> {
        let before = self.inside.fetch_add(1, Ordering::Relaxed);
        let inside = Inside(self.inside.clone());
        if before < self.at_once {
            return Ok(inside);
        }
        let detail = format!("the service takes on {} requests at once", self.at_once);
        Err(Problem::new(codes::TOO_MANY_AT_ONCE, detail).header("Retry-After", "1"))
    }

    /// Counts one request of a key.
    ///
    /// # Errors
    /// 429 when the key has sent more than it may, with the whole seconds that it has to wait.
    pub fn count(&self, key: &str) -> Result<(), Problem> {
        if self.counted.fetch_add(1, Ordering::Relaxed) % FORGET_EVERY == FORGET_EVERY - 1 {
            self.keys.retain_recent();
        }
        self.keys.check_key(&key.to_owned()).map_err(|early| {
            let wait = early.wait_time_from(self.clock.now());
            let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
            Problem::new(codes::TOO_MANY_REQUESTS, "the key has sent more requests than it may")
                .header("Retry-After", seconds.max(1).to_string())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Limits, Turnstile};

    fn small() -> Turnstile {
        Turnstile::new(&Limits { at_once: 2, sustained: 1, burst: 3, ..Limits::default() })
    }

    #[test]
    fn as_many_are_let_in_as_there_is_room_for_and_leaving_makes_room() {
        let turnstile = small();
        let first = turnstile.enter().unwrap();
        let _second = turnstile.enter().unwrap();
        assert_eq!(turnstile.enter().err().unwrap().code(), "too-many-at-once");
        drop(first);
        turnstile.enter().unwrap();
    }

    #[test]
    fn a_key_has_its_own_count() {
        let turnstile = small();
        for _ in 0..3 {
            turnstile.count("one").unwrap();
        }
        assert_eq!(turnstile.count("one").unwrap_err().code(), "too-many-requests");
        turnstile.count("another").unwrap();
    }
}
