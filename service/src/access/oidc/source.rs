//! An issuer's keys, kept for a while. Whatever tokens arrive, the issuer is asked seldom; and if it does not answer, what it last
//! said is gone by.

use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};

use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::Algorithm;
use reqwest::Client;
use tokio::sync::{Mutex, OwnedMutexGuard};

use super::error::TokenError;
use super::fetch::{self, Place};
use super::keys::KeySet;

/// How long keys are gone by without asking again. A key that the issuer withdraws is good for no longer, if it can be asked.
const FRESH_FOR: TimeDelta = TimeDelta::minutes(10);

/// How long keys are gone by while the issuer cannot be asked. Whoever keeps it from answering gains no more than this.
const KEPT_FOR: TimeDelta = TimeDelta::hours(24);

/// How long an issuer is left alone after it has answered, so that tokens with made-up keys cannot make us hammer it.
const REST: TimeDelta = TimeDelta::seconds(30);

/// How long it is left alone after it has not answered. Longer than an attempt lasts, so that those who waited for one
/// in vain do not begin another.
const REST_AFTER_FAILURE: TimeDelta = TimeDelta::seconds(10);

/// The keys of one issuer.
#[derive(Debug)]
pub(super) struct Source {
    issuer: String,
    place: Place,
    allowed: Vec<Algorithm>,
    client: Client,
    held: RwLock<Held>,
    /// Held by whoever asks the issuer, so that nobody else does.
    turn: Arc<Mutex<()>>,
}

/// What is known. Times are the callers', and may come a little out of order.
#[derive(Debug, Default)]
struct Held {
    /// The keys, and when they were read.
    keys: Option<(Arc<KeySet>, DateTime<Utc>)>,
    /// When the issuer was last asked, and whether it failed.
    asked: Option<(DateTime<Utc>, bool)>,
}

impl Held {
    /// The keys, if they are younger than that and have one of the name.
    fn with(&self, key_id: &str, now: DateTime<Utc>, age: TimeDelta) -> Option<Arc<KeySet>> {
        let (keys, read_at) = self.keys.as_ref()?;
        (is_within(*read_at, now, age) && keys.has(key_id)).then(|| Arc::clone(keys))
    }

    /// Whether the issuer is to be asked for the key, and may be.
    fn must_ask(&self, key_id: &str, now: DateTime<Utc>) -> bool {
        let rests = self.asked.is_some_and(|(asked_at, failed)| {
            is_within(asked_at, now, if failed { REST_AFTER_FAILURE } else { REST })
        });
        !rests && self.with(key_id, now, FRESH_FOR).is_none()
    }

    /// What can be said without asking. Where the issuer did not answer, it might have had the key.
    fn answer(&self, key_id: &str, now: DateTime<Utc>) -> Result<Arc<KeySet>, TokenError> {
        let has_answered = self.asked.is_some_and(|(_, failed)| !failed);
        let missing = if has_answered { TokenError::UnknownKey } else { TokenError::KeysUnavailable };
        self.with(key_id, now, KEPT_FOR).ok_or(missing)
    }
}

/// Whether two times are less than that apart, whichever is the later: a clock that was put back must not stop everything.
fn is_within(one: DateTime<Utc>, other: DateTime<Utc>, age: TimeDelta) -> bool {
    (other - one).abs() < age
}

impl Source {
    /// A source that has not been asked yet.
    pub fn new(issuer: String, place: Place, allowed: Vec<Algorithm>, client: Client) -> Self {
        Self { issuer, place, allowed, client, held: RwLock::default(), turn: Arc::default() }
    }

    /// Keys with one of that name.
    ///
    /// # Errors
    /// [`TokenError::UnknownKey`] when the issuer has none, [`TokenError::KeysUnavailable`] when it cannot be asked.
    pub async fn keys(self: &Arc<Self>, key_id: &str, now: DateTime<Utc>) -> Result<Arc<KeySet>, TokenError> {
        if !self.held().must_ask(key_id, now) {
            return self.held().answer(key_id, now);
        }
        let Some(turn) = self.take_turn(key_id, now).await else { return self.held().answer(key_id, now) };
        // It may have been read while we waited.
        if self.held().must_ask(key_id, now) {
            // In a task of its own: a caller that goes away must not undo what others wait for, nor let the next ask again.
            let source = Arc::clone(self);
            let asking = tokio::spawn(async move { source.ask(now, turn).await });
            asking.await.map_err(|_| TokenError::KeysUnavailable)?;
        }
        self.held().answer(key_id, now)
    }

    /// Waits for our turn to ask. While somebody else has it, an old key will do: there is nothing to wait for.
    async fn take_turn(&self, key_id: &str, now: DateTime<Utc>) -> Option<OwnedMutexGuard<()>> {
        if let Ok(turn) = Arc::clone(&self.turn).try_lock_owned() {
            return Some(turn);
        }
        if self.held().with(key_id, now, KEPT_FOR).is_some() {
            return None;
        }
        Some(Arc::clone(&self.turn).lock_owned().await)
    }

    /// Asks the issuer and keeps what it says.
    async fn ask(&self, now: DateTime<Utc>, turn: OwnedMutexGuard<()>) {
        let keys = fetch::keys(&self.client, &self.place, &self.allowed).await;
        let mut held = self.held.write().unwrap_or_else(PoisonError::into_inner);
        held.asked = Some((now, keys.is_err()));
        match keys {
            Ok(keys) => held.keys = Some((Arc::new(keys), now)),
            Err(error) => {
                tracing::warn!(issuer = %self.issuer, "the keys of a token issuer cannot be read: {error}")
            }
        }
        drop(held);
        drop(turn);
    }

    /// What is known at the moment. Nothing panics while it is being written, so a poisoned lock cannot hold half of it.
    fn held(&self) -> RwLockReadGuard<'_, Held> {
        self.held.read().unwrap_or_else(PoisonError::into_inner)
    }
}
