//! The feed: everything that happened to a landlord's cases, in one line.

use std::time::{Duration, Instant};

use actix_web::HttpResponse;
use actix_web::web::Data;
use chrono::{DateTime, Utc};
use redress_shared::case::{CaseId, Logged};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::caller::Scope;
use super::contract::{Answer, Call, Nothing, Operation, Tag};
use crate::application::State;
use crate::event_type::EventType;
use crate::feed::{LOOK, Woken};
use crate::notices::Noticed;
use crate::problem::{FieldError, Problem, codes};
use crate::storage::feed;
use crate::storage::read::feed::{self as line, FeedFilter, FeedLine, Stretch, Told};

/// Which events.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Asked {
    /// The `last` of the answer before; 0, or nothing, for the beginning.
    #[schemars(range(min = 0, max = 9_007_199_254_740_991_i64))]
    after: Option<i64>,
    /// Only events of this type, as `type` has it. Can be given several times.
    #[serde(default, rename = "type")]
    #[schemars(length(max = 80))]
    types: Vec<EventType>,
    /// Only events of this case.
    case: Option<CaseId>,
    /// How many at most; 100 where it is not given.
    #[schemars(range(min = 1, max = 500))]
    limit: Option<u32>,
    /// For how many seconds to wait where there is nothing yet; not at all where it is not given.
    #[schemars(range(min = 0, max = 30))]
    wait: Option<u64>,
}

/// A stretch of the line.
#[derive(Debug, Serialize, JsonSchema)]
struct Events {
    /// The events, in order.
    events: Vec<Fed>,
    /// The number up to which this answer has looked: what to send as `after` to go on.
    last: i64,
    /// The number up to which the line goes. Where `last` is less, there is more to be had at once.
    head: i64,
}

/// A line of the feed: what happened to a case, or what the service noticed.
#[derive(Debug, Serialize, JsonSchema)]
struct Fed {
    /// Its number: 1, 2, 3, without a gap over all of the landlord's.
    feed: i64,
    /// What it tells: the `type` of the event, or of the notice. Each type has a schema of its own, among those of `Event` and of
    /// `Noticed`.
    #[serde(rename = "type")]
    kind: String,
    /// The case; null for a notice about all of the landlord's.
    case: Option<String>,
    /// The event, as in the history of the case; null for a notice.
    event: Option<Box<Logged>>,
    /// The SHA-256 digest that chains the event to the one before it in its case, in hexadecimal; null for a notice.
    digest: Option<String>,
    /// The notice; null for an event.
    notice: Option<Given>,
}

/// What the service noticed by itself. It is no part of the history of a case, and changes none.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Notice")]
struct Given {
    /// Its id.
    id: String,
    /// What was noticed.
    noticed: Noticed,
    /// Since when it is so.
    occurred_at: DateTime<Utc>,
    /// When it was noticed.
    recorded_at: DateTime<Utc>,
}

/// `GET /v1/events`.
pub fn operation() -> Operation {
    Operation::get("/v1/events", "listEvents", Tag::Events)
        .says(
            "What happened, in order",
            "Every event of every case has a number: 1, 2, 3, in the order in which they came to be kept, without a gap. Whoever goes on \
             from `last` sees each event once, however many instances of the service take commands at the same time. With a filter, \
             `last` moves on past what was left out. What each type of event carries is described by the schema that `Event` names for \
             it, what each notice carries by that of `Noticed`; types are added, so pass over those that you do not know. With \
             `wait`, the answer comes as soon as there is something; 128 requests of a landlord can wait at once, and 512 of all.",
        )
        .needs(Scope::FeedRead)
        .unmetered()
        .fails_with(&[codes::TOO_MANY_AT_ONCE])
        .answers(Answer::json::<Events>(200, "The events, in order."))
        .handled(list)
}

