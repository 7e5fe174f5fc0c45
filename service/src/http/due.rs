//! What is due and overdue.

use actix_web::HttpResponse;
use chrono::{DateTime, Days, NaiveDate, Utc};
use redress_shared::calendar::london;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::caller::Scope;
use super::contract::{Answer, Call, Nothing, Operation, Tag};
use super::request::moment::Moment;
use crate::problem::Problem;
use crate::storage::read::{self, DueLine};

/// How far to look.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Window {
    /// The instant, or the London day's end, to look from; now where it is not given.
    as_of: Option<Moment>,
    /// How many calendar days ahead; 10 where it is not given.
    #[schemars(range(min = 0, max = 366))]
    within_days: Option<u64>,
    /// How many lines to leave out from the start.
    #[schemars(range(min = 0, max = 1_000_000_000))]
    skip: Option<i64>,
}

/// What is owed.
#[derive(Debug, Serialize, JsonSchema)]
struct Due {
    /// The instant that it is looked at from.
    as_of: DateTime<Utc>,
    /// The last London day that is looked at.
    until: NaiveDate,
    /// What is owed, the oldest first.
    due: Vec<Line>,
    /// Whether there is another page.
    more: bool,
}

/// Something that is owed.
#[derive(Debug, Serialize, JsonSchema)]
struct Line {
    /// The case.
    case_id: String,
    /// Which clock; `promise` for what is owed besides acknowledgements and responses.
    clock: String,
    /// What is due.
    name: String,
    /// The London date by the end of which it is due.
    due_on: NaiveDate,
    /// The instant, where the policy counts hours.
    due_at: Option<DateTime<Utc>>,
    /// Whether the date counts from something that has yet to happen.
    projected: bool,
    /// Whether it should have been done by now.
    overdue: bool,
}

/// The most lines in one answer.
const PAGE: i64 = 500;

/// `GET /v1/due`.
pub fn operation() -> Operation {
    Operation::get("/v1/due", "listDue", Tag::Due)
        .says(
            "What is due and overdue",
            "Over all cases, the oldest first, overdue lines marked. `more` says that there is another page.",
        )
        .needs(Scope::CasesRead)
        .answers(Answer::json::<Due>(200, "A page of what is owed."))
        .handled(list)
}

async fn list(call: Call<Nothing, Window>) -> Result<HttpResponse, Problem> {
    let window = call.query;
    let as_of = window.as_of.map_or_else(|| call.state.now(), |moment| moment.0);
    let skip = window.skip.unwrap_or(0);
    let today = london::date_of(as_of);
    let until = today.checked_add_days(Days::new(window.within_days.unwrap_or(10))).unwrap_or(today);
    let landlord = call.caller.landlord;
    let mut lines = super::read(call.state, move |_, connection| {
        read::due(connection, &landlord, until, (skip, PAGE + 1))
    })
    .await?;
    let page = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let more = lines.len() > page;
    lines.truncate(page);
    let due = lines.into_iter().map(|line| Line::of(line, as_of)).collect();
    Ok(HttpResponse::Ok().json(Due { as_of, until, due, more }))
}

impl Line {
    fn of(line: DueLine, as_of: DateTime<Utc>) -> Self {
        let due_at = line.due_at.map(|instant| instant.and_utc());
        Self {
            overdue: due_at.map_or_else(|| london::date_of(as_of) > line.due_on, |instant| as_of > instant),
            case_id: line.case_id,
            clock: line.clock,
            name: line.name,
            due_on: line.due_on,
            due_at,
            projected: line.projected,
        }
    }
}
