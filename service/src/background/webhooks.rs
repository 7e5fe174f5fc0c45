//! Telling webhooks what stands in the feed. Any number of instances do it side by side: each takes hold of what is due, sends it, and
//! writes down what came of it, many at a time.
//!
//! While anything is out a round goes on, and serves whoever else is due: a receiver that hangs keeps its own places and nobody else's.
//! Deliveries whose instance dies are taken up by another when the time is over for which it had them.

use std::collections::HashMap;
use std::time::Duration;

use actix_web::web::Data;
use chrono::TimeDelta;
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
    Sending { state, tell, told, news, out: HashMap::new(), done: Vec::new() }.go().await
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

/// What is out, and what has come back.
struct Sending {
    state: Data<State>,
    tell: UnboundedSender<Done>,
    told: UnboundedReceiver<Done>,
    news: watch::Receiver<u64>,
    out: HashMap<String, usize>,
    done: Vec<Done>,
}

impl Sending {
    async fn go(mut self) -> Round {
        let mut failures = 0;
        loop {
            let draining = self.state.drain.has_begun();
            let more = match self.step(draining).await {
                Ok((claimed, more)) => {
                    failures = 0;
                    claimed.into_iter().for_each(|claimed| self.send(claimed));
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
            if self.out.is_empty() && self.done.is_empty() && !more {
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
        let out: usize = self.out.values().sum::<usize>();
        let timeout = TimeDelta::from_std(settings.timeout).unwrap_or(SPARE);
        let room = Room {
            claim: Uuid::now_v7().to_string(),
            lasts: timeout + SPARE,
            free: settings.at_once.saturating_sub(out),
            each: settings.at_once_each,
            out: self.out.clone(),
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

    /// A delivery is out no more.
    fn back(&mut self, done: Done) {
        if let Some(out) = self.out.get_mut(&done.endpoint) {
            *out = out.saturating_sub(1);
        }
        self.out.retain(|_, out| *out > 0);
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
            drop(tell.send(Done { id, endpoint, claim, outcome, at, chance: chance() }));
        });
    }
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
