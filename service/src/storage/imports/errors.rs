//! What was wrong with the rows of imports.

use diesel::prelude::{ExpressionMethods, Insertable, QueryDsl, RunQueryDsl};

use crate::imports::{ImportId, RowError};
use crate::storage::schema::import_errors;
use crate::storage::{Connection, StorageError, bulk};

/// Takes away what was wrong at the last try.
///
/// # Errors
/// When the database fails.
pub fn remove_errors(connection: &mut Connection, id: ImportId) -> Result<(), StorageError> {
    diesel::delete(import_errors::table.filter(import_errors::import_id.eq(id.to_string())))
        .execute(connection)?;
    Ok(())
}

#[derive(Insertable)]
#[diesel(table_name = import_errors)]
struct NewError<'a> {
    import_id: &'a str,
    number: i64,
    row_number: i64,
    field: &'a str,
    source: Option<&'a str>,
    code: &'a str,
    detail: &'a str,
}

/// Adds what is wrong with rows; the numbers go on from those that there are.
///
/// # Errors
/// When the database fails.
pub fn add_errors(
    connection: &mut Connection,
    id: ImportId,
    there: i64,
    errors: &[(i64, &RowError)],
) -> Result<(), StorageError> {
    let import = id.to_string();
    let rows: Vec<NewError<'_>> = (there + 1..)
        .zip(errors)
        .map(|(number, (row, error))| NewError {
            import_id: &import,
            number,
            row_number: *row,
            field: &error.field,
            source: error.source.as_deref(),
            code: &error.code,
            detail: &error.detail,
        })
        .collect();
    bulk::insert_all!(connection, import_errors::table, rows.iter().collect::<Vec<_>>());
    Ok(())
}

/// What is wrong with a row, with the error's number and the row's.
pub type Numbered = (i64, i64, RowError);

/// What was wrong with an import's rows, after a number.
///
/// # Errors
/// When the database fails.
pub fn errors(
    connection: &mut Connection,
    id: ImportId,
    after: i64,
    limit: i64,
) -> Result<Vec<Numbered>, StorageError> {
    let rows: Vec<(i64, i64, String, Option<String>, String, String)> = import_errors::table
        .filter(import_errors::import_id.eq(id.to_string()))
        .filter(import_errors::number.gt(after))
        .order(import_errors::number)
        .limit(limit)
        .select((
            import_errors::number,
            import_errors::row_number,
            import_errors::field,
            import_errors::source,
            import_errors::code,
            import_errors::detail,
        ))
        .load(connection)?;
    let read =
        |(number, row, field, source, code, detail)| (number, row, RowError { field, source, code, detail });
    Ok(rows.into_iter().map(read).collect())
}
