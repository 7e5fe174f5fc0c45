//! The files of imports, in pieces, for as long as they are needed.

use chrono::{DateTime, Utc};
use diesel::prelude::{BoolExpressionMethods, ExpressionMethods, QueryDsl, RunQueryDsl};

use super::Import;
use crate::imports::{ImportId, State};
use crate::storage::schema::{import_chunks, imports};
use crate::storage::{Connection, StorageError};

/// How large the pieces are in which a file is kept, in bytes. All are of this size but the last.
pub const CHUNK: usize = 256 * 1024;

/// Takes the file away, and what other uploads left of it.
///
/// # Errors
/// When the database fails.
pub fn remove_file(connection: &mut Connection, id: ImportId) -> Result<(), StorageError> {
    remove_pieces(connection, &id.to_string())
}

pub(super) fn remove_pieces(connection: &mut Connection, id: &str) -> Result<(), StorageError> {
    diesel::delete(import_chunks::table.filter(import_chunks::import_id.eq(id))).execute(connection)?;
    Ok(())
}

/// Adds a piece of an upload.
///
/// # Errors
/// When the database fails.
pub fn add_chunk(
    connection: &mut Connection,
    (id, upload): (ImportId, &str),
    number: i64,
    bytes: &[u8],
) -> Result<(), StorageError> {
    diesel::insert_into(import_chunks::table)
        .values((
            import_chunks::import_id.eq(id.to_string()),
            import_chunks::upload.eq(upload),
            import_chunks::number.eq(number),
            import_chunks::bytes.eq(bytes),
        ))
        .execute(connection)?;
    Ok(())
}

/// A stretch of an import's file from a byte on: so many pieces, the first of which may have begun before.
///
/// # Errors
/// When the database fails.
pub fn stretch(
    connection: &mut Connection,
    import: &Import,
    from: usize,
    pieces: usize,
) -> Result<Vec<u8>, StorageError> {
    let number = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let first = from / CHUNK;
    let found: Vec<Vec<u8>> = import_chunks::table
        .filter(import_chunks::import_id.eq(import.id.to_string()))
        .filter(import_chunks::upload.eq(import.upload.as_deref().unwrap_or_default()))
        .filter(import_chunks::number.ge(number(first)))
        .filter(import_chunks::number.lt(number(first.saturating_add(pieces))))
        .order(import_chunks::number)
        .select(import_chunks::bytes)
        .load(connection)?;
    let mut bytes = found.concat();
    bytes.drain(..(from - first * CHUNK).min(bytes.len()));
    Ok(bytes)
}

/// Narrows imports down to those that wait for somebody, and that nobody has made, sent a file for, started or tried since then.
macro_rules! left {
    ($imports:expr, $before:expr) => {
        $imports
            .filter(imports::state.eq_any(IDLE))
            .filter(imports::created_at.lt($before))
            .filter(imports::started_at.is_null().or(imports::started_at.lt($before)))
            .filter(imports::stepped_at.is_null().or(imports::stepped_at.lt($before)))
            .filter(imports::ended_at.is_null().or(imports::ended_at.lt($before)))
    };
}

/// Whether there are files to be taken away with [`remove_left_files`].
///
/// # Errors
/// When the database fails.
pub fn has_left_files(connection: &mut Connection, before: DateTime<Utc>) -> Result<bool, StorageError> {
    let left = left!(imports::table, before.naive_utc());
    Ok(diesel::select(diesel::dsl::exists(left)).get_result(connection)?)
}

/// Where imports wait for somebody.
const IDLE: [&str; 3] = [State::AwaitingFile.as_str(), State::Ready.as_str(), State::Tried.as_str()];

/// Takes away the files of imports that nobody has touched since then: they hold personal data and serve nothing.
///
/// # Errors
/// When the database fails.
pub fn remove_left_files(
    connection: &mut Connection,
    before: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<usize, StorageError> {
    let before = before.naive_utc();
    let left: Vec<String> = left!(imports::table, before).select(imports::id).load(connection)?;
    let mut removed = 0;
    for id in &left {
        // Whoever starts it meanwhile is before us, and keeps it.
        let cancelled = diesel::update(left!(imports::table.filter(imports::id.eq(id)), before))
            .set((
                imports::state.eq(State::Cancelled.as_str()),
                imports::ended_at.eq(Some(now.naive_utc())),
                imports::why.eq(Some("its file was kept for as long as a file is kept that nobody starts")),
            ))
            .execute(connection)?;
        if cancelled > 0 {
            remove_pieces(connection, id)?;
            removed += 1;
        }
    }
    Ok(removed)
}
