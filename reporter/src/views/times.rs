//! How many working days things took.

use redress_shared::measure::{DAYS_TO_ACKNOWLEDGE, DAYS_TO_ANSWER, InTime, Spread, thousands};

use super::{CellView, Report, TableView};
use crate::frames::{NOW, UNCOUNTED};

impl Report<'_> {
    /// Working days taken in a window.
    fn waited(&self, window: &str, stage: &str, what: &str) -> Spread {
        self.tables.waits.spread("days", &[("window", window), ("stage", stage), ("what", what)])
    }

    /// Working days to acknowledge and to answer, by stage, beside the other periods' medians.
    #[must_use]
    pub fn days_taken(&self) -> TableView {
        let mut columns = vec![
            ("count".to_owned(), "Done".to_owned()),
            ("median".to_owned(), "Median".to_owned()),
            ("ninetieth".to_owned(), "90th percentile".to_owned()),
            ("longest".to_owned(), "Longest".to_owned()),
        ];
        let others = self.scope.windows.iter().filter(|window| window.key != NOW);
        columns.extend(
            others
                .clone()
                .map(|window| (format!("{}-median", window.key), format!("Median, {}", window.period.label))),
        );
        let columns: Vec<(&str, &str)> =
            columns.iter().map(|(key, heading)| (key.as_str(), heading.as_str())).collect();
        let mut table = TableView::new("days", "Working days taken", "Stage", &columns);
        for (stage, what, term) in [
            ("1", "acknowledge", &DAYS_TO_ACKNOWLEDGE),
            ("1", "answer", &DAYS_TO_ANSWER),
            ("2", "acknowledge", &DAYS_TO_ACKNOWLEDGE),
            ("2", "answer", &DAYS_TO_ANSWER),
        ] {
            let spread = self.waited(NOW, stage, what);
            let mut cells = vec![CellView::count(spread.count())];
            let days = [spread.median(), spread.ninetieth(), spread.longest()];
            cells.extend(days.into_iter().map(CellView::of_ranked));
            cells.extend(
                others
                    .clone()
                    .map(|window| CellView::of_ranked(self.waited(window.key, stage, what).median())),
            );
            table.row(&format!("{stage}-{what}"), &format!("Stage {stage}: {}", lower(term.name)), cells);
        }
        let open = |stage| {
            let standing = |standing: InTime| {
                self.tables.clocks.sum(&[("window", NOW), ("stage", stage), ("in_time", standing.word())])
            };
            standing(InTime::OpenWithinTime) + standing(InTime::OpenOverdue)
        };
        let (first, second) = (open("1"), open("2"));
        let table = self.with_uncounted(table);
        if first + second == 0 {
            return table;
        }
        table.note(format!(
            "Still open, and in no median: {} at stage 1 and {} at stage 2. What they took is known once they are answered.",
            thousands(first),
            thousands(second)
        ))
    }

    fn with_uncounted(&self, table: TableView) -> TableView {
        match self.tables.waits.sum(&[("window", NOW), ("days", UNCOUNTED)]) {
            0 => table,
            uncounted => table.note(format!(
                "{} more could not be counted, because they lie in years of which the bank holidays are not known.",
                thousands(uncounted)
            )),
        }
    }
}

/// A name within a sentence.
fn lower(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
