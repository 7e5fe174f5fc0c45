//! Making a case's rows anew where other rules made them: another calendar, an edited policy, another program. Nothing happened to the
//! case; what is due on another day than it was is told.

use chrono::{DateTime, Utc};
use redress_shared::case::{Case, CaseId, Rules};

use super::execute::{ExecuteError, standing};
use crate::notices::{DateChanged, Notice, Noticed};
use crate::rulebook::Rulebook;
use crate::storage::rows::{Details, Moved, Rows};
use crate::storage::{Connection, calendars, notices};

/// Makes the rows of a case anew, within the caller's write transaction, and gives what they are now.
///
/// # Errors
/// When a due date lies past the calendar, or the database fails.
pub fn renew(
    connection: &mut Connection,
    rulebook: &Rulebook,
    landlord: &str,
    (case, rules, made_by): (&Case, &Rules, &str),
    now: DateTime<Utc>,
) -> Result<Rows, ExecuteError> {
    let standing = Details::load(connection, landlord, &case.id.to_string())?;
    let rows = Rows::of(landlord, case, rules, rulebook.stamp(&case.policy, &case.code))?;
    rows.case.update(connection, None)?;
    rows.details.replace(connection, &standing)?;
    let from = rulebook.calendar_of(&case.policy, &case.code, made_by);
    if calendars::latest_number(connection)? > rulebook.number() {
        // This instance is about to hear of a newer calendar. What it makes here will be made anew, and nobody is told of the way there.
        return Ok(rows);
    }
    for moved in rows.details.moved(&standing) {
        let notice = notice(case.id, moved, (from, rulebook.calendar().version()), now);
        notices::give(connection, landlord, &notice, now)?;
    }
    Ok(rows)
}

/// Takes hold of a case and makes its rows anew, where they are not those of the rules that hold; says whether they were not.
///
/// # Errors
/// As [`renew`]; also when the landlord has no such case, or its rules are not loaded.
pub fn renew_case(
    connection: &mut Connection,
    rulebook: &Rulebook,
    (landlord, id): (&str, CaseId),
    now: DateTime<Utc>,
) -> Result<bool, ExecuteError> {
    let (case, _, made_by) = standing(connection, landlord, id)?;
    let rules = rulebook.of(&case.policy, &case.code)?;
    if made_by == rulebook.stamp(&case.policy, &case.code) {
        return Ok(false);
    }
    renew(connection, rulebook, landlord, (&case, &rules, &made_by), now)?;
    Ok(true)
}

fn notice(case: CaseId, moved: Moved, (from, to): (Option<&str>, &str), now: DateTime<Utc>) -> Notice {
    let Moved { clock, name, .. } = &moved;
    Notice {
        case: Some(case),
        key: format!("due-date-changed {case} {clock} {name} {} {} {to}", moved.from, moved.to),
        noticed: Noticed::DueDateChanged(DateChanged {
            clock: moved.clock,
            deadline: moved.name,
            from: moved.from,
            to: moved.to,
            clause: moved.clause,
            from_calendar: from.map(str::to_owned),
            to_calendar: to.to_owned(),
        }),
        occurred_at: now,
    }
}
