//! Everything that is wrong with files of cases, said so that somebody can put it right: the same fault once, with all its rows.

use std::collections::BTreeMap;
use std::path::Path;

use redress_shared::imports::RowError;

use crate::error::{Error, Result};

/// What is wrong, by file, and with which rows: none where it is of the whole file.
#[derive(Debug, Default)]
pub(super) struct Problems(BTreeMap<(String, RowError), Vec<usize>>);

impl Problems {
    /// Something that is wrong with a whole file.
    pub(super) fn of_file(&mut self, file: &str, place: &str, detail: &str) {
        self.0.entry((file.to_owned(), RowError::of(place, None, "", detail))).or_default();
    }

    /// What is wrong with a row; the first below the names of the columns is row 1.
    pub(super) fn of_row(&mut self, file: &str, row: usize, wrong: Vec<RowError>) {
        for error in wrong {
            self.0.entry((file.to_owned(), error)).or_default().push(row);
        }
    }

    /// Lets the files pass where nothing is wrong with them.
    ///
    /// # Errors
    /// Everything that is wrong.
    pub(super) fn settle(self, place: &Path) -> Result<()> {
        if self.0.is_empty() {
            return Ok(());
        }
        let lines: Vec<String> = self.0.iter().map(|((file, error), rows)| line(file, error, rows)).collect();
        let place = place.display();
        let count = match lines.len() {
            1 => "1 fault".to_owned(),
            many => format!("{many} faults"),
        };
        Err(Error::Given(format!(
            "{place}: not what the mapping says, so nothing was made of it; {count} (row 1 is the first below the names):\n- {}",
            lines.join("\n- ")
        )))
    }
}

fn line(file: &str, error: &RowError, rows: &[usize]) -> String {
    let mut said = file.to_owned();
    if !rows.is_empty() {
        said.push_str(&format!(", {}", numbered(rows)));
    }
    if let Some(source) = &error.source {
        said.push_str(&format!(", column `{source}`"));
    }
    if !error.field.is_empty() {
        said.push_str(&format!(", {}", error.field));
    }
    said.push_str(&format!(": {}", error.detail));
    if !error.code.is_empty() {
        said.push_str(&format!(" ({})", error.code));
    }
    said
}

/// Rows in order as people write them: "row 3", "rows 3, 5-9".
fn numbered(rows: &[usize]) -> String {
    let mut stretches: Vec<(usize, usize)> = Vec::new();
    for row in rows {
        match stretches.last_mut() {
            Some((_, last)) if *last == *row => {}
            Some((_, last)) if *last + 1 == *row => *last = *row,
            _ => stretches.push((*row, *row)),
        }
    }
    let said = |(first, last): &(usize, usize)| match first == last {
        true => first.to_string(),
        false => format!("{first}-{last}"),
    };
    let word = if matches!(stretches.as_slice(), [(first, last)] if first == last) { "row" } else { "rows" };
    format!("{word} {}", stretches.iter().map(said).collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use super::numbered;

    #[test]
    fn rows_are_said_in_stretches() {
        for (rows, said) in
            [(&[3][..], "row 3"), (&[1, 2, 3], "rows 1-3"), (&[2, 2, 4, 5, 9], "rows 2, 4-5, 9")]
        {
            assert_eq!(numbered(rows), said);
        }
    }
}
