//! What was wrong with the rows of an import.

use actix_web::HttpResponse;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{ImportPath, no_such};
use crate::access::Scope;
use crate::http::contract::{Answer, Call, Operation, Tag};
use crate::problem::Problem;
use crate::storage::imports::{self, Numbered};

/// Which page.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Page {
    /// How many at most; 500 where it is not given.
    #[schemars(range(min = 1, max = 1000))]
    limit: Option<u32>,
    /// The number after which the page begins: `next` of the page before.
    #[schemars(range(min = 0, max = 9_007_199_254_740_991_i64))]
    after: Option<i64>,
}

/// A page of errors.
#[derive(Debug, Serialize, JsonSchema)]
struct ImportErrors {
    /// The errors, in the order of the rows.
    errors: Vec<ImportError>,
    /// Where the next page begins; null where this is the last that there is by now.
    next: Option<i64>,
}

/// Something that is wrong with a row. What stood there is not said back.
#[derive(Debug, Serialize, JsonSchema)]
struct ImportError {
    /// Its number: 1, 2, 3.
    number: i64,
    /// The row, counted from 1 after the line of names, empty lines left out; 0 for the file as a whole.
    row: i64,
    /// The field of the case; empty where it is of the whole row.
    field: String,
    /// The column that fills the field; null where none does.
    column: Option<String>,
    /// A stable word for what is wrong: `unreadable`, `malformed`, `missing`, `out-of-order`, `in-the-future`, `contradiction`,
    /// `implausible-date`, `not-in-policy`, `no-rules`, `beyond-calendar`, `exists`, `exists-differently`, `reference-taken`,
    /// `scope-missing`, `no-such-column`.
    code: String,
    /// What is wrong.
    detail: String,
}

impl From<Numbered> for ImportError {
    fn from((number, row, error): Numbered) -> Self {
        Self { number, row, field: error.field, column: error.source, code: error.code, detail: error.detail }
    }
}

/// `GET /v1/imports/{import}/errors`.
pub fn operation() -> Operation {
    Operation::get("/v1/imports/{import}/errors", "listImportErrors", Tag::Transfers)
        .says(
            "What is wrong with the rows",
            "Row by row and field by field. Of a row with an error nothing is kept. They can be read while the import is under way.",
        )
        .needs(Scope::HistoryImport)
        .answers(Answer::json::<ImportErrors>(200, "The errors."))
        .handled(list)
}

async fn list(call: Call<ImportPath, Page>) -> Result<HttpResponse, Problem> {
    let (landlord, id, page) = (call.caller.landlord, call.path.import, call.query);
    let limit = i64::from(page.limit.unwrap_or(500));
    let mut found = crate::http::read(call.state, move |_, connection| {
        imports::find(connection, &landlord, id)?.ok_or_else(no_such)?;
        imports::errors(connection, id, page.after.unwrap_or(0), limit + 1).map_err(Problem::from)
    })
    .await?;
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = found.len() > limit;
    found.truncate(limit);
    let next = found.last().map(|(number, ..)| *number).filter(|_| more);
    Ok(HttpResponse::Ok()
        .json(ImportErrors { errors: found.into_iter().map(ImportError::from).collect(), next }))
}
