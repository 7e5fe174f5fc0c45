//! Cases out of another system's file, by a mapping: what a landlord makes its reports from that does not run the service. The mapping is
//! the one that the service's import takes, and the cases are those that the import would make: what is due when, which extension counts
//! and what came too late is ruled by the landlord's policy and the Code.
//!
//! A file that does not fit its mapping is refused with everything that is wrong with it before anything is made: unlike an import, which
//! brings in the rows with which nothing is wrong, a report of some of the rows would be a wrong one.

mod cases;
mod file;
mod homes;
mod parquet;
mod presence;
mod problems;
mod words;

use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use redress_shared::imports::{Mapper, Mapping};
use redress_shared::policy::Library;

use super::Landlord;
use super::contract::Held;
use crate::error::{Error, Result};
use cases::Cases;
use file::File;
use homes::homes;
use presence::missing;
use problems::Problems;

/// Which files, by which mapping, and whose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapped {
    /// A file of CSV, NDJSON or Parquet, or a folder of them.
    pub place: PathBuf,
    /// The mapping file.
    pub mapping: PathBuf,
    /// The landlord whose cases they are.
    pub landlord_id: String,
    /// A file of the homes that it owned, where one is given.
    pub stock: Option<PathBuf>,
    /// Whether it is known that there are no cases, so that files without a row are no mistake.
    pub no_cases: bool,
}

/// What came of the rows of all files: each is a case, or is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// How many rows there are.
    pub rows: usize,
    /// How many cases they make.
    pub cases: usize,
    /// How many say again what another has said, to the letter, and are left out.
    pub again: usize,
}

impl Mapped {
    /// Reads the files and makes the cases. `now` is the clock's reading: nothing in them may lie after it.
    ///
    /// # Errors
    /// When the landlord's policy is not known; and with all that is wrong with mapping, homes and files, by file, row and column, and
    /// never with what stood there: a file cannot be read, does not fit the mapping, the policy or the calendar, or has no row.
    pub fn read(&self, library: &Library, now: DateTime<Utc>) -> Result<(Held, Counts)> {
        let landlord = landlord(library, &self.landlord_id)?;
        let mut faults = Faults::default();
        let mapping = faults.of(mapping(&self.mapping))?;
        let stock = self.stock.as_deref().map(|path| homes(path, &self.landlord_id)).transpose();
        let stock = faults.of(stock)?.flatten().unwrap_or_default();
        let paths = faults.of(files(&self.place))?.unwrap_or_default();
        let Some(mapping) = mapping else {
            // Without it a file can be opened and no more.
            for path in &paths {
                faults.of(fs::File::open(path).map_err(|error| given(path, error)))?;
            }
            return Err(faults.error());
        };
        let mut problems = Problems::default();
        let mut cases = Cases::new(library, landlord, stock, now)?;
        for path in &paths {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let file = File::open(path, &mapping);
            faults.of(file.and_then(|file| read_file(&name, file, &mapping, (&mut cases, &mut problems))))?;
        }
        faults.of(problems.settle(&self.place))?;
        if faults.is_none() && cases.is_without_rows() && !self.no_cases {
            faults.of(Err::<(), _>(given(&self.place, NO_ROW)))?;
        }
        if faults.is_none() { cases.done() } else { Err(faults.error()) }
    }
}

/// What is said of files that hold nothing.
const NO_ROW: &str = "there is no row in it, and its reports would say that nobody complained; where that is so, say it with --no-cases";

/// What is wrong with the files that are given, so that all of it can be told at once.
#[derive(Default)]
struct Faults(Vec<String>);

impl Faults {
    /// Keeps what a file is at fault for.
    ///
    /// # Errors
    /// What is nobody's file's fault.
    fn of<T>(&mut self, read: Result<T>) -> Result<Option<T>> {
        match read {
            Err(Error::Given(fault)) => {
                self.0.push(fault);
                Ok(None)
            }
            other => other.map(Some),
        }
    }

    const fn is_none(&self) -> bool {
        self.0.is_empty()
    }

    fn error(self) -> Error {
        Error::Given(self.0.join("\n"))
    }
}

