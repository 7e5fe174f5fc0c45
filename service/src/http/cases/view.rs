//! A case as the API shows it.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use redress_shared::calendar::CalendarError;
use redress_shared::case::deadline::{self, Deadline, Standing};
use redress_shared::case::obligation::{Obligation, obligations};
use redress_shared::case::{Case, CaseId, Rules};
use schemars::JsonSchema;
use serde::Serialize;

use crate::application::State;
use crate::problem::Problem;
use crate::storage::{Connection, events};
use crate::use_cases::execute::ExecuteError;

/// A landlord's case, as it is or by what had been recorded of it at an instant, with the rules that it falls under: what was recorded later was not
/// known then, whenever it happened. Bank holidays are those that are known now.
///
/// # Errors
/// When the landlord had no such case by then, its rules are not loaded, or the database fails.
pub fn load(
    state: &State,
    connection: &mut Connection,
    (landlord, id): (&str, CaseId),
    as_of: Option<DateTime<Utc>>,
) -> Result<(Case, Arc<Rules>), Problem> {
    let mut log = events::load(connection, landlord, id)?;
    if log.events.is_empty() {
        return Err(Problem::not_found("case"));
    }
    // What is recorded later comes later in the log.
    if let Some(as_of) = as_of {
        let known = log.events.partition_point(|logged| logged.recorded_at <= as_of);
        log.events.truncate(known);
    }
    let case = log.case(id)?.ok_or_else(|| Problem::not_found("case that had been recorded by then"))?;
    let rules = state.rulebook().of(&case.policy, &case.code)?;
    Ok((case, rules))
}

fn beyond_calendar(error: CalendarError) -> Problem {
    Problem::from(ExecuteError::from(error))
}

/// A case as the API shows it: its state, its deadlines, what else is owed, and the date that staff work to.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CaseView {
    /// Its state.
    #[serde(flatten)]
    case: Case,
    /// Every due date of both clocks, explained.
    deadlines: Vec<DeadlineView>,
    /// What is owed besides acknowledgements and responses.
    obligations: Vec<Obligation>,
    /// The date that staff work to, in a sentence; null where nothing is owed.
    work_to: Option<String>,
}

/// A due date as the API shows it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DeadlineView {
    /// The due date and where it comes from.
    #[serde(flatten)]
    deadline: Deadline,
    /// How it stands as of the instant that it is looked at from.
    standing: Standing,
    /// The London date.
    due_on: NaiveDate,
    /// The clause and the provision that it rests on.
    clause: String,
    /// How it came about, in a sentence.
    sentence: String,
}

impl CaseView {
    /// Looks at a case from an instant.
    ///
    /// # Errors
    /// When a due date lies past the calendar.
    pub fn of(case: Case, rules: &Rules, as_of: DateTime<Utc>) -> Result<Self, Problem> {
        let all = deadline::deadlines(&case, rules).map_err(beyond_calendar)?;
        let owed =
            |deadline: &&Deadline| matches!(deadline.standing(as_of), Standing::Open | Standing::Overdue);
        let response = |deadline: &&Deadline| deadline.name != deadline::DeadlineName::EscalateBy;
        let work_to = all.iter().filter(owed).filter(response).min_by_key(|deadline| deadline.due.date());
        Ok(Self {
            work_to: work_to.map(Deadline::sentence),
            obligations: obligations(&case, rules).map_err(beyond_calendar)?,
            deadlines: shown(all, as_of),
            case,
        })
    }
}

/// Every due date of both clocks, explained.
///
/// # Errors
/// When a due date lies past the calendar.
pub fn due(case: &Case, rules: &Rules, as_of: DateTime<Utc>) -> Result<Vec<DeadlineView>, Problem> {
    Ok(shown(deadline::deadlines(case, rules).map_err(beyond_calendar)?, as_of))
}

fn shown(all: Vec<Deadline>, as_of: DateTime<Utc>) -> Vec<DeadlineView> {
    let one = |deadline: Deadline| DeadlineView {
        standing: deadline.standing(as_of),
        due_on: deadline.due.date(),
        clause: deadline.citation.to_string(),
        sentence: deadline.sentence(),
        deadline,
    };
    all.into_iter().map(one).collect()
}
