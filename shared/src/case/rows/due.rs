//! The stages with their due dates, and what is owed.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};

use super::{RowsError, day, small};
use crate::case::Rules;
use crate::case::deadline::{Deadline, DeadlineName, Due, Standing};
use crate::case::obligation::Obligation;
use crate::case::state::{Case, Stage};
use crate::case::times::{StageTimes, stage_times};
use crate::policy::vocabulary::Outcome;

rows! {
    /// A stage with its dates and due dates.
    StageRow {
        stage: i32,
        requested_on: NaiveDate,
        logged_on: Option<NaiveDate>,
        acknowledged_on: Option<NaiveDate>,
        responded_on: Option<NaiveDate>,
        outcome: Option<String>,
        policy_acknowledge_due_on: Option<NaiveDate>,
        policy_respond_due_on: Option<NaiveDate>,
        policy_extended_due_on: Option<NaiveDate>,
        code_acknowledge_due_on: Option<NaiveDate>,
        code_respond_due_on: Option<NaiveDate>,
        code_respond_due_as_acknowledged_on: Option<NaiveDate>,
        code_extended_due_on: Option<NaiveDate>,
        extensions: i32,
        updates: i32,
        updates_agreed: bool,
        updates_late: i32,
        directed_on: Option<NaiveDate>,
        first_contact: bool,
    }
}

rows! {
    /// Something owed and not done.
    DeadlineRow {
        clock: String,
        name: String,
        due_on: NaiveDate,
        due_at: Option<NaiveDateTime>,
        projected: bool,
        clause: String,
    }
}

rows! {
    /// The last day of the resident's to do something.
    WindowRow {
        name: String,
        due_on: NaiveDate,
        clause: String,
    }
}

/// The stages of a case.
pub(super) fn stages((case, rules): (&Case, &Rules), due: &[Deadline]) -> Result<Vec<StageRow>, RowsError> {
    let times = stage_times(case, rules, due)?;
    Ok(times.into_iter().map(|times| stage(times, case.stage(times.stage))).collect())
}

/// A stage with its times; one that is asked for and not decided on has nothing else yet.
fn stage(times: StageTimes, stage: Option<&Stage>) -> StageRow {
    StageRow {
        stage: i32::from(times.stage.number()),
        requested_on: times.requested_on,
        logged_on: stage.map(|stage| day(stage.logged_at)),
        acknowledged_on: stage.and_then(|stage| stage.acknowledged_at).map(day),
        responded_on: stage.and_then(|stage| stage.responded_at).map(day),
        outcome: stage.and_then(|stage| stage.outcome).map(|outcome| Outcome::as_str(outcome).to_owned()),
        policy_acknowledge_due_on: times.policy.acknowledge_on,
        policy_respond_due_on: times.policy.respond_on,
        policy_extended_due_on: times.policy.extended_on,
        code_acknowledge_due_on: times.code.acknowledge_on,
        code_respond_due_on: times.code.respond_on,
        code_respond_due_as_acknowledged_on: times.code_respond_as_acknowledged_on,
        code_extended_due_on: times.code.extended_on,
        extensions: stage.map_or(0, |stage| small(stage.extensions.len())),
        updates: stage.map_or(0, |stage| i32::from(stage.updates)),
        updates_agreed: stage.is_some_and(|stage| stage.update_every_working_days.is_some()),
        updates_late: small(times.updates_late),
        directed_on: stage.and_then(|stage| stage.directed_at).map(day),
        first_contact: stage.is_some_and(|stage| stage.first_contact),
    }
}

/// What is still owed, whenever one looks: deadlines neither met nor ended; and promises, which stay owed after closing.
pub(super) fn owed(case: &Case, due: &[Deadline], promised: &[Obligation]) -> Vec<DeadlineRow> {
    let ever = DateTime::<Utc>::MAX_UTC;
    let open = |deadline: &&Deadline| {
        matches!(deadline.standing(ever), Standing::Overdue | Standing::Open) && !case.is_over()
    };
    let row = |clock: &str, name: &str, due_on: NaiveDate| DeadlineRow {
        clock: clock.to_owned(),
        name: name.to_owned(),
        due_on,
        due_at: None,
        projected: false,
        clause: String::new(),
    };
    let deadlines = due.iter().filter(open).map(|deadline| DeadlineRow {
        due_at: match deadline.due {
            Due::At(instant) => Some(instant.naive_utc()),
            Due::On(_) => None,
        },
        projected: deadline.projected,
        clause: deadline.citation.to_string(),
        ..row(deadline.clock.as_str(), deadline.name.as_str(), deadline.due.date())
    });
    let promises = promised.iter().map(|promise| DeadlineRow {
        clause: promise.citation.to_string(),
        ..row("promise", &promise.name(), promise.due_on)
    });
    deadlines.chain(promises).collect()
}

/// The windows that are open to the resident, or were until they closed: nobody has used them, and the case is not over.
pub(super) fn windows(case: &Case, due: &[Deadline]) -> Vec<WindowRow> {
    let unused = |deadline: &&Deadline| {
        let unused = deadline.met_at.is_none() && deadline.ended_at.is_none();
        deadline.name == DeadlineName::EscalateBy && unused && !case.is_over()
    };
    let row = |deadline: &Deadline| WindowRow {
        name: deadline.name.as_str().to_owned(),
        due_on: deadline.due.date(),
        clause: deadline.citation.to_string(),
    };
    due.iter().filter(unused).map(row).collect()
}
