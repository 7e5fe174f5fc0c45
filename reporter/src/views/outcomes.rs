//! What was decided, about what, and whose service it was. Tables that cross a service with an outcome are masked.

use redress_shared::measure::{
    ESCALATION, Masked, OUTCOME, OUTCOMES, Rate, SHARE_OF_MADE, SMALLEST_SHOWN, UPHELD, UPHELD_OUTCOMES,
    mask, thousands,
};

use super::{CellView, Report, TableView, label};
use crate::frames::NOW;
use crate::request::Variant;
use crate::tables::Table;

impl Report<'_> {
    /// The share of answers that upheld the complaint, wholly or in part.
    pub(super) fn upheld_rate(&self, window: &str, stage: &str) -> Rate {
        upheld_of(&self.tables.outcomes, &[("window", window), ("stage", stage)])
    }

    /// Stage 2 requests over stage 1 complaints.
    pub(super) fn escalation_rate(&self, window: &str) -> Rate {
        let [first, second] = ["1", "2"].map(|stage| self.made_in(window, stage));
        Rate::new(second, first)
    }

    /// Stages made in a window.
    pub(super) fn made_in(&self, window: &str, stage: &str) -> u64 {
        self.tables.outcomes.sum(&[("window", window), ("stage", stage)])
    }

    /// A table of counts with its totals, masked in what is published.
    pub(super) fn masked(&self, counts: &[Vec<u64>]) -> Masked {
        match self.variant {
            Variant::Published if self.withholds() => Masked::withheld(counts),
            Variant::Published => mask(counts),
            Variant::Committee => Masked::whole(counts),
        }
    }

    /// Whether counts of people with something in common are not told at all: in what is published of less than a year. Four
    /// quarters beside their year would give away what each of the five hides by itself.
    pub(super) fn withholds(&self) -> bool {
        self.is_published() && !self.scope.is_of_year
    }

    /// Outcomes by stage.
    #[must_use]
    pub fn outcomes(&self) -> TableView {
        let columns = [
            ("stage-1", "Stage 1"),
            ("stage-1-share", "of answers"),
            ("stage-2", "Stage 2"),
            ("stage-2-share", "of answers"),
        ];
        let mut table = TableView::new("outcomes", "Outcomes by stage", "Outcome", &columns);
        let count = |stage: &str, outcome: &str| {
            self.tables.outcomes.sum(&[("window", NOW), ("stage", stage), ("outcome", outcome)])
        };
        let answers = |stage: &str| OUTCOMES.iter().map(|outcome| count(stage, outcome)).sum::<u64>();
        for outcome in OUTCOMES {
            let of = |stage: &str| {
                let counted = count(stage, outcome);
                [CellView::count(counted), CellView::rate(&OUTCOME, Rate::new(counted, answers(stage)))]
            };
            table.row(outcome, &label(outcome), [of("1"), of("2")].concat());
        }
        let upheld = |stage: &str| {
            let rate = self.upheld_rate(NOW, stage);
            [CellView::count(rate.numerator), CellView::rate(&UPHELD, rate)]
        };
        table.total("any-upheld", "Upheld wholly or in part", [upheld("1"), upheld("2")].concat());
        for (state, heading) in [
            ("open", "Not answered"),
            ("withdrawn", "Withdrawn before the answer"),
            ("not-recorded", "Answered without a recorded outcome"),
        ] {
            let of = |stage: &str| [CellView::count(count(stage, state)), CellView::none()];
            table.row(state, heading, [of("1"), of("2")].concat());
        }
        let all = |stage: &str| [CellView::count(self.made_in(NOW, stage)), CellView::none()];
        table.total("all", "All made", [all("1"), all("2")].concat());
        table
    }

    /// Stage 2 over stage 1.
    #[must_use]
    pub fn escalation(&self) -> TableView {
        let columns: Vec<(&str, &str)> =
            self.scope.windows.iter().map(|window| (window.key, window.period.label.as_str())).collect();
        let mut table = TableView::new("escalation", "From stage 1 to stage 2", "Figure", &columns);
        let row = |cell: &dyn Fn(&str) -> CellView| {
            columns.iter().map(|(window, _)| cell(window)).collect::<Vec<_>>()
        };
        table.row("stage-1", "Stage 1 complaints", row(&|window| CellView::count(self.made_in(window, "1"))));
        table.row("stage-2", "Stage 2 complaints", row(&|window| CellView::count(self.made_in(window, "2"))));
        table.row(
            "rate",
            "Stage 2 as a share of stage 1",
            row(&|window| CellView::rate(&ESCALATION, self.escalation_rate(window))),
        );
        table.note("The divisor is stage 1 alone, and not both stages.")
    }

    /// Stage 1 complaints by category, crossed with their outcome.
    #[must_use]
    pub fn categories(&self) -> TableView {
        let key = [("window", NOW)];
        let categories = self.tables.categories.words("category", &key);
        let columns = [
            ("upheld", "Upheld"),
            ("partly-upheld", "Partly upheld"),
            ("not-upheld", "Not upheld"),
            ("other", "Open, withdrawn or not recorded"),
            ("all", "All"),
        ];
        let mut table =
            TableView::new("categories", "Stage 1 complaints by category and outcome", "Category", &columns);
        let counts = |category: &String| {
            let all = self.tables.categories.sum(&[("window", NOW), ("category", category)]);
            let [upheld, partly, not] = OUTCOMES.map(|outcome| {
                self.tables.categories.sum(&[("window", NOW), ("category", category), ("outcome", outcome)])
            });
            vec![upheld, partly, not, all - upheld - partly - not]
        };
        let masked = self.masked(&categories.iter().map(counts).collect::<Vec<_>>());
        let names: Vec<_> = categories.iter().map(|name| (key_of(name), label(name))).collect();
        fill(&mut table, &names, &masked, "All entries");
        let made = self.made_in(NOW, "1");
        let entries = self.tables.categories.sum(&key);
        with_masking_note(table, &masked).note(format!(
            "A complaint can have several categories (complaints: {}, entries: {}), so rows overlap and do not add up to the number \
             of complaints.",
            thousands(made),
            thousands(entries)
        ))
    }

    /// Stages by who provided the service complained about, and how many were upheld.
    #[must_use]
    pub fn providers(&self) -> TableView {
        let columns = [("stage-1", "Stage 1"), ("stage-2", "Stage 2"), ("all", "Both stages")];
        let mut table =
            TableView::new("providers", "Complaints by provider of the service", "Provider", &columns);
        let providers = self.tables.providers.words("provider", &[("window", NOW)]);
        let count = |provider: &str, stage: &str| {
            self.tables.providers.sum(&[("window", NOW), ("stage", stage), ("provider", provider)])
        };
        let counts: Vec<Vec<u64>> =
            providers.iter().map(|provider| vec![count(provider, "1"), count(provider, "2")]).collect();
        let masked = self.masked(&counts);
        let names: Vec<_> = providers.iter().map(|name| (key_of(name), provider_label(name))).collect();
        fill(&mut table, &names, &masked, "All");
        let totals = ["1", "2"].map(|stage| self.made_in(NOW, stage));
        let all = [totals[0], totals[1], totals[0] + totals[1]];
        let shares = |row: &Vec<Option<u64>>| {
            row.iter().zip(all).map(|(count, all)| share(*count, all)).collect::<Vec<_>>()
        };
        let shown = if masked.hides_all() { &[][..] } else { &masked.rows };
        for (provider, row) in providers.iter().zip(shown) {
            let heading = format!("{}, share", provider_label(provider));
            table.row(&format!("{}-share", key_of(provider)), &heading, shares(row));
        }
        with_masking_note(table, &masked)
    }
}

