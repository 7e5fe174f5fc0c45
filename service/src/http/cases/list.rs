//! Many cases.

use actix_web::HttpResponse;
use chrono::{DateTime, NaiveDate, Utc};
use redress_shared::case::words::{Kind, Phase};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::http::caller::{Scope, ensure};
use crate::http::contract::{Answer, Call, Nothing, Operation, Tag};
use crate::http::request::cursor::{Cursor, LONGEST, list_of, no_cursor};
use crate::http::request::moment::Moment;
use crate::problem::{FieldError, Problem};
use crate::storage::events;
use crate::storage::read::cases::{self, Besides, CaseLine, CasePlace, CaseSort, Way};
use crate::storage::read::filter::CaseFilter;

/// What to list.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Listing {
    /// Only cases that stand there.
    phase: Option<Phase>,
    /// Only cases that are this.
    kind: Option<Kind>,
    /// Only cases that are still dealt with, or only the others: those closed, withdrawn, settled or declined.
    open: Option<bool>,
    /// Only cases whose last stage is this one.
    #[schemars(range(min = 1, max = 2))]
    stage: Option<i32>,
    /// Only cases on which something should have been done by now, or only the others.
    overdue: Option<bool>,
    /// The instant, or the London day's end, to look from; now where it is not given. It may not be past: a list says how things stand now,
    /// and what will be overdue by then if nothing is done.
    as_of: Option<Moment>,
    /// Only cases on which something is due before this London day.
    due_before: Option<NaiveDate>,
    /// Only cases with this category.
    #[schemars(length(min = 1, max = 80))]
    category: Option<String>,
    /// Only cases that this member of staff deals with.
    #[schemars(length(min = 1, max = 80))]
    handler: Option<String>,
    /// Only this area.
    #[schemars(length(min = 1, max = 80))]
    area: Option<String>,
    /// Only the case with this reference of the CRM's, as `system:value`.
    #[schemars(length(max = 161), extend("pattern" = "^[^:]+:.+$"))]
    reference: Option<String>,
    /// Only cases in which this occurs, in capitals or not: in what was said, in the case or in what it came out of, or in a
    /// category, area, service or contractor. Needs the scope `personal:read` too.
    #[schemars(length(min = 3, max = 100))]
    text: Option<String>,
    /// What to sort by; `-` puts the latest first. By `due`, cases on which nothing is owed come last, by receipt.
    sort: Option<Sort>,
    /// The `next` of the answer before, to the same question.
    #[schemars(length(max = LONGEST))]
    after: Option<String>,
    /// How many at most; 50 where it is not given.
    #[schemars(range(min = 1, max = 200))]
    limit: Option<u32>,
    /// Whether to say in `total` how many there are over all pages.
    count: Option<bool>,
}

/// What a list of cases is sorted by.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[schemars(rename = "CaseSort")]
enum Sort {
    /// By receipt, the earliest first.
    #[serde(rename = "received")]
    Received,
    /// By receipt, the latest first.
    #[serde(rename = "-received")]
    ReceivedBack,
    /// By what is due next, the earliest first.
    #[serde(rename = "due")]
    Due,
    /// By what is due next, the latest first.
    #[serde(rename = "-due")]
    DueBack,
}

impl Sort {
    const fn order(self) -> (CaseSort, Way) {
        match self {
            Self::Received => (CaseSort::Received, Way::Forward),
            Self::ReceivedBack => (CaseSort::Received, Way::Back),
            Self::Due => (CaseSort::Due, Way::Forward),
            Self::DueBack => (CaseSort::Due, Way::Back),
        }
    }
}

/// Cases in a list.
#[derive(Debug, Serialize, JsonSchema)]
struct Cases {
    /// The instant that they are looked at from; the same on every page of a list.
    as_of: DateTime<Utc>,
    /// The cases.
    cases: Vec<Listed>,
    /// What to send as `after` to have the next page; null where there is none.
    next: Option<String>,
    /// How many there are over all pages; there where it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    total: Option<i64>,
}

/// A case in a list.
#[derive(Debug, Serialize, JsonSchema)]
struct Listed {
    /// Its id.
    id: String,
    /// The number of events so far.
    version: i32,
    /// What it is.
    kind: String,
    /// Where it stands.
    phase: String,
    /// The stage that is open or was last open; null before stage 1.
    stage: Option<i32>,
    /// When it was received, in London.
    received_on: NaiveDate,
    /// The earliest London day on which something that is still owed is due.
    next_due_on: Option<NaiveDate>,
    /// Whether something should have been done by now.
    overdue: bool,
    /// Who deals with it.
    handler: Option<String>,
    /// The area.
    area: Option<String>,
    /// The service that it is about.
    service_area: Option<String>,
    /// Its categories.
    categories: Vec<String>,
    /// The CRM's references for it.
    references: Vec<ListedReference>,
    /// The policy version that it falls under.
    policy: String,
    /// The edition of the Code that it falls under.
    code: String,
}

/// A reference of the CRM's.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ListedReference {
    /// Which system.
    pub system: String,
    /// Its reference.
    pub value: String,
}

