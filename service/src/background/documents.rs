//! Keeping the store of documents and its rows in step: files go that were removed, that never came whole, or that no row speaks of.

use std::time::Duration;

use actix_web::web::Data;
use anyhow::Context as _;
use chrono::TimeDelta;
use futures_util::StreamExt as _;

use super::{Duty, Next, Round};
use crate::application::State;
use crate::documents::store::Listed;
use crate::storage::documents::{self, Late};
use crate::storage::{StorageError, leases, marks};

/// How many files a round takes away at most.
const AT_ONCE: i64 = 200;
/// How many keys are looked up at once.
const KEYS: usize = 500;
/// How often the whole store is looked through for files that no row speaks of.
const LOOK_EVERY: TimeDelta = TimeDelta::days(1);
/// How long after a look that did not come to its end another is begun.
const TRY_EVERY: TimeDelta = TimeDelta::hours(1);
/// The lease by which only one instance looks, and the mark that it has looked through all of it.
const LOOK: &str = "documents-look";

/// The duty.
#[must_use]
pub fn duty() -> Duty {
    Duty {
        name: "documents",
        every: Duration::from_secs(30),
        on_news: false,
        alone_for: Some(TimeDelta::minutes(10)),
        round: |state| Box::pin(round(state)),
    }
}

/// Gives up what should have come long ago, and takes away what is to go. A file that could not be taken away is tried again.
///
/// # Errors
/// When the database fails, or the store did not take away every file.
pub async fn round(state: Data<State>) -> Round {
    // Twice the time that a file may take, so that none that still comes is given up.
    let grace = TimeDelta::from_std(state.documents.limits.within * 2)?;
    let before = state.now() - grace;
    let writer = state.database.writer();
    let to_go = writer
        .write(move |connection| {
            documents::abandon(connection, Late::Before(before))?;
            documents::to_go(connection, AT_ONCE)
        })
        .await?;
    let more = i64::try_from(to_go.len()) == Ok(AT_ONCE);
    let mut failed = None;
    for (id, key) in to_go {
        match state.documents.store.remove(&key).await {
            Ok(()) => writer.write(move |connection| documents::gone(connection, &id)).await?,
            Err(error) => failed = Some(error),
        }
    }
    // One that does not go is no reason not to look for others.
    if is_time_to_look(&state).await? {
        look(&state).await?;
        let now = state.now();
        writer.write(move |connection| marks::set(connection, LOOK, ("", ""), Some(now))).await?;
    }
    match failed {
        Some(error) => Err(error).context("a file that is to go is still there"),
        None => Ok(if more { Next::Again } else { Next::Rest }),
    }
}

/// Whether it is this instance's to look through the store now: nobody has come through it for [`LOOK_EVERY`], nor begun for [`TRY_EVERY`].
async fn is_time_to_look(state: &Data<State>) -> anyhow::Result<bool> {
    let now = state.now();
    let begun = state.database.writer().write(move |connection| {
        let last = marks::of(connection, LOOK)?.and_then(|mark| mark.reached_at);
        let due = last.is_none_or(|at| (now.naive_utc() - at).abs() >= LOOK_EVERY);
        Ok::<_, StorageError>(due && leases::take_anew(connection, LOOK, now, TRY_EVERY)?)
    });
    Ok(begun.await?)
}

/// Looks through the whole store, and takes away what no row speaks of and is older than the settings allow; says how many files.
///
/// # Errors
/// When the database or the store fails.
pub async fn look(state: &Data<State>) -> anyhow::Result<u64> {
    let horizon = state.now() - TimeDelta::days(state.documents.stray_days.into());
    let unfinished = state.clone();
    let day = Duration::from_secs(u64::from(state.documents.stray_days) * 86_400);
    let swept = move || unfinished.documents.store.remove_unfinished(day);
    let mut removed = actix_web::rt::task::spawn_blocking(swept).await??;
    let mut pages = state.documents.store.list()?.chunks(KEYS);
    while let Some(page) = pages.next().await {
        let listed: Vec<Listed> = page.into_iter().collect::<Result<_, _>>()?;
        let old: Vec<String> =
            listed.into_iter().filter(|file| file.written_at < horizon).map(|file| file.key).collect();
        if old.is_empty() {
            continue;
        }
        let (reading, keys) = (state.clone(), old.clone());
        let spoken_of = actix_web::rt::task::spawn_blocking(move || {
            documents::spoken_of(&mut *reading.database.connection()?, &keys)
        });
        let spoken_of = spoken_of.await??;
        for key in old.iter().filter(|key| !spoken_of.contains(*key)) {
            state.documents.store.remove(key).await?;
            removed += 1;
        }
    }
    if removed > 0 {
        tracing::warn!(removed, "files that no row of the database speaks of were taken away");
    }
    Ok(removed)
}