/// The answers that upheld the complaint, wholly or in part, of all with an outcome, among the stages with these words.
pub(super) fn upheld_of(table: &Table, wanted: &[(&str, &str)]) -> Rate {
    let with = |outcome| table.sum(&[wanted, &[("outcome", outcome)]].concat());
    Rate::new(UPHELD_OUTCOMES.into_iter().map(with).sum(), OUTCOMES.into_iter().map(with).sum())
}

fn share(count: Option<u64>, all: u64) -> CellView {
    count
        .map_or_else(|| CellView::masked(None), |count| CellView::rate(&SHARE_OF_MADE, Rate::new(count, all)))
}

/// A row for each name (the middle part of its figures' names, and its heading), and one for the totals. Where no row shows anything,
/// there are the totals alone.
pub(super) fn fill(table: &mut TableView, names: &[(String, String)], masked: &Masked, total: &str) {
    for (index, row) in masked.rows.iter().enumerate() {
        let cells = row.iter().map(|count| CellView::masked(*count)).collect();
        match names.get(index) {
            Some(_) if masked.hides_all() => {}
            Some((key, heading)) => table.row(key, heading, cells),
            None if names.is_empty() => {}
            None => table.total("total", total, cells),
        }
    }
}

pub(super) fn provider_label(name: &str) -> String {
    if name.is_empty() { "The landlord itself".to_owned() } else { name.to_owned() }
}

/// A name as part of a figure's name: lower case, words joined by hyphens.
pub(super) fn key_of(name: &str) -> String {
    if name.is_empty() {
        return "own".to_owned();
    }
    let letters =
        name.chars().map(|letter| if letter.is_alphanumeric() { letter.to_ascii_lowercase() } else { '-' });
    letters.collect()
}

/// Why a table has its totals alone.
pub(super) const WITHHELD: &str = "Counts row by row are not told here: beside the totals, or beside those of the year, they would give small \
     ones away.";

pub(super) fn with_masking_note(table: TableView, masked: &Masked) -> TableView {
    if masked.count() == 0 {
        return table;
    }
    if masked.hides_all() {
        return table.note(WITHHELD);
    }
    table.note(format!(
        "[masked]: counts from 1 to {} are not shown, nor are those that would give them away, so that no one can be \
         identified.",
        SMALLEST_SHOWN - 1
    ))
}
