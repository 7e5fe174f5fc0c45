//! Rows on their way into tables: words to group by, kept as numbers, and whole numbers to add up.

use std::ops::Range;

use super::Index;

/// Rows: the case each is about, some words to group by, how many times the row counts, and an amount in pence.
#[derive(Debug, Clone)]
pub struct Rows {
    names: &'static [&'static str],
    columns: Vec<Words>,
    cases: Texts,
    times: Vec<u64>,
    pence: Vec<u64>,
}

impl Rows {
    /// No rows yet, with columns of these names.
    #[must_use]
    pub fn new(names: &'static [&'static str]) -> Self {
        Self::with_room(names, 0)
    }

    /// As [`Rows::new`], with room for so many: to move millions of them again and again as they become more takes its time.
    #[must_use]
    pub fn with_room(names: &'static [&'static str], rows: usize) -> Self {
        let words = || Words { codes: Vec::with_capacity(rows), ..Words::default() };
        Self {
            names,
            columns: names.iter().map(|_| words()).collect(),
            cases: Texts { all: String::with_capacity(rows * LONG), ends: Vec::with_capacity(rows) },
            times: Vec::with_capacity(rows),
            pence: Vec::with_capacity(rows),
        }
    }

    /// Adds a row with a word for each column. What is about no case at all has an empty `case`.
    pub fn push<const N: usize>(&mut self, case: &str, words: [&str; N], times: u64, pence: u64) {
        debug_assert_eq!(N, self.names.len(), "a word for each column");
        for (column, word) in self.columns.iter_mut().zip(words) {
            column.push(word);
        }
        self.cases.push(case);
        self.times.push(times);
        self.pence.push(pence);
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.times.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.times.is_empty()
    }

    /// The column of this name.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<&Words> {
        self.columns.get(self.names.iter().position(|known| *known == name)?)
    }

    /// How many times each row counts.
    #[must_use]
    pub fn times(&self) -> &[u64] {
        &self.times
    }

    /// The amount in each row, in pence.
    #[must_use]
    pub fn pence(&self) -> &[u64] {
        &self.pence
    }

    /// The ids of the cases of the rows that have one of these words in each of these columns, in the rows' order.
    pub fn cases<'a>(&'a self, wanted: &[(&str, Vec<&str>)]) -> impl Iterator<Item = &'a str> {
        let allowed = |(name, words): &(&str, Vec<&str>)| {
            let column = self.column(name)?;
            let mut allowed = vec![false; column.known.len()];
            for code in words.iter().filter_map(|word| column.code(word)) {
                allowed[code as usize] = true;
            }
            Some((column.codes.as_slice(), allowed))
        };
        let wanted: Option<Vec<(&[u32], Vec<bool>)>> = wanted.iter().map(allowed).collect();
        let rows = if wanted.is_some() { self.len() } else { 0 };
        let wanted = wanted.unwrap_or_default();
        let has = move |row: &usize| wanted.iter().all(|(codes, allowed)| allowed[codes[*row] as usize]);
        (0..rows).filter(has).map(|row| self.cases.get(row))
    }
}

/// A column of words, each kept once.
#[derive(Debug, Clone, Default)]
pub struct Words {
    known: Vec<Box<str>>,
    marks: Vec<Mark>,
    index: Index<Box<str>, u32>,
    codes: Vec<u32>,
}

/// Up to so many words, looking at the mark of each is quicker than hashing.
const FEW: usize = 24;

/// The beginning, the end and the length of a word: few words of a column have the same, and none of up to sixteen letters do.
type Mark = (u64, u64, usize);

fn mark(word: &str) -> Mark {
    let bytes = word.as_bytes();
    let number = |bytes: &[u8]| bytes.iter().fold(0, |number, byte| number << 8 | u64::from(*byte));
    let (begin, end) = match (bytes.first_chunk(), bytes.last_chunk()) {
        (Some(begin), Some(end)) => (u64::from_be_bytes(*begin), u64::from_be_bytes(*end)),
        _ => (number(bytes), 0),
    };
    (begin, end, bytes.len())
}

impl Words {
    /// Every word there is, in the order in which they first came.
    #[must_use]
    pub fn known(&self) -> &[Box<str>] {
        &self.known
    }

    /// For each row, the place of its word among those known.
    #[must_use]
    pub fn codes(&self) -> &[u32] {
        &self.codes
    }

    /// The place of a word, where any row has it.
    #[must_use]
    pub fn code(&self, word: &str) -> Option<u32> {
        let wanted = mark(word);
        let few = self.marks.iter().zip(&self.known).take(FEW);
        let is_short = word.len() <= 16;
        let among_few =
            (0..).zip(few).find(|(_, (mark, known))| **mark == wanted && (is_short || ***known == *word));
        among_few.map(|(code, _)| code).or_else(|| self.index.get(word).copied())
    }

    fn push(&mut self, word: &str) {
        let code = self.code(word).unwrap_or_else(|| self.add(word));
        self.codes.push(code);
    }

    fn add(&mut self, word: &str) -> u32 {
        let code = u32::try_from(self.known.len()).unwrap_or(u32::MAX);
        self.known.push(word.into());
        self.marks.push(mark(word));
        self.index.insert(word.into(), code);
        code
    }
}

/// As long as the id of a case that the service gave it, in bytes.
const LONG: usize = 36;

/// Texts one after the other.
#[derive(Debug, Clone, Default)]
struct Texts {
    all: String,
    ends: Vec<usize>,
}

impl Texts {
    fn push(&mut self, text: &str) {
        self.all.push_str(text);
        self.ends.push(self.all.len());
    }

    fn get(&self, index: usize) -> &str {
        let begin = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        let range: Range<usize> = begin..self.ends[index];
        &self.all[range]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_again_however_many_there_are() {
        let mut rows = Rows::new(&["number", "parity"]);
        for number in 0..40_u64 {
            let parity = if number % 2 == 0 { "even" } else { "odd" };
            rows.push(&format!("case-{number}"), [&(number % 20).to_string(), parity], 1, 0);
        }
        assert_eq!(rows.column("number").unwrap().known().len(), 20);
        let cases = |wanted: &[(&str, Vec<&str>)]| rows.cases(wanted).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(cases(&[("number", vec!["17"])]), ["case-17", "case-37"]);
        assert_eq!(cases(&[("number", vec!["3", "4"]), ("parity", vec!["odd"])]), ["case-3", "case-23"]);
        assert_eq!(cases(&[("number", vec!["3"]), ("parity", vec!["even"])]), [""; 0]);
        assert_eq!(cases(&[("number", vec!["20"])]), [""; 0]);
        assert_eq!(cases(&[]).len(), 40);
    }

    #[test]
    fn words_with_the_same_mark_are_told_apart() {
        let all = [
            "repairs: roofs, kept late",
            "repairs: homes, kept late",
            "repairs: doors, kept late",
            "repairs:",
            "kept late",
            "",
        ];
        assert_eq!(mark(all[1]), mark(all[2]));
        let mut rows = Rows::new(&["word"]);
        for word in all.into_iter().chain(all) {
            rows.push("", [word], 1, 0);
        }
        let column = rows.column("word").unwrap();
        assert_eq!(column.known().len(), all.len());
        assert_eq!(column.codes(), [0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5]);
    }
}
