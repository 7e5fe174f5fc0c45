//! What figures amount to, and by how much one report has more of each than another.

use std::collections::BTreeMap;

use crate::views::{CellView, Document, TableView};

/// What a figure amounts to: a count of its own, or the two counts of a rate or an average.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Amount {
    pub(super) counted: i128,
    pub(super) out_of: Option<i128>,
}

pub(super) type Amounts = BTreeMap<String, Amount>;

/// The tables whose figures are about cases: the notes on how they were made are not.
pub(super) fn tables(document: &Document) -> impl Iterator<Item = &TableView> {
    const NOTES: [&str; 8] =
        ["definitions", "counted", "terms", "choices", "markers", "reconciliation", "derived", "left-out"];
    // What residents told of themselves is joined to no case.
    let about_cases = |table: &&TableView| table.id != "equality" && !NOTES.contains(&table.id.as_str());
    document.tables.values().filter(about_cases)
}

pub(super) fn amounts(document: &Document) -> Amounts {
    let cells = tables(document).flat_map(|table| &table.rows).flat_map(|row| &row.cells);
    cells.filter_map(|cell| Some((cell.figure.clone(), amount(cell)?))).collect()
}

/// What a cell amounts to; none where it holds words, or a change from one figure to another.
pub(super) fn amount(cell: &CellView) -> Option<Amount> {
    if let (Some(counted), Some(out_of)) = (cell.numerator, cell.denominator) {
        return Some(Amount { counted: counted.into(), out_of: Some(out_of.into()) });
    }
    if cell.is_words {
        return None;
    }
    let counted = match cell.plain.split_once('.') {
        // Pounds, in pence.
        Some((pounds, pence)) if pence.len() == 2 => format!("{pounds}{pence}").parse().ok()?,
        Some(_) => return None,
        None => cell.plain.parse().ok()?,
    };
    (!cell.plain.starts_with(['+', '-'])).then_some(Amount { counted, out_of: None })
}

/// What these amounts are more than those without any case; those that are no more are left out.
pub(super) fn over(amounts: Amounts, without: &Amounts) -> Amounts {
    let more = |(id, amount): (String, Amount)| {
        let base = without.get(&id).copied().unwrap_or_default();
        let out_of = amount.out_of.map(|out_of| out_of - base.out_of.unwrap_or_default());
        let more = Amount { counted: amount.counted - base.counted, out_of };
        let is_part = more.counted != 0 || more.out_of.unwrap_or_default() != 0;
        is_part.then_some((id, more))
    };
    amounts.into_iter().filter_map(more).collect()
}

#[cfg(test)]
mod tests {
    use redress_shared::measure::{Marker, Rate, UPHELD};

    use super::*;

    #[test]
    fn counts_pounds_and_rates_have_amounts_and_changes_and_words_have_none() {
        let counted = |cell: CellView| amount(&cell).map(|amount| (amount.counted, amount.out_of));
        assert_eq!(counted(CellView::count(1_234)), Some((1_234, None)));
        assert_eq!(counted(CellView::money(1_255)), Some((1_255, None)));
        assert_eq!(counted(CellView::rate(&UPHELD, Rate::new(2, 3))), Some((2, Some(3))));
        assert_eq!(counted(CellView::average(1_000, 4)), Some((1_000, Some(4))));
        for cell in [
            CellView::change(8, 10),
            CellView::words("12"),
            CellView::marked(Marker::Blank, ""),
            CellView::none(),
        ] {
            assert_eq!(counted(cell), None);
        }
    }
}
