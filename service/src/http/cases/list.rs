//! Many cases.

use actix_web::HttpResponse;
use actix_web::web::Data;
use chrono::{DateTime, NaiveDate};
use redress_shared::case::words::{Kind, Phase};
use redress_shared::schema::patterns::{NO_CONTROL, REFERENCE};
use schemars::JsonSchema;
use serde::Deserialize;

use super::listed::{Cases, next, place, shown};
use crate::application::State;
use crate::http::caller::Scope;
use crate::http::contract::{Answer, Call, Nothing, Operation, Tag};
use crate::http::request::cursor::{Cursor, LONGEST, list_of};
use crate::http::request::moment::Moment;
use crate::problem::{FieldError, Problem};
use crate::storage::events;
use crate::storage::read::cases::{self, CaseSort, Way};
use crate::storage::read::filter::CaseFilter;

/// What to list.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Listing {
    /// Only cases that stand there.
    phase: Option<Phase>,
    /// Only cases that are this.
    kind: Option<Kind>,
    /// Only cases that are still dealt with, or only the others: those closed, withdrawn, settled or refused.
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
    #[schemars(length(min = 1, max = 80), extend("pattern" = NO_CONTROL))]
    category: Option<String>,
    /// Only cases that this member of staff deals with.
    #[schemars(length(min = 1, max = 80), extend("pattern" = NO_CONTROL))]
    handler: Option<String>,
    /// Only this area.
    #[schemars(length(min = 1, max = 80), extend("pattern" = NO_CONTROL))]
    area: Option<String>,
    /// Only the case with this reference of the CRM's, as `system:value`.
    #[schemars(length(max = 161), extend("pattern" = REFERENCE))]
    reference: Option<String>,
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

/// `GET /v1/cases`.
pub fn operation() -> Operation {
    Operation::get("/v1/cases", "listCases", Tag::Cases)
        .says(
            "Cases, filtered and sorted",
            "In pages: `next` is there while there are more. All filters hold together. Whoever follows `next` to the end sees \
             every case that was there from beginning to end once, whatever is written meanwhile; only a case whose own place \
             moves, because its date of receipt is corrected or, sorted by `due`, what is owed on it changes, may be seen twice or not. \
             What was said is looked through by `POST /v1/cases/search`.",
        )
        .needs(Scope::CasesRead)
        .answers(Answer::json::<Cases>(200, "A page of cases."))
        .handled(list)
}

async fn list(call: Call<Nothing, Listing>) -> Result<HttpResponse, Problem> {
    page(call.state, call.caller.landlord, call.query, None).await
}

/// A page of a landlord's cases; of those in which a text occurs, where one is given.
///
/// # Errors
/// 422 where the list cannot look from then, or does not go on there.
pub(super) async fn page(
    state: Data<State>,
    landlord: String,
    asked: Listing,
    text: Option<String>,
) -> Result<HttpResponse, Problem> {
    let order = asked.sort.unwrap_or(Sort::Received).order();
    let reference = asked.reference.as_deref().map(readings).transpose()?;
    let mut filter = CaseFilter {
        landlord,
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
        text,
        case: None,
    };
    let list = list_of("cases", &(&filter, &reference, order));
    let cursor = asked.after.as_deref().map(|after| Cursor::read(after, &list)).transpose()?;
    let after = cursor.as_ref().map(place).transpose()?;
    filter.as_of = match (&cursor, asked.as_of) {
        (Some(cursor), _) => cursor.as_of,
        (None, Some(moment)) => moment.not_past(state.now())?,
        (None, None) => state.now(),
    };
    let as_of = filter.as_of;
    let size = usize::try_from(asked.limit.unwrap_or(50)).unwrap_or(usize::MAX);
    let count = asked.count == Some(true);
    let (mut lines, besides, total) = crate::http::read(state, move |_, connection| {
        let mut filter = filter.clone();
        if let Some(readings) = &reference {
            // Where no case has the reference, none has an empty id either.
            filter.case = Some(String::new());
            for (system, value) in readings {
                if let Some(case) = events::by_reference(connection, &filter.landlord, system, value)? {
                    filter.case = Some(case);
                    break;
                }
            }
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

/// `system:value`, read in every way that it can be: a system's name may have colons, and so may a value. The shortest name comes first.
fn readings(reference: &str) -> Result<Vec<(String, String)>, Problem> {
    let parted =
        |(at, colon): (usize, &str)| (reference[..at].to_owned(), reference[at + colon.len()..].to_owned());
    let readings: Vec<_> = reference.match_indices(':').map(parted).collect();
    if readings.is_empty() {
        let expected = FieldError::parameter("reference", "expected `system:value`");
        return Err(Problem::malformed(vec![expected]));
    }
    Ok(readings)
}
