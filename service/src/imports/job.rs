//! A job's steps. What can be made ready before anything is locked is; then, in one transaction, the stretch is kept with how far the job
//! has come. Should somebody else have stepped meanwhile, or the job have been cancelled, nothing is.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, SubsecRound, Utc};
use redress_shared::calendar::london;

use super::mapping::Format;
use super::prepare::{Bench, Ready};
use super::reader::{self, LONGEST_ROW};
use super::row::{Mapper, Raw};
use super::{ImportId, RowError, State};
use crate::rulebook::Rulebook;
use crate::storage::bulk::{self, NewCase};
use crate::storage::imports::{self, CHUNK, Import, Progress};
use crate::storage::{Connection, StorageError};

/// The most rows of one step: while their transaction lasts, SQLite writes nothing else.
const ROWS: usize = 250;

/// A stretch of a file, made ready to be kept.
pub struct Stretch {
    landlord: String,
    import: ImportId,
    from: Progress,
    bytes: i64,
    rows: Vec<Result<Box<Ready>, Vec<RowError>>>,
    ended: Option<Ended>,
    now: DateTime<Utc>,
}

/// Why there is no more to read.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Ended {
    /// The file is at its end.
    Whole,
    /// The file cannot be read on: everything that is in the way.
    Broken(Vec<RowError>),
}

/// What came of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stepped {
    /// There is more to read.
    On,
    /// The job is over.
    Over,
    /// Somebody else stepped, or the job is not under way any more.
    NotOurs,
}

/// The names in the first line of a file; none of NDJSON.
///
/// # Errors
/// When the database fails; or, within, when the file does not begin with such a line.
pub fn header(
    connection: &mut Connection,
    import: &Import,
) -> Result<Result<(Vec<String>, usize), RowError>, StorageError> {
    if import.mapping.format == Format::Ndjson {
        return Ok(Ok((Vec::new(), 0)));
    }
    let bytes = imports::stretch(connection, import, 0, 1)?;
    let all = i64::try_from(bytes.len()).ok() == import.file_bytes;
    let read = reader::rows(&import.mapping, &bytes, (true, all), 1);
    Ok(match read.rows.into_iter().next() {
        Some(Raw::Columns(names)) => Ok((names, read.bytes)),
        Some(Raw::Unreadable(why)) => Err(RowError::of("", None, "unreadable", &why)),
        _ => Err(RowError::of(
            "",
            None,
            "unreadable",
            "the file has no first line with the names of its columns",
        )),
    })
}

/// Makes the next stretch ready.
///
/// # Errors
/// When the database fails.
pub fn next(
    connection: &mut Connection,
    rulebook: &Rulebook,
    import: &Import,
    now: DateTime<Utc>,
) -> Result<Stretch, StorageError> {
    let now = now.trunc_subsecs(6);
    let mut stretch = Stretch {
        landlord: import.landlord.clone(),
        import: import.id,
        from: import.progress,
        bytes: 0,
        rows: Vec::new(),
        ended: None,
        now,
    };
    let (names, begins) = match header(connection, import)? {
        Ok(header) => header,
        Err(error) => return Ok(Stretch { ended: Some(Ended::Broken(vec![error])), ..stretch }),
    };
    let mapper = match Mapper::new(&import.mapping, &names) {
        Ok(mapper) => mapper,
        Err(wrong) => {
            let said =
                |(field, detail): &(String, String)| RowError::of(field, None, "no-such-column", detail);
            return Ok(Stretch { ended: Some(Ended::Broken(wrong.iter().map(said).collect())), ..stretch });
        }
    };
    let from = usize::try_from(import.progress.bytes).unwrap_or(0).max(begins);
    let (read, last) = read_on(connection, import, from)?;
    if read.rows.is_empty() && !last {
        let detail = format!("a row is longer than {LONGEST_ROW} bytes, or its quotes do not end");
        let error = RowError::of("", None, "unreadable", &detail);
        return Ok(Stretch { ended: Some(Ended::Broken(vec![error])), ..stretch });
    }
    let special_category = import.special_category;
    let bench = Bench { rulebook, landlord: &import.landlord, mapper: &mapper, special_category, now };
    stretch.bytes = i64::try_from(from + read.bytes).unwrap_or(i64::MAX);
    stretch.ended = Some(Ended::Whole).filter(|_| import.file_bytes.is_none_or(|all| stretch.bytes >= all));
    stretch.rows = read.rows.iter().map(|raw| bench.prepare(raw)).collect();
    Ok(stretch)
}

/// The next rows from a byte on, and whether the file was read to its end for them.
fn read_on(
    connection: &mut Connection,
    import: &Import,
    from: usize,
) -> Result<(reader::Stretch, bool), StorageError> {
    let mut pieces = 2;
    loop {
        let bytes = imports::stretch(connection, import, from, pieces)?;
        let until = i64::try_from(from + bytes.len()).unwrap_or(i64::MAX);
        let last = import.file_bytes.is_none_or(|all| until >= all);
        let read = reader::rows(&import.mapping, &bytes, (from == 0, last), ROWS);
        if !read.rows.is_empty() || last || pieces * CHUNK > 2 * LONGEST_ROW {
            return Ok((read, last));
        }
        pieces *= 2;
    }
}

/// What a row comes to beside the cases that there are.
enum Fate<'a> {
    New(&'a Ready),
    Unchanged,
    Wrong(Vec<RowError>),
}

