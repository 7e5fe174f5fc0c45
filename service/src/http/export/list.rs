//! What can be taken out.

use actix_web::HttpResponse;
use schemars::JsonSchema;
use serde::Serialize;

use crate::access::Scope;
use crate::http::contract::{Answer, Call, Operation, Tag};
use crate::http::events::number;
use crate::problem::Problem;
use crate::storage::StorageError;
use crate::storage::read::export::{Column, TABLES, count};

/// What can be taken out.
#[derive(Debug, Serialize, JsonSchema)]
struct ExportTables {
    /// The tables.
    tables: Vec<ExportTable>,
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
            "Every table with its columns. Of `events` and `records` all the others can be made anew. Keys, kept answers and imports are \
             not among them: they are of this service, and not of the landlord's cases.",
        )
        .needs(Scope::CasesRead)
        .answers(Answer::json::<ExportTables>(200, "The tables."))
        .handled(list)
}

async fn list(call: Call) -> Result<HttpResponse, Problem> {
    let landlord = call.caller.landlord;
    number(&call.state, &landlord).await?;
    let tables = crate::http::read(call.state, move |_, connection| {
        let mut tables = Vec::with_capacity(TABLES.len());
        for table in TABLES {
            tables.push(ExportTable {
                name: table.name,
                meaning: table.meaning,
                rows: count(connection, table, &landlord)?,
                scope: table.scope,
                key: table.key,
                columns: table.columns.iter().map(shown).collect(),
            });
        }
        Ok::<_, StorageError>(tables)
    })
    .await?;
    Ok(HttpResponse::Ok().json(ExportTables { tables }))
}

const fn shown(column: &Column) -> ExportColumn {
    ExportColumn { name: column.name, holds: column.holds.as_str() }
}
