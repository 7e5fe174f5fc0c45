//! Telling landlords that the time of something comes near, or is over. What has been told of stands in the rows, so that a round finds by
//! an index what there is to tell; and a notice has a key with its due date, so that it comes once for each date, whoever gives it.
//!
//! After a time in which nobody looked, only what holds now is told: of something that is overdue by then, not that it was due soon. What
//! is told names the moment since which it holds.

mod look;

use std::time::Duration;

use actix_web::web::Data;
use chrono::{DateTime, TimeDelta, Utc};
use redress_shared::case::{CaseId, Logged};

use self::look::Look;
use super::{Duty, Next, Round, renewal};
use crate::application::State;
use crate::notices::{Notice, Noticed, Timed};
use crate::settings::{DueSoon, kind_of};
use crate::storage::overdue::{due, is_overdue, since};
use crate::storage::timers::{self, Timer, WINDOW};
use crate::storage::{Connection, StorageError, events, notices, read};

/// How many timers one transaction takes on.
const STEP: usize = 200;

/// The duty's name.
const NAME: &str = "timers";

/// The duty. Rows that were made by other rules are made anew first, so that nobody is told of a date that does not hold any more.
#[must_use]
pub fn duty() -> Duty {
    Duty {
        name: NAME,
        every: Duration::from_secs(30),
        on_news: false,
        alone_for: Some(TimeDelta::minutes(5)),
        round: |state| {
            Box::pin(async move {
                match renewal::round(state.clone()).await? {
                    Next::Again => Ok(Next::Again),
                    Next::Rest => round(state).await,
                }
            })
        },
    }
}

/// Tells of what there is to tell, landlord by landlord. No landlord's trouble is another's.
///
/// # Errors
/// When the database fails; the first thing that failed is told when all landlords have had their turn.
pub async fn round(state: Data<State>) -> Round {
    let landlords: Vec<String> = state.rulebook().library().landlords().map(str::to_owned).collect();
    let (mut next, mut failed) = (Next::Rest, None);
    for landlord in landlords {
        match round_of(&state, &landlord).await {
            Ok(Next::Again) => next = Next::Again,
            Ok(Next::Rest) => {}
            Err(error) => drop(failed.get_or_insert(error)),
        }
    }
    failed.map_or(Ok(next), Err)
}

/// Tells one landlord, of no more than a step's timers.
async fn round_of(state: &Data<State>, landlord: &str) -> Round {
    let now = state.now();
    let look = Look::of(&state.rulebook(), &state.timers.due_soon, landlord, now);
    let (reading, of, looking) = (state.clone(), landlord.to_owned(), look.clone());
    let found = actix_web::rt::task::spawn_blocking(move || {
        looking.waiting(&mut *reading.database.connection()?, &of)
    });
    let found = found.await??;
    if found.is_empty() {
        return Ok(Next::Rest);
    }
    let full = found.len() >= STEP;
    let (of, due_soon) = (landlord.to_owned(), state.timers.due_soon.clone());
    let writer = state.database.writer();
    let told = writer.write(move |connection| tell_all(connection, (&of, &found), &look, &due_soon)).await?;
    for error in &told.damaged {
        state.metrics.duty_failed(NAME);
        tracing::warn!(landlord, %error, "nobody is told of a time of a case, since it is damaged");
    }
    if told.notices {
        state.waiting.tell(landlord);
    }
    // Where nothing but damaged cases is left, they would be found again at once, and again.
    Ok(if full && told.dealt_with { Next::Again } else { Next::Rest })
}

/// What became of a step's timers.
#[derive(Debug, Default)]
struct Told {
    /// Whether any notice was given.
    notices: bool,
    /// Whether any timer was dealt with.
    dealt_with: bool,
    /// Why nothing was told of others: their cases are damaged.
    damaged: Vec<StorageError>,
}

/// Tells what there is to tell of timers; those of a damaged case are left as they are, and are no reason not to tell of others.
fn tell_all(
    connection: &mut Connection,
    (landlord, timers): (&str, &[Timer]),
    look: &Look,
    due_soon: &DueSoon,
) -> Result<Told, StorageError> {
    let mut all = Told::default();
    for timer in timers {
        match tell(connection, (landlord, timer), look, due_soon) {
            Ok(notice) => {
                all.dealt_with = true;
                all.notices |= notice;
            }
            Err(error) if error.is_of_one_case() => all.damaged.push(error),
            Err(error) => return Err(error),
        }
    }
    Ok(all)
}

