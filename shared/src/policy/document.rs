//! A TOML file as values in which every key knows its line.

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use toml::de::{DeTable, DeValue};

use super::errors::{PolicyError, PolicyErrors, Problems};

/// A file that could be read, with the line of each of its keys.
pub(crate) struct Document {
    file: String,
    lines: BTreeMap<String, usize>,
    /// What it says. Dates are strings, whether they were written with quotes or without.
    pub(crate) value: Value,
}

impl Document {
    /// Reads a file.
    ///
    /// # Errors
    /// Everything in it that is not TOML.
    pub(crate) fn parse(file: &str, text: &str) -> Result<Document, PolicyErrors> {
        let (table, errors) = DeTable::parse_recoverable(text);
        let mut errors: Vec<_> = errors.iter().map(|error| not_toml(file, text, error)).collect();
        errors.sort_by_key(|error| error.line);
        let mut reader = Reader { line_starts: line_starts(text), lines: BTreeMap::new() };
        let value = reader.table(table.get_ref(), "");
        PolicyErrors::unless_none(errors, Document { file: file.to_owned(), lines: reader.lines, value })
    }

    /// Gives problems their file and line, in the order of the lines.
    pub(crate) fn errors(&self, problems: Problems) -> Vec<PolicyError> {
        let locate = |problem: super::errors::Problem| PolicyError {
            file: self.file.clone(),
            line: self.line_of(&problem.key),
            key: problem.key,
            problem: problem.problem,
            allowed: problem.allowed,
        };
        let mut errors: Vec<PolicyError> = problems.0.into_iter().map(locate).collect();
        errors.sort_by_key(|error| error.line);
        errors
    }

    /// The line of a key, or of the nearest thing round it where the key itself is missing.
    fn line_of(&self, key: &str) -> Option<usize> {
        let mut key = key;
        loop {
            if let Some(line) = self.lines.get(key) {
                return Some(*line);
            }
            key = &key[..key.rfind(['.', '['])?];
        }
    }
}

/// The key of something inside a table.
pub(crate) fn join(parent: &str, name: &str) -> String {
    if parent.is_empty() { name.to_owned() } else { format!("{parent}.{name}") }
}

/// The key of an item of a list, by its place from 0.
pub(crate) fn item(parent: &str, place: usize) -> String {
    format!("{parent}[{}]", place + 1)
}

fn not_toml(file: &str, text: &str, error: &toml::de::Error) -> PolicyError {
    let start = error.span().map(|span| span.start.min(text.len()));
    let line = start.map(|start| line_at(&line_starts(text), start));
    let column = start.map(|start| {
        let line_start = text.get(..start).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
        text.get(line_start..start).map_or(1, |before| before.chars().count() + 1)
    });
    let place = column.map_or_else(String::new, |column| format!(" at column {column}"));
    let problem = format!("not TOML{place}: {}", error.message().replace('\n', ", "));
    PolicyError { file: file.to_owned(), line, key: String::new(), problem, allowed: None }
}

fn line_starts(text: &str) -> Vec<usize> {
    std::iter::once(0).chain(text.match_indices('\n').map(|(end, _)| end + 1)).collect()
}

/// The line, from 1, that a byte stands in.
fn line_at(line_starts: &[usize], offset: usize) -> usize {
    line_starts.partition_point(|start| *start <= offset)
}

struct Reader {
    line_starts: Vec<usize>,
    lines: BTreeMap<String, usize>,
}

impl Reader {
    fn table(&mut self, table: &DeTable<'_>, key: &str) -> Value {
        let mut object = Map::new();
        for (name, value) in table {
            let key = join(key, name.get_ref());
            self.lines.insert(key.clone(), line_at(&self.line_starts, name.span().start));
            object.insert(name.get_ref().to_string(), self.value(value.get_ref(), &key));
        }
        Value::Object(object)
    }

    fn value(&mut self, value: &DeValue<'_>, key: &str) -> Value {
        match value {
            DeValue::String(text) => Value::String(text.to_string()),
            DeValue::Integer(number) => {
                // What does not fit stays text, and is then refused as not being a number.
                i64::from_str_radix(number.as_str(), number.radix())
                    .map_or_else(|_| Value::String(number.to_string()), Value::from)
            }
            DeValue::Float(number) => number
                .as_str()
                .parse()
                .ok()
                .and_then(serde_json::Number::from_f64)
                .map_or_else(|| Value::String(number.to_string()), Value::Number),
            DeValue::Boolean(truth) => Value::Bool(*truth),
            DeValue::Datetime(date) => Value::String(date.to_string()),
            DeValue::Array(items) => {
                let read = |(place, value): (usize, &toml::Spanned<DeValue<'_>>)| {
                    let key = item(key, place);
                    self.lines.insert(key.clone(), line_at(&self.line_starts, value.span().start));
                    self.value(value.get_ref(), &key)
                };
                Value::Array(items.iter().enumerate().map(read).collect())
            }
            DeValue::Table(table) => self.table(table, key),
        }
    }
}
