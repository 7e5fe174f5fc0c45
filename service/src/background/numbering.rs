//! Giving what is committed its number in the feed. Whoever reads the feed does it too; this sees to it where nobody reads.

use std::time::Duration;

use actix_web::web::Data;

use super::{Duty, Next, Round};
use crate::application::State;
use crate::storage::{StorageError, feed};

/// The duty. SQLite numbers at once, and leaves it nothing to do.
#[must_use]
pub fn duty() -> Duty {
    Duty {
        name: "numbering",
        every: Duration::from_secs(1),
        on_news: false,
        alone_for: None,
        round: |state| Box::pin(round(state)),
    }
}

/// Numbers what waits, landlord by landlord.
///
/// # Errors
/// When the database fails.
pub async fn round(state: Data<State>) -> Round {
    if state.database.numbers_at_once() {
        return Ok(Next::Rest);
    }
    let landlords: Vec<String> = state.rulebook().library().landlords().map(str::to_owned).collect();
    let reading = state.clone();
    let waiting = actix_web::rt::task::spawn_blocking(move || {
        let connection = &mut *reading.database.connection()?;
        let mut waiting = Vec::new();
        for landlord in landlords {
            if feed::waiting(connection, &landlord)? > 0 {
                waiting.push(landlord);
            }
        }
        Ok::<_, StorageError>(waiting)
    });
    for landlord in waiting.await?? {
        let writer = state.database.writer();
        let of = landlord.clone();
        writer.write(move |connection| feed::number(connection, &of)).await?;
        state.waiting.tell(&landlord);
    }
    Ok(Next::Rest)
}
