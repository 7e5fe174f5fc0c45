//! Where every row that came in went. A report is written only when each is in a figure or in a named exclusion.

use std::collections::BTreeMap;
use std::hash::Hash;

use super::Index;
use super::account::{Account, Tally, add_one, place_of};
use super::slot::Slots;
use crate::error::{Error, Result};

/// Where one row went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// Into the figures of this window.
    Counted(&'static str),
    /// Left out, for this reason.
    Excluded(&'static str),
    /// Left out for this reason by a report that has its slot; by any other, because it is of another period. So what a report says
    /// does not hang on which others are made with it.
    Apart {
        /// The slot of its row.
        slot: &'static str,
        /// Why it is in no figure of that slot.
        reason: &'static str,
    },
    /// Nowhere, because of this fault in the data.
    Nowhere(String),
}

/// The account of every view.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    accounts: BTreeMap<&'static str, Account>,
    /// What is counted out of rows that are booked already, such as the amounts of remedies.
    derived: BTreeMap<&'static str, Account>,
    faults: Vec<String>,
    left_out: Option<Vec<LeftOut>>,
    /// The rows in slots, where rows are named: which of them a report leaves out shows with the report.
    placed: Vec<(&'static str, &'static str, String)>,
}

/// A row that is in no figure.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct LeftOut {
    /// Its view.
    pub view: &'static str,
    /// Why.
    pub reason: &'static str,
    /// Which row.
    pub row: String,
}

impl Ledger {
    /// A ledger that also keeps which rows were left out, and not only how many.
    #[must_use]
    pub fn naming() -> Self {
        Self { left_out: Some(Vec::new()), ..Self::default() }
    }

    /// The rows that were left out; none, unless it was asked to keep them.
    #[must_use]
    pub fn left_out(&self) -> &[LeftOut] {
        self.left_out.as_deref().unwrap_or_default()
    }

    /// Opens the account of a view with the rows that came in.
    fn open(&mut self, view: &'static str, rows: usize) {
        self.accounts.entry(view).or_default().rows = u64::try_from(rows).unwrap_or(u64::MAX);
    }

    /// The account of a view, opened with the rows that came in, to book them in one after the other.
    pub fn booking(&mut self, view: &'static str, rows: usize) -> Booking<'_> {
        self.open(view, rows);
        Booking { ledger: self, view, counted: Vec::new(), excluded: Vec::new() }
    }

    /// Books what is counted out of rows that are booked already: how many there are, and where each went.
    pub fn derive(&mut self, what: &'static str, rows: usize, tally: Tally) {
        let account = self.derived.entry(what).or_default();
        account.rows += u64::try_from(rows).unwrap_or(u64::MAX);
        tally.into_account(account);
    }

    /// Notes rows of a view that came in twice: a view that joins too widely counts cases again and again.
    pub fn refuse_twins<K: Ord + Hash>(
        &mut self,
        view: &'static str,
        keys: impl Iterator<Item = K>,
        name: impl Fn(&K) -> String,
    ) {
        let room = keys.size_hint().0;
        let mut seen: Index<K, u64> = Index::with_capacity_and_hasher(room, Default::default());
        for key in keys {
            *seen.entry(key).or_insert(0) += 1;
        }
        let twins: BTreeMap<K, u64> = seen.into_iter().filter(|(_, times)| *times > 1).collect();
        let fault = |(key, times)| format!("{view}, {}: came in {times} times", name(&key));
        self.faults.extend(twins.into_iter().map(fault));
    }

    /// Notes what cannot be so.
    pub fn fault(&mut self, view: &str, what: &str, fault: &str) {
        self.faults.push(format!("{view}, {what}: {fault}"));
    }

    /// The ledger of one report, of that of all which were placed together: what is in none of its slots is of another period.
    #[must_use]
    pub fn of_report(&self, slots: &Slots) -> Self {
        let mut own =
            Self { faults: self.faults.clone(), left_out: self.left_out.clone(), ..Self::default() };
        let of_report = |(what, account): (&&'static str, &Account)| (*what, account.of_report(what, slots));
        own.accounts = self.accounts.iter().map(of_report).collect();
        own.derived = self.derived.iter().map(of_report).collect();
        if let Some(left_out) = &mut own.left_out {
            left_out.extend(self.placed.iter().filter_map(|(view, slot, row)| {
                let reason = place_of(view, slot, slots).err()?;
                Some(LeftOut { view, reason, row: row.clone() })
            }));
        }
        own
    }

    /// Compares two figures that must agree.
    pub fn compare(&mut self, what: &str, expected: u64, found: u64) {
        if expected != found {
            self.faults.push(format!("{what}: {found} in the table, but {expected} rows were counted"));
        }
    }

    /// Rows of a view in the figures of one window.
    #[must_use]
    pub fn counted(&self, view: &str, window: &str) -> u64 {
        self.accounts.get(view).and_then(|account| account.counted.get(window)).copied().unwrap_or(0)
    }

    /// Rows of a view left out for a reason.
    #[must_use]
    pub fn excluded(&self, view: &str, reason: &str) -> u64 {
        self.accounts.get(view).and_then(|account| account.excluded.get(reason)).copied().unwrap_or(0)
    }

    /// The accounts, by view.
    #[must_use]
    pub fn accounts(&self) -> &BTreeMap<&'static str, Account> {
        &self.accounts
    }

    /// Compares two sums of money that must agree.
    pub fn compare_pence(&mut self, what: &str, expected: u64, found: u64) {
        if expected != found {
            self.faults.push(format!("{what}: {found} pence in the table, but {expected} in the rows"));
        }
    }

    /// The accounts of what is counted out of the rows of views, by what it is.
    #[must_use]
    pub fn derived(&self) -> &BTreeMap<&'static str, Account> {
        &self.derived
    }

