//! Telling webhooks what stands in the feed. Any number of instances do it side by side: each takes hold of what is due, sends it, and
//! writes down what came of it, many at a time.
//!
//! While anything is out a round goes on, and serves whoever else is due: a receiver that hangs keeps its own places and nobody else's.
//! Deliveries whose instance dies are taken up by another when the time is over for which it had them.

use std::collections::{HashMap, VecDeque};
use std::time::{Duration, Instant};

use actix_web::web::Data;
use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::watch;
use uuid::Uuid;

use super::{Duty, Next, Round};
use crate::application::State;
use crate::storage::StorageError;
use crate::storage::webhooks::claim::{Claimed, Room, claim};
use crate::storage::webhooks::fan_out::{any, fan_out};
use crate::storage::webhooks::settle::{Done, remove_old, settle};
use crate::webhooks::Outcome;

/// How often is looked for what became due, and for what others have entered.
const LOOK: Duration = Duration::from_secs(1);

/// How long is waited at least between two looks while commands come in, so that a flood of them does not become a flood of looks.
const BREATH: Duration = Duration::from_millis(20);

/// How much longer than sending can take an instance has a delivery.
const SPARE: TimeDelta = TimeDelta::seconds(15);

/// How many times as many deliveries an instance takes hold of as it has out to one endpoint: a quick receiver is sent the next at once, and
/// need not wait until what came of those before is on disk.
const AHEAD: usize = 4;

/// For how long at most a delivery is held before it is sent: it must come back while it is still this instance's.
const HELD: Duration = Duration::from_secs(10);

/// How often deliveries are looked for that have been over for long enough.
const CLEAR_EVERY: Duration = Duration::from_secs(600);

/// How often in a row the database may fail before a round is given up, and what is out with it.
const FAILURES: u32 = 5;

/// The duty.
#[must_use]
pub fn duty() -> Duty {
    Duty {
        name: "webhooks",
        every: LOOK,
        on_news: true,
        alone_for: None,
        round: |state| Box::pin(unhurried(state)),
    }
}

/// A round, and a breath after it.
async fn unhurried(state: Data<State>) -> Round {
    let next = round(state).await;
    tokio::time::sleep(BREATH).await;
    next
}

/// Makes all deliveries that are due, and those that become due meanwhile, until none is out any more.
///
/// # Errors
/// When the database fails. What was out then is sent again.
pub async fn round(state: Data<State>) -> Round {
    if !is_wanted(&state).await? {
        return Ok(Next::Rest);
    }
    let (tell, told) = unbounded_channel();
    let news = state.waiting.any_news();
    let (out, held) = (HashMap::new(), HashMap::new());
    Sending { state, tell, told, news, out, held, done: Vec::new() }.go().await
}

/// Whether anybody wants to be told of anything.
async fn is_wanted(state: &Data<State>) -> Result<bool, anyhow::Error> {
    let reading = state.clone();
    let wanted = actix_web::rt::task::spawn_blocking(move || any(&mut *reading.database.connection()?));
    Ok(wanted.await??)
}

/// The duty that removes deliveries that have been over for long enough.
#[must_use]
pub fn clearing() -> Duty {
    Duty {
        name: "webhooks-clearing",
        every: CLEAR_EVERY,
        on_news: false,
        alone_for: None,
        round: |state| Box::pin(clear(state)),
    }
}

/// Removes deliveries that have been over for long enough.
///
/// # Errors
/// When the database fails.
pub async fn clear(state: Data<State>) -> Round {
    let now = state.now();
    let more = state.database.writer().write(move |connection| remove_old(connection, now)).await?;
    Ok(if more { Next::Again } else { Next::Rest })
}

/// What is out, what is to go out next, and what has come back.
struct Sending {
    state: Data<State>,
    tell: UnboundedSender<Done>,
    told: UnboundedReceiver<Done>,
    news: watch::Receiver<u64>,
    out: HashMap<String, usize>,
    /// What was taken hold of and not sent yet, by endpoint.
    held: HashMap<String, VecDeque<Held>>,
    done: Vec<Done>,
}

/// A delivery that is held, and since when.
type Held = (Claimed, Instant);

impl Sending {
    async fn go(mut self) -> Round {
        let mut failures = 0;
        loop {
            let draining = self.state.drain.has_begun();
            if draining {
                self.held
                    .keys()
                    .cloned()
                    .collect::<Vec<_>>()
                    .iter()
                    .for_each(|endpoint| self.give_back(endpoint));
            }
            let more = match self.step(draining).await {
                Ok((claimed, more)) => {
                    failures = 0;
                    self.hold(claimed);
                    more
                }
                // What came back is not lost: it is written down at the next step.
                Err(error) if failures < FAILURES => {
                    failures += 1;
                    tracing::warn!(%error, "deliveries could not be written down; it is tried again");
                    tokio::time::sleep(LOOK).await;
                    true
                }
                Err(error) => return Err(error.into()),
            };
            if self.out.is_empty() && self.held.is_empty() && self.done.is_empty() && !more {
                return Ok(Next::Rest);
            }
            if !more {
                self.wait(draining).await;
            }
            while let Ok(back) = self.told.try_recv() {
                self.back(back);
            }
        }
    }

