//! The tables of a report: frames in, sorted tables of whole numbers out, and nothing else.

mod all;

pub use all::Tables;
use std::collections::BTreeSet;

use polars::prelude::{DataFrame, DataType, IntoLazy, LazyFrame, ListChunked, SortMultipleOptions, col, len};

use redress_shared::measure::Spread;

use crate::error::Result;

/// Counts the rows of a frame by the named columns: how many rows, how many times they count, how many pence, and of which
/// cases.
pub fn count(frame: LazyFrame, by: &[&str]) -> LazyFrame {
    let keys: Vec<_> = by.iter().map(|name| col(*name)).collect();
    let sorted = SortMultipleOptions::default();
    frame
        .group_by(keys)
        .agg([
            col("times").sum(),
            col("pence").sum(),
            len().cast(DataType::UInt64).alias("rows"),
            col("case").unique(),
        ])
        .sort(by.iter().copied(), sorted)
}

/// What a table says of one combination of words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted<'a> {
    /// The words, in the order of the columns.
    pub words: Vec<&'a str>,
    /// How many times the rows with them count.
    pub times: u64,
    /// How many pence they hold.
    pub pence: u64,
    /// How many rows they are.
    pub rows: u64,
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
    cases: Vec<String>,
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
        let cases = collected.column("case")?.list()?;
        let line = |index| -> Result<Line> {
            Ok(Line {
                words: words.iter().map(|column| column.get(index).unwrap_or_default().to_owned()).collect(),
                times: times.get(index).unwrap_or(0),
                pence: pence.get(index).unwrap_or(0),
                rows: rows.get(index).unwrap_or(0),
                cases: words_of(cases, index)?,
            })
        };
        Ok(Self { names: by.to_vec(), lines: (0..collected.height()).map(line).collect::<Result<_>>()? })
    }

    /// Every line, in the order of its words.
    pub fn lines(&self) -> impl Iterator<Item = Counted<'_>> {
        self.lines.iter().map(|line| Counted {
            words: line.words.iter().map(String::as_str).collect(),
            times: line.times,
            pence: line.pence,
            rows: line.rows,
        })
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

    /// The ids of the cases that the rows with these words are about, in order, each once: what stands behind a figure.
    #[must_use]
    pub fn cases<'a>(&'a self, wanted: &[(&str, &str)]) -> Vec<&'a str> {
        let cases: BTreeSet<&str> =
            self.matching(wanted).flat_map(|line| &line.cases).map(String::as_str).collect();
        cases.into_iter().filter(|case| !case.is_empty()).collect()
    }

    /// The middle and the end of the whole numbers in one column, each as many times as its rows count. What is no number is
    /// left out; [`Table::sum`] tells how many those are.
    #[must_use]
    pub fn spread(&self, name: &str, wanted: &[(&str, &str)]) -> Spread {
        let Some(index) = self.names.iter().position(|known| *known == name) else {
            return Spread::default();
        };
        let value = |line: &Line| Some((line.words[index].parse().ok()?, line.times));
        self.matching(wanted).filter_map(value).collect()
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

    fn matching<'a>(&'a self, wanted: &[(&str, &str)]) -> impl Iterator<Item = &'a Line> {
        self.lines.iter().filter(move |line| {
            wanted.iter().all(|(name, word)| {
                let index = self.names.iter().position(|known| known == name);
                debug_assert!(index.is_some(), "no column {name} in {:?}", self.names);
                index.is_some_and(|index| line.words[index] == *word)
            })
        })
    }
}

/// The words of one line of a column of lists.
fn words_of(column: &ListChunked, index: usize) -> Result<Vec<String>> {
    let Some(list) = column.get_as_series(index) else { return Ok(Vec::new()) };
    Ok(list.str()?.iter().flatten().map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frames::Rows;

    #[test]
    fn a_figure_names_the_cases_behind_it_each_once() {
        let mut rows = Rows::new(&["what"]);
        rows.push("case-2", ["late"], 1, 0);
        rows.push("case-1", ["late"], 1, 0);
        rows.push("case-1", ["late"], 1, 0);
        rows.push("", ["late"], 1, 0);
        rows.push("case-3", ["in-time"], 1, 0);
        let table = Table::of(&rows.into_frame().unwrap(), &["what"]).unwrap();
        assert_eq!(table.cases(&[("what", "late")]), ["case-1", "case-2"]);
        assert_eq!(table.rows(&[("what", "late")]), 4);
        assert_eq!(table.cases(&[]), ["case-1", "case-2", "case-3"]);
    }
}
