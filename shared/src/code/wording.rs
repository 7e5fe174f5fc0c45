//! The Code's official sentences, which a landlord may bring for its published self-assessment.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Form, ProvisionNumber};

/// The official wording of every provision of an edition's form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    texts: BTreeMap<ProvisionNumber, String>,
}

/// One thing wrong in a wording file. Lines count from 1, the header included.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WordingError {
    /// The first line is not the two column names.
    #[error("the first line is `{found}` and has to be `number,text`")]
    Header {
        /// What it is.
        found: String,
    },
    /// The row is not two columns of CSV.
    #[error("line {line}: {message}")]
    Unreadable {
        /// Where the row begins.
        line: u64,
        /// What the CSV reader says.
        message: String,
    },
    /// The number is not one of a provision, or the edition does not have that provision.
    #[error("line {line}: `{number}` is not a provision of this Code")]
    Unknown {
        /// Where the row begins.
        line: u64,
        /// What stands for the number.
        number: String,
    },
    /// The provision has come before.
    #[error("line {line}: provision {number} was already given on line {first_line}")]
    Duplicate {
        /// Where the row begins.
        line: u64,
        /// The provision.
        number: ProvisionNumber,
        /// Where it came first.
        first_line: u64,
    },
    /// The provision has no text.
    #[error("line {line}: provision {number} has no text")]
    Empty {
        /// Where the row begins.
        line: u64,
        /// The provision.
        number: ProvisionNumber,
    },
    /// Provisions of the edition that no row has.
    #[error("no row for {}", listed(numbers))]
    Missing {
        /// The provisions, in order.
        numbers: Vec<ProvisionNumber>,
    },
}

fn listed(numbers: &[ProvisionNumber]) -> String {
    numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

#[derive(Deserialize)]
struct Row {
    number: String,
    text: String,
}

impl Wording {
    /// Reads a `number,text` file that has each row of `form` once, in any order.
    ///
    /// # Errors
    /// Everything that is wrong with it, in the order of its lines, and then the provisions that are missing.
    pub fn from_csv(form: &Form, text: &str) -> Result<Wording, Vec<WordingError>> {
        // Spreadsheets put a mark before the first column's name.
        let text = text.trim_start_matches('\u{feff}');
        let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
        check_header(&mut reader).map_err(|error| vec![error])?;
        let mut reading = Reading { form, rows: BTreeMap::new(), errors: Vec::new() };
        let mut rows = reader.deserialize::<Row>();
        loop {
            let line = rows.reader().position().line();
            match rows.next() {
                None => break,
                Some(Err(error)) => reading.unreadable(line, &error),
                Some(Ok(row)) => reading.row(line, row),
            }
        }
        reading.finish()
    }

    /// The official text of a provision.
    pub fn text(&self, number: ProvisionNumber) -> Option<&str> {
        self.texts.get(&number).map(String::as_str)
    }
}

fn check_header(reader: &mut csv::Reader<&[u8]>) -> Result<(), WordingError> {
    let header =
        reader.headers().map_err(|error| WordingError::Unreadable { line: 1, message: error.to_string() })?;
    let found = header.iter().collect::<Vec<_>>().join(",");
    if found == "number,text" { Ok(()) } else { Err(WordingError::Header { found }) }
}

/// The rows read so far, with the line that each began on.
struct Reading<'a> {
    form: &'a Form,
    rows: BTreeMap<ProvisionNumber, (u64, String)>,
    errors: Vec<WordingError>,
}

impl Reading<'_> {
    fn unreadable(&mut self, line: u64, error: &csv::Error) {
        let line = error.position().map_or(line, csv::Position::line);
        let message = match error.kind() {
            csv::ErrorKind::UnequalLengths { len, .. } => format!("{len} columns, and there have to be 2"),
            _ => error.to_string(),
        };
        self.errors.push(WordingError::Unreadable { line, message });
    }

    fn row(&mut self, line: u64, row: Row) {
        let Some(number) = self.form.row(&row.number).map(|known| known.number) else {
            self.errors.push(WordingError::Unknown { line, number: row.number });
            return;
        };
        if let Some((first_line, _)) = self.rows.get(&number) {
            self.errors.push(WordingError::Duplicate { line, number, first_line: *first_line });
            return;
        }
        if row.text.is_empty() {
            self.errors.push(WordingError::Empty { line, number });
        }
        self.rows.insert(number, (line, row.text));
    }

    fn finish(mut self) -> Result<Wording, Vec<WordingError>> {
        let numbers = self.form.rows().map(|row| row.number);
        let missing: Vec<_> = numbers.filter(|number| !self.rows.contains_key(number)).collect();
        if !missing.is_empty() {
            self.errors.push(WordingError::Missing { numbers: missing });
        }
        if !self.errors.is_empty() {
            return Err(self.errors);
        }
        let texts = self.rows.into_iter().map(|(number, (_, text))| (number, text)).collect();
        Ok(Wording { texts })
    }
}
