//! A case as the API shows it.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use redress_shared::calendar::CalendarError;
use redress_shared::case::deadline::{self, Deadline, Standing};
use redress_shared::case::obligation::obligations;
use redress_shared::case::{Case, CaseId, Rules};
use serde_json::{Value, json};

use crate::application::State;
use crate::problem::Problem;
use crate::storage::{Connection, events};
use crate::use_cases::execute::ExecuteError;

/// A landlord's case with the rules that it falls under.
///
/// # Errors
/// When the landlord has no such case, its rules are not loaded, or the database fails.
pub fn load(
    state: &State,
    connection: &mut Connection,
    landlord: &str,
    id: CaseId,
) -> Result<(Case, Arc<Rules>), Problem> {
    let log = events::load(connection, landlord, id)?;
    let case = log.case(id)?.ok_or_else(|| Problem::not_found("case"))?;
    let rules = state.rulebook.of(&case.policy, &case.code)?;
    Ok((case, rules))
}

fn beyond_calendar(error: CalendarError) -> Problem {
    Problem::from(ExecuteError::from(error))
}

/// The tag of a case's version.
#[must_use]
pub fn tag(version: u32) -> (&'static str, String) {
    ("ETag", format!("\"{version}\""))
}

/// A case as the API shows it: its state, its deadlines, what else is owed, and the date that staff work to.
///
/// # Errors
/// When a due date lies past the calendar.
pub fn view(case: &Case, rules: &Rules, as_of: DateTime<Utc>) -> Result<Value, Problem> {
    let all = deadline::deadlines(case, rules).map_err(beyond_calendar)?;
    let owed = |deadline: &&Deadline| matches!(deadline.standing(as_of), Standing::Open | Standing::Overdue);
    let response = |deadline: &&Deadline| deadline.name != deadline::DeadlineName::EscalateBy;
    let work_to = all.iter().filter(owed).filter(response).min_by_key(|deadline| deadline.due.date());
    let mut value = serde_json::to_value(case).unwrap_or_default();
    if let Some(object) = value.as_object_mut() {
        object.insert("deadlines".to_owned(), json!(shown(&all, as_of)));
        object.insert("obligations".to_owned(), json!(obligations(case, rules).map_err(beyond_calendar)?));
        object.insert("work_to".to_owned(), json!(work_to.map(Deadline::sentence)));
    }
    Ok(value)
}

/// Every due date of both clocks, explained.
///
/// # Errors
/// When a due date lies past the calendar.
pub fn due(case: &Case, rules: &Rules, as_of: DateTime<Utc>) -> Result<Vec<Value>, Problem> {
    Ok(shown(&deadline::deadlines(case, rules).map_err(beyond_calendar)?, as_of))
}

fn shown(all: &[Deadline], as_of: DateTime<Utc>) -> Vec<Value> {
    let one = |deadline: &Deadline| {
        let mut value = serde_json::to_value(deadline).unwrap_or_default();
        if let Some(object) = value.as_object_mut() {
            object.insert("standing".to_owned(), json!(deadline.standing(as_of)));
            object.insert("due_on".to_owned(), json!(deadline.due.date()));
            object.insert("clause".to_owned(), json!(deadline.citation.to_string()));
            object.insert("sentence".to_owned(), json!(deadline.sentence()));
        }
        value
    };
    all.iter().map(one).collect()
}
