//! The views of the contract as plain tables, made from the contract itself.

use redress_reporter::source::{VIEWS, View};

/// Statements that make every view of the contract a table. A column that a row says nothing of is null, or else empty, nought or no.
pub fn tables() -> String {
    VIEWS.iter().map(table).collect()
}

fn table(View { name, columns }: &View) -> String {
    let column = |column: &redress_reporter::source::Column| {
        let kind =
            if column.holds.contains("Text") || column.holds.contains("Date") { "TEXT" } else { "INTEGER" };
        let absent = match (column.holds.contains("Nullable"), kind) {
            (true, _) => "",
            (false, "TEXT") => " NOT NULL DEFAULT ''",
            (false, _) => " NOT NULL DEFAULT 0",
        };
        format!("\"{}\" {kind}{absent}", column.name)
    };
    let columns: Vec<String> = columns.iter().map(column).collect();
    format!("CREATE TABLE {name} ({});\n", columns.join(", "))
}

/// The statement with the names of the columns, where it is `INSERT INTO view VALUES (…)`: a row gives the first columns of its view, and
/// says nothing of the others.
pub fn with_columns(statement: &str) -> String {
    let inserted = statement.strip_prefix("INSERT INTO ").and_then(|rest| rest.split_once(" VALUES ("));
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
