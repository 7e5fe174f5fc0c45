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
        let mut writing = Writing::into(folder);
        for landlord in landlords {
            let received = received(&snapshot.rows::<Case>(landlord)?);
            each_view(&mut OfLandlord { snapshot, landlord, received, writing: &mut writing })?;
        }
        writing.finish()
    })
}

fn is_empty(folder: &Path) -> bool {
    fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none())
}

/// By case, the day on which it came in.
#[must_use]
pub fn received(cases: &[Case]) -> BTreeMap<String, NaiveDate> {
    cases.iter().map(|case| (case.case_id.clone(), case.received_on)).collect()
}

fn save(path: &Path, bytes: &[u8]) -> Result<()> {
    output::save(path, bytes).map_err(|error| Error::Write { path: path.to_owned(), error })
}

/// The views of one landlord, on their way out of a snapshot.
struct OfLandlord<'a, 'f> {
    snapshot: &'a mut Snapshot,
    landlord: &'a str,
    received: BTreeMap<String, NaiveDate>,
    writing: &'a mut Writing<'f>,
}

impl Visitor for OfLandlord<'_, '_> {
    fn visit<R: Row>(&mut self) -> Result<()> {
        let rows = self.snapshot.rows::<R>(self.landlord)?;
        self.writing.add(self.landlord, &self.received, rows)
    }
}

/// An extract in the making: rows go into its files as they come, a landlord and a view at a time.
pub struct Writing<'a> {
    folder: &'a Path,
    parts: Vec<Part>,
}

impl<'a> Writing<'a> {
    /// One that goes into a folder, which has nothing in it yet.
    #[must_use]
    pub const fn into(folder: &'a Path) -> Self {
        Self { folder, parts: Vec::new() }
    }

    /// Writes a landlord's rows of a view, all of them at once. `received` has the days of its cases, by which some views are filed.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn add<R: Row>(
        &mut self,
        landlord: &str,
        received: &BTreeMap<String, NaiveDate>,
        rows: Vec<R>,
    ) -> Result<()> {
        let mut by_year: BTreeMap<String, Vec<R>> = BTreeMap::new();
        for row in rows {
            let year = match R::FILED {
                Filed::Whole => String::new(),
                Filed::ByCase(case) => year_of(received.get(case(&row)).copied()),
                Filed::ByDay(day) => year_of(Some(day(&row))),
            };
            by_year.entry(year).or_default().push(row);
        }
        for (year, mut rows) in by_year {
            // No two databases have the same order of their own.
            rows.sort();
            let (table, landlord) = (R::VIEW.name.to_owned(), landlord.to_owned());
            let part = Part { table, landlord, year, rows: rows.len() };
            self.write(&part, &rows)?;
            self.parts.push(part);
        }
        Ok(())
    }

    fn write<R: Row>(&self, part: &Part, rows: &[R]) -> Result<()> {
        let path = self.folder.join(part.path());
        let folder = path.parent().unwrap_or(self.folder);
        fs::create_dir_all(folder).map_err(|error| Error::Write { path: folder.to_owned(), error })?;
        file::write(&path, rows).map_err(|error| Error::Extract { path, reason: error.to_string() })
    }

    /// Writes the list of the files and their description, without which there is no extract, and gives the files in order.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn finish(mut self) -> Result<Vec<Part>> {
        self.parts.sort();
        save(&self.folder.join(parts::ROWS), &parts::to_csv(&self.parts)?)?;
        save(&self.folder.join("columns.csv"), &description::columns()?)?;
        save(&self.folder.join("README.md"), description::readme().as_bytes())?;
        Ok(self.parts)
    }
}
