//! Rows as text.

use bytes::Bytes;
use redress_shared::spreadsheet::inert;
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

/// What becomes of a text in CSV that a spreadsheet would take for a formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Cells {
    /// It has an apostrophe before it, so that what a resident wrote computes nothing where staff open it.
    #[default]
    Safe,
    /// It is as it is: for programs.
    Exact,
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
    pub fn rows(self, table: &Table, rows: &[Row], cells: Cells) -> Bytes {
        let mut text = String::with_capacity(rows.len() * 256);
        for row in rows {
            match self {
                Self::Ndjson => json_line(table, row, &mut text),
                Self::Csv => csv_line(table, row, cells, &mut text),
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

fn csv_line(table: &Table, row: &Row, cells: Cells, text: &mut String) {
    for (index, value) in row.iter().take(table.columns.len()).enumerate() {
        if index > 0 {
            text.push(',');
        }
        match value {
            Value::Null => {}
            Value::String(words) if cells == Cells::Safe => quoted(&inert(words), text),
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Cells, Format};
    use crate::storage::read::export::Table;

    #[test]
    fn what_looks_like_a_formula_is_marked_and_a_number_is_not() {
        let table = Table::named("references").unwrap();
        for (said, safe) in [
            ("=1+1", "'=1+1"),
            ("+44 20", "'+44 20"),
            ("-5", "'-5"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("\r=1", "\"'\r=1\""),
            ("＝1", "'＝1"),
            ("1=1", "1=1"),
            ("'", "'"),
            ("", "\"\""),
        ] {
            let row = vec![json!("hartlepool"), json!(-5), json!(said), json!(null)];
            let line = |cells| {
                String::from_utf8(Format::Csv.rows(table, std::slice::from_ref(&row), cells).to_vec())
                    .unwrap()
            };
            assert_eq!(line(Cells::Safe), format!("hartlepool,-5,{safe},\r\n"));
            let read = |text: String| {
                csv::Reader::from_reader(format!("a,b,c,d\n{text}").as_bytes())
                    .records()
                    .next()
                    .unwrap()
                    .unwrap()[2]
                    .to_owned()
            };
            assert_eq!(read(line(Cells::Exact)), said);
        }
    }
}
