//! A table, taken out row by row, however many there are.

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::web::Data;
use bytes::Bytes;
use futures_util::stream::{self, Stream};
use redress_shared::case::record::RecordKind;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

use super::write::{Cells, Format};
use crate::access::Scope;
use crate::application::State;
use crate::http::caller::{Caller, ensure};
use crate::http::contract::{Answer, Call, Operation, Tag};
use crate::http::events::number;
use crate::problem::{FieldError, Problem};
use crate::storage::read::export::{self, Holds, Place, Row, Table};
use crate::storage::records::kind_of;

/// The table whose rows come to be when what happened gets its number.
const FEED: &str = "feed";

/// The table whose rows are whole letters.
const LETTERS: &str = "issued_letters";

/// How many rows are read at once: fewer of letters, each of which is a page.
fn at_once(table: &Table) -> usize {
    if table.name == LETTERS { 50 } else { 1000 }
}

/// Which table.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct TablePath {
    /// The table's name.
    #[schemars(length(max = 40))]
    table: String,
}

/// How, and from where on.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Asked {
    /// How the rows are written; `ndjson` where it is not given.
    #[serde(default)]
    format: Format,
    /// What becomes of a text in CSV that a spreadsheet would take for a formula; `safe` where it is not given. NDJSON is always exact.
    #[serde(default)]
    cells: Cells,
    /// Where to go on: what the key's columns hold in the last row that arrived whole, as a JSON list, such as `["0190…",3]`.
    #[schemars(length(min = 2, max = 1000))]
    after: Option<String>,
}

/// `GET /v1/export/{table}`.
pub fn operation() -> Operation {
    Operation::get("/v1/export/{table}", "exportTable", Tag::Transfers)
        .says(
            "A table, taken out",
            "All its rows, sorted by its key, as they come out of the database: an answer that breaks off is gone on with by `after`. What \
             is kept meanwhile may be in it or not: events and records never change but by erasure, so that of these two, taken out in \
             that order, every derived table can be made as of one moment. CSV is made safe for whoever \
             opens it in a spreadsheet: a text that begins with `=`, `+`, `-`, `@`, a tab or a line break has an apostrophe before it; \
             `cells=exact` leaves it as it is. NDJSON always holds what was said to the letter.",
        )
        .needs(Scope::CasesRead)
        .answers(Answer::other(200, "The rows.", "application/x-ndjson").or(&["text/csv"]))
        .handled(take_out)
}

/// A table on its way out.
struct Export {
    state: Data<State>,
    caller: Arc<Caller>,
    table: &'static Table,
    format: Format,
    cells: Cells,
    next: Next,
}

enum Next {
    Head,
    After(Option<Place>),
    Over,
}

async fn take_out(call: Call<TablePath, Asked>) -> Result<HttpResponse, Problem> {
    let table = Table::named(&call.path.table).ok_or_else(|| Problem::not_found("table"))?;
    ensure(&call.caller, table.scope)?;
    if table.name == FEED {
        // What is committed and waits for its number is taken out with the rest.
        number(&call.state, &call.caller.landlord).await?;
    }
    let (format, cells) = (call.query.format, call.query.cells);
    let next = match call.query.after {
        Some(text) => Next::After(Some(place(table, &text)?)),
        None => Next::Head,
    };
    let export = Export { state: call.state, caller: Arc::new(call.caller), table, format, cells, next };
    Ok(HttpResponse::Ok().content_type(format.media_type()).streaming(stream(export)))
}

fn place(table: &Table, text: &str) -> Result<Place, Problem> {
    let place: Option<Place> = serde_json::from_str(text).ok();
    place.filter(|place| export::is_place(table, place)).ok_or_else(|| {
        let detail = format!("expected a JSON list of what a row has in: {}", table.key.join(", "));
        Problem::malformed(vec![FieldError::parameter("after", detail)])
    })
}

/// The text, page by page: nothing is read before the caller has taken what was read before, and no connection is held meanwhile. An
/// error breaks the answer off, so that nobody takes a part for the whole.
fn stream(export: Export) -> impl Stream<Item = Result<Bytes, actix_web::Error>> {
    stream::try_unfold(export, |mut export| async move {
        loop {
            let (text, next) = match std::mem::replace(&mut export.next, Next::Over) {
                Next::Over => return Ok(None),
                Next::Head => (export.format.head(export.table), Next::After(None)),
                Next::After(place) => page(&export, place).await?,
            };
            export.next = next;
            // An empty piece would be taken for the end.
            if !text.is_empty() {
                return Ok(Some((text, export)));
            }
        }
    })
}

async fn page(export: &Export, after: Option<Place>) -> Result<(Bytes, Next), Problem> {
    let (table, format, cells, caller) = (export.table, export.format, export.cells, export.caller.clone());
    crate::http::read(export.state.clone(), move |_, connection| {
        let mut rows = export::page(connection, table, &caller.landlord, after.as_ref(), at_once(table))?;
        let last =
            rows.last().filter(|_| rows.len() == at_once(table)).map(|row| export::place_of(table, row));
        let next = last.map_or(Next::Over, |place| Next::After(Some(place)));
        rows.iter_mut().for_each(|row| mask(table, row, &caller));
        Ok::<_, Problem>((format.rows(table, &rows, cells), next))
    })
    .await
}

/// Takes out the words that the caller may not read.
fn mask(table: &Table, row: &mut Row, caller: &Caller) {
    let kind =
        table.columns.iter().position(|column| column.name == "kind").filter(|_| table.name == "records");
    let kind = kind.and_then(|index| row.get(index)?.as_str().map(kind_of)).unwrap_or(RecordKind::Narrative);
    let special = kind == RecordKind::SpecialCategory && !caller.may(Scope::SpecialCategory);
    if caller.may(Scope::PersonalRead) && !special {
        return;
    }
    for (column, value) in table.columns.iter().zip(row) {
        if column.holds == Holds::Words {
            *value = Value::Null;
        }
    }
}