/// Keeps a stretch with how far the job has come, within the caller's write transaction.
///
/// # Errors
/// When the database fails.
pub fn keep(connection: &mut Connection, stretch: &Stretch) -> Result<Stepped, StorageError> {
    let Some(mut import) = imports::hold(connection, &stretch.landlord, stretch.import)? else {
        return Ok(Stepped::NotOurs);
    };
    if import.state != State::Running || import.progress != stretch.from {
        return Ok(Stepped::NotOurs);
    }
    let fates = fates(connection, stretch)?;
    let made: Vec<&Ready> = fates
        .iter()
        .filter_map(|fate| if let Fate::New(ready) = fate { Some(*ready) } else { None })
        .collect();
    if !import.dry_run {
        let cases: Vec<&NewCase> = made.iter().map(|ready| &ready.case).collect();
        bulk::insert(connection, &import.landlord, &cases)?;
        let noted: Vec<_> = made.iter().map(|ready| (ready.case.id, ready.digest)).collect();
        imports::note(connection, &import, london::date_of(stretch.now), &noted)?;
    }
    let mut errors = Vec::new();
    for (row, fate) in (stretch.from.rows + 1..).zip(&fates) {
        if let Fate::Wrong(wrong) = fate {
            import.progress.failed += 1;
            errors.extend(wrong.iter().map(|error| (row, error)));
        }
    }
    if let Some(Ended::Broken(wrong)) = &stretch.ended {
        errors.extend(wrong.iter().map(|error| (0, error)));
    }
    imports::add_errors(connection, import.id, import.progress.errors, &errors)?;
    import.progress.errors += count(errors.len());
    import.progress.rows += count(fates.len());
    import.progress.bytes = stretch.bytes.max(import.progress.bytes);
    import.progress.made += count(made.len());
    import.progress.events += count(made.iter().map(|ready| ready.case.events.len()).sum());
    import.progress.unchanged += count(fates.iter().filter(|fate| matches!(fate, Fate::Unchanged)).count());
    import.stepped_at = Some(stretch.now);
    if let Some(ended) = &stretch.ended {
        end(connection, &mut import, ended, stretch.now)?;
    }
    imports::update(connection, &import)?;
    Ok(if stretch.ended.is_some() { Stepped::Over } else { Stepped::On })
}

fn count(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// The job is over; its file is of no more use, unless it was only tried.
fn end(
    connection: &mut Connection,
    import: &mut Import,
    ended: &Ended,
    now: DateTime<Utc>,
) -> Result<(), StorageError> {
    import.ended_at = Some(now);
    import.state = match ended {
        Ended::Whole if import.dry_run => State::Tried,
        Ended::Whole => State::Done,
        Ended::Broken(wrong) => {
            import.why = wrong.first().map(|error| error.detail.clone());
            State::Failed
        }
    };
    if import.state.is_over() {
        imports::remove_file(connection, import.id)?;
    }
    Ok(())
}

/// What each row comes to.
fn fates<'a>(connection: &mut Connection, stretch: &'a Stretch) -> Result<Vec<Fate<'a>>, StorageError> {
    let ready: Vec<&Ready> = stretch.rows.iter().filter_map(|row| row.as_deref().ok()).collect();
    let mut taken = taken(connection, &stretch.landlord, &ready)?;
    let mut fates = Vec::with_capacity(stretch.rows.len());
    for row in &stretch.rows {
        fates.push(match row {
            Err(errors) => Fate::Wrong(errors.clone()),
            Ok(ready) => fate(ready, &mut taken),
        });
    }
    Ok(fates)
}

/// Who has a reference: the digest of what the case came as, where it was imported.
type Taken = HashMap<(String, String), Option<String>>;

/// The references of these rows that cases have.
fn taken(connection: &mut Connection, landlord: &str, ready: &[&Ready]) -> Result<Taken, StorageError> {
    let mut by_system: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for reference in ready.iter().flat_map(|ready| &ready.references) {
        by_system.entry(reference.system.as_str()).or_default().insert(reference.value.as_str());
    }
    let mut taken = Taken::new();
    for (system, values) in by_system {
        let values: Vec<&str> = values.into_iter().collect();
        for some in values.chunks(500) {
            let known = imports::known(connection, landlord, system, some)?;
            taken.extend(known.into_iter().map(|known| ((known.system, known.value), known.digest)));
        }
    }
    Ok(taken)
}

fn fate<'a>(ready: &'a Ready, taken: &mut Taken) -> Fate<'a> {
    let key = |index: usize| {
        let reference = ready.references.get(index)?;
        Some((reference.system.as_str().to_owned(), reference.value.as_str().to_owned()))
    };
    let wrong =
        |field: &str, code: &str, detail: &str| Fate::Wrong(vec![RowError::of(field, None, code, detail)]);
    let Some(first) = key(0) else {
        return wrong("references", "missing", "a case of a history has a reference");
    };
    match taken.get(&first) {
        Some(Some(digest)) if *digest == ready.digest.to_string() => return Fate::Unchanged,
        Some(Some(_)) => {
            let detail = "a case with this reference came before, and otherwise: it is left as it is";
            return wrong("references.0.value", "exists-differently", detail);
        }
        Some(None) => {
            let detail =
                "a case with this reference is there, and did not come with a history: it is left as it is";
            return wrong("references.0.value", "exists", detail);
        }
        None => {}
    }
    let others: Vec<_> = (1..ready.references.len()).filter_map(|index| Some((index, key(index)?))).collect();
    if let Some((index, _)) = others.iter().find(|(_, key)| taken.contains_key(key)) {
        return wrong(
            &format!("references.{index}.value"),
            "reference-taken",
            "another case has this reference",
        );
    }
    let digest = Some(ready.digest.to_string());
    taken.insert(first, digest.clone());
    taken.extend(others.into_iter().map(|(_, key)| (key, digest.clone())));
    Fate::New(ready)
}
