//! What the templates are given: finished strings only. No template computes, rounds or compares.

mod analysis;
mod annual;
pub mod assessment;
mod attention;
mod cells;
mod charts;
mod code_check;
mod committee;
mod discreet;
mod document;
mod equality;
mod explained;
mod handling;
mod history;
mod lists;
mod measures;
mod method;
mod ombudsman;
mod outcomes;
mod paper;
pub mod policy;
mod rates;
mod recorded;
mod refusals;
mod remedies;
mod summary;
mod times;
mod trends;
mod tsm;
mod volumes;
mod what_if;
mod words;

use serde::Serialize;

pub use annual::{AnnualView, PartView, ResponseView, annual, self_assessment};
pub use assessment::{AssessmentRow, AssessmentView, GroupView, SectionView};
pub use cells::{CellView, ColumnView, RowView, TableView};
pub use charts::{BarView, ChartView, LineView, TextView};
pub use code_check::code_check;
pub use committee::committee;
pub use document::{DEMONSTRATION, Document, PROVISIONAL};
pub use trends::ChangesView;

pub use tsm::{Beside, tsm};
pub use what_if::what_if;
pub use words::label;

use crate::frames::{Ledger, Scope};
use crate::request::{Excluded, Variant};
use crate::source::Source;
use crate::tables::Tables;

/// Everything a report is drawn from.
#[derive(Debug, Clone, Copy)]
pub struct Report<'a> {
    /// Periods, date, choices.
    pub scope: &'a Scope,
    /// The rows as read, for what is listed and not counted.
    pub source: &'a Source,
    /// The counts.
    pub tables: &'a Tables,
    /// Where each row went.
    pub ledger: &'a Ledger,
    /// For whom it is drawn.
    pub variant: Variant,
    /// Whether what is too rare to be compared is drawn as well.
    pub with_rare: bool,
    /// Figures the regulator left out.
    pub excluded: &'a [Excluded],
    /// Stages of the period that can still be answered in time.
    pub within_time: u64,
    /// Residents behind the complaints received in the period.
    pub complainants: u64,
    /// Residents behind the stage 1 complaints.
    pub residents: u64,
}

impl Report<'_> {
    /// How the landlord knows the cases of these ids: by its own system's reference where there is one. Empty in what is
    /// published.
    #[must_use]
    pub fn references(&self, cases: &[&str]) -> Vec<String> {
        if self.variant == Variant::Published {
            return Vec::new();
        }
        let of = |case: &&crate::source::Case| cases.contains(&case.case_id.as_str());
        let mut names: Vec<String> =
            self.source.cases.iter().filter(of).map(|case| case.name().to_owned()).collect();
        names.sort();
        names
    }

    /// A count of people with something in common, as this report tells it: exactly to a committee, discreetly to everybody.
    #[must_use]
    pub fn told(&self, count: u64) -> String {
        match self.variant {
            Variant::Published => words::discreet(count),
            Variant::Committee => redress_shared::measure::thousands(count),
        }
    }

    /// Whether the report has such a period.
    #[must_use]
    pub fn has_window(&self, key: &str) -> bool {
        self.scope.windows.iter().any(|window| window.key == key)
    }

    /// What the period is called.
    #[must_use]
    pub fn label_of(&self, key: &str) -> &str {
        let window = self.scope.windows.iter().find(|window| window.key == key);
        window.map_or("", |window| window.period.label.as_str())
    }
}

/// A headline figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CardView {
    /// The figure's name.
    pub figure: String,
    /// What it is.
    pub label: String,
    /// The figure.
    pub value: String,
    /// What it was worked out from.
    pub of: String,
    /// The same figure in the other periods, in words.
    pub comparisons: Vec<String>,
    /// The id of its definition in the shared measures, or of what is counted.
    pub definition: String,
    /// Where that stands on the page, as a link; empty where it does not.
    pub meaning: String,
}
