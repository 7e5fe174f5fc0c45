//! What is published tells no small count of people with something in common. Tables that cross two things go through
//! [`mask`](redress_shared::measure::mask) where they are drawn; the rest of the rules stand here, and no rule stands anywhere else:
//!
//! - headlines are told: all of a landlord's complaints by stage, month and channel, by how they stand on the clocks, by whether they were
//!   upheld, and what was asked for and refused in all. They say nothing of what a complaint was about, of whom, or whose home;
//! - by month, quarter or any other part of the period, what was made is told, and how it fared where none of them has fewer than five;
//! - what else is a part of a told whole is told only if neither it nor the rest is a small count;
//! - where one figure of a column is small, the whole column is hidden, its total too: then there is nothing to subtract from.

use redress_shared::measure::{LCHO_SEPARATE_FROM_HOMES, Rate, SMALLEST_SHOWN, StockType, UPHELD_OUTCOMES};

use super::{CellView, Document, Report, TableView};
use crate::frames::{BEFORE, NOW};
use crate::request::Variant;

/// Whether a count of people with something in common is so small that it could tell on somebody.
pub(super) fn is_small(count: u64) -> bool {
    (1..SMALLEST_SHOWN).contains(&count)
}

/// Whether a part of a told whole, or what it leaves of it, is so small that it could tell on somebody.
pub(super) fn is_telling(part: Rate) -> bool {
    is_small(part.numerator) || is_small(part.denominator.saturating_sub(part.numerator))
}