    /// Waits until there may be something to do.
    async fn wait(&mut self, draining: bool) {
        let mut stopping = self.state.drain.subscribe();
        let came = tokio::select! {
            back = self.told.recv() => back,
            () = async { drop(self.news.changed().await); tokio::time::sleep(BREATH).await } => None,
            () = async { drop(stopping.wait_for(|stopping| *stopping).await) }, if !draining => None,
            () = tokio::time::sleep(LOOK) => None,
        };
        if let Some(back) = came {
            self.back(back);
        }
    }

    /// Writes down what came back, turns what is new in the feed into deliveries, and takes hold of what is due, in one transaction.
    /// Says whether there is more of the feed.
    async fn step(&mut self, draining: bool) -> Result<(Vec<Claimed>, bool), StorageError> {
        let settings = &self.state.webhooks;
        let mut out = self.out.clone();
        for (endpoint, held) in &self.held {
            *out.entry(endpoint.clone()).or_insert(0) += held.len();
        }
        let timeout = TimeDelta::from_std(settings.timeout).unwrap_or(SPARE);
        let room = Room {
            claim: Uuid::now_v7().to_string(),
            lasts: timeout + SPARE,
            free: settings.at_once.saturating_sub(out.values().sum()),
            each: settings.at_once_each.saturating_mul(AHEAD),
            out,
        };
        let (done, state, now) = (self.done.clone(), self.state.clone(), self.state.now());
        let stepped = self
            .state
            .database
            .writer()
            .write(move |connection| {
                settle(connection, &done, now)?;
                if draining {
                    return Ok::<_, StorageError>((Vec::new(), false));
                }
                let more = fan_out(connection, now)?;
                let claimed = claim(connection, &room, state.webhooks.public_url.as_deref(), now)?;
                Ok((claimed, more))
            })
            .await?;
        self.done.clear();
        Ok(stepped)
    }

    /// Sends what there is room for, and holds the rest.
    fn hold(&mut self, claimed: Vec<Claimed>) {
        let now = Instant::now();
        for claimed in claimed {
            self.held.entry(claimed.endpoint.clone()).or_default().push_back((claimed, now));
        }
        self.held.keys().cloned().collect::<Vec<_>>().iter().for_each(|endpoint| self.send_on(endpoint));
    }

    /// Sends what is held for an endpoint, as far as it may have more at once.
    fn send_on(&mut self, endpoint: &str) {
        while self.out.get(endpoint).copied().unwrap_or(0) < self.state.webhooks.at_once_each {
            match self.held.get_mut(endpoint).and_then(VecDeque::pop_front) {
                Some((claimed, since)) if since.elapsed() < HELD => self.send(claimed),
                Some((claimed, _)) => self.done.push(unsent(claimed, self.state.now())),
                None => break,
            }
        }
        self.held.retain(|_, held| !held.is_empty());
    }

    /// Lets go of what is held for an endpoint.
    fn give_back(&mut self, endpoint: &str) {
        let now = self.state.now();
        let held = self.held.remove(endpoint).unwrap_or_default();
        self.done.extend(held.into_iter().map(|(claimed, _)| unsent(claimed, now)));
    }

    /// A delivery is out no more, and the next can go out; unless the endpoint has trouble: whether it is to be sent anything then is decided
    /// when that has been written down.
    fn back(&mut self, done: Done) {
        if let Some(out) = self.out.get_mut(&done.endpoint) {
            *out = out.saturating_sub(1);
        }
        self.out.retain(|_, out| *out > 0);
        match done.outcome {
            Some(Outcome::Delivered(_)) => self.send_on(&done.endpoint),
            _ => self.give_back(&done.endpoint),
        }
        self.done.push(done);
    }

    fn send(&mut self, claimed: Claimed) {
        *self.out.entry(claimed.endpoint.clone()).or_insert(0) += 1;
        let (state, tell) = (self.state.clone(), self.tell.clone());
        tokio::spawn(async move {
            let at = state.now();
            let outcome = state.courier.send(&claimed.letter, at).await;
            state.metrics.delivered(outcome);
            log(&claimed, outcome);
            let Claimed { id, endpoint, claim, .. } = claimed;
            // Should nobody listen any more, the claim runs out and it is sent again.
            drop(tell.send(Done { id, endpoint, claim, outcome: Some(outcome), at, chance: chance() }));
        });
    }
}

/// What is said of a delivery that was held and is given back.
fn unsent(claimed: Claimed, at: DateTime<Utc>) -> Done {
    let Claimed { id, endpoint, claim, .. } = claimed;
    Done { id, endpoint, claim, outcome: None, at, chance: 0 }
}

/// What came of a delivery, by ids alone.
fn log(claimed: &Claimed, outcome: Outcome) {
    let (delivery, webhook) = (&claimed.id, &claimed.endpoint);
    match outcome {
        Outcome::Delivered(status) => tracing::debug!(delivery, webhook, status, "a webhook was told"),
        Outcome::Gone => tracing::info!(delivery, webhook, status = 410, "a webhook's receiver is gone"),
        Outcome::Failed { trouble, status, .. } => {
            tracing::info!(
                delivery,
                webhook,
                trouble = trouble.as_str(),
                status,
                "a webhook could not be told"
            );
        }
    }
}

/// A number from 0 to 255 that nobody can foresee.
fn chance() -> u8 {
    let mut byte = [0];
    // Without randomness there is no harm in a middling number.
    if getrandom::fill(&mut byte).is_err() { 128 } else { byte[0] }
}
