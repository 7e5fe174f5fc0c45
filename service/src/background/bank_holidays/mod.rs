//! Asking for bank holidays, again and again. What is found is merged into the calendar that holds; where nothing can be had, the service
//! goes on with what it has, and says how old that is.

mod fetch;

use std::time::Duration;

use actix_web::web::Data;
use chrono::{DateTime, Months, NaiveDateTime, TimeDelta, Utc};
use redress_shared::calendar::{Calendar, Feed, london};

use super::{Duty, Next, Round, calendar};
use crate::application::State;
use crate::settings::CalendarFeed;
use crate::storage::calendars::{self, Asked};
use crate::use_cases::bank_holidays::{NotTaken, Taken, take};
use fetch::{Answer, Failure};

/// Whose bank holidays are taken from the feed.
pub const DIVISION: &str = "england-and-wales";
/// How soon it is tried again after a failure.
const AGAIN_AFTER: TimeDelta = TimeDelta::hours(1);

/// The duty. It looks every minute whether it is time to ask.
#[must_use]
pub fn duty() -> Duty {
    Duty {
        name: "bank-holidays",
        every: Duration::from_secs(60),
        on_news: false,
        alone_for: Some(TimeDelta::minutes(5)),
        round: |state| Box::pin(round(state)),
    }
}

/// Asks for bank holidays where it is time to, and takes in what is new.
///
/// # Errors
/// When the database fails. A feed that cannot be had or used is noted, and no error.
pub async fn round(state: Data<State>) -> Round {
    let source = state.calendar.feed_url.to_string();
    if state.calendar.feed_url == CalendarFeed::Off {
        return Ok(Next::Rest);
    }
    let (reading, of) = (state.clone(), source.clone());
    let before = actix_web::rt::task::spawn_blocking(move || {
        calendars::asked(&mut *reading.database.connection()?, &of)
    });
    let before = before.await??;
    let now = state.now();
    if !is_time(before.as_ref(), now, TimeDelta::hours(state.calendar.every_hours.into())) {
        return Ok(Next::Rest);
    }
    let etag = before.as_ref().and_then(|before| before.etag.clone());
    let found = match fetch::fetch(&state.calendar.feed_url, etag.as_deref()).await {
        Ok(Answer::Same) => Ok(None),
        Ok(Answer::New { text, etag }) => match Feed::from_government(&text, DIVISION) {
            Ok(feed) => Ok(Some((feed, etag))),
            Err(errors) => Err(Failure::unreadable(errors.to_string())),
        },
        Err(failure) => Err(failure),
    };
    if let Err(failure) = &found {
        tracing::warn!(
            source,
            code = failure.code,
            reason = failure.reason,
            "bank holidays could not be had"
        );
    }
    let taken = note(&state, (source, before), found, now).await?;
    calendar::round(state.clone()).await?;
    if let Some(taken) = taken {
        tell(&state, &taken);
    }
    warn_of_the_end(state.rulebook().calendar(), now, state.calendar.warn_months);
    Ok(Next::Rest)
}

fn is_time(before: Option<&Asked>, now: DateTime<Utc>, every: TimeDelta) -> bool {
    before.is_none_or(|before| {
        let rest = if before.failure.is_some() { every.min(AGAIN_AFTER) } else { every };
        // Should the clock have been put back, it is asked too.
        (now.naive_utc() - before.asked_at).abs() >= rest
    })
}

type Found = Result<Option<(Feed, Option<String>)>, Failure>;

/// Takes in what was found, and notes how asking went, in one transaction.
async fn note(
    state: &Data<State>,
    (source, before): (String, Option<Asked>),
    found: Found,
    now: DateTime<Utc>,
) -> Result<Option<Taken>, NotTaken> {
    let work = move |connection: &mut crate::storage::Connection| {
        let earlier = before.clone();
        let mut asked = Asked {
            source: source.clone(),
            asked_at: now.naive_utc(),
            answered_at: earlier.as_ref().and_then(|earlier| earlier.answered_at),
            etag: earlier.as_ref().and_then(|earlier| earlier.etag.clone()),
            failure: None,
            unlisted: earlier.map(|earlier| earlier.unlisted).unwrap_or_default(),
        };
        let answered: Option<NaiveDateTime> = Some(now.naive_utc());
        let taken = match &found {
            Err(failure) => {
                asked.failure = Some(failure.code.to_owned());
                None
            }
            Ok(None) => {
                asked.answered_at = answered;
                None
            }
            Ok(Some((feed, etag))) => {
                let taken = take(connection, feed, &source, now)?;
                asked.answered_at = answered;
                asked.etag.clone_from(etag);
                asked.unlisted = taken.unlisted.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
                Some(taken)
            }
        };
        calendars::note(connection, &asked)?;
        Ok(taken)
    };
    state.database.writer().write(work).await
}

fn tell(state: &Data<State>, taken: &Taken) {
    if let Some(changed) = &taken.changed {
        tracing::info!(calendar = changed.calendar, added = ?changed.added, "new bank holidays were taken in");
        state.rulebook().library().landlords().for_each(|landlord| state.waiting.tell(landlord));
    }
    if !taken.unlisted.is_empty() {
        tracing::warn!(days = ?taken.unlisted, "bank holidays are kept although they are not listed any more");
    }
}

/// Says so where the bank holidays that are known end before so many months are over: what falls due after them is refused.
pub fn warn_of_the_end(calendar: &Calendar, now: DateTime<Utc>, months: u32) {
    let last = calendar.coverage().last_day();
    let horizon = london::date_of(now).checked_add_months(Months::new(months));
    if horizon.is_some_and(|horizon| last < horizon) {
        tracing::warn!(%last, "the bank holidays that are known end soon, and nothing can fall due after them");
    }
}
