//! Erasing what has been kept for as long as it is kept, where the settings say so.

use std::time::Duration;

use actix_web::web::Data;
use chrono::TimeDelta;
use redress_shared::calendar::london;

use super::{Duty, Next, Round};
use crate::application::State;
use crate::storage::StorageError;
use crate::use_cases::personal::retention::{Page, apply, due, kept_years};

/// How many cases are looked at at once.
const PAGE: i64 = 100;

/// The duty's name.
const NAME: &str = "retention";

/// The duty.
#[must_use]
pub fn duty() -> Duty {
    Duty {
        name: NAME,
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

/// Erases what is due, whatever the settings say; how many cases. No landlord's trouble is another's, and no case's: what can be erased is.
///
/// # Errors
/// When the database fails; the first thing that failed is told when all else has been done.
pub async fn erase(state: &Data<State>) -> Result<u64, anyhow::Error> {
    let landlords: Vec<String> = state.rulebook().library().landlords().map(str::to_owned).collect();
    let (mut erased, mut failed) = (0, None);
    for landlord in landlords {
        if let Err(error) = erase_of(state, &landlord, &mut erased).await {
            failed.get_or_insert(error);
        }
        state.waiting.tell(&landlord);
    }
    failed.map_or(Ok(erased), Err)
}

/// Erases what is due of one landlord's.
async fn erase_of(state: &Data<State>, landlord: &str, erased: &mut u64) -> Result<(), anyhow::Error> {
    let now = state.now();
    let rulebook = state.rulebook();
    let (years, _) = kept_years(rulebook.library(), landlord, london::date_of(now), state.retention.years);
    let mut after = Some(String::new());
    while let Some(from) = after {
        let (reading, of) = (state.clone(), landlord.to_owned());
        let page = actix_web::rt::task::spawn_blocking(move || {
            let connection = &mut *reading.database.connection()?;
            due(connection, (&of, years), (london::date_of(now), now), &from, PAGE)
        });
        let page: Page = page.await??;
        for (_, error) in &page.damaged {
            passed_over(state, landlord, error);
        }
        for due in page.due.into_iter().filter(|due| due.hold.is_none()) {
            let of = landlord.to_owned();
            let writer = state.database.writer();
            let done = writer.write(move |connection| apply(connection, (&of, years), now, due.case));
            match done.await {
                Ok(done) => *erased += u64::from(done.is_some()),
                Err(error) if error.is_of_one_case() => passed_over(state, landlord, &error),
                Err(error) => return Err(error.into()),
            }
        }
        after = page.next;
    }
    Ok(())
}

/// Says that a case is kept because nobody can tell what is due of it; the error names the case.
fn passed_over(state: &Data<State>, landlord: &str, error: &StorageError) {
    state.metrics.duty_failed(NAME);
    tracing::warn!(landlord, %error, "nothing of a case is erased, since it is damaged");
}