/// References as lists show them.
pub fn listed(references: Option<Vec<(String, String)>>) -> Vec<ListedReference> {
    let all = references.unwrap_or_default().into_iter();
    all.map(|(system, value)| ListedReference { system, value }).collect()
}

/// `GET /v1/cases`.
pub fn operation() -> Operation {
    Operation::get("/v1/cases", "listCases", Tag::Cases)
        .says(
            "Cases, filtered and sorted",
            "In pages: `next` is there while there are more. All filters hold together. Whoever follows `next` to the end sees \
             every case that was there from beginning to end once, whatever is written meanwhile; only a case whose own place \
             moves, because its date of receipt is corrected or, sorted by `due`, what is owed on it changes, may be seen twice or not.",
        )
        .needs(Scope::CasesRead)
        .answers(Answer::json::<Cases>(200, "A page of cases."))
        .handled(list)
}

async fn list(call: Call<Nothing, Listing>) -> Result<HttpResponse, Problem> {
    let asked = call.query;
    if asked.text.is_some() {
        ensure(&call.caller, Scope::PersonalRead)?;
    }
    let order = asked.sort.unwrap_or(Sort::Received).order();
    let reference = asked.reference.as_deref().map(split).transpose()?;
    let mut filter = CaseFilter {
        landlord: call.caller.landlord,
        as_of: asked.as_of.map_or_else(DateTime::default, |moment| moment.0),
        phase: asked.phase.map(|phase| phase.to_string()),
        kind: asked.kind.map(|kind| kind.to_string()),
        open: asked.open,
        stage: asked.stage,
        overdue: asked.overdue,
        due_before: asked.due_before,
        category: asked.category,
        handler: asked.handler,
        area: asked.area,
        text: asked.text,
        case: None,
    };
    let list = list_of("cases", &(&filter, &reference, order));
    let cursor = asked.after.as_deref().map(|after| Cursor::read(after, &list)).transpose()?;
    let after = cursor.as_ref().map(place).transpose()?;
    filter.as_of = match (&cursor, asked.as_of) {
        (Some(cursor), _) => cursor.as_of,
        (None, Some(moment)) => moment.not_past(call.state.now())?,
        (None, None) => call.state.now(),
    };
    let as_of = filter.as_of;
    let size = usize::try_from(asked.limit.unwrap_or(50)).unwrap_or(usize::MAX);
    let count = asked.count == Some(true);
    let (mut lines, besides, total) = crate::http::read(call.state, move |_, connection| {
        let mut filter = filter.clone();
        if let Some((system, value)) = &reference {
            // Where no case has the reference, none has an empty id either.
            filter.case = events::by_reference(connection, &filter.landlord, system, value)?
                .or_else(|| Some(String::new()));
        }
        let lines = cases::page(connection, &filter, order, after.as_ref(), size + 1)?;
        let besides = cases::besides(connection, &filter.landlord, &lines, filter.as_of)?;
        let total = if count { Some(cases::count(connection, &filter)?) } else { None };
        Ok::<_, Problem>((lines, besides, total))
    })
    .await?;
    let more = lines.len() > size;
    lines.truncate(size);
    let next = lines.last().filter(|_| more).map(|line| next(line, order.0, as_of).write(&list));
    Ok(HttpResponse::Ok().json(Cases { as_of, cases: shown(lines, besides), next, total }))
}

/// `system:value`; a system's name has no colon.
fn split(reference: &str) -> Result<(String, String), Problem> {
    let parts = reference.split_once(':').map(|(system, value)| (system.to_owned(), value.to_owned()));
    parts.ok_or_else(|| {
        Problem::malformed(vec![FieldError::parameter("reference", "expected `system:value`")])
    })
}

fn next(line: &CaseLine, sort: CaseSort, as_of: DateTime<Utc>) -> Cursor {
    let (word, date, id) = match CasePlace::of(line, sort) {
        CasePlace::Received(date, id) => ("received", date, id),
        CasePlace::Due(date, id) => ("due", date, id),
        CasePlace::NothingDue(date, id) => ("nothing-due", date, id),
    };
    Cursor { as_of, place: vec![word.to_owned(), date.to_string(), id] }
}

fn place(cursor: &Cursor) -> Result<CasePlace, Problem> {
    let (date, id) = (cursor.date(1)?, cursor.text(2)?);
    match cursor.text(0)?.as_str() {
        "received" => Ok(CasePlace::Received(date, id)),
        "due" => Ok(CasePlace::Due(date, id)),
        "nothing-due" => Ok(CasePlace::NothingDue(date, id)),
        _ => Err(no_cursor()),
    }
}

fn shown(lines: Vec<CaseLine>, mut besides: Besides) -> Vec<Listed> {
    let one = |line: CaseLine| Listed {
        overdue: besides.overdue.contains(&line.id),
        categories: besides.categories.remove(&line.id).unwrap_or_default(),
        references: listed(besides.references.remove(&line.id)),
        id: line.id,
        version: line.version,
        kind: line.kind,
        phase: line.phase,
        stage: line.stage,
        received_on: line.received_on,
        next_due_on: line.next_due_on,
        handler: line.handler,
        area: line.area,
        service_area: line.service_area,
        policy: line.policy_id,
        code: line.code_id,
    };
    lines.into_iter().map(one).collect()
}
