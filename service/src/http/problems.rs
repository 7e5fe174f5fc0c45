//! What the codes of problems mean.

use actix_web::HttpResponse;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::contract::{Answer, Nothing, Open, Operation, Tag};
use crate::problem::Problem;
use crate::problem::codes::{CODES, Code};

/// Every code.
#[derive(Debug, Serialize, JsonSchema)]
struct ProblemList {
    /// The service's own codes first, then those of the procedure's rules.
    problems: &'static [Code],
}

/// Which code.
#[derive(Debug, Deserialize, JsonSchema)]
struct ByCode {
    /// The code of a problem; its `type` is this address.
    code: String,
}

/// `GET /problems`.
pub fn list() -> Operation {
    Operation::get("/problems", "listProblems", Tag::Service)
        .says(
            "Every code that a problem can have",
            "With the status that it comes with, what it means and what to do about it.",
        )
        .answers(Answer::json::<ProblemList>(200, "All codes."))
        .open(async |_: Open| Ok(HttpResponse::Ok().json(ProblemList { problems: CODES.as_slice() })))
}

/// `GET /problems/{code}`.
pub fn show() -> Operation {
    Operation::get("/problems/{code}", "getProblem", Tag::Service)
        .says("What one code means", "")
        .answers(Answer::json::<Code>(200, "The code."))
        .open(async |call: Open<ByCode, Nothing>| {
            let found = CODES.iter().find(|known| known.code == call.path.code);
            found.map(|code| HttpResponse::Ok().json(code)).ok_or_else(|| Problem::not_found("code"))
        })
}
