//! Counting the rows of many reports at once: one query for each table, whichever landlord and report a row is of.

use std::collections::BTreeSet;
use std::sync::Arc;

use polars::prelude::{Column, DataFrame, DataType, IntoLazy, LazyFrame, SortMultipleOptions, col, len};

use super::{Line, Table};
use crate::error::{Error, Result};
use crate::frames::{Rows, Words};

/// Counts the rows of a frame by their key: how many rows, how many times they count, how many pence.
pub fn count(frame: LazyFrame) -> LazyFrame {
    let whole = [col("times").sum(), col("pence").sum(), len().cast(DataType::UInt64).alias("rows")];
    frame.group_by([col("key")]).agg(whole).sort(["key"], SortMultipleOptions::default())
}

/// How the words of some columns, and the report that they are of, make one number: as digits do, the first column's in front, so that
/// numbers sort as the words do.
#[derive(Debug, Clone, Default)]
pub(super) struct Key {
    columns: Vec<Digit>,
    /// How many numbers a report has.
    span: u64,
}

/// One column's part of a key.
#[derive(Debug, Clone)]
struct Digit {
    /// Its words, in order.
    words: Arc<[Box<str>]>,
    /// What one step in that order is worth.
    worth: u64,
}

impl Key {
    fn of(reports: &[&Rows], by: &[&str]) -> Result<Self> {
        let words = |name: &&str| {
            let known = reports.iter().filter_map(|rows| rows.column(name)).flat_map(Words::known);
            known.cloned().collect::<BTreeSet<_>>().into_iter().collect()
        };
        let most = u64::try_from(reports.len()).unwrap_or(u64::MAX);
        let too_many = || {
            Error::Request(format!("too many different words in {} to be counted together", by.join(", ")))
        };
        Self::with(by.iter().map(words).collect(), most).ok_or_else(too_many)
    }

    /// Of columns with these words, each in order, for so many reports; `None` where no number is large enough.
    pub(super) fn with(words: Vec<Arc<[Box<str>]>>, reports: u64) -> Option<Self> {
        let (mut columns, mut span) = (Vec::with_capacity(words.len()), 1_u64);
        for words in words.into_iter().rev() {
            let number = u64::try_from(words.len()).unwrap_or(u64::MAX).max(1);
            columns.push(Digit { words, worth: span });
            span = span.checked_mul(number)?;
        }
        span.checked_mul(reports)?;
        columns.reverse();
        Some(Self { columns, span })
    }

    /// The words of a column, in order.
    pub(super) fn words(&self, column: usize) -> &Arc<[Box<str>]> {
        &self.columns[column].words
    }

    /// What one step in a column's order is worth.
    pub(super) fn worth(&self, column: usize) -> u64 {
        self.columns[column].worth
    }

    /// The keys of a report's rows.
    fn add(&self, (report, rows): (u64, &Rows), by: &[&str], keys: &mut Vec<u64>) {
        let begin = keys.len();
        keys.resize(begin + rows.len(), report * self.span);
        for (digit, name) in self.columns.iter().zip(by) {
            let Some(column) = rows.column(name) else { continue };
            let worth = |word: &str| {
                let place = digit.words.binary_search_by(|known| (**known).cmp(word)).unwrap_or(0);
                u64::try_from(place).unwrap_or(0) * digit.worth
            };
            let worths: Vec<u64> = column.known().iter().map(|word| worth(word)).collect();
            for (key, code) in keys[begin..].iter_mut().zip(column.codes()) {
                *key += worths[*code as usize];
            }
        }
    }

    /// The place of a word in a column's order; the number of its column comes first.
    pub(super) fn place(&self, column: usize, word: &str) -> Option<u64> {
        let found = self.columns.get(column)?.words.binary_search_by(|known| (**known).cmp(word)).ok()?;
        u64::try_from(found).ok()
    }

    /// The place of a key's word in a column's order.
    pub(super) fn place_in(&self, column: usize, key: u64) -> u64 {
        let digit = &self.columns[column];
        key / digit.worth % u64::try_from(digit.words.len()).unwrap_or(u64::MAX).max(1)
    }

    /// The word of a key in a column.
    pub(super) fn word(&self, column: usize, key: u64) -> &str {
        let place = usize::try_from(self.place_in(column, key)).unwrap_or(usize::MAX);
        self.columns[column].words.get(place).map_or("", |word| word)
    }
}

/// Counts the rows of each report by the named columns.
///
/// # Errors
/// When the counting fails.
pub(super) fn of_each(reports: &[Arc<Rows>], by: &[&'static str]) -> Result<Vec<Table>> {
    let rows: Vec<&Rows> = reports.iter().map(AsRef::as_ref).collect();
    let key = Arc::new(Key::of(&rows, by)?);
    let empty = |rows: &Arc<Rows>| Table {
        names: by.to_vec(),
        key: Arc::clone(&key),
        lines: Vec::new(),
        rows: Some(Arc::clone(rows)),
        slots: None,
    };
    let mut tables: Vec<Table> = reports.iter().map(empty).collect();
    if rows.iter().all(|rows| rows.is_empty()) {
        return Ok(tables);
    }
    let counted = count(frame(&rows, &key, by)?.lazy()).collect()?;
    let whole = |name: &str| -> Result<_> {
        Ok(counted.column(name)?.as_materialized_series().u64()?.rechunk().into_owned())
    };
    let (keys, times, pence, number) = (whole("key")?, whole("times")?, whole("pence")?, whole("rows")?);
    let lines = keys
        .into_no_null_iter()
        .zip(times.into_no_null_iter())
        .zip(pence.into_no_null_iter().zip(number.into_no_null_iter()));
    for ((key_of_all, times), (pence, rows)) in lines {
        let report = usize::try_from(key_of_all / key.span).unwrap_or(usize::MAX);
        if let Some(table) = tables.get_mut(report) {
            table.lines.push(Line { key: key_of_all % key.span, times, pence, rows });
        }
    }
    Ok(tables)
}

/// The rows of all reports, as polars counts them.
fn frame(reports: &[&Rows], key: &Key, by: &[&str]) -> Result<DataFrame> {
    let height = reports.iter().map(|rows| rows.len()).sum();
    let (mut keys, mut times, mut pence) =
        (Vec::with_capacity(height), Vec::with_capacity(height), Vec::with_capacity(height));
    for (number, rows) in (0..).zip(reports) {
        key.add((number, rows), by, &mut keys);
        times.extend_from_slice(rows.times());
        pence.extend_from_slice(rows.pence());
    }
    let columns = [("key", keys), ("times", times), ("pence", pence)];
    let columns = columns.into_iter().map(|(name, values)| Column::new(name.into(), values)).collect();
    Ok(DataFrame::new(height, columns)?)
}
