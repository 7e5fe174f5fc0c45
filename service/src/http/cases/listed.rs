//! A case as lists show it, and where a list goes on.

use chrono::{DateTime, NaiveDate, Utc};
use schemars::JsonSchema;
use serde::Serialize;

use crate::http::request::cursor::{Cursor, no_cursor};
use crate::problem::Problem;
use crate::storage::read::cases::{Besides, CaseLine, CasePlace, CaseSort};

/// Cases in a list.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Cases {
    /// The instant that they are looked at from; the same on every page of a list.
    pub(super) as_of: DateTime<Utc>,
    /// The cases.
    pub(super) cases: Vec<Listed>,
    /// What to send as `after` to have the next page; null where there is none.
    pub(super) next: Option<String>,
    /// How many there are over all pages; there where it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) total: Option<i64>,
}

/// A case in a list.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Listed {
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

/// Where the page after this line begins.
pub(super) fn next(line: &CaseLine, sort: CaseSort, as_of: DateTime<Utc>) -> Cursor {
    let (word, date, id) = match CasePlace::of(line, sort) {
        CasePlace::Received(date, id) => ("received", date, id),
        CasePlace::Due(date, id) => ("due", date, id),
        CasePlace::NothingDue(date, id) => ("nothing-due", date, id),
    };
    Cursor { as_of, place: vec![word.to_owned(), date.to_string(), id] }
}

/// Where a cursor says that a page begins.
pub(super) fn place(cursor: &Cursor) -> Result<CasePlace, Problem> {
    let (date, id) = (cursor.date(1)?, cursor.text(2)?);
    match cursor.text(0)?.as_str() {
        "received" => Ok(CasePlace::Received(date, id)),
        "due" => Ok(CasePlace::Due(date, id)),
        "nothing-due" => Ok(CasePlace::NothingDue(date, id)),
        _ => Err(no_cursor()),
    }
}

/// The lines of a list, with what stands beside them.
pub(super) fn shown(lines: Vec<CaseLine>, mut besides: Besides) -> Vec<Listed> {
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
