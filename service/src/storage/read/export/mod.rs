//! Everything that a landlord has, table by table and page by page: each page goes on after the last row of the one before, by an index,
//! so that the last page costs what the first does, and nothing is held while the caller reads.

mod kept;
mod of_cases;
mod table;

use chrono::NaiveDateTime;
use diesel::pg::Pg;
use diesel::prelude::{QueryableByName, RunQueryDsl};
use diesel::sql_types::{BigInt, Text};
use diesel::sqlite::Sqlite;
use serde_json::Value;

pub use kept::LEFT_OUT;
pub use table::{Column, Holds, Table};

use crate::storage::{Connection, StorageError};

/// A row: a value for each column.
pub type Row = Vec<Value>;

/// What a row is told from others by: a value for each column of the table's key.
pub type Place = Vec<Value>;

/// Everything that can be taken out.
pub fn tables() -> impl Iterator<Item = &'static Table> {
    of_cases::OF_CASES.iter().chain(kept::KEPT)
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

#[derive(QueryableByName)]
struct Counted {
    #[diesel(sql_type = BigInt)]
    rows: i64,
}

/// Which database is asked: the two make an array in words of their own.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Dialect {
    Sqlite,
    Postgres,
}

impl Dialect {
    /// The place of a value that is given apart, counted from 1.
    fn given(self, number: usize) -> String {
        match self {
            Self::Sqlite => "?".to_owned(),
            Self::Postgres => format!("${number}"),
        }
    }

    fn expression(self, column: &Column) -> String {
        match (column.from, self) {
            ("SALT", Self::Sqlite) => "lower(hex(salt))".to_owned(),
            ("SALT", Self::Postgres) => "encode(salt, 'hex')".to_owned(),
            (expression, _) => expression.to_owned(),
        }
    }

    fn select(self, table: &Table, after: bool, limit: usize) -> String {
        let columns: Vec<String> = table.columns.iter().map(|column| self.expression(column)).collect();
        let columns = columns.join(", ");
        let line = match self {
            Self::Sqlite => format!("json_array({columns})"),
            Self::Postgres => format!("CAST(json_build_array({columns}) AS TEXT)"),
        };
        let key: Vec<&str> = table.key_columns().map(|column| column.from).collect();
        let key = key.join(", ");
        let beyond = if after {
            let given = table.key_columns().enumerate().map(|(index, column)| match column.holds {
                Holds::Day if self == Self::Postgres => format!("CAST({} AS DATE)", self.given(index + 2)),
                _ => self.given(index + 2),
            });
            format!(" AND ({key}) > ({})", given.collect::<Vec<_>>().join(", "))
        } else {
            String::new()
        };
        let (from, landlord, first) = (table.from, table.landlord, self.given(1));
        format!(
            "SELECT {line} AS line FROM {from} WHERE {landlord} = {first}{beyond} ORDER BY {key} LIMIT {limit}"
        )
    }
}

/// Whether a place can be one of the table: as many values as its key has columns, each of its kind.
#[must_use]
pub fn is_place(table: &Table, place: &Place) -> bool {
    let fits = |(column, value): (&Column, &Value)| match column.holds {
        Holds::Number => value.is_i64(),
        Holds::Day => value.as_str().is_some_and(|day| day.parse::<chrono::NaiveDate>().is_ok()),
        _ => value.as_str().is_some_and(|text| !text.contains('\0')),
    };
    place.len() == table.key.len() && table.key_columns().zip(place).all(fits)
}

/// The rows of a landlord's table after a place, at most so many, in the order of the table's key.
///
/// # Errors
/// When the database fails, or gives what is no row.
pub fn page(
    connection: &mut Connection,
    table: &Table,
    landlord: &str,
    after: Option<&Place>,
    limit: usize,
) -> Result<Vec<Row>, StorageError> {
    macro_rules! ask {
        ($connection:expr, $backend:ty, $dialect:expr) => {{
            let mut query = diesel::sql_query($dialect.select(table, after.is_some(), limit))
                .into_boxed::<$backend>()
                .bind::<Text, _>(landlord.to_owned());
            for value in after.into_iter().flatten() {
                query = match value.as_i64() {
                    Some(number) => query.bind::<BigInt, _>(number),
                    None => query.bind::<Text, _>(value.as_str().unwrap_or_default().to_owned()),
                };
            }
            query.load($connection)?
        }};
    }
    let lines: Vec<Line> = match connection {
        Connection::Sqlite(sqlite) => ask!(sqlite, Sqlite, Dialect::Sqlite),
        Connection::Postgres(postgres) => ask!(postgres, Pg, Dialect::Postgres),
    };
    lines.iter().map(|line| row(table, &line.line)).collect()
}

fn row(table: &Table, line: &str) -> Result<Row, StorageError> {
    let mut row: Row =
        serde_json::from_str(line).map_err(|error| StorageError::Unwritable(error.to_string()))?;
    for (column, value) in table.columns.iter().zip(&mut row) {
        match column.holds {
            // SQLite has numbers for them.
            Holds::Flag => {
                if let Some(number) = value.as_i64() {
                    *value = Value::Bool(number != 0);
                }
            }
            Holds::Instant => {
                let read = value.as_str().map(|text| text.replace(' ', "T").parse::<NaiveDateTime>());
                if let Some(Ok(instant)) = read {
                    *value = serde_json::json!(instant.and_utc());
                }
            }
            _ => {}
        }
    }
    Ok(row)
}

/// Where a row stands in its table.
#[must_use]
pub fn place_of(table: &Table, row: &Row) -> Place {
    let named = |name: &&str| {
        let index = table.columns.iter().position(|column| column.name == *name);
        index.and_then(|index| row.get(index)).cloned().unwrap_or_default()
    };
    table.key.iter().map(named).collect()
}

/// How many rows a landlord's table has.
///
/// # Errors
/// When the database fails.
pub fn count(connection: &mut Connection, table: &Table, landlord: &str) -> Result<i64, StorageError> {
    let query = |dialect: Dialect| {
        let (from, of, given) = (table.from, table.landlord, dialect.given(1));
        diesel::sql_query(format!("SELECT count(*) AS rows FROM {from} WHERE {of} = {given}"))
            .bind::<Text, _>(landlord.to_owned())
    };
    let counted: Counted = match connection {
        Connection::Sqlite(sqlite) => query(Dialect::Sqlite).get_result(sqlite)?,
        Connection::Postgres(postgres) => query(Dialect::Postgres).get_result(postgres)?,
    };
    Ok(counted.rows)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::tables;

    #[test]
    fn every_table_is_there_once_and_its_key_is_of_its_columns() {
        let names: BTreeSet<_> = tables().map(|table| table.name).collect();
        assert_eq!(names.len(), tables().count());
        for table in tables() {
            assert_eq!(table.key_columns().count(), table.key.len(), "{}", table.name);
            let columns: BTreeSet<_> = table.columns.iter().map(|column| column.name).collect();
            assert_eq!(columns.len(), table.columns.len(), "{}", table.name);
            assert!(table.meaning.ends_with('.'), "{}", table.name);
        }
    }
}
