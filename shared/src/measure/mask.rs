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
    /// The whole table with its totals and nothing masked: for those who may see every count.
    #[must_use]
    pub fn whole(counts: &[Vec<u64>]) -> Self {
        let shown = |line: Vec<u64>| line.into_iter().map(Some).collect();
        Self { rows: with_totals(counts).into_iter().map(shown).collect() }
    }

    /// The table with nothing but the columns' totals: where another table with the same rows is published beside it, such as that of
    /// the year of a quarter, and the two together would tell more than each does.
    #[must_use]
    pub fn withheld(counts: &[Vec<u64>]) -> Self {
        let mut table = Self::whole(counts);
        let but_totals = table.rows.len().saturating_sub(1);
        table.rows.iter_mut().take(but_totals).for_each(|row| row.fill(None));
        table
    }

    /// Whether no row but that of the totals shows anything. Then a row's heading alone could tell whose the totals are.
    #[must_use]
    pub fn hides_all(&self) -> bool {
        let rows = self.rows.split_last().map(|(_, rows)| rows).unwrap_or_default();
        !rows.is_empty() && rows.iter().flatten().all(Option::is_none)
    }

    /// How many cells are masked, totals included.
    #[must_use]
    pub fn count(&self) -> usize {
        self.rows.iter().flatten().filter(|cell| cell.is_none()).count()
    }
}

/// Masks every count from 1 to 4, the rows' totals too, and as many further counts as it takes that none of those can be
/// worked out from the totals; a zero too, where nothing else is there to hide behind, and another row's total last of
/// all. A row shorter than the others counts as filled up with zeros.
///
/// The columns' totals are never masked, because a report prints them elsewhere as headline figures. A table of one row
/// has the same figures there, so that row is then masked whole; and where there is no other way, so is the table. Then its totals are to
/// be shown alone, without the rows' headings ([`Masked::hides_all`]).
///
/// Why it is enough: each masked count lies on a closed ring of masked counts that can be raised and lowered by one in
/// turn, none of them below zero, so that every line still adds up. So another table fits the same published numbers,
/// and the count cannot be known. Seen as a graph (rows and columns its nodes, masked counts its edges), the ring leads
/// from a row to a column over a count that is raised, and back to a row over one that is lowered, which a zero cannot be, nor the
/// total of a row that has one thing in it.
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
    loop {
        // The totals first: what they are hidden behind hides the counts of their rows as well.
        let mut cells: Vec<Cell> = masked.iter().copied().collect();
        cells.sort_by_key(|cell| !is_total(table, *cell));
        let exposed = cells.into_iter().map(|cell| ring_through(table, &masked, cell));
        let Some(ring) = exposed.into_iter().find(|ring| ring.as_ref().is_none_or(|ring| !ring.is_empty()))
        else {
            return masked;
        };
        match ring {
            Some(ring) => masked.extend(ring),
            None => return maskable(table).collect(),
        }
    }
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

fn is_total(table: &[Vec<u64>], (row, column): Cell) -> bool {
    table.get(row).is_some_and(|line| column + 1 == line.len())
}

/// Which ways a ring can pass over a count: from its row to its column, which raises it, and back, which lowers it. A total
/// stands on the other side of its row's sum, so that it is lowered on the way there and raised on the way back. It is not lowered to
/// nothing: a row is there because something is in it, and whoever reads its heading knows that.
fn passable(table: &[Vec<u64>], cell: Cell) -> (bool, bool) {
    let count = value(table, cell);
    if is_total(table, cell) { (count > 1, true) } else { (true, count > 0) }
}

/// How many totals, zeros and people a way over the table masks beyond what is masked already, and which cells.
type Way = (usize, usize, u64, Vec<Cell>);

/// The counts to mask so that this one comes to lie on a ring: the cheapest way round. None to mask where it lies on one
/// already; `None` where there is no way round.
fn ring_through(table: &[Vec<u64>], masked: &BTreeSet<Cell>, cell: Cell) -> Option<Vec<Cell>> {
    let (onward, back) = passable(table, cell);
    let back_to_row = onward.then(|| cheapest_way(table, masked, cell, false)).flatten();
    let on_to_column = back.then(|| cheapest_way(table, masked, cell, true)).flatten();
    back_to_row.into_iter().chain(on_to_column).min().map(|(_, _, _, way)| way)
}

/// The cheapest way between the count's row and its column that does not pass over the count itself.
fn cheapest_way(
    table: &[Vec<u64>],
    masked: &BTreeSet<Cell>,
    around: Cell,
    from_its_row: bool,
) -> Option<Way> {
    let (mut to_row, mut to_column): (BTreeMap<usize, Way>, BTreeMap<usize, Way>) = Default::default();
    if from_its_row {
        to_row.insert(around.0, Way::default());
    } else {
        to_column.insert(around.1, Way::default());
    }
    let mut improved = true;
    while improved {
        improved = false;
        for cell in maskable(table).filter(|cell| *cell != around) {
            let (onward, back) = passable(table, cell);
            let way = to_row.get(&cell.0).filter(|_| onward).map(|way| longer(table, masked, way, cell));
            improved |= way.is_some_and(|way| keep_cheaper(&mut to_column, cell.1, way));
            let way = to_column.get(&cell.1).filter(|_| back).map(|way| longer(table, masked, way, cell));
            improved |= way.is_some_and(|way| keep_cheaper(&mut to_row, cell.0, way));
        }
    }
    if from_its_row { to_column.remove(&around.1) } else { to_row.remove(&around.0) }
}

