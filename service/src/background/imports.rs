//! Histories that are brought in: every import that is under way comes a step further, those of several landlords side by side.

use std::time::{Duration, Instant};

use actix_web::web::Data;
use chrono::TimeDelta;

use super::{Duty, Next, Round};
use crate::application::State;
use crate::imports::job::{self, Stepped, Stretch};
use crate::storage::StorageError;
use crate::storage::imports::{self, Import};

/// For how long a round goes on where there is more to do.
const ROUND: Duration = Duration::from_secs(1);

/// After how long without a step the service takes over what a command line began.
const LEFT_ALONE: TimeDelta = TimeDelta::seconds(60);

/// For how long the file of an import is kept that nobody starts.
const KEPT: TimeDelta = TimeDelta::days(7);

/// The duty. Two instances at one import would do no harm, and no good.
#[must_use]
pub fn duty() -> Duty {
    Duty {
        name: "imports",
        every: Duration::from_secs(1),
        on_news: false,
        alone_for: Some(TimeDelta::seconds(30)),
        round: |state| Box::pin(round(state)),
    }
}

/// Goes on with every import that is under way.
///
/// # Errors
/// When the database fails.
pub async fn round(state: Data<State>) -> Round {
    let began = Instant::now();
    let (mut next, mut busy) = (Next::Rest, None);
    while began.elapsed() < ROUND {
        let under_way = under_way(&state).await?;
        next = if under_way.is_empty() { Next::Rest } else { Next::Again };
        if under_way.is_empty() {
            break;
        }
        for import in under_way {
            let id = import.id.to_string();
            let Err(error) = step(&state, import).await else { continue };
            match error.downcast_ref::<StorageError>() {
                Some(storage) if storage.is_busy() || storage.is_conflict() => busy = Some(error),
                // Trying again would not help it, and would keep all others waiting.
                _ => fail(&state, id, &format!("{error:#}")).await?,
            }
        }
        if let Some(error) = busy {
            return Err(error);
        }
    }
    let now = state.now();
    let before = now - KEPT;
    if next == Next::Rest && left_files(&state, before).await? {
        let writer = state.database.writer();
        writer.write(move |connection| imports::remove_left_files(connection, before, now)).await?;
    }
    Ok(next)
}

async fn under_way(state: &Data<State>) -> Result<Vec<Import>, anyhow::Error> {
    let now = state.now();
    let reading = state.clone();
    let running =
        actix_web::rt::task::spawn_blocking(move || imports::running(&mut *reading.database.connection()?));
    let (running, damaged) = running.await??;
    for id in damaged {
        fail(state, id, "its row cannot be read").await?;
    }
    let ours = |import: &Import| {
        let last = import.stepped_at.or(import.started_at).unwrap_or(import.created_at);
        import.origin == "service" || now - last > LEFT_ALONE
    };
    Ok(running.into_iter().filter(ours).collect())
}

/// Ends an import that cannot be gone on with, alone.
async fn fail(state: &Data<State>, id: String, error: &str) -> Result<(), anyhow::Error> {
    tracing::error!(import = %id, error, "an import cannot be gone on with");
    state.metrics.duty_failed("imports");
    let now = state.now();
    let why = "what comes next of it cannot be kept, and would not be if it were tried again; the service's log says why";
    let writer = state.database.writer();
    writer.write(move |connection| imports::fail(connection, &id, why, now)).await?;
    Ok(())
}

/// One step of one import: what can be is made ready beside the writing, and then kept.
async fn step(state: &Data<State>, import: Import) -> Result<Stepped, anyhow::Error> {
    let landlord = import.landlord.clone();
    let reading = state.clone();
    let stretch = actix_web::rt::task::spawn_blocking(move || {
        let connection = &mut *reading.database.connection()?;
        job::next(connection, &reading.rulebook(), &import, reading.now())
    });
    let stretch: Stretch = stretch.await??;
    let writer = state.database.writer();
    let stepped = writer.write(move |connection| job::keep(connection, &stretch)).await?;
    state.waiting.tell(&landlord);
    Ok(stepped)
}

async fn left_files(
    state: &Data<State>,
    before: chrono::DateTime<chrono::Utc>,
) -> Result<bool, anyhow::Error> {
    let reading = state.clone();
    let found = actix_web::rt::task::spawn_blocking(move || {
        imports::has_left_files(&mut *reading.database.connection()?, before)
    });
    Ok(found.await??)
}

/// Steps through one import with one connection, as a command line does, telling how it goes after every step.
///
/// # Errors
/// When the database fails.
pub fn carry_out(
    connection: &mut crate::storage::Connection,
    rulebook: &crate::rulebook::Rulebook,
    (landlord, id): (&str, crate::imports::ImportId),
    now: &dyn Fn() -> chrono::DateTime<chrono::Utc>,
    tell: &mut dyn FnMut(&Import),
) -> Result<Option<Import>, StorageError> {
    loop {
        let Some(import) = imports::find(connection, landlord, id)? else { return Ok(None) };
        tell(&import);
        if import.state != crate::imports::State::Running {
            return Ok(Some(import));
        }
        let stretch = job::next(connection, rulebook, &import, now())?;
        crate::storage::write::once(connection, &|connection| job::keep(connection, &stretch))?;
    }
}
