//! The rows of the contract out of a service's events, as the service makes its own of them.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use redress_shared::calendar::Calendar;
use redress_shared::case::record::Digest;
use redress_shared::case::{Case, CaseId, Logged, Rules, chain, replay};
use redress_shared::code::Code;
use redress_shared::policy::Library;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::tables::{CALENDARS, EQUALITY, EVENTS, LANDLORDS, LEARNING, STOCK, Table};
use crate::error::{Error, Result};
use crate::source::contract::{Equality, Held, KeptCalendar, Landlord, Stock};
use crate::source::of_case::{Filling, Made};

/// What was learnt from a case, as it is written to be published.
#[derive(Deserialize)]
struct Improvement {
    case_id: String,
    learning: usize,
    improvement: Option<String>,
}

/// A line of the log but for the event, which is kept as it stands: its digest is made of it.
#[derive(Deserialize)]
struct Event {
    case_id: String,
    sequence: u32,
    digest: String,
}

#[derive(Deserialize)]
struct Numbered {
    number: i32,
    version: String,
    calendar: String,
}

/// By case, the words of what was learnt, by number.
type Improvements = BTreeMap<String, BTreeMap<usize, String>>;

/// Everything that the tables of a folder come to.
///
/// # Errors
/// When a table cannot be read, a log is not what it was, or a policy is not known.
pub(super) fn held(folder: &Path, library: &Library) -> Result<Held> {
    let landlord = rows::<Landlord>(folder, &LANDLORDS)?.into_iter().next();
    let landlord = landlord.ok_or_else(|| damaged(&LANDLORDS, "the landlord is not there"))?;
    let kept = calendar(folder, &landlord.landlord_id)?;
    let counted = match &kept {
        Some(kept) => Calendar::from_json(&kept.body),
        None => Calendar::england_and_wales(),
    };
    let calendar = counted.map_err(|error| Error::Calendar(error.to_string()))?;
    let improvements = improvements(folder)?;
    let mut rules = KnownRules { library, calendar, rules: BTreeMap::new() };
    let mut filling = Filling::new(landlord, rows::<Stock>(folder, &STOCK)?, kept);
    let mut log = Log::default();
    each_line(folder, &EVENTS, |line| {
        let (head, event) =
            apart(line, "event", "digest").ok_or_else(|| damaged(&EVENTS, "a row is none"))?;
        let head: Event =
            serde_json::from_str(&head).map_err(|error| damaged(&EVENTS, &error.to_string()))?;
        if log.case_id != head.case_id {
            put(&mut filling, &mut rules, &improvements, &std::mem::take(&mut log))?;
            log.case_id.clone_from(&head.case_id);
        }
        log.add(&head, event)
    })?;
    put(&mut filling, &mut rules, &improvements, &log)?;
    Ok(filling.done(Some(rows::<Equality>(folder, &EQUALITY)?)))
}

/// The log of one case.
#[derive(Default)]
struct Log {
    case_id: String,
    last: Digest,
    stored: Vec<String>,
    events: Vec<Logged>,
}

impl Log {
    /// The next event, if it is the one that the digests say.
    fn add(&mut self, head: &Event, event: &str) -> Result<()> {
        let wrong =
            |what: &str| damaged(&EVENTS, &format!("case {}, event {}: {what}", head.case_id, head.sequence));
        let id: CaseId = head.case_id.parse().map_err(|_| wrong("its id is none"))?;
        let link = chain::link(id, self.last, event);
        if head.digest.parse() != Ok(link) || usize::try_from(head.sequence) != Ok(self.stored.len() + 1) {
            return Err(wrong("it is not what its digest was made of"));
        }
        let logged = serde_json::from_str(event).map_err(|error| Error::Service {
            address: format!("case {}, event {}", head.case_id, head.sequence),
            reason: format!(
                "this program does not know what happened there, so that the service is newer: {error}"
            ),
        })?;
        self.last = link;
        self.stored.push(event.to_owned());
        self.events.push(logged);
        Ok(())
    }

    /// The case that it makes; none of no events.
    fn case(&self) -> Result<Option<Case>> {
        let Ok(id) = self.case_id.parse::<CaseId>() else { return Ok(None) };
        let case = replay(id, &self.events);
        let wrong = || damaged(&EVENTS, &format!("case {id}: its log does not begin with what opens a case"));
        case.map(Some).ok_or_else(wrong)
    }
}

