//! From slots of time to a report's windows and the periods of its charts.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::count::Key;
use super::{Line, Table};
use crate::error::{Error, Result};
use crate::frames::{Slot, Slots};

/// The column of slots, in place of which come those of windows and periods.
pub(super) const SLOT: &str = "slot";
pub(super) const WINDOW: &str = "window";
pub(super) const PERIOD: &str = "period";

/// Which slots of a report a table has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    /// Those of its windows.
    Windows,
    /// Those of its control charts, whether in a window or not.
    Charts,
    /// All of them.
    Both,
    /// It goes by no time.
    Neither,
}

impl Of {
    const fn has(self, slot: &Slot) -> bool {
        match self {
            Self::Windows => slot.window.is_some(),
            Self::Charts => slot.period.is_some(),
            Self::Both | Self::Neither => true,
        }
    }
}

/// The slots of a report that a table has.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    slots: Arc<Slots>,
    of: Of,
}

impl Kept {
    /// The names of those whose window or period, as the column says, is this; of all of them where there is no column.
    pub(super) fn names(&self, wanted: Option<(&str, &str)>) -> Vec<&'static str> {
        let is_wanted = |slot: &&Slot| wanted.is_none_or(|(column, word)| word_of(slot, column) == word);
        let kept = self.slots.iter().filter(|slot| self.of.has(slot));
        kept.filter(is_wanted).map(|slot| slot.name).collect()
    }
}

/// What stands in a column of windows or periods; nothing, where the slot is in none.
fn word_of<'a>(slot: &'a Slot, column: &str) -> &'a str {
    if column == WINDOW {
        slot.window.unwrap_or_default()
    } else {
        slot.period.as_deref().unwrap_or_default()
    }
}

/// Whether a column is made of slots.
pub(super) fn is_time(column: &str) -> bool {
    column == WINDOW || column == PERIOD
}

/// The columns that are counted by, for a table of these columns.
pub(super) fn counted_by(by: &[&'static str]) -> Vec<&'static str> {
    let slot = by.iter().any(|column| is_time(column)).then_some(SLOT);
    slot.into_iter().chain(by.iter().copied().filter(|column| !is_time(column))).collect()
}

impl Table {
    /// The table of one report, with these columns, of a table by slots. Columns of time come first.
    ///
    /// # Errors
    /// When the words are too many.
    pub(super) fn rolled_up(&self, by: &[&'static str], of: Of, slots: &Arc<Slots>) -> Result<Self> {
        if of == Of::Neither || self.names.is_empty() {
            return Ok(self.clone());
        }
        let key = self.key_of(by, slots)?;
        let times = by.iter().filter(|column| is_time(column)).count();
        // What a slot is worth in the new key; the columns after those of time are the same in both.
        let worth = |name: &str| {
            let slot = slots.get(name).filter(|slot| of.has(slot))?;
            let place =
                |column: usize| Some(key.place(column, word_of(slot, by[column]))? * key.worth(column));
            (0..times).map(place).sum::<Option<u64>>()
        };
        let worths: Vec<Option<u64>> = self.key.words(0).iter().map(|name| worth(name)).collect();
        let rest = self.key.worth(0);
        let line = |line: &Line| {
            let slot = usize::try_from(line.key / rest).ok()?;
            Some(Line { key: (*worths.get(slot)?)? + line.key % rest, ..*line })
        };
        let lines = added_up(self.lines.iter().filter_map(line).collect());
        let slots = Some(Kept { slots: Arc::clone(slots), of });
        Ok(Self { names: by.to_vec(), key: Arc::new(key), lines, rows: self.rows.clone(), slots })
    }

    fn key_of(&self, by: &[&'static str], slots: &Slots) -> Result<Key> {
        let words = |column: &&str| -> Arc<[Box<str>]> {
            if let Some(known) = self.position(column) {
                return Arc::clone(self.key.words(known));
            }
            let words: BTreeSet<&str> = slots.iter().map(|slot| word_of(slot, column)).collect();
            words.into_iter().map(Box::from).collect()
        };
        Key::with(by.iter().map(words).collect(), 1)
            .ok_or_else(|| Error::Request("too many different words to be counted together".to_owned()))
    }
}

/// The lines in order, those of the same key as one.
fn added_up(mut lines: Vec<Line>) -> Vec<Line> {
    lines.sort_unstable_by_key(|line| line.key);
    lines.dedup_by(|next, line| {
        let is_same = next.key == line.key;
        if is_same {
            line.times += next.times;
            line.pence += next.pence;
            line.rows += next.rows;
        }
        is_same
    });
    lines
}
