//! Counting what the simulated CRMs do.

use std::collections::BTreeMap;

/// What was done, counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Cases and other contacts that came in.
    pub contacts: u64,
    /// Commands given.
    pub commands: u64,
    /// Questions asked of the service.
    pub reads: u64,
    /// Commands refused, by the code of the refusal; each was provoked.
    pub refused: BTreeMap<String, u64>,
}

impl Tally {
    /// Adds another's counts.
    pub fn add(&mut self, other: &Self) {
        self.contacts += other.contacts;
        self.commands += other.commands;
        self.reads += other.reads;
        for (code, count) in &other.refused {
            *self.refused.entry(code.clone()).or_default() += count;
        }
    }
}
