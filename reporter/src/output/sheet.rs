//! A table as lines of plain values, for spreadsheets and programs.

use redress_shared::spreadsheet::inert;

use crate::error::{Error, Result};
use crate::views::{CellView, TableView};

/// A table without any dress: a name, a heading for each column, and the lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Its name: that of its file.
    pub name: String,
    /// The names of its columns.
    pub columns: Vec<String>,
    /// Its lines, a value to a column.
    pub lines: Vec<Vec<String>>,
}

impl Sheet {
    /// A sheet without lines yet.
    #[must_use]
    pub fn new(name: &str, columns: &[&str]) -> Self {
        let columns = columns.iter().map(|column| (*column).to_owned()).collect();
        Self { name: name.to_owned(), columns, lines: Vec::new() }
    }

    /// Adds a line with a value for each column.
    pub fn line<const N: usize>(&mut self, values: [&str; N]) {
        debug_assert_eq!(N, self.columns.len(), "a value for each column of {}", self.name);
        self.lines.push(values.map(str::to_owned).to_vec());
    }

    /// A report's table. A column whose figures are worked out from two counts is followed by both: what was counted, and out of
    /// how many.
    #[must_use]
    pub fn of(table: &TableView) -> Self {
        let counts = |index: usize| table.rows.iter().any(|row| row.cells[index].numerator.is_some());
        let with_counts: Vec<bool> = (0..table.columns.len()).map(counts).collect();
        let mut columns = vec!["row".to_owned(), "heading".to_owned()];
        for (column, counted) in table.columns.iter().zip(&with_counts) {
            columns.push(column.key.clone());
            if *counted {
                columns.extend([format!("{}.counted", column.key), format!("{}.out-of", column.key)]);
            }
        }
        let line = |row: &crate::views::RowView| {
            let mut line = vec![row.key.clone(), row.heading.clone()];
            row.cells.iter().zip(&with_counts).for_each(|(cell, counted)| add(&mut line, cell, *counted));
            line
        };
        let lines = table.rows.iter().map(line).collect();
        Self { name: table.id.clone(), columns, lines }
    }

    /// The sheet as CSV. Text that a spreadsheet would take for a formula has an apostrophe before it.
    ///
    /// # Errors
    /// When a line has too few values, which its makers rule out.
    pub fn to_csv(&self) -> Result<Vec<u8>> {
        let unwritable = |error: &dyn std::fmt::Display| Error::Unwritable(format!("{}: {error}", self.name));
        let mut writer = csv::Writer::from_writer(Vec::new());
        for line in std::iter::once(&self.columns).chain(&self.lines) {
            for cell in line {
                let cell = if is_number(cell) { cell.into() } else { inert(cell) };
                writer.write_field(&*cell).map_err(|error| unwritable(&error))?;
            }
            writer.write_record(None::<&[u8]>).map_err(|error| unwritable(&error))?;
        }
        writer.into_inner().map_err(|error| unwritable(&error))
    }
}

/// Whether a cell is a number as the reports write them: digits, with at most a sign before them and a point among them.
fn is_number(cell: &str) -> bool {
    let digits = cell.strip_prefix(['+', '-']).unwrap_or(cell);
    let (whole, parts) = digits.split_once('.').unwrap_or((digits, "0"));
    [whole, parts].iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}

fn add(line: &mut Vec<String>, cell: &CellView, counted: bool) {
    line.push(cell.plain.clone());
    if counted {
        let number = |count: Option<u64>| count.map(|count| count.to_string()).unwrap_or_default();
        line.extend([number(cell.numerator), number(cell.denominator)]);
    }
}

#[cfg(test)]
mod tests {
    use redress_shared::measure::{Marker, Rate, UPHELD};

    use super::*;

    #[test]
    fn words_compute_nothing_in_a_spreadsheet_and_numbers_stay_numbers() {
        let mut sheet = Sheet::new("causes", &["row", "change"]);
        sheet.line(["=HYPERLINK(A1)", "-3.2"]);
        sheet.line(["@home", "+7"]);
        sheet.line(["-1+2", "-.5"]);
        let csv = String::from_utf8(sheet.to_csv().unwrap()).unwrap();
        assert_eq!(csv, "row,change\n'=HYPERLINK(A1),-3.2\n'@home,+7\n'-1+2,'-.5\n");
    }

    #[test]
    fn a_rate_is_followed_by_its_two_counts_and_a_mask_gives_nothing_away() {
        let columns = [("made", "Made"), ("in-time", "In time")];
        let mut table = TableView::new("responses", "Responses", "Stage", &columns);
        let rate = CellView::rate(&UPHELD, Rate::new(2, 3));
        table.row("1", "Stage 1, all", vec![CellView::count(1_234), rate]);
        let unknown = CellView::marked(Marker::Blank, "");
        table.row("2", "Stage 2", vec![CellView::masked(None), unknown]);
        let csv = String::from_utf8(Sheet::of(&table).to_csv().unwrap()).unwrap();
        assert_eq!(
            csv,
            "row,heading,made,in-time,in-time.counted,in-time.out-of\n\
             1,\"Stage 1, all\",1234,66.7,2,3\n2,Stage 2,[masked],[X],,\n"
        );
    }
}
