//! The method note: what each figure means, the readings chosen, and where every row went.

use std::collections::BTreeSet;

use redress_shared::measure::{DEFINITIONS, Definition, MASKED, Marker, Scale, TERMS, thousands};

use super::{CellView, Report, TableView};

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
        let mut columns = vec![("rows", "Rows read")];
        columns.extend(self.scope.windows.iter().map(|window| (window.key, window.period.label.as_str())));
        let accounts = self.ledger.accounts();
        let reasons: BTreeSet<&str> =
            accounts.values().flat_map(|account| account.excluded.keys().copied()).collect();
        let keys: Vec<String> = reasons.iter().map(|reason| reason.replace(' ', "-")).collect();
        let headings: Vec<String> = reasons.iter().map(|reason| format!("Left out: {reason}")).collect();
        columns.extend(keys.iter().zip(&headings).map(|(key, heading)| (key.as_str(), heading.as_str())));
        let mut table =
            TableView::new("reconciliation", "Every row read, and where it went", "Rows", &columns);
        for (view, account) in accounts {
            let mut cells = vec![CellView::count(account.rows)];
            let counted = |key| account.counted.get(key).copied().unwrap_or(0);
            cells.extend(self.scope.windows.iter().map(|window| CellView::count(counted(window.key))));
            let excluded = |reason| account.excluded.get(reason).copied().unwrap_or(0);
            cells.extend(reasons.iter().map(|reason| CellView::count(excluded(reason))));
            let name = view.trim_start_matches("report_").replace('_', " ");
            table.row(&name.replace(' ', "-"), &super::label(&name), cells);
        }
        let total: u64 = accounts.values().map(|account| account.rows).sum();
        table.note(format!("{} rows in all; each row adds up across its line.", thousands(total)))
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
