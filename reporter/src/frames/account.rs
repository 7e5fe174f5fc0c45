//! How many rows of a view, or of what is counted out of rows, went where.

use std::collections::BTreeMap;

use super::derived::WAITS;
use super::ledger::Place;
use super::scope::{EARLIER, OUTSIDE, TO_DATE};
use super::slot::{Slot, Slots};
use super::stages::STAGES;

/// The rows of one view and where they went.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Account {
    /// Rows read.
    pub rows: u64,
    /// Rows in figures, by window.
    pub counted: BTreeMap<&'static str, u64>,
    /// Rows left out, by reason.
    pub excluded: BTreeMap<&'static str, u64>,
    /// Before a report is picked out: what is left out by slot and reason.
    pub(super) apart: BTreeMap<(&'static str, &'static str), u64>,
}

impl Account {
    /// The account of one report.
    pub(super) fn of_report(&self, what: &str, slots: &Slots) -> Self {
        let mut report = Self { rows: self.rows, excluded: self.excluded.clone(), ..Self::default() };
        for (slot, rows) in &self.counted {
            match place_of(what, slot, slots) {
                Ok(window) => *report.counted.entry(window).or_default() += rows,
                Err(reason) => *report.excluded.entry(reason).or_default() += rows,
            }
        }
        for ((slot, reason), rows) in &self.apart {
            let of_another_period = place_of(what, slot, slots) == Err(OUTSIDE);
            *report.excluded.entry(if of_another_period { OUTSIDE } else { reason }).or_default() += rows;
        }
        report
    }
}

pub(super) fn add_one(counts: &mut Vec<(&'static str, u64)>, word: &'static str) {
    match counts.iter_mut().find(|(known, _)| std::ptr::eq(*known, word)) {
        Some((_, rows)) => *rows += 1,
        None => counts.push((word, 1)),
    }
}

/// Where things went that are counted out of rows, before they are booked together.
#[derive(Debug, Default)]
pub struct Tally {
    counted: Vec<(&'static str, u64)>,
    excluded: Vec<(&'static str, u64)>,
    apart: BTreeMap<(&'static str, &'static str), u64>,
}

impl Tally {
    /// One of them. What goes nowhere is a fault of its own row, and fails the run there.
    pub fn add(&mut self, place: &Place) {
        match place {
            Place::Counted(window) => add_one(&mut self.counted, window),
            Place::Excluded(reason) => add_one(&mut self.excluded, reason),
            Place::Apart { slot, reason } => *self.apart.entry((slot, reason)).or_default() += 1,
            Place::Nowhere(_) => add_one(&mut self.excluded, "of a row that went nowhere"),
        }
    }

    pub(super) fn into_account(self, account: &mut Account) {
        for (window, rows) in self.counted {
            *account.counted.entry(window).or_default() += rows;
        }
        for (reason, rows) in self.excluded {
            *account.excluded.entry(reason).or_default() += rows;
        }
        for (apart, rows) in self.apart {
            *account.apart.entry(apart).or_default() += rows;
        }
    }
}

/// The window of a report that rows of a slot are in, or why they are in none.
pub(super) fn place_of(
    view: &str,
    slot: &str,
    slots: &Slots,
) -> std::result::Result<&'static str, &'static str> {
    if slot == TO_DATE {
        return Ok(TO_DATE);
    }
    match slots.get(slot) {
        Some(Slot { window: Some(window), .. }) => Ok(window),
        Some(Slot { period: Some(_), .. }) if view == STAGES || view == WAITS => Err(EARLIER),
        _ => Err(OUTSIDE),
    }
}