    /// What is counted out of rows, in the figures of one window.
    #[must_use]
    pub fn derived_in(&self, what: &str, window: &str) -> u64 {
        self.derived.get(what).and_then(|account| account.counted.get(window)).copied().unwrap_or(0)
    }

    /// What is counted out of rows, and left out for a reason.
    #[must_use]
    pub fn derived_out(&self, what: &str, reason: &str) -> u64 {
        self.derived.get(what).and_then(|account| account.excluded.get(reason)).copied().unwrap_or(0)
    }

    /// Closes the accounts.
    ///
    /// # Errors
    /// [`Error::Unreconciled`], naming every row that went nowhere and every total that differs.
    pub fn settle(&self) -> Result<()> {
        let mut faults = self.faults.clone();
        for (view, account) in self.accounts.iter().chain(&self.derived) {
            let placed: u64 =
                account.counted.values().chain(account.excluded.values()).chain(account.apart.values()).sum();
            if placed != account.rows && faults.is_empty() {
                faults.push(format!("{view}: {} rows came in and {placed} were placed", account.rows));
            }
        }
        if faults.is_empty() { Ok(()) } else { Err(Error::Unreconciled(faults)) }
    }
}

/// The rows of one view on their way into the ledger. What is counted goes into the account at the end: looking the account up with every
/// row would cost more than all else.
pub struct Booking<'a> {
    ledger: &'a mut Ledger,
    view: &'static str,
    counted: Vec<(&'static str, u64)>,
    excluded: Vec<(&'static str, u64)>,
}

impl Booking<'_> {
    /// Books one row. `row` names it, should it have gone nowhere.
    pub fn book(&mut self, place: &Place, row: impl FnOnce() -> String) {
        let view = self.view;
        match place {
            Place::Counted(window) => {
                add_one(&mut self.counted, window);
                if self.ledger.left_out.is_some() {
                    self.ledger.placed.push((view, window, row()));
                }
            }
            Place::Excluded(reason) | Place::Apart { reason, .. } => {
                add_one(&mut self.excluded, reason);
                if let Some(left_out) = &mut self.ledger.left_out {
                    left_out.push(LeftOut { view, reason, row: row() });
                }
            }
            Place::Nowhere(fault) => self.ledger.faults.push(format!("{view}, {}: {fault}", row())),
        }
    }
}

impl Drop for Booking<'_> {
    fn drop(&mut self) {
        let account = self.ledger.accounts.entry(self.view).or_default();
        for (window, rows) in self.counted.drain(..) {
            *account.counted.entry(window).or_default() += rows;
        }
        for (reason, rows) in self.excluded.drain(..) {
            *account.excluded.entry(reason).or_default() += rows;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_that_was_not_placed_fails_the_run() {
        let mut ledger = Ledger::default();
        let mut booking = ledger.booking("report_cases", 2);
        booking.book(&Place::Counted("now"), String::new);
        drop(booking);
        assert!(
            ledger
                .settle()
                .unwrap_err()
                .to_string()
                .contains("report_cases: 2 rows came in and 1 were placed")
        );
        ledger.booking("report_cases", 2).book(&Place::Excluded("of another period"), String::new);
        assert!(ledger.settle().is_ok());
        ledger.derive("amounts", 1, Tally::default());
        assert!(
            ledger.settle().unwrap_err().to_string().contains("amounts: 1 rows came in and 0 were placed")
        );
        let mut tally = Tally::default();
        tally.add(&Place::Counted("now"));
        ledger.derive("amounts", 0, tally);
        assert!(ledger.settle().is_ok());
        ledger.compare("channels", 2, 3);
        assert!(ledger.settle().unwrap_err().to_string().contains("channels: 3 in the table"));
    }
}
