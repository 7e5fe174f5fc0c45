//! What stands in a database, as text that two databases, or one at two times, can be compared by.

use std::collections::BTreeMap;

use redress_service::storage::Connection;

use crate::database::lines;

/// Every table's rows, in order.
pub type Dump = BTreeMap<String, Vec<String>>;

/// The kinds of column whose values SQL writes without quotes.
const NUMBERS: &str = "('smallint', 'integer', 'bigint')";

/// Every row of every table, each column as SQL would write it: `pence=12345, detail='It''s done.'`.
///
/// # Errors
/// When the database cannot be read.
pub fn dump(connection: &mut Connection) -> anyhow::Result<Dump> {
    names(connection)?
        .into_iter()
        .map(|table| {
            let rows = rows(connection, &table)?;
            Ok((table, rows))
        })
        .collect()
}

/// Every row of a table or view, each column as SQL would write it, in order.
///
/// # Errors
/// When the database cannot be read.
pub fn rows(connection: &mut Connection, of: &str) -> anyhow::Result<Vec<String>> {
    let mut rows: Vec<String> = cells(connection, of)?.iter().map(|row| row.join(", ")).collect();
    rows.sort_unstable();
    Ok(rows)
}

/// What parts the columns of a row as it is read: no text has it.
const BETWEEN: char = '\u{1f}';

/// Every row of a table or view, as its columns, each as SQL would write it: `pence=12345`.
///
/// # Errors
/// When the database cannot be read.
pub fn cells(connection: &mut Connection, of: &str) -> anyhow::Result<Vec<Vec<String>>> {
    let columns = columns(connection, of)?.join(&format!(" || '{BETWEEN}' || "));
    let rows = lines(connection, &format!("SELECT {columns} AS line FROM \"{of}\""))?;
    Ok(rows.iter().map(|row| row.split(BETWEEN).map(str::to_owned).collect()).collect())
}

/// The names of the tables, in order.
///
/// # Errors
/// When the database cannot be read.
pub fn names(connection: &mut Connection) -> anyhow::Result<Vec<String>> {
    sorted(connection, |connection| match connection {
        Connection::Sqlite(_) => {
            "SELECT name AS line FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        }
        Connection::Postgres(_) => {
            "SELECT CAST(tablename AS TEXT) AS line FROM pg_tables WHERE schemaname = 'public'"
        }
    })
}

/// The names of the views, in order.
///
/// # Errors
/// When the database cannot be read.
pub fn views(connection: &mut Connection) -> anyhow::Result<Vec<String>> {
    sorted(connection, |connection| match connection {
        Connection::Sqlite(_) => "SELECT name AS line FROM sqlite_schema WHERE type = 'view'",
        Connection::Postgres(_) => {
            "SELECT CAST(viewname AS TEXT) AS line FROM pg_views WHERE schemaname = 'public'"
        }
    })
}

/// Everything that migrations make, in order: what diesel keeps for itself is left out.
///
/// # Errors
/// When the database cannot be read.
pub fn schema(connection: &mut Connection) -> anyhow::Result<Vec<String>> {
    sorted(connection, |connection| match connection {
        Connection::Sqlite(_) => SQLITE_SCHEMA,
        Connection::Postgres(_) => POSTGRES_SCHEMA,
    })
}

/// A column of bytes as hexadecimal digits, as an expression.
#[must_use]
pub fn hex(connection: &Connection, column: &str) -> String {
    match connection {
        Connection::Sqlite(_) => format!("hex({column})"),
        Connection::Postgres(_) => format!("encode({column}, 'hex')"),
    }
}

/// Sorted here and not by the database: each has an order of its own.
fn sorted(
    connection: &mut Connection,
    query: impl FnOnce(&Connection) -> &'static str,
) -> anyhow::Result<Vec<String>> {
    let query = query(connection);
    let mut found = lines(connection, query)?;
    found.sort_unstable();
    Ok(found)
}

/// An expression for each column, in the table's order.
fn columns(connection: &mut Connection, table: &str) -> anyhow::Result<Vec<String>> {
    let query = match connection {
        Connection::Sqlite(_) => format!(
            "SELECT '''' || name || '='' || quote(\"' || name || '\")' AS line \
             FROM pragma_table_info('{table}') ORDER BY cid"
        ),
        Connection::Postgres(_) => format!(
            "SELECT CASE WHEN data_type IN {NUMBERS} \
             THEN format('%L || coalesce(CAST(%I AS TEXT), ''NULL'')', column_name || '=', column_name) \
             ELSE format('%L || quote_nullable(CAST(%I AS TEXT))', column_name || '=', column_name) END AS line \
             FROM information_schema.columns \
             WHERE table_schema = 'public' AND table_name = '{table}' ORDER BY ordinal_position"
        ),
    };
    lines(connection, &query)
}

const SQLITE_SCHEMA: &str = r"
    SELECT type || ' ' || name || ': ' || coalesce(sql, '') AS line FROM sqlite_schema
    WHERE name NOT LIKE 'sqlite_%' AND name NOT LIKE '\_\_%' ESCAPE '\'";

const POSTGRES_SCHEMA: &str = r"
    SELECT 'table ' || table_name || ': ' || column_name || ' ' || ordinal_position || ' ' || data_type
        || ' nullable ' || is_nullable || ' default ' || coalesce(column_default, 'none')
        || ' order ' || coalesce(collation_name, 'default') AS line
    FROM information_schema.columns JOIN pg_tables ON schemaname = table_schema AND tablename = table_name
    WHERE table_schema = 'public' AND table_name NOT LIKE '\_\_%'
    UNION ALL
    SELECT 'view ' || viewname || ': ' || definition FROM pg_views WHERE schemaname = 'public'
    UNION ALL
    SELECT 'index ' || indexname || ': ' || indexdef FROM pg_indexes
    WHERE schemaname = 'public' AND tablename NOT LIKE '\_\_%'
    UNION ALL
    SELECT 'constraint ' || conname || ': ' || CAST(CAST(conrelid AS regclass) AS TEXT) || ' '
        || pg_get_constraintdef(oid)
    FROM pg_constraint
    WHERE connamespace = CAST('public' AS regnamespace) AND CAST(CAST(conrelid AS regclass) AS TEXT) NOT LIKE '\_\_%'
    UNION ALL
    SELECT 'function ' || proname || ': ' || prosrc FROM pg_proc
    WHERE pronamespace = CAST('public' AS regnamespace) AND proname NOT LIKE 'diesel\_%'
    UNION ALL
    SELECT 'trigger ' || tgname || ': ' || pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL
    SELECT 'sequence ' || sequencename || ': ' || data_type FROM pg_sequences WHERE schemaname = 'public'";
