//! What can be taken out.

use actix_web::HttpResponse;
use schemars::JsonSchema;
use serde::Serialize;

use crate::access::Scope;
use crate::http::contract::{Answer, Call, Operation, Tag};
use crate::http::events::number;
use crate::problem::Problem;
use crate::storage::StorageError;
use crate::storage::read::export::{self, Column, LEFT_OUT, count};

/// What can be taken out.
#[derive(Debug, Serialize, JsonSchema)]
struct ExportTables {
    /// The tables.
    tables: Vec<ExportTable>,
    /// What is kept and not taken out, and why nothing is missing without it.
    left_out: Vec<LeftOut>,
}

/// A table that is not taken out.
#[derive(Debug, Serialize, JsonSchema)]
struct LeftOut {
    /// Its name.
    name: &'static str,
    /// Why it is left out.
    why: &'static str,
}

/// A table.
#[derive(Debug, Serialize, JsonSchema)]
struct ExportTable {
    /// Its name, as the address has it.
    name: &'static str,
    /// What a row of it is.
    meaning: &'static str,
    /// How many rows it has now.
    rows: i64,
    /// The scope that it wants.
    scope: Scope,
    /// Whether its rows follow from those of `events` and `records`, and can be made anew of these two. What is not derived stands nowhere
    /// else, and is to be taken out by whoever leaves.
    derived: bool,
    /// The columns that tell one row from another, by which the rows are sorted.
    key: &'static [&'static str],
    /// The columns, in order.
    columns: Vec<ExportColumn>,
}

/// A column.
#[derive(Debug, Serialize, JsonSchema)]
struct ExportColumn {
    /// Its name.
    name: &'static str,
    /// What it holds: `text`, `number` (sums are in pence), `flag`, `day` (in London), `instant`, `json`, or `words`, which are masked
    /// for whoever may not read them.
    holds: &'static str,
}

/// `GET /v1/export`.
pub fn operation() -> Operation {
    Operation::get("/v1/export", "listExportTables", Tag::Transfers)
        .says(
            "What can be taken out",
            "Every table with its columns. Of `events` and `records` those can be made anew that are `derived`; the others stand nowhere \
             else. What is of this service, and not of the landlord, is named in `left_out` with the reason.",
        )
        .needs(Scope::CasesRead)
        .answers(Answer::json::<ExportTables>(200, "The tables."))
        .handled(list)
}

async fn list(call: Call) -> Result<HttpResponse, Problem> {
    let landlord = call.caller.landlord;
    number(&call.state, &landlord).await?;
    let tables = crate::http::read(call.state, move |_, connection| {
        let mut tables = Vec::new();
        for table in export::tables() {
            tables.push(ExportTable {
                name: table.name,
                meaning: table.meaning,
                rows: count(connection, table, &landlord)?,
                scope: table.scope,
                derived: table.derived,
                key: table.key,
                columns: table.columns.iter().map(shown).collect(),
            });
        }
        Ok::<_, StorageError>(tables)
    })
    .await?;
    let left_out = LEFT_OUT.iter().map(|(name, why)| LeftOut { name, why }).collect();
    Ok(HttpResponse::Ok().json(ExportTables { tables, left_out }))
}

const fn shown(column: &Column) -> ExportColumn {
    ExportColumn { name: column.name, holds: column.holds.as_str() }
}
