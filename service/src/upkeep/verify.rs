//! Whether a database is what its events say: the chain of digests, the words that they refer to, the numbers of the feed, and every
//! row and due date, computed anew.

use std::collections::{BTreeMap, BTreeSet};

use diesel::connection::SimpleConnection;
use redress_shared::case::CaseId;

use super::found::{Found, Report};
use super::{line, log, told};
use crate::rulebook::Rulebook;
use crate::storage::rows::{CaseRow, Details, Rows};
use crate::storage::whole::{self, Erased};
use crate::storage::write::once;
use crate::storage::{Connection, StorageError, events};

/// How many cases are looked up at once.
const PAGE: i64 = 500;

/// Looks at every case of every landlord, as they all stood at one moment, and tells of everything that differs. With `renew`, rows that
/// differ from what sound events say are written anew; the log is never touched.
///
/// # Errors
/// When the database fails. Damage is no error: it is told of.
pub fn verify(
    connection: &mut Connection,
    rulebook: &Rulebook,
    renew: bool,
    tell: &mut dyn FnMut(Found),
) -> Result<Report, StorageError> {
    let mut report = Report::default();
    let mut stale = Vec::new();
    at_one_moment(connection, |connection| {
        for landlord in owners(connection, tell)? {
            let numbered = line::numbers(connection, &landlord, tell)?;
            let erasures = beside(connection, &landlord, tell)?;
            let before = report.events;
            let mut after = String::new();
            loop {
                let page = whole::case_ids(connection, &landlord, &after, PAGE)?;
                let Some(last) = page.last() else { break };
                after.clone_from(last);
                for id in page {
                    report.cases += 1;
                    let looked_at = one(connection, rulebook, (&landlord, &id), &erasures, tell)?;
                    report.events += looked_at.events;
                    report.erased += looked_at.erased;
                    if looked_at.differs {
                        stale.push((landlord.clone(), id));
                    }
                }
            }
            if report.events - before != numbered {
                let what =
                    format!("{numbered} events are in the feed, and {} in its cases", report.events - before);
                tell(Found { landlord, case: None, what });
            }
        }
        Ok(())
    })?;
    for (landlord, id) in stale.iter().filter(|_| renew) {
        report.renewed +=
            u64::from(once(connection, &|connection| rewrite(connection, rulebook, landlord, id))?);
    }
    Ok(report)
}

/// Every landlord, those too that have cases and no row.
fn owners(
    connection: &mut Connection,
    tell: &mut dyn FnMut(Found),
) -> Result<BTreeSet<String>, StorageError> {
    let mut all: BTreeSet<String> = whole::landlords(connection)?.into_iter().collect();
    for landlord in whole::owners(connection)? {
        if all.insert(landlord.clone()) {
            tell(Found { landlord, case: None, what: "it has cases, and no row of its own".to_owned() });
        }
    }
    Ok(all)
}

/// Looks at what a landlord has beside its cases: notices about none of them, and erasures, which it gives by their ids.
fn beside(
    connection: &mut Connection,
    landlord: &str,
    tell: &mut dyn FnMut(Found),
) -> Result<BTreeMap<String, Erased>, StorageError> {
    for what in told::of_none(connection, landlord)? {
        tell(Found { landlord: landlord.to_owned(), case: None, what });
    }
    let erasures = whole::erasures(connection, landlord)?;
    let mut tombstones = whole::tombstones(connection, landlord)?;
    for (id, Erased { case_id, records, .. }) in &erasures {
        let there = tombstones.remove(id).unwrap_or(0);
        if there != i64::from(*records) {
            let what =
                format!("erasure {id} took away {records} records, and {there} are marked as erased by it");
            tell(Found { landlord: landlord.to_owned(), case: Some(case_id.clone()), what });
        }
    }
    for (id, there) in tombstones {
        let what = format!("{there} records are marked as erased by {id}, which is not there");
        tell(Found { landlord: landlord.to_owned(), case: None, what });
    }
    Ok(erasures)
}

/// Reads as if nobody wrote meanwhile.
fn at_one_moment<T>(
    connection: &mut Connection,
    work: impl FnOnce(&mut Connection) -> Result<T, StorageError>,
) -> Result<T, StorageError> {
    let begin = match connection {
        Connection::Sqlite(_) => "BEGIN",
        Connection::Postgres(_) => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    };
    connection.batch_execute(begin)?;
    let done = work(connection);
    connection.batch_execute("ROLLBACK")?;
    done
}

/// What a look at one case came to.
#[derive(Debug, Clone, Copy, Default)]
struct LookedAt {
    events: u64,
    erased: u64,
    /// Whether its rows differ from what its sound log gives.
    differs: bool,
}

/// Looks at one case.
fn one(
    connection: &mut Connection,
    rulebook: &Rulebook,
    (landlord, id): (&str, &str),
    erasures: &BTreeMap<String, Erased>,
    tell: &mut dyn FnMut(Found),
) -> Result<LookedAt, StorageError> {
    let mut say =
        |what: String| tell(Found { landlord: landlord.to_owned(), case: Some(id.to_owned()), what });
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
    let records = log::records_of(connection, landlord, case_id, &log.events)?;
    for record in &records.altered {
        say(format!("record {record} is not what its digest was made of"));
    }
    for record in &records.mislabelled {
        say(format!("record {record} is kept as another kind than its event holds"));
    }
    line::columns(connection, landlord, id, &log.events)?.into_iter().for_each(&mut say);
    line::places(connection, landlord, id, &log.events)?.into_iter().for_each(&mut say);
    let last = u32::try_from(log.events.len()).unwrap_or(u32::MAX);
    told::of_case(connection, landlord, case_id, (last, erasures))?.into_iter().for_each(&mut say);
    for record in &records.lost {
        say(format!("record {record} is not there, and was not erased"));
    }
    for record in &records.returned {
        say(format!("record {record} was erased, and is there"));
    }
    let events = u64::try_from(log.events.len()).unwrap_or(0);
    let wanted = match wanted(rulebook, landlord, case_id, &log) {
        Ok(rows) => rows,
        Err(why) => {
            say(why);
            return Ok(LookedAt { events, erased: records.erased, differs: false });
        }
    };
    let differences = differences(connection, landlord, id, &wanted)?;
    let differs = !differences.is_empty();
    differences.into_iter().for_each(&mut say);
    Ok(LookedAt { events, erased: records.erased, differs })
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
    landlord: &str,
    id: &str,
    wanted: &Rows,
) -> Result<Vec<String>, StorageError> {
    let mut found = Vec::new();
    match CaseRow::load(connection, landlord, id)? {
        Some(standing) if standing != wanted.case => {
            found.push(format!("cases: {}", wanted.case.differing(&standing).join(", ")));
        }
        Some(_) => {}
        None => found.push("cases: missing".to_owned()),
    }
    found.extend(wanted.details.differences(&Details::load(connection, landlord, id)?));
    Ok(found)
}

/// Writes a case's rows anew from its log; says whether it did.
fn rewrite(
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
    let standing = Details::load(connection, landlord, id)?;
    rows.case.update(connection, None)?;
    rows.details.replace(connection, &standing)?;
    Ok(true)
}
