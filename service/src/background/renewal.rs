//! Making rows anew that other rules made: after a change of the calendar, of a policy's file or of the program. Cases on which something
//! is owed come first. How far it has come is written with each step, so that a round that was cut off is gone on with.

use actix_web::web::Data;
use chrono::{NaiveDateTime, TimeDelta};

use super::{Next, Round, calendar};
use crate::application::State;
use crate::rulebook::Rulebook;
use crate::storage::{Connection, StorageError, marks, renewal};
use crate::use_cases::execute::ExecuteError;
use crate::use_cases::renew::renew_case;

/// The name of its mark.
pub const NAME: &str = "renewal";
/// How many cases one transaction takes on.
pub const STEP: usize = 50;
/// How long it is believed that all rows are those of the rules that hold: an instance that had not heard of a change yet may have written
/// rows behind our back.
const BELIEVED_FOR: TimeDelta = TimeDelta::minutes(10);

/// Makes some more rows anew, where there are any.
///
/// # Errors
/// When the database fails. A case whose rows cannot be made is logged and left.
pub async fn round(state: Data<State>) -> Round {
    calendar::round(state.clone()).await?;
    let rulebook = state.rulebook();
    let goal = rulebook.stamp_of_all();
    let reading = state.clone();
    let mark =
        actix_web::rt::task::spawn_blocking(move || marks::of(&mut *reading.database.connection()?, NAME));
    let now = state.now();
    let place = match mark.await?? {
        Some(mark) if mark.goal == goal => match mark.reached_at {
            Some(at) if !is_past(at, now.naive_utc()) => return Ok(Next::Rest),
            Some(_) => Place::default(),
            None => Place::read(&mark.place),
        },
        _ => Place::default(),
    };
    let step = move |connection: &mut Connection| {
        let found = renewal::stale(connection, &rulebook.stamps(), (place.live, &place.after), limit())?;
        for (landlord, id) in &found {
            one(connection, &rulebook, (landlord, id), now)?;
        }
        let next = place.after_these(&found);
        let reached_at = next.is_none().then_some(now);
        marks::set(connection, NAME, (&goal, &next.clone().unwrap_or_default().written()), reached_at)?;
        let landlords: Vec<String> = found.into_iter().map(|(landlord, _)| landlord).collect();
        Ok::<_, StorageError>((landlords, next.is_some()))
    };
    let (landlords, more) = state.database.writer().write(step).await?;
    landlords.iter().for_each(|landlord| state.waiting.tell(landlord));
    Ok(if more { Next::Again } else { Next::Rest })
}

fn is_past(reached_at: NaiveDateTime, now: NaiveDateTime) -> bool {
    (now - reached_at).abs() > BELIEVED_FOR
}

fn limit() -> i64 {
    i64::try_from(STEP).unwrap_or(i64::MAX)
}

fn one(
    connection: &mut Connection,
    rulebook: &Rulebook,
    (landlord, id): (&str, &str),
    now: chrono::DateTime<chrono::Utc>,
) -> Result<(), StorageError> {
    let Ok(case) = id.parse() else { return Ok(()) };
    match renew_case(connection, rulebook, (landlord, case), now) {
        Ok(_) | Err(ExecuteError::NoSuchCase) => Ok(()),
        // What the database failed with undoes the step; anything else is this case's alone, and was found before its rows were touched.
        Err(ExecuteError::Storage(error)) if !error.is_of_one_case() => Err(error),
        Err(error) => {
            tracing::warn!(landlord, case = id, %error, "the rows of a case could not be made anew");
            Ok(())
        }
    }
}

/// How far it has come: among the cases on which something is owed, or the others, and up to which.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Place {
    live: bool,
    after: String,
}

impl Default for Place {
    fn default() -> Self {
        Self { live: true, after: String::new() }
    }
}

impl Place {
    fn read(written: &str) -> Self {
        match written.split_once(' ') {
            Some((live, after)) => Self { live: live == "live", after: after.to_owned() },
            None => Self::default(),
        }
    }

    fn written(&self) -> String {
        format!("{} {}", if self.live { "live" } else { "rest" }, self.after)
    }

    /// Where to go on after these; nowhere where they were the last.
    fn after_these(&self, found: &[(String, String)]) -> Option<Self> {
        match found.last() {
            Some((_, last)) if found.len() >= STEP => Some(Self { live: self.live, after: last.clone() }),
            _ if self.live => Some(Self { live: false, after: String::new() }),
            _ => None,
        }
    }
}