fn put(
    filling: &mut Filling,
    rules: &mut KnownRules<'_>,
    improvements: &Improvements,
    log: &Log,
) -> Result<()> {
    let Some(case) = log.case()? else { return Ok(()) };
    let said = improvements.get(&log.case_id);
    let mut words: BTreeMap<String, &str> = BTreeMap::new();
    for (number, learnt) in (1..).zip(&case.learning) {
        let text = said.and_then(|said| said.get(&number)).map(String::as_str);
        words.extend(text.map(|text| (learnt.improvement.record.to_string(), text)));
    }
    let words = |record: &str| words.get(record).map(|text| (*text).to_owned());
    let made = Made { case: &case, rules: rules.of(&case)?, log: &log.stored, words: &words };
    filling.put(&made).map_err(|error| Error::Calendar(error.to_string()))
}

/// The rules that cases fall under, made ready once.
struct KnownRules<'a> {
    library: &'a Library,
    calendar: Calendar,
    rules: BTreeMap<(String, String), Rules>,
}

impl KnownRules<'_> {
    fn of(&mut self, case: &Case) -> Result<&Rules> {
        let key = (case.policy.clone(), case.code.clone());
        if !self.rules.contains_key(&key) {
            let unknown = |error: &dyn std::fmt::Display| {
                Error::Request(format!(
                    "{error}; name the folder with the landlord's own policies by --policies"
                ))
            };
            let profile = self.library.by_id(&case.policy).map_err(|error| unknown(&error))?;
            let code = Code::embedded(&case.code).map_err(|error| Error::Request(error.to_string()))?;
            let rules = Rules::new(profile.clone(), code, self.calendar.clone());
            self.rules.insert(key.clone(), rules.map_err(|error| Error::Given(error.to_string()))?);
        }
        Ok(&self.rules[&key])
    }
}

/// The calendar that holds now: the one with the greatest number.
fn calendar(folder: &Path, landlord_id: &str) -> Result<Option<KeptCalendar>> {
    let mut newest: Option<KeptCalendar> = None;
    for Numbered { number, version, calendar: body } in rows(folder, &CALENDARS)? {
        if newest.as_ref().is_none_or(|known| known.number < number) {
            newest = Some(KeptCalendar { landlord_id: landlord_id.to_owned(), number, version, body });
        }
    }
    Ok(newest)
}

fn improvements(folder: &Path) -> Result<Improvements> {
    let mut all = Improvements::new();
    for Improvement { case_id, learning, improvement } in rows(folder, &LEARNING)? {
        // Erasing leaves these words, since they were written to be published.
        let masked = || {
            let wanted = "the key may not read the words of what was learnt, which reports print: it wants the scope `personal:read`";
            Error::Request(wanted.to_owned())
        };
        all.entry(case_id).or_default().insert(learning, improvement.ok_or_else(masked)?);
    }
    Ok(all)
}

fn rows<T: DeserializeOwned>(folder: &Path, table: &Table) -> Result<Vec<T>> {
    let mut rows = Vec::new();
    each_line(folder, table, |line| {
        rows.push(serde_json::from_str(line).map_err(|error| damaged(table, &error.to_string()))?);
        Ok(())
    })?;
    Ok(rows)
}

fn each_line(folder: &Path, table: &Table, mut with: impl FnMut(&str) -> Result<()>) -> Result<()> {
    let file = File::open(folder.join(table.file())).map_err(|error| damaged(table, &error.to_string()))?;
    for line in BufReader::new(file).lines() {
        with(&line.map_err(|error| damaged(table, &error.to_string()))?)?;
    }
    Ok(())
}

/// A row without one of its columns, and what stands in that column to the byte: it stands before the column `next`.
fn apart<'a>(line: &'a str, column: &str, next: &str) -> Option<(String, &'a str)> {
    let (begins, ends) = (format!(",\"{column}\":"), format!(",\"{next}\":"));
    let (before, rest) = line.split_once(&begins)?;
    let (value, after) = rest.rsplit_once(&ends)?;
    Some((format!("{before}{ends}{after}"), value))
}

fn damaged(table: &Table, what: &str) -> Error {
    Error::Unreconciled(vec![format!("the export's table {}: {what}", table.name)])
}

#[cfg(test)]
mod tests {
    use super::apart;

    #[test]
    fn a_column_is_told_apart_to_the_byte() {
        let line = r#"{"case_id":"a","event":{"x": 1,"digest":"no","event":2},"digest":"ab"}"#;
        let wanted = (r#"{"case_id":"a","digest":"ab"}"#.to_owned(), r#"{"x": 1,"digest":"no","event":2}"#);
        assert_eq!(apart(line, "event", "digest"), Some(wanted));
    }
}