/// A way with one more cell. What is masked already costs nothing.
fn longer(table: &[Vec<u64>], masked: &BTreeSet<Cell>, way: &Way, cell: Cell) -> Way {
    let (totals, zeros, sum, mut cells) = way.clone();
    if masked.contains(&cell) {
        return (totals, zeros, sum, cells);
    }
    cells.push(cell);
    let count = value(table, cell);
    (totals + usize::from(is_total(table, cell)), zeros + usize::from(count == 0), sum + count, cells)
}

fn keep_cheaper<W: Ord>(ways: &mut BTreeMap<usize, W>, node: usize, way: W) -> bool {
    let cheaper = ways.get(&node).is_none_or(|known| way < *known);
    if cheaper {
        ways.insert(node, way);
    }
    cheaper
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
    fn a_small_total_takes_another_total_and_a_zero_beside_it() {
        let masked = mask(&[vec![3, 0], vec![0, 50]]);
        assert_eq!(masked.rows[0], vec![None, Some(0), None]);
        assert_eq!(masked.rows[1], vec![None, Some(50), None]);
        assert_eq!(masked.rows[2], vec![Some(3), Some(50), Some(53)]);
    }

    #[test]
    fn one_lone_count_in_a_column_hides_behind_a_zero_and_keeps_the_totals_of_the_rows() {
        let masked = mask(&[vec![20, 1], vec![30, 0], vec![7, 0]]);
        assert_eq!(
            masked.rows,
            vec![
                vec![None, None, Some(21)],
                vec![Some(30), Some(0), Some(30)],
                vec![None, None, Some(7)],
                vec![Some(57), Some(1), Some(58)],
            ]
        );
    }

    #[test]
    fn a_single_row_that_the_totals_repeat_is_masked_whole() {
        let masked = mask(&[vec![3, 50]]);
        assert_eq!(masked.rows, vec![vec![None, None, None], vec![Some(3), Some(50), Some(53)]]);
    }

    #[test]
    fn what_is_withheld_has_its_totals_alone() {
        let withheld = Masked::withheld(&[vec![20, 10], vec![30, 40]]);
        assert_eq!(withheld.rows, vec![vec![None; 3], vec![None; 3], vec![Some(50), Some(50), Some(100)]]);
        assert!(withheld.hides_all() && mask(&[vec![3, 50]]).hides_all());
        assert!(!mask(&[vec![3, 0], vec![9, 50]]).hides_all() && !Masked::withheld(&[]).hides_all());
    }

    /// Whether a table with one more or fewer in the target cell, and no masked count below zero, fits all that is shown.
    fn another_table_fits(table: &[Vec<u64>], masked: &Masked, target: Cell, change: i64) -> bool {
        fn repair(
            was: &[Vec<u64>],
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
                // A heading tells that something is in its row.
                (None, None) => {
                    return table.iter().zip(was).all(|(row, was)| was[width - 1] == 0 || row[width - 1] > 0);
                }
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
                    if table[cell.0][cell.1] >= 0 && repair(was, table, free, used, depth - 1) {
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
        signed[target.0][target.1] += change;
        signed[target.0][target.1] >= 0 && repair(table, &mut signed, &free, &mut BTreeSet::from([target]), 8)
    }

    proptest! {
        /// No masked count is the only one left in its row or column, and for each another table fits what is published.
        #[test]
        fn no_masked_count_can_be_derived(counts in prop::collection::vec(prop::collection::vec(0_u64..12, 3), 2..4)) {
            let masked = mask(&counts);
            let table = with_totals(&counts);
            // Of a table that is masked whole the totals alone are shown, and no row is named.
            for cell in maskable(&table).filter(|_| !masked.hides_all()) {
                let hidden = masked.rows[cell.0][cell.1].is_none();
                assert!(hidden || !(1..SMALLEST_SHOWN).contains(&value(&table, cell)), "a small count is shown");
                if hidden {
                    let in_row = masked.rows[cell.0].iter().filter(|other| other.is_none()).count();
                    let in_column = masked.rows.iter().filter(|row| row[cell.1].is_none()).count();
                    assert!(in_row >= 2 && in_column >= 2, "derived by one subtraction: {masked:?}");
                    let fits = [1, -1].into_iter().any(|change| another_table_fits(&table, &masked, cell, change));
                    assert!(fits, "derived from all totals: {cell:?} {masked:?}");
                }
            }
        }
    }
}
