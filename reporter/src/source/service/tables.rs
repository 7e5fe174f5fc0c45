//! What is taken out of a service's export.

/// A table of the export: the columns that are read, and those that tell one row from another, by which its rows are sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Table {
    pub(super) name: &'static str,
    pub(super) key: &'static [&'static str],
    pub(super) columns: &'static [&'static str],
}

const fn table(name: &'static str, key: &'static [&'static str], columns: &'static [&'static str]) -> Table {
    Table { name, key, columns }
}

pub(super) const LANDLORDS: Table = table(
    "landlords",
    &["landlord_id"],
    &["landlord_id", "name", "policy_id", "year_end_month", "year_end_day"],
);
pub(super) const STOCK: Table =
    table("stock", &["year_start", "stock_type"], &["landlord_id", "year_start", "stock_type", "homes"]);
pub(super) const CALENDARS: Table = table("calendars", &["number"], &["number", "version", "calendar"]);
pub(super) const EQUALITY: Table = table(
    "equality",
    &["received_on", "characteristic", "answer"],
    &["landlord_id", "received_on", "characteristic", "answer", "residents"],
);
pub(super) const EVENTS: Table =
    table("events", &["case_id", "sequence"], &["case_id", "sequence", "event", "digest"]);
pub(super) const LEARNING: Table =
    table("learning", &["case_id", "learning"], &["case_id", "learning", "improvement"]);

/// All of them, in the order in which they are taken out: what residents told before the cases, so that nobody counts whose case is not
/// there, and what was learnt after them, so that no words are missing.
pub(super) const ALL: [Table; 6] = [LANDLORDS, STOCK, CALENDARS, EQUALITY, EVENTS, LEARNING];

impl Table {
    /// The file of its rows, once all have arrived.
    pub(super) fn file(&self) -> String {
        format!("{}.ndjson", self.name)
    }

    /// The file of the rows that have arrived so far.
    pub(super) fn part(&self) -> String {
        format!("{}.part", self.file())
    }
}
