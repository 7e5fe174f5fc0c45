//! Requests with an `Idempotency-Key` that this instance is at work on.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use redress_shared::case::record::Digest;

/// Whose, and under which key.
type Key = (String, Digest);

/// The requests that are in hand. It only spares work and waiting: that nothing is done twice is the database's doing.
#[derive(Debug, Clone, Default)]
pub struct InFlight(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    keys: Mutex<HashMap<Key, u64>>,
    next: AtomicU64,
}

impl Shared {
    /// What a thread that panicked left here is whole all the same: every change is one call.
    fn keys(&self) -> MutexGuard<'_, HashMap<Key, u64>> {
        self.keys.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl InFlight {
    /// Takes a request in hand; nothing where it is already. It is in hand until the guard is released or its last copy dropped, so
    /// a copy goes with the work, which outlives a caller who hangs up, and comes to its end in a panic too.
    #[must_use]
    pub fn take(&self, landlord: &str, key: Digest) -> Option<Guard> {
        let key = (landlord.to_owned(), key);
        let number = self.0.next.fetch_add(1, Ordering::Relaxed);
        match self.0.keys().entry(key.clone()) {
            Entry::Occupied(_) => return None,
            Entry::Vacant(place) => place.insert(number),
        };
        Some(Guard(Arc::new(Held { shared: self.0.clone(), key, number })))
    }
}

/// A request in hand.
#[derive(Debug, Clone)]
pub struct Guard(Arc<Held>);

#[derive(Debug)]
struct Held {
    shared: Arc<Shared>,
    key: Key,
    number: u64,
}

impl Guard {
    /// Lets go now, whoever else still has a copy.
    pub fn release(&self) {
        self.0.release();
    }
}

impl Held {
    fn release(&self) {
        let mut keys = self.shared.keys();
        // Released before, the key may be another's by now.
        if keys.get(&self.key) == Some(&self.number) {
            keys.remove(&self.key);
        }
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.release();
    }
}

#[cfg(test)]
mod tests {
    use redress_shared::case::record::Digest;

    use super::InFlight;

    const KEY: Digest = Digest([7; 32]);

    #[test]
    fn a_request_is_in_hand_until_the_last_copy_of_its_guard_is_gone() {
        let in_flight = InFlight::default();
        let guard = in_flight.take("hartlepool", KEY).unwrap();
        let with_the_work = guard.clone();
        assert!(in_flight.take("hartlepool", KEY).is_none());
        assert!(in_flight.take("pyramus", KEY).is_some());
        drop(guard);
        assert!(in_flight.take("hartlepool", KEY).is_none());
        drop(with_the_work);
        assert!(in_flight.take("hartlepool", KEY).is_some());
    }

    #[test]
    fn a_late_copy_does_not_let_go_of_what_another_request_has_taken() {
        let in_flight = InFlight::default();
        let first = in_flight.take("hartlepool", KEY).unwrap();
        let copy = first.clone();
        first.release();
        let second = in_flight.take("hartlepool", KEY).unwrap();
        drop((first, copy));
        assert!(in_flight.take("hartlepool", KEY).is_none());
        drop(second);
        assert!(in_flight.take("hartlepool", KEY).is_some());
    }

    #[test]
    fn a_panic_lets_go() {
        let in_flight = InFlight::default();
        let guard = in_flight.take("hartlepool", KEY).unwrap();
        let work = std::panic::AssertUnwindSafe(move || {
            let _guard = guard;
            panic!("the work comes to a bad end");
        });
        assert!(std::panic::catch_unwind(work).is_err());
        assert!(in_flight.take("hartlepool", KEY).is_some());
    }
}
