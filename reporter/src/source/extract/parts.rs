//! The files of an extract: where each lies, and the list of them.

use std::path::{Path, PathBuf};

use chrono::{Datelike, NaiveDate};

use crate::error::{Error, Result};

/// The list of an extract's files.
pub const ROWS: &str = "rows.csv";

/// The folder of rows whose year is not known, as Hive and its kin call it.
const NO_YEAR: &str = "__HIVE_DEFAULT_PARTITION__";

/// A file of an extract.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Part {
    /// The view that its rows are of.
    pub table: String,
    /// Whose they are.
    pub landlord: String,
    /// The year, as `2025` for the one from 1 April 2025; empty where the table is not filed by year, and
    /// `__HIVE_DEFAULT_PARTITION__` for rows of a case that is missing.
    pub year: String,
    /// How many rows it has.
    pub rows: usize,
}

impl Part {
    /// Where it lies within the extract. What a folder's name cannot hold of a landlord's id is written as in an address: `%2F`.
    #[must_use]
    pub fn path(&self) -> PathBuf {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        let letter = |byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
        let landlord: String = self.landlord.bytes().map(letter).collect();
        let mut path = PathBuf::from(&self.table).join(format!("landlord={landlord}"));
        if !self.year.is_empty() {
            path.push(format!("year={}", self.year));
        }
        path.join("part.parquet")
    }
}

/// The year of a day: that from 1 April.
pub fn year_of(day: Option<NaiveDate>) -> String {
    match day {
        Some(day) => (day.year() - i32::from(day.month() < 4)).to_string(),
        None => NO_YEAR.to_owned(),
    }
}

/// The list as CSV.
pub fn to_csv(parts: &[Part]) -> Result<Vec<u8>> {
    let unwritable = |error: &dyn std::fmt::Display| Error::Unwritable(format!("{ROWS}: {error}"));
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["table", "landlord", "year", "rows"]).map_err(|error| unwritable(&error))?;
    for Part { table, landlord, year, rows } in parts {
        let line = [table.as_str(), landlord, year, &rows.to_string()];
        writer.write_record(line).map_err(|error| unwritable(&error))?;
    }
    writer.into_inner().map_err(|error| unwritable(&error))
}

/// Reads the list of an extract.
pub fn of(folder: &Path) -> Result<Vec<Part>> {
    let path = folder.join(ROWS);
    let unusable = |error: csv::Error| Error::Extract { path: path.clone(), reason: error.to_string() };
    let mut reader = csv::Reader::from_path(&path).map_err(unusable)?;
    let records = reader.deserialize::<(String, String, String, usize)>();
    let part = |record: csv::Result<_>| {
        let (table, landlord, year, rows) = record.map_err(unusable)?;
        Ok(Part { table, landlord, year, rows })
    };
    records.map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_begins_in_april_and_a_landlords_folder_leads_nowhere_else() {
        let day = |text: &str| text.parse::<NaiveDate>().ok();
        assert_eq!([day("2026-03-31"), day("2026-04-01"), None].map(year_of), ["2025", "2026", NO_YEAR]);
        let part = |landlord: &str, year: &str| Part {
            table: "report_cases".to_owned(),
            landlord: landlord.to_owned(),
            year: year.to_owned(),
            rows: 1,
        };
        let path = |landlord, year| part(landlord, year).path().to_string_lossy().into_owned();
        assert_eq!(
            path("cheshire-west", "2025"),
            "report_cases/landlord=cheshire-west/year=2025/part.parquet"
        );
        assert_eq!(path("../a b", ""), "report_cases/landlord=%2E%2E%2Fa%20b/part.parquet");
    }
}