/// Reads one file. Where columns are missing, what is wrong with the others is named all the same, and no case is made.
fn read_file(
    name: &str,
    mut file: File,
    mapping: &Mapping,
    (cases, problems): (&mut Cases<'_>, &mut Problems),
) -> Result<()> {
    let header = file.header().to_vec();
    let mut lacking = missing(mapping, &mut file)?;
    let mut there = mapping.clone();
    let mut mapper = Mapper::new(&there, &header);
    if let Err(wrong) = &mapper {
        lacking.extend(wrong.iter().cloned());
    }
    if !lacking.is_empty() {
        for (field, detail) in &lacking {
            problems.of_file(name, field, detail);
            let field = field.trim_start_matches("columns.");
            there.columns.remove(field);
            there.when.remove(field);
        }
        mapper = Mapper::new(&there, &header);
    }
    let Ok(mapper) = mapper else { return Ok(()) };
    let mut number = 0;
    file.each_row(mapping, |raw| {
        number += 1;
        let wrong = if lacking.is_empty() { cases.row(&mapper, raw) } else { mapper.map(raw).1 };
        problems.of_row(name, number, wrong);
    })
}

fn given(path: &Path, reason: impl std::fmt::Display) -> Error {
    Error::Given(format!("{}: {reason}", path.display()))
}

/// The landlord as the newest version of its policy has it.
fn landlord(library: &Library, id: &str) -> Result<Landlord> {
    let unknown = || {
        Error::Request(format!(
            "no policy of \"{id}\" is known, and its cases are ruled by it; name the folder that has it by --policies"
        ))
    };
    let profile = library.versions(id).last().ok_or_else(unknown)?;
    let (month, day) = profile.landlord.year_end();
    Ok(Landlord {
        landlord_id: id.to_owned(),
        name: profile.landlord.name.clone(),
        policy_id: profile.policy.id.clone(),
        year_end_month: i32::try_from(month).unwrap_or(3),
        year_end_day: i32::try_from(day).unwrap_or(31),
    })
}

fn mapping(path: &Path) -> Result<Mapping> {
    let text = fs::read_to_string(path).map_err(|error| given(path, error))?;
    Mapping::from_toml(&text).map_err(|wrong| {
        let lines: Vec<String> =
            wrong.iter().map(|(place, detail)| format!("\n- {place}: {detail}")).collect();
        given(path, format!("this is no mapping that can be used:{}", lines.concat()))
    })
}

/// The files of a folder that hold cases, in the order of their names; or the one file.
fn files(place: &Path) -> Result<Vec<PathBuf>> {
    if !place.is_dir() {
        return Ok(vec![place.to_owned()]);
    }
    let unreadable = |error: std::io::Error| given(place, error);
    let paths = fs::read_dir(place).map_err(unreadable)?.map(|entry| Ok(entry.map_err(unreadable)?.path()));
    let mut paths: Vec<PathBuf> =
        paths.filter(|path| !path.as_ref().is_ok_and(|path| is_aside(path))).collect::<Result<_>>()?;
    paths.sort();
    let (files, others): (Vec<PathBuf>, Vec<PathBuf>) = paths.into_iter().partition(|path| holds_rows(path));
    // Passed over, the cases in it would be in no figure and nobody would be told.
    if !others.is_empty() {
        let lines = others.iter().map(|path| {
            format!(
                "{}: it is no file of CSV, NDJSON or Parquet: save it as one, or take it out of the folder",
                path.display()
            )
        });
        return Err(Error::Given(lines.collect::<Vec<_>>().join("\n")));
    }
    if files.is_empty() {
        return Err(given(place, "there is no file of CSV, NDJSON or Parquet in this folder"));
    }
    Ok(files)
}

/// What programs leave beside files: hidden ones, locks, and the marks of those that write Parquet.
fn is_aside(path: &Path) -> bool {
    path.file_name().unwrap_or_default().to_string_lossy().starts_with(['.', '~', '_'])
}

fn holds_rows(path: &Path) -> bool {
    let kind = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    path.is_file() && ["csv", "tsv", "ndjson", "jsonl", "parquet"].contains(&kind.as_str())
}
