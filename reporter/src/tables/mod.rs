//! The tables of a report: frames in, sorted tables of whole numbers out, and nothing else.

mod all;

pub use all::Tables;
use polars::prelude::{DataFrame, DataType, IntoLazy, LazyFrame, SortMultipleOptions, col, len};

use crate::error::Result;

/// Counts the rows of a frame by the named columns: how many rows, how many times they count, how many pence.
pub fn count(frame: LazyFrame, by: &[&str]) -> LazyFrame {
    let keys: Vec<_> = by.iter().map(|name| col(*name)).collect();
    let sorted = SortMultipleOptions::default();
    frame
        .group_by(keys)
        .agg([col("times").sum(), col("pence").sum(), len().cast(DataType::UInt64).alias("rows")])
        .sort(by.iter().copied(), sorted)
}

/// A table of whole numbers by some words, from which figures are added up.
#[derive(Debug, Clone, Default)]
pub struct Table {
    names: Vec<&'static str>,
    lines: Vec<Line>,
}

#[derive(Debug, Clone)]
struct Line {
    words: Vec<String>,
    times: u64,
    pence: u64,
    rows: u64,
}

impl Table {
    /// Collects the count of a frame by the named columns.
    ///
    /// # Errors
    /// When the frame lacks one of them.
    pub fn of(frame: &DataFrame, by: &'static [&'static str]) -> Result<Self> {
        let collected = count(frame.clone().lazy(), by).collect()?;
        let words: Vec<_> =
            by.iter().map(|name| collected.column(name)?.str()).collect::<std::result::Result<_, _>>()?;
        let (times, pence, rows) = (
            collected.column("times")?.u64()?,
            collected.column("pence")?.u64()?,
            collected.column("rows")?.u64()?,
        );
        let lines = (0..collected.height())
            .map(|index| Line {
                words: words.iter().map(|column| column.get(index).unwrap_or_default().to_owned()).collect(),
                times: times.get(index).unwrap_or(0),
                pence: pence.get(index).unwrap_or(0),
                rows: rows.get(index).unwrap_or(0),
            })
            .collect();
        Ok(Self { names: by.to_vec(), lines })
    }

    /// How many times the rows with these words count.
    #[must_use]
    pub fn sum(&self, wanted: &[(&str, &str)]) -> u64 {
        self.matching(wanted).map(|line| line.times).sum()
    }

    /// How many pence the rows with these words hold.
    #[must_use]
    pub fn pence(&self, wanted: &[(&str, &str)]) -> u64 {
        self.matching(wanted).map(|line| line.pence).sum()
    }

    /// How many rows have these words, each counted once.
    #[must_use]
    pub fn rows(&self, wanted: &[(&str, &str)]) -> u64 {
        self.matching(wanted).map(|line| line.rows).sum()
    }

    /// The words of one column among the rows with these words, in order, each once.
    #[must_use]
    pub fn words(&self, name: &str, wanted: &[(&str, &str)]) -> Vec<String> {
        let Some(index) = self.names.iter().position(|known| *known == name) else { return Vec::new() };
        let mut words: Vec<String> = self.matching(wanted).map(|line| line.words[index].clone()).collect();
        words.sort();
        words.dedup();
        words
    }

    fn matching<'a>(&'a self, wanted: &'a [(&str, &str)]) -> impl Iterator<Item = &'a Line> + 'a {
        self.lines.iter().filter(move |line| {
            wanted.iter().all(|(name, word)| {
                let index = self.names.iter().position(|known| known == name);
                debug_assert!(index.is_some(), "no column {name} in {:?}", self.names);
                index.is_some_and(|index| line.words[index] == *word)
            })
        })
    }
}
