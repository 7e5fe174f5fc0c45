//! Masking small counts in a published table, so that neither a cell nor a subtraction from a total identifies anyone.
//! Never used for CH01 and CH02, which the regulator publishes whole.

use std::collections::{BTreeMap, BTreeSet};

/// Counts from 1 to one less than this are masked.
pub const SMALLEST_SHOWN: u64 = 5;

/// A position in the table with its totals: row, column. The last row and the last column are the totals.
type Cell = (usize, usize);

/// A table of counts with its totals, as it may be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Masked {
    /// Row by row, the last entry of each the row's total; the last row holds the columns' totals. `None` is masked.
    pub rows: Vec<Vec<Option<u64>>>,
}

impl Masked {
    /// How many cells are masked, totals included.
    #[must_use]
    pub fn count(&self) -> usize {
        self.rows.iter().flatten().filter(|cell| cell.is_none()).count()
    }
}

/// Masks every count from 1 to 4, the rows' totals too, and as many further counts as it takes that none of those can be
/// worked out from the totals. A row shorter than the others counts as filled up with zeros.
///
/// The columns' totals are never masked, because a report prints them elsewhere as headline figures. Where the other
/// counts are too few to hide behind, the whole table above those totals is masked.
///
/// Why it is enough: two masked counts above zero in one line let one be raised and the other lowered by one. Where each
/// masked count lies on a closed ring of such pairs, another table fits the same published numbers, so the count cannot
/// be known. Seen as a graph (rows and columns its nodes, masked counts its edges), a count on no ring is a bridge.
#[must_use]
pub fn mask(counts: &[Vec<u64>]) -> Masked {
    let table = with_totals(counts);
    let masked = to_mask(&table);
    let show =
        |row: usize, column: usize| (!masked.contains(&(row, column))).then(|| value(&table, (row, column)));
    let rows =
        table.iter().enumerate().map(|(row, line)| (0..line.len()).map(|column| show(row, column)).collect());
    Masked { rows: rows.collect() }
}

fn to_mask(table: &[Vec<u64>]) -> BTreeSet<Cell> {
    let mut masked: BTreeSet<Cell> =
        maskable(table).filter(|cell| (1..SMALLEST_SHOWN).contains(&value(table, *cell))).collect();
    while let Some(bridge) = masked.iter().copied().find(|cell| is_bridge(&masked, *cell)) {
        let ring = ring_through(table, &masked, bridge);
        if ring.is_empty() {
            return maskable(table).collect();
        }
        masked.extend(ring);
    }
    masked
}

/// All but the columns' totals.
fn maskable(table: &[Vec<u64>]) -> impl Iterator<Item = Cell> + '_ {
    cells(table).filter(|(row, _)| row + 1 < table.len())
}

fn with_totals(counts: &[Vec<u64>]) -> Vec<Vec<u64>> {
    let width = counts.iter().map(Vec::len).max().unwrap_or(0);
    let mut table: Vec<Vec<u64>> = counts
        .iter()
        .map(|row| {
            let mut row = row.clone();
            row.resize(width, 0);
            row.push(row.iter().sum());
            row
        })
        .collect();
    let totals = (0..=width).map(|column| table.iter().map(|row| row[column]).sum()).collect();
    table.push(totals);
    table
}

fn cells(table: &[Vec<u64>]) -> impl Iterator<Item = Cell> + '_ {
    table.iter().enumerate().flat_map(|(row, line)| (0..line.len()).map(move |column| (row, column)))
}

fn value(table: &[Vec<u64>], (row, column): Cell) -> u64 {
    table.get(row).and_then(|line| line.get(column)).copied().unwrap_or(0)
}

/// The counts to mask so that the bridge comes to lie on a ring: the cheapest way round from its row to its column over
/// other counts above zero. What is masked already costs nothing, an inner count its value, a total more than any of them.
fn ring_through(table: &[Vec<u64>], masked: &BTreeSet<Cell>, bridge: Cell) -> Vec<Cell> {
    type Way = (usize, u64, Vec<Cell>);
    let is_total = |(row, column): Cell| table.get(row).is_some_and(|line| column + 1 == line.len());
    let mut to_row: BTreeMap<usize, Way> = BTreeMap::from([(bridge.0, Way::default())]);
    let mut to_column: BTreeMap<usize, Way> = BTreeMap::new();
    let step = |(totals, sum, way): &Way, cell: Cell| {
        let mut way = way.clone();
        if masked.contains(&cell) {
            return (*totals, *sum, way);
        }
        way.push(cell);
        (totals + usize::from(is_total(cell)), sum + value(table, cell), way)
    };
    let mut improved = true;
    while improved {
        improved = false;
        for cell in maskable(table).filter(|cell| *cell != bridge && value(table, *cell) > 0) {
            let onward = to_row.get(&cell.0).map(|way| step(way, cell));
            improved |= onward.is_some_and(|way| keep_cheaper(&mut to_column, cell.1, way));
            let back = to_column.get(&cell.1).map(|way| step(way, cell));
            improved |= back.is_some_and(|way| keep_cheaper(&mut to_row, cell.0, way));
        }
    }
    to_column.remove(&bridge.1).map(|(_, _, way)| way).unwrap_or_default()
}

