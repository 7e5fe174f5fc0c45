//! Cases: one, many, and what can be done to them.

pub mod actor;
pub mod command;
pub mod deadlines;
pub mod history;
pub mod list;
pub mod listed;
pub mod receive;
pub mod record;
pub mod residents;
pub mod search;
pub mod show;
pub mod view;

use redress_shared::case::CaseId;
use schemars::JsonSchema;
use serde::Deserialize;

use super::request::moment::Moment;
use crate::problem::Problem;
use crate::storage::Connection;
use crate::storage::events::{self, Log};

/// Which case.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CasePath {
    /// The case's id.
    pub case: CaseId,
}

/// When to look from.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AsOf {
    /// The instant, or the London day's end, to look from; now where it is not given. Only what had been recorded by then counts, whenever
    /// it happened; before anything was recorded there is no such case. Bank holidays are those that are known now.
    pub as_of: Option<Moment>,
}

/// Makes sure that the landlord has such a case.
///
/// # Errors
/// When it has not, or the database fails.
pub fn ensure_case(connection: &mut Connection, landlord: &str, case: CaseId) -> Result<(), Problem> {
    if events::exists(connection, landlord, case)? { Ok(()) } else { Err(Problem::not_found("case")) }
}

/// The log of one of a landlord's cases.
///
/// # Errors
/// When the landlord has no such case, or the database fails.
fn log_of(connection: &mut Connection, landlord: &str, case: CaseId) -> Result<Log, Problem> {
    let log = events::load(connection, landlord, case)?;
    if log.events.is_empty() { Err(Problem::not_found("case")) } else { Ok(log) }
}
