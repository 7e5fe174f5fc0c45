//! Building a polars frame of words and whole numbers.

use polars::prelude::{Column, DataFrame};

use crate::error::Result;

/// Rows on their way into a frame: the case each is about, some words to group by, how many times the row counts, and an
/// amount in pence.
#[derive(Debug, Clone)]
pub struct Rows {
    names: &'static [&'static str],
    cases: Vec<String>,
    words: Vec<Vec<String>>,
    times: Vec<u64>,
    pence: Vec<u64>,
}

impl Rows {
    /// No rows yet, with columns of these names.
    #[must_use]
    pub fn new(names: &'static [&'static str]) -> Self {
        Self {
            names,
            cases: Vec::new(),
            words: vec![Vec::new(); names.len()],
            times: Vec::new(),
            pence: Vec::new(),
        }
    }

    /// Adds a row with a word for each column. What is about no case at all has an empty `case`.
    pub fn push<const N: usize>(&mut self, case: &str, words: [&str; N], times: u64, pence: u64) {
        debug_assert_eq!(N, self.names.len(), "a word for each column");
        for (column, word) in self.words.iter_mut().zip(words) {
            column.push(word.to_owned());
        }
        self.cases.push(case.to_owned());
        self.times.push(times);
        self.pence.push(pence);
    }

    /// The frame: the named columns, `case`, `times` and `pence`.
    ///
    /// # Errors
    /// When a row had too few words.
    pub fn into_frame(self) -> Result<DataFrame> {
        let height = self.times.len();
        let mut columns: Vec<Column> = self
            .names
            .iter()
            .zip(self.words)
            .map(|(name, words)| Column::new((*name).into(), words))
            .collect();
        columns.push(Column::new("case".into(), self.cases));
        columns.push(Column::new("times".into(), self.times));
        columns.push(Column::new("pence".into(), self.pence));
        Ok(DataFrame::new(height, columns)?)
    }
}
