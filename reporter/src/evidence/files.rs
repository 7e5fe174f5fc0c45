//! The evidence as files: one of the cases behind each figure, a list of all figures, and what is in none.

use std::collections::{BTreeMap, BTreeSet};

use redress_shared::measure::version_of;

use super::amount::Amount;
use super::{Evidence, Figure};
use crate::error::Result;
use crate::frames::LeftOut;
use crate::output::{Item, Sheet};
use crate::views::Document;

/// Gives every figure that has cases a file's name of its own.
pub(super) fn named_apart(mut figures: Vec<Figure>) -> Vec<Figure> {
    let mut taken = BTreeSet::from(["figures.csv".to_owned(), "left-out.csv".to_owned()]);
    for figure in figures.iter_mut().filter(|figure| !figure.parts.is_empty()) {
        let plain = |letter: char| {
            if letter.is_ascii_alphanumeric() || letter == '.' { letter } else { '-' }
        };
        let stem: String = figure.id.chars().map(plain).collect();
        let mut file = format!("{stem}.csv");
        let mut number = 2_u32;
        while !taken.insert(file.to_lowercase()) {
            file = format!("{stem}-{number}.csv");
            number += 1;
        }
        figure.file = file;
    }
    figures
}

impl Figure {
    fn sheet(&self) -> Sheet {
        let columns = ["figure", "definition", "version", "case", "reference", "counted", "out-of"];
        let mut sheet = Sheet::new(&self.id, &columns);
        let version = version_of(&self.definition).map(|version| version.to_string()).unwrap_or_default();
        let mut line = |case: &str, reference: &str, amount: Amount| {
            let (counted, out_of) = (amount.counted.to_string(), told(amount.out_of));
            sheet.line([&self.id, &self.definition, &version, case, reference, &counted, &out_of]);
        };
        if self.without_cases != Amount::default() && !self.is_ranked {
            line("", "(not about a case)", self.without_cases);
        }
        for part in &self.parts {
            line(&part.case_id, &part.reference, part.amount);
        }
        sheet
    }
}

fn told(amount: Option<i128>) -> String {
    amount.map(|amount| amount.to_string()).unwrap_or_default()
}

impl Evidence {
    /// Sets a link from every figure that has cases to the file of them.
    pub(crate) fn link(&self, document: &mut Document, stem: &str) {
        let files: BTreeMap<&str, &str> =
            self.figures.iter().map(|figure| (figure.id.as_str(), figure.file.as_str())).collect();
        let rows = document.tables.values_mut().flat_map(|table| &mut table.rows);
        for cell in rows.flat_map(|row| &mut row.cells) {
            if let Some(file) = files.get(cell.figure.as_str()).filter(|file| !file.is_empty()) {
                cell.evidence = format!("{stem}-evidence/{file}");
            }
        }
    }

    /// The cases behind one figure as CSV; none where there is no such figure, or no case behind it.
    ///
    /// # Errors
    /// Never for the sheets made here; an error rather than a panic all the same.
    pub fn of(&self, figure: &str) -> Option<Result<Vec<u8>>> {
        let known = self.figures.iter().find(|known| known.id == figure)?;
        Some(known.sheet().to_csv())
    }

    /// The names of the figures that have cases, in order.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        let with_cases = self.figures.iter().filter(|figure| !figure.parts.is_empty());
        with_cases.map(|figure| figure.id.as_str())
    }

    /// A folder with a file for each figure, a list of all figures, and the rows that are in none, each with the reason.
    pub(crate) fn into_folder(self, stem: &str) -> Result<Item> {
        let mut files = vec![
            ("figures.csv".to_owned(), self.list().to_csv()?),
            ("left-out.csv".to_owned(), self.left_out().to_csv()?),
        ];
        for figure in self.figures.iter().filter(|figure| !figure.file.is_empty()) {
            files.push((figure.file.clone(), figure.sheet().to_csv()?));
        }
        Ok(Item::Folder(format!("{stem}-evidence"), files))
    }

    fn list(&self) -> Sheet {
        let columns = [
            "figure",
            "table",
            "row",
            "column",
            "printed",
            "counted",
            "out-of",
            "definition",
            "cases",
            "adds-up",
            "file",
        ];
        let mut sheet = Sheet::new("figures", &columns);
        for figure in &self.figures {
            let (counted, out_of) = (figure.whole.counted.to_string(), told(figure.whole.out_of));
            let cases = figure.parts.len().to_string();
            // The parts of what is ranked are the values that were ranked, and are no sum; all others have been added up.
            let adds_up = if figure.is_ranked { "ranked" } else { "yes" };
            let Figure { id, table, row, column, printed, definition, file, .. } = figure;
            sheet.line([
                id, table, row, column, printed, &counted, &out_of, definition, &cases, adds_up, file,
            ]);
        }
        sheet
    }

    fn left_out(&self) -> Sheet {
        let mut sheet = Sheet::new("left-out", &["rows", "reason", "row"]);
        for LeftOut { view, reason, row } in &self.left_out {
            sheet.line([view, reason, row]);
        }
        sheet
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::Part;

    #[test]
    fn names_of_files_are_told_apart() {
        let figure = |id: &str| Figure {
            id: id.to_owned(),
            file: String::new(),
            table: String::new(),
            row: String::new(),
            column: String::new(),
            printed: String::new(),
            definition: String::new(),
            is_ranked: false,
            whole: Amount::default(),
            without_cases: Amount::default(),
            parts: vec![Part { case_id: String::new(), reference: String::new(), amount: Amount::default() }],
        };
        let named = named_apart(vec![figure("a.b c.d"), figure("a.b-c.d"), figure("A.b/c.d")]);
        let files: Vec<&str> = named.iter().map(|figure| figure.file.as_str()).collect();
        assert_eq!(files, ["a.b-c.d.csv", "a.b-c.d-2.csv", "A.b-c.d-3.csv"]);
    }
}