impl Report<'_> {
    /// Whether it is for everybody.
    pub(super) fn is_published(&self) -> bool {
        self.variant == Variant::Published
    }

    /// Whether the number of complaints about a third party's service would give a hidden count of the table of providers away: with
    /// one contractor they are the same.
    pub(super) fn hides_third_parties(&self) -> bool {
        let providers = self.providers();
        let (shown, hidden): (Vec<_>, Vec<_>) = providers
            .rows
            .iter()
            .filter(|row| !row.is_total)
            .flat_map(|row| &row.cells)
            .partition(|cell| !cell.is_masked());
        // Where there are complaints and no row, the rows are hidden altogether.
        let has_none = self.made_in(NOW, "1") + self.made_in(NOW, "2") == 0;
        self.is_published() && (!hidden.is_empty() || shown.is_empty() && !has_none)
    }

    /// Hides in a finished report what could tell on somebody, where it is for everybody.
    pub(crate) fn hide(&self, document: &mut Document) {
        if !self.is_published() {
            return;
        }
        let tables = &mut document.tables;
        let mut each = |name: &str, hide: &dyn Fn(&Self, &mut TableView)| {
            if let Some(table) = tables.get_mut(name) {
                hide(self, table);
            }
        };
        each("escalation_requests", &Self::hide_of_requests);
        each("outcomes", &Self::hide_partly_upheld);
        for name in ["months", "quarters"] {
            each(name, &|_, table| hide_late_of_few(table));
        }
        each("remarks", &Self::hide_remarks);
        each("money", &Self::hide_amounts);
        for name in ["populations", "per_thousand"] {
            each(name, &Self::hide_types);
        }
        for name in ["refusals", "refused_escalations", "remedies"] {
            each(name, &|_, table| hide_telling_totals(table));
        }
    }

    /// Which requests gave reasons or came late: a column each, of requests that are told.
    fn hide_of_requests(&self, table: &mut TableView) {
        for column in ["reasons", "late"] {
            let requests = table.column("requests");
            let is_hidden = requests.iter().zip(table.column(column)).any(|(all, part)| {
                let counts = all.as_count().zip(part.as_count());
                counts.is_some_and(|(all, part)| is_telling(Rate::new(part, all)))
            });
            if is_hidden {
                table.hide(&[column], |_| true);
            }
        }
    }

    /// Whether a complaint was upheld is told, and whether only in part where neither is small.
    fn hide_partly_upheld(&self, table: &mut TableView) {
        for (stage, share) in [("stage-1", "stage-1-share"), ("stage-2", "stage-2-share")] {
            let of = |key: &str| table.cell(key, stage).and_then(CellView::as_count).unwrap_or(0);
            if UPHELD_OUTCOMES.into_iter().map(of).any(is_small) {
                table.hide(&[stage, share], |key| UPHELD_OUTCOMES.contains(&key));
            }
        }
    }

    fn hide_remarks(&self, table: &mut TableView) {
        let third_parties = self.hides_third_parties();
        let telling: Vec<String> = table
            .rows
            .iter()
            .filter(|row| {
                let share = row.cells.last().and_then(CellView::as_rate);
                share.is_some_and(|share| share.numerator > 0 && is_telling(share))
                    || third_parties && row.key == "third-party"
            })
            .map(|row| row.key.clone())
            .collect();
        table.hide(&["cases", "share"], |key| telling.iter().any(|telling| telling == key));
    }

    /// Amounts of fewer than five residents are told as a number alone.
    fn hide_amounts(&self, table: &mut TableView) {
        for what in ["offered", "paid", "set-off"] {
            let amounts = |window| self.tables.money.sum(&[("window", window), ("what", what)]);
            if is_small(amounts(NOW)) {
                table.hide(&["total", "median", "average"], |key| key == what);
            }
            if is_small(amounts(BEFORE)) {
                table.hide(&["before"], |key| key == what);
            }
        }
    }

    /// Types of home that are not returned to the regulator: where one of them has a small figure at a stage, all are hidden there,
    /// and the sum that one of them could be subtracted from.
    fn hide_types(&self, table: &mut TableView) {
        let kept = |stock: &StockType| !self.is_returned(*stock);
        let types: Vec<StockType> = StockType::ALL.into_iter().filter(kept).collect();
        for (stage, columns) in [
            ("1", ["stage-1", "stage-1-in-time", "stage-1-rate"]),
            ("2", ["stage-2", "stage-2-in-time", "stage-2-rate"]),
        ] {
            let is_telling = |stock: &StockType| {
                let made = self.made(stage, *stock);
                is_small(made.made) || is_telling(Rate::new(made.answered(), made.made))
            };
            if types.iter().any(is_telling) {
                let sum = types.contains(&StockType::Lcho).then_some("tenants");
                let words: Vec<&str> = types.iter().map(|stock| stock.word()).chain(sum).collect();
                table.hide(&columns, |key| words.contains(&key));
            }
        }
    }

    /// How many stages two ways of counting part, of so many in all. How each counts is told, so that what one column has follows from the
    /// others: where one is telling, all are hidden.
    pub(super) fn hide_parted(&self, table: &mut TableView, columns: &[&str], all: impl Fn(&str) -> u64) {
        let is_part_telling = |key: &str, cell: &CellView| {
            cell.as_count().is_some_and(|part| part > 0 && is_telling(Rate::new(part, all(key))))
        };
        let is_any_telling = columns.iter().any(|column| {
            table
                .rows
                .iter()
                .any(|row| table.cell(&row.key, column).is_some_and(|cell| is_part_telling(&row.key, cell)))
        });
        if self.is_published() && is_any_telling {
            table.hide(columns, |_| true);
        }
    }

    fn is_returned(&self, stock: StockType) -> bool {
        match stock {
            StockType::Lcra => true,
            StockType::Lcho => self.homes(stock).is_some_and(|homes| homes >= LCHO_SEPARATE_FROM_HOMES),
            _ => false,
        }
    }
}

/// How many of a part of the period were answered late: of fewer than five that would tell how each of them fared. The parts add up to a
/// total that is told, so that all are hidden or none; where there is but one, it is that total.
fn hide_late_of_few(table: &mut TableView) {
    for (made, late) in [("stage-1", "stage-1-late"), ("stage-2", "stage-2-late")] {
        let mut parts = table.rows.iter().zip(table.column(made)).filter(|(row, _)| !row.is_total);
        if table.rows.len() > 2 && parts.any(|(_, made)| made.as_count().is_some_and(is_small)) {
            table.hide(&[late], |key| key != "all");
        }
    }
}

/// The share of a total is of a whole that is told: it is hidden where it, or the rest, is small.
fn hide_telling_totals(table: &mut TableView) {
    let cells = table.rows.iter_mut().filter(|row| row.is_total).flat_map(|row| &mut row.cells);
    for cell in cells.filter(|cell| cell.as_rate().is_some_and(is_telling)) {
        cell.hide();
    }
}
