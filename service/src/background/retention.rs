//! Erasing what has been kept for as long as it is kept, where the settings say so.

use std::time::Duration;

use actix_web::web::Data;
use chrono::{SubsecRound, TimeDelta};
use redress_shared::calendar::london;

use super::{Duty, Next, Round};
use crate::application::State;
use crate::use_cases::personal::retention::{apply, due};

/// How many cases are looked at at once.
const PAGE: i64 = 100;

/// The duty.
#[must_use]
pub fn duty() -> Duty {
    Duty {
        name: "retention",
        every: Duration::from_secs(3600),
        on_news: false,
        alone_for: Some(TimeDelta::hours(2)),
        round: |state| Box::pin(round(state)),
    }
}

/// Erases what is due, case by case, each in a transaction of its own; nothing where the settings do not say so.
///
/// # Errors
/// When the database fails; what was erased by then stays erased.
pub async fn round(state: Data<State>) -> Round {
    if state.retention.apply {
        erase(&state).await?;
    }
    Ok(Next::Rest)
}

/// Erases what is due, whatever the settings say; how many cases.
///
/// # Errors
/// When the database fails.
pub async fn erase(state: &Data<State>) -> Result<u64, anyhow::Error> {
    let landlords: Vec<String> = state.rulebook().library().landlords().map(str::to_owned).collect();
    let (years, now) = (state.retention.years, state.now().trunc_subsecs(6));
    let mut erased = 0;
    for landlord in landlords {
        let mut after = Some(String::new());
        while let Some(from) = after {
            let (reading, of) = (state.clone(), landlord.clone());
            let page = actix_web::rt::task::spawn_blocking(move || {
                let connection = &mut *reading.database.connection()?;
                due(connection, (&of, years), (london::date_of(now), now), &from, PAGE)
            });
            let (found, next): (Vec<_>, _) = page.await??;
            for due in found.into_iter().filter(|due| due.hold.is_none()) {
                let of = landlord.clone();
                let done = state
                    .database
                    .writer()
                    .write(move |connection| apply(connection, (&of, years), now, due.case))
                    .await?;
                erased += u64::from(done.is_some());
            }
            after = next;
        }
        state.waiting.tell(&landlord);
    }
    Ok(erased)
}