async fn list(call: Call<Nothing, Asked>) -> Result<HttpResponse, Problem> {
    let (state, asked) = (call.state, call.query);
    let landlord = call.caller.landlord;
    let limit = usize::try_from(asked.limit.unwrap_or(100)).unwrap_or(usize::MAX);
    let case = asked.case.map(|case| case.to_string());
    let types = asked.types.iter().map(|kind| kind.as_str().to_owned()).collect();
    let filter = FeedFilter { landlord: landlord.clone(), types, case };
    let until = Instant::now() + Duration::from_secs(asked.wait.unwrap_or(0));
    // The place is taken before the first look, so that nothing falls between the two.
    let mut place = match asked.wait.unwrap_or(0) {
        0 => None,
        _ => Some(state.waiting.enter(&landlord).ok_or_else(full)?),
    };
    let (mut after, mut head) = (asked.after.unwrap_or(0), number(&state, &landlord).await?);
    if after > head {
        let detail = "the line does not go that far: `after` is the `last` of an answer";
        return Err(Problem::malformed(vec![FieldError::parameter("after", detail)]));
    }
    loop {
        let found = look(&state, &filter, (after, head), limit).await?;
        after = found.last;
        let rest = until.saturating_duration_since(Instant::now());
        let Some(place) =
            place.as_mut().filter(|_| !rest.is_zero() && found.events.is_empty() && after == head)
        else {
            return Ok(HttpResponse::Ok().json(shown(found, head)));
        };
        match further(&state, &landlord, place, (until, head)).await? {
            Some(grown) => head = grown,
            None => return Ok(HttpResponse::Ok().json(shown(found, head))),
        }
    }
}

fn full() -> Problem {
    Problem::new(codes::TOO_MANY_AT_ONCE, "as many requests wait for events as may")
        .header("Retry-After", "1")
}

/// Waits until the line goes further than it did, and says how far; nothing where it does not in time.
async fn further(
    state: &Data<State>,
    landlord: &str,
    place: &mut crate::feed::Place,
    (until, head): (Instant, i64),
) -> Result<Option<i64>, Problem> {
    loop {
        let rest = until.saturating_duration_since(Instant::now());
        if rest.is_zero() {
            return Ok(None);
        }
        match place.wait(rest.min(LOOK)).await {
            Woken::Stopping => return Ok(None),
            Woken::Time if !state.waiting.is_my_turn(landlord) => {}
            Woken::News | Woken::Time => {
                let grown = number(state, landlord).await?;
                state.waiting.looked(landlord, grown);
                if grown > head {
                    return Ok(Some(grown));
                }
            }
        }
    }
}

/// Gives what is committed its numbers, and says how far the line goes: once at a time for all who ask. Nothing is held while somebody
/// waits.
pub async fn number(state: &Data<State>, landlord: &str) -> Result<i64, Problem> {
    let landlord = landlord.to_owned();
    if state.database.numbers_at_once() {
        return super::read(state.clone(), move |_, connection| feed::head(connection, &landlord)).await;
    }
    let (asked, of) = (state.clone(), landlord.clone());
    let number = move || {
        let of = of.clone();
        super::write(asked.clone(), move |_, connection| Ok(feed::number(connection, &of)?))
    };
    state.numbering.ask(&landlord, number).await.unwrap_or_else(|| Err(Problem::internal()))
}

async fn look(
    state: &Data<State>,
    filter: &FeedFilter,
    stretch: (i64, i64),
    limit: usize,
) -> Result<Stretch, Problem> {
    let filter = filter.clone();
    super::read(state.clone(), move |_, connection| line::after(connection, &filter, stretch, limit)).await
}

fn shown(found: Stretch, head: i64) -> Events {
    Events { events: found.events.into_iter().map(Fed::from).collect(), last: found.last, head }
}

impl From<FeedLine> for Fed {
    fn from(line: FeedLine) -> Self {
        let (event, digest, notice) = match line.told {
            Told::Event { event, digest } => (Some(event), Some(digest), None),
            Told::Notice { id, noticed, occurred_at, recorded_at } => {
                (None, None, Some(Given { id, noticed, occurred_at, recorded_at }))
            }
        };
        Self { feed: line.number, kind: line.kind, case: line.case_id, event, digest, notice }
    }
}
