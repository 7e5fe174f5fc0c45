//! Writing an extract.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use chrono::NaiveDate;

use super::parts::{self, Part, year_of};
use super::{description, file};
use crate::error::{Error, Result};
use crate::output;
use crate::source::Snapshot;
use crate::source::contract::{Case, Filed, Row, Visitor, each_view};

/// Writes these landlords' rows into a folder, and gives the files in order. The folder is filled beside its place first: a run
/// that fails leaves the extract that was there before.
///
/// # Errors
/// When rows cannot be read, the folder cannot be written, or something that is no extract lies in its place.
pub fn write(snapshot: &mut Snapshot, landlords: &[&str], folder: &Path) -> Result<Vec<Part>> {
    let is_free = !folder.exists() || folder.join(parts::ROWS).is_file() || is_empty(folder);
    if !is_free {
        let reason = "it holds something else than an extract, which would be lost".to_owned();
        return Err(Error::Extract { path: folder.to_owned(), reason });
    }
    output::replace(folder, |folder| {
        let mut writing =
            Writing { snapshot, folder, landlord: "", received: BTreeMap::new(), parts: Vec::new() };
        for landlord in landlords {
            writing.landlord = landlord;
            writing.received = received(&writing.snapshot.rows::<Case>(landlord)?);
            each_view(&mut writing)?;
        }
        let mut parts = writing.parts;
        parts.sort();
        save(&folder.join(parts::ROWS), &parts::to_csv(&parts)?)?;
        save(&folder.join("columns.csv"), &description::columns()?)?;
        save(&folder.join("README.md"), description::readme().as_bytes())?;
        Ok(parts)
    })
}

fn is_empty(folder: &Path) -> bool {
    fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none())
}

fn received(cases: &[Case]) -> BTreeMap<String, NaiveDate> {
    cases.iter().map(|case| (case.case_id.clone(), case.received_on)).collect()
}

fn save(path: &Path, bytes: &[u8]) -> Result<()> {
    output::save(path, bytes).map_err(|error| Error::Write { path: path.to_owned(), error })
}

struct Writing<'a> {
    snapshot: &'a mut Snapshot,
    folder: &'a Path,
    landlord: &'a str,
    received: BTreeMap<String, NaiveDate>,
    parts: Vec<Part>,
}

impl Visitor for Writing<'_> {
    fn visit<R: Row>(&mut self) -> Result<()> {
        let mut by_year: BTreeMap<String, Vec<R>> = BTreeMap::new();
        for row in self.snapshot.rows::<R>(self.landlord)? {
            let year = match R::FILED {
                Filed::Whole => String::new(),
                Filed::ByCase(case) => year_of(self.received.get(case(&row)).copied()),
                Filed::ByDay(day) => year_of(Some(day(&row))),
            };
            by_year.entry(year).or_default().push(row);
        }
        for (year, mut rows) in by_year {
            // No two databases have the same order of their own.
            rows.sort();
            let part = Part {
                table: R::VIEW.name.to_owned(),
                landlord: self.landlord.to_owned(),
                year,
                rows: rows.len(),
            };
            self.write(&part, &rows)?;
            self.parts.push(part);
        }
        Ok(())
    }
}

impl Writing<'_> {
    fn write<R: Row>(&self, part: &Part, rows: &[R]) -> Result<()> {
        let path = self.folder.join(part.path());
        let folder = path.parent().unwrap_or(self.folder);
        fs::create_dir_all(folder).map_err(|error| Error::Write { path: folder.to_owned(), error })?;
        file::write(&path, rows).map_err(|error| Error::Extract { path, reason: error.to_string() })
    }
}