fn keep_cheaper<W: Ord>(ways: &mut BTreeMap<usize, W>, node: usize, way: W) -> bool {
    let cheaper = ways.get(&node).is_none_or(|known| way < *known);
    if cheaper {
        ways.insert(node, way);
    }
    cheaper
}

/// Whether no ring of masked counts runs through this one: without it, its row no longer reaches its column.
fn is_bridge(masked: &BTreeSet<Cell>, (row, column): Cell) -> bool {
    let (mut rows, mut columns) = (BTreeSet::from([row]), BTreeSet::new());
    loop {
        let before = rows.len() + columns.len();
        for other in masked.iter().filter(|other| **other != (row, column)) {
            if rows.contains(&other.0) {
                columns.insert(other.1);
            }
            if columns.contains(&other.1) {
                rows.insert(other.0);
            }
        }
        if columns.contains(&column) {
            return false;
        }
        if rows.len() + columns.len() == before {
            return true;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{prop, proptest};

    use super::*;

    #[test]
    fn a_lone_small_count_takes_company_in_its_row_and_its_column() {
        let masked = mask(&[vec![20, 1, 9], vec![30, 12, 40], vec![7, 8, 15]]);
        assert_eq!(
            masked.rows,
            vec![
                vec![Some(20), None, None, Some(30)],
                vec![Some(30), Some(12), Some(40), Some(82)],
                vec![Some(7), None, None, Some(30)],
                vec![Some(57), Some(21), Some(64), Some(142)],
            ]
        );
    }

    #[test]
    fn a_table_without_small_counts_is_shown_whole() {
        assert_eq!(mask(&[vec![5, 0], vec![10, 7]]).count(), 0);
        assert_eq!(mask(&[]).count(), 0);
    }

    #[test]
    fn a_row_total_equal_to_its_only_count_is_masked_with_it() {
        let masked = mask(&[vec![3, 0], vec![9, 50]]);
        assert_eq!(masked.rows[0], vec![None, Some(0), None]);
        assert_eq!(masked.rows[1], vec![None, Some(50), None]);
    }

    #[test]
    fn with_nothing_to_hide_behind_only_the_totals_of_the_columns_are_shown() {
        let masked = mask(&[vec![3, 0], vec![0, 50]]);
        assert!(masked.rows[..2].iter().flatten().all(Option::is_none));
        assert_eq!(masked.rows[2], vec![Some(3), Some(50), Some(53)]);
    }

    /// Whether a table with one more in the target cell, and no masked count below zero, fits all that is shown.
    fn another_table_fits(table: &[Vec<u64>], masked: &Masked, target: Cell) -> bool {
        fn repair(
            table: &mut Vec<Vec<i64>>,
            free: &BTreeSet<Cell>,
            used: &mut BTreeSet<Cell>,
            depth: u8,
        ) -> bool {
            let height = table.len();
            let width = table[0].len();
            let off_row = (0..height)
                .find(|row| table[*row][..width - 1].iter().sum::<i64>() != table[*row][width - 1]);
            let off_column = (0..width).find(|column| {
                (0..height - 1).map(|row| table[row][*column]).sum::<i64>() != table[height - 1][*column]
            });
            let line: Vec<Cell> = match (off_row, off_column) {
                (None, None) => return true,
                (Some(row), _) => (0..width).map(|column| (row, column)).collect(),
                (None, Some(column)) => (0..height).map(|row| (row, column)).collect(),
            };
            if depth == 0 {
                return false;
            }
            for cell in line.into_iter().filter(|cell| free.contains(cell)) {
                if !used.insert(cell) {
                    continue;
                }
                for step in [-1, 1] {
                    table[cell.0][cell.1] += step;
                    if table[cell.0][cell.1] >= 0 && repair(table, free, used, depth - 1) {
                        return true;
                    }
                    table[cell.0][cell.1] -= step;
                }
                used.remove(&cell);
            }
            false
        }
        let free: BTreeSet<Cell> =
            cells(table).filter(|cell| masked.rows[cell.0][cell.1].is_none()).collect();
        let mut signed: Vec<Vec<i64>> =
            table.iter().map(|row| row.iter().map(|count| *count as i64).collect()).collect();
        signed[target.0][target.1] += 1;
        repair(&mut signed, &free, &mut BTreeSet::from([target]), 8)
    }

    proptest! {
        /// No masked count is the only one left in its row or column, and for each another table fits what is published.
        #[test]
        fn no_masked_count_can_be_derived(counts in prop::collection::vec(prop::collection::vec(0_u64..12, 3), 1..4)) {
            let masked = mask(&counts);
            let table = with_totals(&counts);
            if masked.rows[..counts.len()].iter().flatten().all(Option::is_none) {
                return Ok(());
            }
            for cell in maskable(&table) {
                let hidden = masked.rows[cell.0][cell.1].is_none();
                assert!(hidden || !(1..SMALLEST_SHOWN).contains(&value(&table, cell)), "a small count is shown");
                if hidden {
                    let in_row = masked.rows[cell.0].iter().filter(|other| other.is_none()).count();
                    let in_column = masked.rows.iter().filter(|row| row[cell.1].is_none()).count();
                    assert!(in_row >= 2 && in_column >= 2, "derived by one subtraction: {masked:?}");
                    assert!(another_table_fits(&table, &masked, cell), "derived from all totals: {cell:?} {masked:?}");
                }
            }
        }
    }
}
