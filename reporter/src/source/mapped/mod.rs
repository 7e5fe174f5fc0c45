//! Cases out of another system's file, by a mapping: what a landlord makes its reports from that does not run the service. The mapping is
//! the one that the service's import takes, and the cases are those that the import would make: what is due when, which extension counts
//! and what came too late is ruled by the landlord's policy and the Code.
//!
//! A file that does not fit its mapping is refused with everything that is wrong with it before anything is made: unlike an import, which
//! brings in the rows with which nothing is wrong, a report of some of the rows would be a wrong one.

mod cases;
mod file;
mod parquet;
mod presence;
mod problems;
mod words;

use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDate, Utc};
use redress_shared::imports::{Mapper, Mapping};
use redress_shared::policy::Library;
use serde::Deserialize;

use super::contract::Held;
use super::{Landlord, Stock};
use crate::error::{Error, Result};
use crate::given::lines;
use cases::Cases;
use file::File;
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
    /// When the landlord's policy is not known, a file cannot be read, or anything in the files does not fit the mapping, the policy or
    /// the calendar: all of it is named, by file, row and column, and never with what stood there.
    pub fn read(&self, library: &Library, now: DateTime<Utc>) -> Result<(Held, Counts)> {
        let landlord = landlord(library, &self.landlord_id)?;
        let mapping = mapping(&self.mapping)?;
        let stock = self.stock.as_deref().map(|path| stock(path, &self.landlord_id)).transpose()?;
        let mut problems = Problems::default();
        let mut cases = Cases::new(library, landlord, stock.unwrap_or_default(), now)?;
        for path in files(&self.place)? {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let file = File::open(&path, &mapping)?;
            read_file(&name, file, &mapping, (&mut cases, &mut problems))?;
        }
        problems.settle(&self.place)?;
        cases.done()
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
    let mut files = Vec::new();
    for entry in fs::read_dir(place).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let kind = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        if ["csv", "tsv", "ndjson", "jsonl", "parquet"].contains(&kind.as_str()) {
            files.push(path);
        }
    }
    files.sort();
    if files.is_empty() {
        return Err(given(place, "there is no file of CSV, NDJSON or Parquet in this folder"));
    }
    Ok(files)
}

#[derive(Deserialize)]
struct StockLine {
    year_start: NaiveDate,
    stock_type: String,
    homes: u32,
}

/// The homes that a landlord owned: a CSV file of `year_start,stock_type,homes`, a line for each year and type of home.
fn stock(path: &Path, landlord_id: &str) -> Result<Vec<Stock>> {
    let mut all: Vec<Stock> = Vec::new();
    for (number, StockLine { year_start, stock_type, homes }) in lines(path)? {
        let wrong = |what: &str| given(path, format!("line {number}: {what}"));
        if !["lcra", "lcho", "leasehold", "other"].contains(&stock_type.as_str()) {
            return Err(wrong("stock_type is one of lcra, lcho, leasehold, other"));
        }
        if year_start.format("%m-%d").to_string() != "04-01" {
            return Err(wrong("year_start is the 1 April on which the year began"));
        }
        if all.iter().any(|known| known.year_start == year_start && known.stock_type == stock_type) {
            return Err(wrong("this year and type of home come a second time"));
        }
        let landlord_id = landlord_id.to_owned();
        all.push(Stock { landlord_id, year_start, stock_type, homes: homes.into() });
    }
    Ok(all)
}
