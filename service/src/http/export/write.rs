//! Rows as text.

use bytes::Bytes;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

use crate::storage::read::export::{Holds, Row, Table};

/// How rows are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// A JSON object a line.
    #[default]
    Ndjson,
    /// RFC 4180, with a first line of names.
    Csv,
}

impl Format {
    /// Its media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Ndjson => "application/x-ndjson",
            Self::Csv => "text/csv; charset=utf-8",
        }
    }

    /// What stands before the first row.
    #[must_use]
    pub fn head(self, table: &Table) -> Bytes {
        match self {
            Self::Ndjson => Bytes::new(),
            Self::Csv => {
                let names: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
                format!("{}\r\n", names.join(",")).into()
            }
        }
    }

    /// Rows, one after the other.
    #[must_use]
    pub fn rows(self, table: &Table, rows: &[Row]) -> Bytes {
        let mut text = String::with_capacity(rows.len() * 256);
        for row in rows {
            match self {
                Self::Ndjson => json_line(table, row, &mut text),
                Self::Csv => csv_line(table, row, &mut text),
            }
        }
        text.into()
    }
}

fn json_line(table: &Table, row: &Row, text: &mut String) {
    for (index, (column, value)) in table.columns.iter().zip(row).enumerate() {
        text.push(if index == 0 { '{' } else { ',' });
        text.push('"');
        text.push_str(column.name);
        text.push_str("\":");
        match (column.holds, value.as_str()) {
            (Holds::Json, Some(json)) => text.push_str(json),
            _ => text.push_str(&value.to_string()),
        }
    }
    text.push_str("}\n");
}

fn csv_line(table: &Table, row: &Row, text: &mut String) {
    for (index, value) in row.iter().take(table.columns.len()).enumerate() {
        if index > 0 {
            text.push(',');
        }
        match value {
            Value::Null => {}
            Value::String(words) => quoted(words, text),
            other => text.push_str(&other.to_string()),
        }
    }
    text.push_str("\r\n");
}

/// A text in quotes where it needs them. An empty text has them, so that it is told from none.
fn quoted(words: &str, text: &mut String) {
    let plain = !words.is_empty() && !words.contains(['"', ',', '\n', '\r']) && words.trim() == words;
    if plain {
        text.push_str(words);
        return;
    }
    text.push('"');
    text.push_str(&words.replace('"', "\"\""));
    text.push('"');
}
