//! Whether a database is what its events say: the chain of digests, the words that they refer to, the numbers of the feed, and every
//! row and due date, computed anew. One thing that does not read never hides another.

use std::collections::{BTreeMap, BTreeSet};

use diesel::connection::SimpleConnection;
use redress_shared::policy::Library;

use super::case::{Against, look, or_say, rewrite};
use super::found::{Found, Report};
use super::{line, told};
use crate::rulebook::Rulebook;
use crate::storage::whole::{self, Erased};
use crate::storage::write::once;
use crate::storage::{Connection, StorageError, calendars};
use crate::use_cases::bank_holidays;

/// How many cases are looked up at once.
const PAGE: i64 = 500;

/// Looks at every case of every landlord, as they all stood at one moment, and tells of everything that differs. With `renew`, rows that
/// differ from what sound events say are written anew; the log is never touched. Where the calendar that holds is damaged, no due date
/// can be computed, and no row is compared.
///
/// # Errors
/// When the database fails. Damage is no error: it is told of.
pub fn verify(
    connection: &mut Connection,
    library: Library,
    renew: bool,
    tell: &mut dyn FnMut(Found),
) -> anyhow::Result<Report> {
    let mut report = Report::default();
    let mut stale = Vec::new();
    let rulebook = at_one_moment(connection, |connection| {
        let rulebook = rules(connection, library, tell)?;
        for landlord in owners(connection, tell)? {
            whole_of(connection, rulebook.as_ref(), &landlord, (&mut report, &mut stale), tell)?;
        }
        anyhow::Ok(rulebook)
    })?;
    if let Some(rulebook) = rulebook.filter(|_| renew) {
        for (landlord, id) in &stale {
            report.renewed +=
                u64::from(once(connection, &|connection| rewrite(connection, &rulebook, landlord, id))?);
        }
    }
    Ok(report)
}

/// The rules on the calendar that holds; none where that is damaged.
fn rules(
    connection: &mut Connection,
    library: Library,
    tell: &mut dyn FnMut(Found),
) -> anyhow::Result<Option<Rulebook>> {
    let damaged = calendars::damaged(connection)?;
    let holds = calendars::latest_number(connection)?;
    for (number, reason) in &damaged {
        let so = if *number == holds { "; no row is compared without it" } else { "" };
        let what = format!("calendar {number} is damaged: {reason}{so}");
        tell(Found { landlord: None, case: None, what });
    }
    if damaged.contains_key(&holds) {
        return Ok(None);
    }
    bank_holidays::rulebook(connection, library).map(Some)
}

/// Looks at all of a landlord's.
fn whole_of(
    connection: &mut Connection,
    rulebook: Option<&Rulebook>,
    landlord: &str,
    (report, stale): (&mut Report, &mut Vec<(String, String)>),
    tell: &mut dyn FnMut(Found),
) -> Result<(), StorageError> {
    let mut of_landlord = |what| tell(Found { landlord: Some(landlord.to_owned()), case: None, what });
    let numbered = line::numbers(connection, landlord, &mut of_landlord)?;
    let erasures = beside(connection, landlord, tell)?;
    let against = Against { rulebook, erasures: erasures.as_ref() };
    let before = report.events;
    let mut after = String::new();
    loop {
        let page = whole::case_ids(connection, landlord, &after, PAGE)?;
        let Some(last) = page.last() else { break };
        after.clone_from(last);
        for id in page {
            report.cases += 1;
            let mut say =
                |what| tell(Found { landlord: Some(landlord.to_owned()), case: Some(id.clone()), what });
            let looked_at = look(connection, against, (landlord, &id), &mut say)?;
            report.events += looked_at.events;
            report.erased += looked_at.erased;
            if looked_at.differs {
                stale.push((landlord.to_owned(), id));
            }
        }
    }
    if report.events - before != numbered {
        let what = format!("{numbered} events are in the feed, and {} in its cases", report.events - before);
        tell(Found { landlord: Some(landlord.to_owned()), case: None, what });
    }
    Ok(())
}

/// Every landlord, those too that have cases and no row.
fn owners(
    connection: &mut Connection,
    tell: &mut dyn FnMut(Found),
) -> Result<BTreeSet<String>, StorageError> {
    let mut all: BTreeSet<String> = whole::landlords(connection)?.into_iter().collect();
    for landlord in whole::owners(connection)? {
        if all.insert(landlord.clone()) {
            let what = "it has cases, and no row of its own".to_owned();
            tell(Found { landlord: Some(landlord), case: None, what });
        }
    }
    Ok(all)
}

/// Looks at what a landlord has beside its cases: notices about none of them, words of none of them, and erasures, which it gives by their
/// ids; nothing where they do not read.
fn beside(
    connection: &mut Connection,
    landlord: &str,
    tell: &mut dyn FnMut(Found),
) -> Result<Option<BTreeMap<String, Erased>>, StorageError> {
    let mut say = |case, what| tell(Found { landlord: Some(landlord.to_owned()), case, what });
    let notices = told::of_none(connection, landlord);
    or_say(notices, &mut |what| say(None, what))?.into_iter().for_each(|what| say(None, what));
    for (record, case) in whole::homeless(connection, landlord)? {
        say(None, format!("record {record} is kept under case {case}, which is not there"));
    }
    let erasures = or_say(whole::erasures(connection, landlord).map(Some), &mut |what| say(None, what))?;
    let mut tombstones = whole::tombstones(connection, landlord)?;
    let Some(known) = &erasures else { return Ok(None) };
    for (id, Erased { case_id, records, .. }) in known {
        let there = tombstones.remove(id).unwrap_or(0);
        if there != i64::from(*records) {
            let what =
                format!("erasure {id} took away {records} records, and {there} are marked as erased by it");
            say(Some(case_id.clone()), what);
        }
    }
    for (id, there) in tombstones {
        say(None, format!("{there} records are marked as erased by {id}, which is not there"));
    }
    Ok(erasures)
}

/// Reads as if nobody wrote meanwhile.
fn at_one_moment<T, E: From<diesel::result::Error>>(
    connection: &mut Connection,
    work: impl FnOnce(&mut Connection) -> Result<T, E>,
) -> Result<T, E> {
    let begin = match connection {
        Connection::Sqlite(_) => "BEGIN",
        Connection::Postgres(_) => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    };
    connection.batch_execute(begin)?;
    let done = work(connection);
    connection.batch_execute("ROLLBACK")?;
    done
}
