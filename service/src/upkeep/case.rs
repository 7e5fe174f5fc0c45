//! A look at one case: its log, what that refers to, what was told of it, and its rows, computed anew.

use std::collections::BTreeMap;

use redress_shared::case::CaseId;

use super::{line, log, told};
use crate::rulebook::Rulebook;
use crate::storage::rows::{CaseRow, Rows};
use crate::storage::whole::{self, Erased};
use crate::storage::{Connection, StorageError, events};

/// What a case is held against.
#[derive(Debug, Clone, Copy)]
pub struct Against<'a> {
    /// The rules; none where they are not known, and no row can be computed.
    pub rulebook: Option<&'a Rulebook>,
    /// Its landlord's erasures by their ids; none where they do not read.
    pub erasures: Option<&'a BTreeMap<String, Erased>>,
}

/// What a look at one case came to.
#[derive(Debug, Clone, Copy, Default)]
pub struct LookedAt {
    /// How many events it has.
    pub events: u64,
    /// How many records its events refer to that have been erased.
    pub erased: u64,
    /// Whether its rows differ from what its sound log gives.
    pub differs: bool,
}

/// Looks at one case. What does not read is told of, and all else is looked at.
pub fn look(
    connection: &mut Connection,
    against: Against<'_>,
    (landlord, id): (&str, &str),
    say: &mut dyn FnMut(String),
) -> Result<LookedAt, StorageError> {
    let Ok(case_id) = id.parse::<CaseId>() else {
        say("its id is none".to_owned());
        return Ok(LookedAt::default());
    };
    let log = match events::load(connection, landlord, case_id) {
        Ok(log) => log,
        Err(StorageError::Damaged { sequence, reason, .. }) => {
            say(format!("event {sequence} is damaged: {reason}"));
            let events = u64::try_from(whole::events_of(connection, landlord, id)?).unwrap_or(0);
            return Ok(LookedAt { events, ..LookedAt::default() });
        }
        Err(error) => return Err(error),
    };
    let records = or_say(log::records_of(connection, landlord, case_id, &log.events), say)?;
    records.wrong.into_iter().for_each(&mut *say);
    line::columns(connection, landlord, id, &log.events)?.into_iter().for_each(&mut *say);
    line::places(connection, landlord, id, &log.events)?.into_iter().for_each(&mut *say);
    let last = u32::try_from(log.events.len()).unwrap_or(u32::MAX);
    let told = told::of_case(connection, landlord, case_id, (last, against.erasures));
    or_say(told, say)?.into_iter().for_each(&mut *say);
    let differs = match against.rulebook.map(|rulebook| wanted(rulebook, landlord, case_id, &log)) {
        Some(Ok(rows)) => {
            let differences = differences(connection, (landlord, id), &rows)?;
            let differs = !differences.is_empty();
            differences.into_iter().for_each(&mut *say);
            differs
        }
        Some(Err(why)) => {
            say(why);
            false
        }
        None => false,
    };
    let events = u64::try_from(log.events.len()).unwrap_or(0);
    Ok(LookedAt { events, erased: records.erased, differs })
}

/// What was read; where a row does not read, that is said, and there is nothing to go by.
pub fn or_say<T: Default>(
    read: Result<T, StorageError>,
    say: &mut dyn FnMut(String),
) -> Result<T, StorageError> {
    match read {
        Err(error @ StorageError::Unreadable { .. }) => {
            say(error.to_string());
            Ok(T::default())
        }
        read => read,
    }
}

/// The rows that a log gives.
fn wanted(rulebook: &Rulebook, landlord: &str, id: CaseId, log: &events::Log) -> Result<Rows, String> {
    let numbered = (1..).zip(&log.events).all(|(number, event): (u32, _)| event.sequence == number);
    if !numbered {
        return Err("its events are not numbered 1, 2, 3".to_owned());
    }
    let case = log.case(id).map_err(|error| error.to_string())?.ok_or("it has no events")?;
    let rules = rulebook.of(&case.policy, &case.code).map_err(|error| error.to_string())?;
    let stamp = rulebook.stamp(&case.policy, &case.code);
    Rows::of(landlord, &case, &rules, stamp).map_err(|error| error.to_string())
}

fn differences(
    connection: &mut Connection,
    (landlord, id): (&str, &str),
    wanted: &Rows,
) -> Result<Vec<String>, StorageError> {
    let mut found = match CaseRow::load(connection, landlord, id) {
        Ok(Some(standing)) if standing == wanted.case => Vec::new(),
        Ok(Some(standing)) => vec![format!("cases: {}", wanted.case.differing(&standing).join(", "))],
        Ok(None) => vec!["cases: missing".to_owned()],
        Err(error @ StorageError::Unreadable { .. }) => vec![error.to_string()],
        Err(error) => return Err(error),
    };
    found.extend(wanted.details.differences(connection, (landlord, id))?);
    Ok(found)
}

/// Writes a case's rows anew from its log; says whether it did.
pub fn rewrite(
    connection: &mut Connection,
    rulebook: &Rulebook,
    landlord: &str,
    id: &str,
) -> Result<bool, StorageError> {
    let Ok(case_id) = id.parse::<CaseId>() else { return Ok(false) };
    let Some(head) = events::hold(connection, landlord, case_id)? else { return Ok(false) };
    let log = events::load(connection, landlord, case_id)?;
    if usize::try_from(head.version) != Ok(log.events.len()) {
        return Ok(false);
    }
    let Ok(rows) = wanted(rulebook, landlord, case_id, &log) else { return Ok(false) };
    rows.case.update(connection, None)?;
    rows.details.renew(connection, (landlord, id))?;
    Ok(true)
}
