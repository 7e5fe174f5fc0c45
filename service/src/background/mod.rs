//! What the service does by itself, again and again: its duties. Each is a round that can be gone at any time, by any instance, and once
//! more after an instance was killed in the middle of it; between rounds nothing is kept in memory that matters.
//!
//! A duty that only one instance may do at a time holds a lease. A round that fails is logged, counted, and gone again.

pub mod bank_holidays;
pub mod calendar;
pub mod documents;
pub mod imports;
pub mod numbering;
pub mod renewal;
pub mod retention;
pub mod timers;
pub mod webhooks;

use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::time::Duration;

use actix_web::web::Data;
use chrono::TimeDelta;
use futures_util::FutureExt as _;
use tokio::task::JoinHandle;
use uuid::Uuid;

use crate::application::State;
use crate::storage::leases;

/// How a round went: whether there is more to do at once.
pub type Round = Result<Next, anyhow::Error>;

/// What comes after a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Another round at once: there was more to do than one round takes on.
    Again,
    /// A rest.
    Rest,
}

/// What a duty does in a round.
type Work = fn(Data<State>) -> Pin<Box<dyn Future<Output = Round> + Send>>;

/// Something that the service does by itself.
pub struct Duty {
    /// Its name, in the log, the figures and the lease.
    pub name: &'static str,
    /// How long it rests between rounds. Whoever is told of news in the feed does not rest.
    pub every: Duration,
    /// Whether it is gone at once when something came into the feed.
    pub on_news: bool,
    /// For how long only one instance has it; none where several may do it side by side.
    pub alone_for: Option<TimeDelta>,
    /// A round.
    pub round: Work,
}

/// Every duty of the service.
#[must_use]
pub fn duties() -> Vec<Duty> {
    vec![
        numbering::duty(),
        imports::duty(),
        webhooks::duty(),
        webhooks::clearing(),
        calendar::duty(),
        bank_holidays::duty(),
        timers::duty(),
        documents::duty(),
        retention::duty(),
    ]
}

/// Begins all duties; they end when the service drains.
pub fn begin(state: &Data<State>) -> Vec<JoinHandle<()>> {
    let holder = Uuid::now_v7().to_string();
    duties().into_iter().map(|duty| actix_web::rt::spawn(keep(duty, state.clone(), holder.clone()))).collect()
}

/// Goes a duty's rounds until the service drains. One that panics is as one that fails: it is gone again.
pub async fn keep(duty: Duty, state: Data<State>, holder: String) {
    let mut stopping = state.drain.subscribe();
    let mut news = state.waiting.any_news();
    loop {
        // What a round leaves half done is in the database, which undoes what is not committed.
        let going = AssertUnwindSafe(gone(&duty, &state, &holder)).catch_unwind();
        let next = match going.await.unwrap_or_else(|_| Err(anyhow::anyhow!("it panicked"))) {
            Ok(next) => next,
            Err(error) => {
                state.metrics.duty_failed(duty.name);
                tracing::warn!(duty = duty.name, error = format!("{error:#}"), "a round of a duty failed");
                Next::Rest
            }
        };
        let rest = if next == Next::Again { Duration::ZERO } else { duty.every };
        tokio::select! {
            biased;
            _ = stopping.wait_for(|stopping| *stopping) => break,
            told = news.changed(), if duty.on_news => if told.is_err() { break },
            () = tokio::time::sleep(rest) => {}
        }
    }
    if duty.alone_for.is_some() {
        let given = state
            .database
            .writer()
            .write(move |connection| leases::give_back(connection, duty.name, &holder));
        if let Err(error) = given.await {
            tracing::warn!(duty = duty.name, %error, "a lease was not given back; it ends by itself");
        }
    }
}

/// Goes a round, where it is this instance's to go.
async fn gone(duty: &Duty, state: &Data<State>, holder: &str) -> Round {
    if let Some(lasts) = duty.alone_for {
        let (name, holder, clock) = (duty.name, holder.to_owned(), state.clone());
        let mine = state
            .database
            .writer()
            .write(move |connection| leases::take(connection, (name, &holder), clock.now(), lasts));
        if !mine.await? {
            return Ok(Next::Rest);
        }
    }
    (duty.round)(state.clone()).await
}
