//! Seeing to it that every instance counts on the calendar that holds: another one may have taken a new one in.

use std::time::Duration;

use actix_web::web::Data;

use super::{Duty, Next, Round};
use crate::application::State;
use crate::storage::calendars;
use crate::use_cases::bank_holidays;

/// The duty, which every instance has for itself.
#[must_use]
pub fn duty() -> Duty {
    Duty {
        name: "calendar",
        every: Duration::from_secs(5),
        on_news: false,
        alone_for: None,
        round: |state| Box::pin(round(state)),
    }
}

/// Takes up the calendar that holds, where it is another than this instance's.
///
/// # Errors
/// When the database fails.
pub async fn round(state: Data<State>) -> Round {
    let looking = actix_web::rt::task::spawn_blocking(move || {
        let connection = &mut *state.database.connection()?;
        let rulebook = state.rulebook();
        if calendars::latest_number(connection)? == rulebook.number() {
            return Ok::<_, anyhow::Error>(());
        }
        let renewed = bank_holidays::rulebook(connection, rulebook.library().clone())?;
        tracing::info!(calendar = renewed.calendar().version(), "counting on another calendar from now on");
        state.go_by(renewed);
        Ok(())
    });
    looking.await??;
    Ok(Next::Rest)
}