/// Tells what there is to tell of a timer, where it still is as it was found; says whether a notice was given.
fn tell(
    connection: &mut Connection,
    (landlord, timer): (&str, &Timer),
    look: &Look,
    due_soon: &DueSoon,
) -> Result<bool, StorageError> {
    let Ok(case) = timer.case_id.parse::<CaseId>() else { return Ok(false) };
    // Before the timer, as a command does: two that take hold of both in another order would wait for each other for ever.
    if events::hold(connection, landlord, case)?.is_none() {
        return Ok(false);
    }
    let Some(opening) = events::opening(connection, landlord, case)? else { return Ok(false) };
    let due = due(timer.due_on, timer.due_at);
    if timer.clock == WINDOW || is_overdue(due, look.now) {
        if !timers::told(connection, landlord, timer, None)?
            || !is_news(&opening, since(due)) && !is_late(connection, landlord, timer)?
        {
            return Ok(false);
        }
        let notice = notice(case, over(timer)(timed(timer, None)), (since(due), None));
        return notices::give(connection, landlord, &notice, look.now);
    }
    let Some(left) = look.left(timer.due_on) else { return Ok(false) };
    let days = |days: u32| i32::try_from(days).unwrap_or(i32::MAX);
    let reached = due_soon.all().into_iter().find(|at| *at >= left).map(days);
    if reached.is_none() || !timers::told(connection, landlord, timer, reached)? {
        return Ok(false);
    }
    let untold = |at: &&u32| **at >= left && days(**at) < timer.untold_below;
    let asked = due_soon.of(&timer.clock, &timer.name).iter().filter(untold).min();
    let (Some(at), Some(ahead)) = (asked, ahead(timer)) else { return Ok(false) };
    // Nothing was due soon before there was a complaint.
    let since = look.since(timer.due_on, *at).max(opening.occurred_at);
    let notice = notice(case, ahead(timed(timer, Some(left))), (since, Some(*at)));
    notices::give(connection, landlord, &notice, look.now)
}

/// Whether it is news that the time of something was over then. Of a case whose history was brought in from elsewhere, what was over
/// before it came is none.
fn is_news(opening: &Logged, over_since: DateTime<Utc>) -> bool {
    !opening.imported || over_since > opening.recorded_at
}

/// Whether something is late on a case that is still dealt with: whoever has brought it in has to hear of that once too. That a window has
/// closed is no lateness.
fn is_late(connection: &mut Connection, landlord: &str, timer: &Timer) -> Result<bool, StorageError> {
    Ok(timer.clock != WINDOW && read::cases::is_open(connection, landlord, &timer.case_id)?)
}

type Kind = fn(Timed) -> Noticed;

/// What is told when the time of something comes near; nothing of what the resident may do.
fn ahead(timer: &Timer) -> Option<Kind> {
    if timer.clock != "promise" {
        return Some(Noticed::DueSoon);
    }
    match kind_of(&timer.name) {
        "update" => Some(Noticed::UpdateOwed),
        "action" => Some(Noticed::ActionDue),
        "order" | "failure-order" => Some(Noticed::OrderDue),
        "restriction" => Some(Noticed::RestrictionReviewDue),
        _ => None,
    }
}

/// What is told when the time of something is over.
fn over(timer: &Timer) -> Kind {
    match (timer.clock.as_str(), kind_of(&timer.name)) {
        (WINDOW, _) | ("promise", "contact") => Noticed::WindowClosed,
        ("promise", "action") => Noticed::ActionOverdue,
        ("promise", "order" | "failure-order") => Noticed::OrderOverdue,
        ("promise", "offer") => Noticed::OfferExpired,
        _ => Noticed::Overdue,
    }
}

fn timed(timer: &Timer, working_days_left: Option<u32>) -> Timed {
    Timed {
        clock: timer.clock.clone(),
        deadline: timer.name.clone(),
        due_on: timer.due_on,
        due_at: timer.due_at.map(|at| at.and_utc()),
        clause: timer.clause.clone(),
        working_days_left,
    }
}

/// A notice that comes once for a due date, and once for each number of working days before it.
fn notice(case: CaseId, noticed: Noticed, (occurred_at, days): (DateTime<Utc>, Option<u32>)) -> Notice {
    let mut key = noticed.key(Some(case)).unwrap_or_default();
    if let Some(days) = days {
        key.push_str(&format!(" {days}"));
    }
    Notice { case: Some(case), key, noticed, occurred_at }
}
