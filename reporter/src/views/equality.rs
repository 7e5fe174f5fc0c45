//! What residents who complained told of themselves, where it is collected; and risks flagged.

use redress_shared::measure::{Rate, SHARE_OF_RESIDENTS, thousands};

use super::outcomes::{fill, key_of, with_masking_note};
use super::{CellView, Report, TableView, label};
use crate::frames::NOW;

/// Told by saying so, and not by an answer of one's own.
const TOLD: &str = "told";

impl Report<'_> {
    /// Residents by what they told of themselves, and how many told nothing.
    #[must_use]
    pub fn equality(&self) -> TableView {
        let columns = [("residents", "Residents"), ("share", "Share")];
        let caption = "What residents who complained told of themselves";
        let mut table = TableView::new("equality", caption, "Told", &columns);
        let key = [("window", NOW)];
        let mut is_masked = false;
        for characteristic in self.tables.equality.words("characteristic", &key) {
            let wanted = [key[0], ("characteristic", characteristic.as_str())];
            let answers = self.tables.equality.words("answer", &wanted);
            let mut counts: Vec<u64> =
                answers.iter().map(|answer| self.told_by(&characteristic, answer)).collect();
            counts.push(self.complainants.saturating_sub(counts.iter().sum()));
            // One column is a table with two sides all the same: what is left of all residents is a row of it.
            let masked = self.masked(&counts.iter().map(|count| vec![*count, 0]).collect::<Vec<_>>());
            is_masked |= masked.count() > 0;
            let names = answers.iter().map(|answer| heading(&characteristic, answer));
            let silent = format!("{}: not told", label(&characteristic));
            let keys = answers.iter().map(|answer| key_of(answer)).chain(["silent".to_owned()]);
            for ((name, key), row) in names.chain([silent]).zip(keys).zip(&masked.rows) {
                let count = row.first().copied().flatten();
                let share = count.map_or_else(
                    || CellView::masked(None),
                    |count| CellView::rate(&SHARE_OF_RESIDENTS, Rate::new(count, self.complainants)),
                );
                table.row(&format!("{characteristic}-{key}"), &name, vec![CellView::masked(count), share]);
            }
        }
        let table = table.note(format!(
            "{} residents stand behind the complaints received. One can be in several rows; nothing here is joined to a case.",
            thousands(self.complainants)
        ));
        if is_masked { table.note("[masked]: see “Masked” in how the figures were made.") } else { table }
    }

    fn told_by(&self, characteristic: &str, answer: &str) -> u64 {
        self.tables.equality.sum(&[("window", NOW), ("characteristic", characteristic), ("answer", answer)])
    }

    /// Risks flagged in the period, and whether they were handed on to those who deal with them.
    #[must_use]
    pub fn risks(&self) -> TableView {
        let columns = [("handed", "Handed on"), ("open", "Not yet handed on"), ("all", "All")];
        let mut table = TableView::new("risks", "Hazards and other risks flagged", "Risk", &columns);
        let kinds = self.tables.risks.words("kind", &[("window", NOW)]);
        let counts = |kind: &String| {
            let count = |handed| {
                self.tables.risks.sum(&[("window", NOW), ("kind", kind.as_str()), ("handed", handed)])
            };
            vec![count("yes"), count("no")]
        };
        let masked = self.masked(&kinds.iter().map(counts).collect::<Vec<_>>());
        let names: Vec<_> = kinds.iter().map(|kind| (key_of(kind), label(kind))).collect();
        fill(&mut table, &names, &masked, "All");
        with_masking_note(table, &masked)
    }
}

fn heading(characteristic: &str, answer: &str) -> String {
    let characteristic = label(characteristic);
    if answer == TOLD {
        format!("{characteristic}: told")
    } else {
        format!("{characteristic}: {}", label(answer))
    }
}
