//! The views of the contract as plain tables, made from the contract itself.

use redress_reporter::source::extract::Kind;
use redress_reporter::source::{Column, VIEWS, View};

/// The kinds of database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    Sqlite,
    Postgres,
}

/// Statements that make every view of the contract a table. A column that a row says nothing of is null, or else empty, nought or no.
pub fn tables(dialect: Dialect) -> String {
    let texts = [("report_people", "person"), ("report_references", "value")];
    let texts = texts.map(|(name, text)| {
        format!("CREATE TABLE {name} (landlord_id TEXT NOT NULL, {text} TEXT NOT NULL);\n")
    });
    VIEWS.iter().map(|view| table(view, dialect)).chain(texts).collect()
}

fn table(View { name, columns, .. }: &View, dialect: Dialect) -> String {
    let column = |column: &Column| {
        let (kind, absent) = match (column.kind, dialect) {
            (Kind::Text, _) => ("TEXT", "''"),
            (Kind::Date, Dialect::Sqlite) => ("TEXT", "''"),
            (Kind::Date, Dialect::Postgres) => ("DATE", "'0001-01-01'"),
            (Kind::Bool, Dialect::Sqlite) => ("INTEGER", "0"),
            (Kind::Bool, Dialect::Postgres) => ("BOOLEAN", "false"),
            (Kind::BigInteger, _) => ("BIGINT", "0"),
            (Kind::Integer, _) => ("INTEGER", "0"),
        };
        let absent = if column.optional { String::new() } else { format!(" NOT NULL DEFAULT {absent}") };
        format!("\"{}\" {kind}{absent}", column.name)
    };
    let columns: Vec<String> = columns.iter().map(column).collect();
    format!("CREATE TABLE {name} ({});\n", columns.join(", "))
}

/// The statement with the names of the columns, where it is `INSERT INTO view VALUES (…)` without them: a row gives the first columns of its view, and
/// says nothing of the others.
pub fn with_columns(statement: &str) -> String {
    let inserted = statement
        .strip_prefix("INSERT INTO ")
        .and_then(|rest| rest.split_once(" VALUES ("))
        .filter(|(view, _)| !view.contains('('));
    let Some((view, values)) = inserted else { return statement.to_owned() };
    let columns = VIEWS.iter().find(|known| known.name == view).expect("a view of the contract").columns;
    let names: Vec<String> =
        columns.iter().take(count(values)).map(|column| format!("\"{}\"", column.name)).collect();
    format!("INSERT INTO {view} ({}) VALUES ({values}", names.join(", "))
}

/// How many values there are: commas outside quotes and parentheses part them.
fn count(values: &str) -> usize {
    let (mut depth, mut quoted, mut count) = (0, false, 1);
    for letter in values.chars() {
        match letter {
            '\'' => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth -= 1,
            ',' if !quoted && depth == 0 => count += 1,
            _ => {}
        }
    }
    count
}
