//! The method note: what each figure means, the readings chosen, and where every row went.

use std::collections::BTreeSet;

use redress_shared::calendar::words::long_date;
use redress_shared::measure::{DEFINITIONS, Definition, MASKED, Marker, Scale, TERMS, thousands};

use super::outcomes::key_of;
use super::{CellView, Report, TableView};
use crate::frames::{AMOUNTS, Account, OPEN_STAGES, OUTSTANDING, REMARKS, TO_DATE};

impl Report<'_> {
    /// The definitions of the figures that the tables hold, with their versions.
    #[must_use]
    pub fn definitions<'a>(&self, tables: impl Iterator<Item = &'a TableView>) -> TableView {
        let cells = tables.flat_map(|table| &table.rows).flat_map(|row| &row.cells);
        let used: BTreeSet<&str> = cells.map(|cell| cell.definition.as_str()).collect();
        let columns = [
            ("version", "Version"),
            ("numerator", "Counted"),
            ("denominator", "Out of"),
            ("source", "Source"),
        ];
        let mut table = TableView::new("definitions", "Definitions", "Figure", &columns);
        for definition in DEFINITIONS.iter().filter(|definition| used.contains(definition.id)) {
            let scale = if definition.scale == Scale::PerCent { "in a hundred" } else { "for each thousand" };
            let cells = vec![
                CellView::words(&definition.version.to_string()),
                CellView::words(definition.numerator),
                CellView::words(&format!("{}; {scale}", definition.denominator)),
                CellView::words(definition.source),
            ];
            table.row(definition.id, &heading(definition), cells);
        }
        table
            .note("Rounded once, at the end, from whole numbers: one decimal place, a tie going up; a change's tie goes away from zero.")
    }

    /// What the other words of the report mean.
    #[must_use]
    pub fn terms(&self) -> TableView {
        let columns = [("version", "Version"), ("meaning", "Meaning")];
        let mut table = TableView::new("terms", "Words used", "Word", &columns);
        for term in TERMS {
            let cells = vec![CellView::words(&term.version.to_string()), CellView::words(term.meaning)];
            table.row(term.id, term.name, cells);
        }
        table
    }

    /// The readings chosen.
    #[must_use]
    pub fn choices(&self) -> TableView {
        let mut table = TableView::new("choices", "Readings chosen", "Question", &[("reading", "Reading")]);
        table = table.note(
            "What is dated after the report has not happened yet. What carries no date of its own is as it stands in the records: found not \
             to be a complaint, became a complaint, updates late, what was paid or set off, to whom a lesson was reported, and the day \
             set for the review of a restriction.",
        );
        for (question, sentence) in self.scope.choices.sentences() {
            let key = question.to_lowercase().replace(' ', "-");
            table.row(&key, question, vec![CellView::words(sentence)]);
        }
        table
    }

    /// What stands in a cell that has no figure.
    #[must_use]
    pub fn markers(&self) -> TableView {
        let columns = [("meaning", "Meaning")];
        let mut table = TableView::new("markers", "In place of a figure", "Printed", &columns);
        for marker in [Marker::Blank, Marker::NotRequired, Marker::Excluded, Marker::DenominatorZero] {
            let key = marker.symbol().trim_matches(['[', ']']).to_lowercase();
            table.row(&key, marker.symbol(), vec![CellView::words(marker.meaning())]);
        }
        table.row(MASKED.id, "[masked]", vec![CellView::words(MASKED.meaning)]);
        table
    }

    /// Where every row that was read went.
    #[must_use]
    pub fn reconciliation(&self) -> TableView {
        let mut table = TableView::new(
            "reconciliation",
            "Every row read, and where it went",
            "Rows",
            &self.places(("rows", "Rows read"), None),
        );
        let accounts = self.ledger.accounts();
        for (view, account) in accounts {
            let name = view.trim_start_matches("report_").replace('_', " ");
            table.row(&name.replace(' ', "-"), &super::label(&name), self.placed(account, false));
        }
        let total: u64 = accounts.values().map(|account| account.rows).sum();
        table.note(format!("{} rows in all; each row adds up across its line.", thousands(total)))
    }

    /// Where everything went that is counted out of those rows.
    #[must_use]
    pub fn derived(&self) -> TableView {
        let to_date = format!("On {}, of any period", long_date(self.scope.as_of));
        let columns = self.places(("rows", "Found"), Some((TO_DATE, to_date.as_str())));
        let caption = "What is counted out of those rows besides, and where it went";
        let mut table = TableView::new("derived", caption, "Found in the rows", &columns);
        for (what, account) in self.derived_told() {
            table.row(what, found(what), self.placed(account, true));
        }
        if self.is_published() {
            return table.note("Remarks on cases are accounted for alike; how many there are could give a hidden count of one kind away.");
        }
        table
    }

    /// The accounts of what is counted out of rows, without those that would give a hidden count away.
    fn derived_told(&self) -> impl Iterator<Item = (&'static str, &Account)> {
        let is_told = |what: &str| !(self.is_published() && what == REMARKS);
        self.ledger
            .derived()
            .iter()
            .map(|(what, account)| (*what, account))
            .filter(move |(what, _)| is_told(what))
    }

    /// What was left out, and why.
    #[must_use]
    pub fn left_out(&self) -> TableView {
        let mut table =
            TableView::new("left-out", "What was left out, and why", "Left out", &[("rows", "Rows")]);
        let views = self.ledger.accounts().iter().map(|(view, account)| {
            let name = view.trim_start_matches("report_").replace('_', " ");
            (name.replace(' ', "-"), super::label(&name), account)
        });
        let derived = self.derived_told();
        let derived = derived.map(|(what, account)| (what.to_owned(), found(what).to_owned(), account));
        for (key, heading, account) in views.chain(derived) {
            for (reason, rows) in &account.excluded {
                let key = format!("{key}-{}", key_of(reason));
                table.row(&key, &format!("{heading}: {reason}"), vec![CellView::count(*rows)]);
            }
        }
        table
    }

    /// The columns of an account: what came in, each period, what is of none, what was left out.
    fn places<'a>(
        &'a self,
        found: (&'a str, &'a str),
        to_date: Option<(&'a str, &'a str)>,
    ) -> Vec<(&'a str, &'a str)> {
        let windows = self.scope.windows.iter().map(|window| (window.key, window.period.label.as_str()));
        std::iter::once(found).chain(windows).chain(to_date).chain([("left-out", "Left out")]).collect()
    }

    fn placed(&self, account: &Account, with_to_date: bool) -> Vec<CellView> {
        let counted = |key: &str| CellView::count(account.counted.get(key).copied().unwrap_or(0));
        let windows = self.scope.windows.iter().map(|window| counted(window.key));
        let to_date = with_to_date.then(|| counted(TO_DATE));
        let left_out = CellView::count(account.excluded.values().sum());
        std::iter::once(CellView::count(account.rows))
            .chain(windows)
            .chain(to_date)
            .chain([left_out])
            .collect()
    }
}

/// What is counted out of rows, in words.
fn found(what: &str) -> &'static str {
    match what {
        AMOUNTS => "Amounts offered, paid and set off",
        OPEN_STAGES => "Stages, open or not",
        OUTSTANDING => "Actions and orders, still to be done or not",
        REMARKS => "Remarks on cases",
        _ => "Waits for an acknowledgement and for an answer",
    }
}

/// The name others know a measure by stands before its own.
fn heading(definition: &Definition) -> String {
    if definition.id.starts_with(char::is_uppercase) {
        format!("{}: {}", definition.id, definition.name)
    } else {
        definition.name.to_owned()
    }
}
