//! What is due and overdue.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use chrono::{DateTime, Days, NaiveDate, Utc};
use redress_shared::calendar::london;
use redress_shared::schema::patterns::NO_CONTROL;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::caller::Scope;
use super::cases::listed::{ListedReference, listed};
use super::contract::{Answer, Call, Nothing, Operation, Tag};
use super::request::cursor::{Cursor, LONGEST, list_of};
use super::request::moment::Moment;
use crate::problem::Problem;
use crate::storage::read::cases::references;
use crate::storage::read::due::{self, DueFilter, DueLine};

/// How far to look.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Window {
    /// The instant, or the London day's end, to look from; now where it is not given. It may not be past: a list says how things stand now,
    /// and what will be overdue by then if nothing is done.
    as_of: Option<Moment>,
    /// How many calendar days ahead; 10 where it is not given.
    #[schemars(range(min = 0, max = 366))]
    within_days: Option<u64>,
    /// Only this clock.
    clock: Option<DueClock>,
    /// Only cases that this member of staff deals with.
    #[schemars(length(min = 1, max = 80), extend("pattern" = NO_CONTROL))]
    handler: Option<String>,
    /// Only what should have been done by now, or only the rest.
    overdue: Option<bool>,
    /// The `next` of the answer before, to the same question.
    #[schemars(length(max = LONGEST))]
    after: Option<String>,
    /// How many lines at most; 200 where it is not given.
    #[schemars(range(min = 1, max = 500))]
    limit: Option<u32>,
    /// Whether to say in `total` how many lines there are over all pages.
    count: Option<bool>,
}

/// Which clock something is due by.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum DueClock {
    /// The landlord's policy.
    Policy,
    /// The Ombudsman's Code.
    Code,
    /// What is owed besides acknowledgements and responses.
    Promise,
}

/// What is owed.
#[derive(Debug, Serialize, JsonSchema)]
struct Due {
    /// The instant that it is looked at from; the same on every page of a list.
    as_of: DateTime<Utc>,
    /// The last London day that is looked at.
    until: NaiveDate,
    /// What is owed, the oldest first.
    due: Vec<Line>,
    /// What to send as `after` to have the next page; null where there is none.
    next: Option<String>,
    /// How many lines there are over all pages; there where it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    total: Option<i64>,
}

/// Something that is owed.
#[derive(Debug, Serialize, JsonSchema)]
struct Line {
    /// The case.
    case_id: String,
    /// The CRM's references for it.
    references: Vec<ListedReference>,
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

/// `GET /v1/due`.
pub fn operation() -> Operation {
    Operation::get("/v1/due", "listDue", Tag::Due)
        .says(
            "What is due and overdue",
            "Over all cases, the oldest first, overdue lines marked. In pages: `next` is there while there are more.",
        )
        .needs(Scope::CasesRead)
        .answers(Answer::json::<Due>(200, "A page of what is owed."))
        .handled(list)
}

async fn list(call: Call<Nothing, Window>) -> Result<HttpResponse, Problem> {
    let asked = call.query;
    let landlord = call.caller.landlord;
    let within = asked.within_days.unwrap_or(10);
    let clock = asked.clock.map(|clock| match clock {
        DueClock::Policy => "policy".to_owned(),
        DueClock::Code => "code".to_owned(),
        DueClock::Promise => "promise".to_owned(),
    });
    let given = asked.as_of.map(|moment| moment.0);
    let list = list_of("due", &(&landlord, given, within, &clock, &asked.handler, asked.overdue));
    let cursor = asked.after.as_deref().map(|after| Cursor::read(after, &list)).transpose()?;
    let after = match &cursor {
        Some(cursor) => Some((cursor.date(0)?, cursor.text(1)?, cursor.text(2)?, cursor.text(3)?)),
        None => None,
    };
    let as_of = match (&cursor, asked.as_of) {
        (Some(cursor), _) => cursor.as_of,
        (None, Some(moment)) => moment.not_past(call.state.now())?,
        (None, None) => call.state.now(),
    };
    let today = london::date_of(as_of);
    let until = today.checked_add_days(Days::new(within)).unwrap_or(today);
    let filter = DueFilter { landlord, as_of, until, clock, handler: asked.handler, overdue: asked.overdue };
    let size = usize::try_from(asked.limit.unwrap_or(200)).unwrap_or(usize::MAX);
    let count = asked.count == Some(true);
    let (mut lines, by_case, total) = super::read(call.state, move |_, connection| {
        let lines = due::page(connection, &filter, after.as_ref(), size + 1)?;
        let ids: Vec<&str> = lines.iter().map(|line| line.case_id.as_str()).collect();
        let by_case = references(connection, &filter.landlord, &ids)?;
        let total = if count { Some(due::count(connection, &filter)?) } else { None };
        Ok::<_, Problem>((lines, by_case, total))
    })
    .await?;
    let more = lines.len() > size;
    lines.truncate(size);
    let next = lines.last().filter(|_| more).map(|line| cursor_at(line, as_of).write(&list));
    let due = lines.into_iter().map(|line| shown(line, &by_case, as_of)).collect();
    Ok(HttpResponse::Ok().json(Due { as_of, until, due, next, total }))
}

fn cursor_at(line: &DueLine, as_of: DateTime<Utc>) -> Cursor {
    let (date, case, name, clock) = line.place();
    Cursor { as_of, place: vec![date.to_string(), case, name, clock] }
}

fn shown(line: DueLine, by_case: &BTreeMap<String, Vec<(String, String)>>, as_of: DateTime<Utc>) -> Line {
    Line {
        overdue: line.is_overdue(as_of),
        references: listed(by_case.get(&line.case_id).cloned()),
        case_id: line.case_id,
        clock: line.clock,
        name: line.name,
        due_on: line.due_on,
        due_at: line.due_at.map(|at| at.and_utc()),
        projected: line.projected,
    }
}
