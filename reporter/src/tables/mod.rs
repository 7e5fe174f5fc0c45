//! The tables of a report: frames in, sorted tables of whole numbers out, and nothing else.

mod all;
mod count;
mod rolled_up;

use std::collections::BTreeSet;
use std::sync::Arc;

use redress_shared::measure::Spread;

use crate::error::Result;
use crate::frames::Rows;
pub use all::Tables;
use count::Key;
pub use count::count;
use rolled_up::{Kept, SLOT, counted_by, is_time};

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
    key: Arc<Key>,
    lines: Vec<Line>,
    /// What was counted.
    rows: Option<Arc<Rows>>,
    /// Of a report's table, which slots of the rows are in it.
    slots: Option<Kept>,
}

#[derive(Debug, Clone, Copy)]
struct Line {
    key: u64,
    times: u64,
    pence: u64,
    rows: u64,
}

impl Table {
    /// Counts the rows of each landlord by the named columns, all in one query. Windows and periods are still slots of time.
    ///
    /// # Errors
    /// When the counting fails.
    pub fn of_each(landlords: &[Arc<Rows>], by: &[&'static str]) -> Result<Vec<Self>> {
        count::of_each(landlords, &counted_by(by))
    }

    /// Every line, in the order of its words.
    pub fn lines(&self) -> impl Iterator<Item = Counted<'_>> {
        self.lines.iter().map(|line| Counted {
            words: (0..self.names.len()).map(|column| self.key.word(column, line.key)).collect(),
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
        let Some(rows) = self.rows.as_ref().filter(|_| self.rows(wanted) > 0) else { return Vec::new() };
        let mut allowed: Vec<(&str, Vec<&str>)> = Vec::new();
        if let Some(kept) = &self.slots {
            allowed.push((SLOT, kept.names(None)));
        }
        for (column, word) in wanted {
            allowed.push(match &self.slots {
                Some(kept) if is_time(column) => (SLOT, kept.names(Some((*column, *word)))),
                _ => (*column, vec![*word]),
            });
        }
        let cases: BTreeSet<&str> = rows.cases(&allowed).filter(|case| !case.is_empty()).collect();
        cases.into_iter().collect()
    }

    /// The middle and the end of the whole numbers in one column, each as many times as its rows count. What is no number is
    /// left out; [`Table::sum`] tells how many those are.
    #[must_use]
    pub fn spread(&self, name: &str, wanted: &[(&str, &str)]) -> Spread {
        let Some(column) = self.position(name) else { return Spread::default() };
        let value = |line: &Line| Some((self.key.word(column, line.key).parse().ok()?, line.times));
        self.matching(wanted).filter_map(value).collect()
    }

    /// The words of one column among the rows with these words, in order, each once.
    #[must_use]
    pub fn words(&self, name: &str, wanted: &[(&str, &str)]) -> Vec<String> {
        let Some(column) = self.position(name) else { return Vec::new() };
        let words: BTreeSet<&str> =
            self.matching(wanted).map(|line| self.key.word(column, line.key)).collect();
        words.into_iter().map(str::to_owned).collect()
    }

    fn position(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|known| *known == name)
    }

    /// The lines with these words: a word that no row has is in no line.
    fn matching<'a>(&'a self, wanted: &[(&str, &str)]) -> impl Iterator<Item = &'a Line> {
        let place = |(name, word): &(&str, &str)| {
            let column = self.position(name);
            debug_assert!(column.is_some() || self.names.is_empty(), "no column {name} in {:?}", self.names);
            column.and_then(|column| Some((column, self.key.place(column, word)?)))
        };
        let places: Option<Vec<(usize, u64)>> = wanted.iter().map(place).collect();
        let has = |line: &Line, places: &[(usize, u64)]| {
            places.iter().all(|(column, place)| self.key.place_in(*column, line.key) == *place)
        };
        let lines = if places.is_some() { self.lines.as_slice() } else { &[] };
        let places = places.unwrap_or_default();
        lines.iter().filter(move |line| has(line, &places))
    }
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
        let tables = Table::of_each(&[Arc::new(Rows::new(&["what"])), Arc::new(rows)], &["what"]).unwrap();
        assert_eq!(tables[0].rows(&[]), 0);
        let table = &tables[1];
        assert_eq!(table.cases(&[("what", "late")]), ["case-1", "case-2"]);
        assert_eq!(table.rows(&[("what", "late")]), 4);
        assert_eq!(table.cases(&[]), ["case-1", "case-2", "case-3"]);
    }
}
