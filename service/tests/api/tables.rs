//! What stands in the tables, as text that two databases can be compared by.

use std::collections::BTreeMap;
use std::path::Path;

use diesel::sql_types::Text;
use diesel::sqlite::SqliteConnection;
use diesel::{Connection as _, QueryableByName, RunQueryDsl as _, sql_query};

/// Every table's rows, in order.
pub type Dump = BTreeMap<String, Vec<String>>;

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

pub fn connect(database: &Path) -> SqliteConnection {
    SqliteConnection::establish(database.to_str().unwrap()).unwrap()
}

/// The one text column, named `line`, of a query.
pub fn lines(connection: &mut SqliteConnection, query: &str) -> Vec<String> {
    let lines: Vec<Line> =
        sql_query(query).load(connection).unwrap_or_else(|error| panic!("{query}: {error}"));
    lines.into_iter().map(|line| line.line).collect()
}

pub fn names(connection: &mut SqliteConnection) -> Vec<String> {
    lines(
        connection,
        "SELECT name AS line FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
    )
}

/// Every row of every table, the columns quoted as SQL would write them.
pub fn dump(database: &Path) -> Dump {
    let mut connection = connect(database);
    names(&mut connection).into_iter().map(|table| (table.clone(), rows(&mut connection, &table))).collect()
}

fn rows(connection: &mut SqliteConnection, table: &str) -> Vec<String> {
    let columns = lines(connection, &format!("SELECT name AS line FROM pragma_table_info('{table}')"));
    let quoted: Vec<String> =
        columns.iter().map(|column| format!("'{column}=' || quote(\"{column}\")")).collect();
    lines(
        connection,
        &format!("SELECT {} AS line FROM \"{table}\" ORDER BY line", quoted.join(" || ', ' || ")),
    )
}
