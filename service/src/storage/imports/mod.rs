//! Imports: their mappings, their files, how far they have come, and what was wrong.

mod cases;
mod errors;
mod files;

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::{
    BoolExpressionMethods, ExpressionMethods, Insertable, OptionalExtension, QueryDsl, Queryable,
    RunQueryDsl, Selectable, SelectableHelper,
};

pub use cases::{Known, known, note};
pub use errors::{Numbered, add_errors, errors, remove_errors};
pub use files::{CHUNK, add_chunk, has_left_files, remove_file, remove_left_files, stretch};

use super::schema::imports;
use super::{Connection, StorageError};
use crate::imports::{ImportId, Mapping, State};

/// An import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// Its id.
    pub id: ImportId,
    /// Whose history it is.
    pub landlord: String,
    /// Where it stands.
    pub state: State,
    /// How the columns become fields.
    pub mapping: Mapping,
    /// Whether special-category data may be brought in.
    pub special_category: bool,
    /// Whether it only tries.
    pub dry_run: bool,
    /// Who carries it out: the service, or a command line.
    pub origin: String,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// By whom.
    pub created_by: String,
    /// Which upload its file is of.
    pub upload: Option<String>,
    /// How large the file is; none until it is there.
    pub file_bytes: Option<i64>,
    /// The SHA-256 of the file.
    pub file_digest: Option<String>,
    /// When it was started.
    pub started_at: Option<DateTime<Utc>>,
    /// When it last came further.
    pub stepped_at: Option<DateTime<Utc>>,
    /// When it was over.
    pub ended_at: Option<DateTime<Utc>>,
    /// How far it has come.
    pub progress: Progress,
    /// Why it could not go on.
    pub why: Option<String>,
}

/// How far an import has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// How much of the file has been read.
    pub bytes: i64,
    /// The rows that were read.
    pub rows: i64,
    /// Those of which nothing was kept, because something is wrong with them.
    pub failed: i64,
    /// The cases that were made; in a dry run, that would be.
    pub made: i64,
    /// The cases that had come before, just so.
    pub unchanged: i64,
    /// The events of the cases that were made.
    pub events: i64,
    /// How many errors there are.
    pub errors: i64,
}

#[derive(Debug, Clone, Insertable, Queryable, Selectable)]
#[diesel(table_name = imports)]
struct Row {
    id: String,
    landlord_id: String,
    state: String,
    mapping: String,
    special_category: bool,
    dry_run: bool,
    origin: String,
    created_at: NaiveDateTime,
    created_by: String,
    upload: Option<String>,
    file_bytes: Option<i64>,
    file_digest: Option<String>,
    started_at: Option<NaiveDateTime>,
    stepped_at: Option<NaiveDateTime>,
    ended_at: Option<NaiveDateTime>,
    bytes_read: i64,
    rows_read: i64,
    rows_failed: i64,
    cases_made: i64,
    cases_unchanged: i64,
    events_made: i64,
    errors: i64,
    why: Option<String>,
}

impl Row {
    fn read(self) -> Result<Import, StorageError> {
        let damaged =
            |what: &str| StorageError::Unwritable(format!("the import {} has a damaged {what}", self.id));
        let at = |at: Option<NaiveDateTime>| at.map(|at| at.and_utc());
        Ok(Import {
            id: self.id.parse().map_err(|_| damaged("id"))?,
            state: self.state.parse().map_err(|()| damaged("state"))?,
            mapping: serde_json::from_str(&self.mapping).map_err(|_| damaged("mapping"))?,
            landlord: self.landlord_id,
            special_category: self.special_category,
            dry_run: self.dry_run,
            origin: self.origin,
            created_at: self.created_at.and_utc(),
            created_by: self.created_by,
            upload: self.upload,
            file_bytes: self.file_bytes,
            file_digest: self.file_digest,
            started_at: at(self.started_at),
            stepped_at: at(self.stepped_at),
            ended_at: at(self.ended_at),
            progress: Progress {
                bytes: self.bytes_read,
                rows: self.rows_read,
                failed: self.rows_failed,
                made: self.cases_made,
                unchanged: self.cases_unchanged,
                events: self.events_made,
                errors: self.errors,
            },
            why: self.why,
        })
    }
}

/// Makes an import that waits for its file.
///
/// # Errors
/// When the database fails.
pub fn create(connection: &mut Connection, import: &Import) -> Result<(), StorageError> {
    let mapping = serde_json::to_string(&import.mapping)
        .map_err(|error| StorageError::Unwritable(error.to_string()))?;
    let row = Row {
        id: import.id.to_string(),
        landlord_id: import.landlord.clone(),
        state: import.state.as_str().to_owned(),
        mapping,
        special_category: import.special_category,
        dry_run: import.dry_run,
        origin: import.origin.clone(),
        created_at: import.created_at.naive_utc(),
        created_by: import.created_by.clone(),
        upload: None,
        file_bytes: None,
        file_digest: None,
        started_at: None,
        stepped_at: None,
        ended_at: None,
        bytes_read: 0,
        rows_read: 0,
        rows_failed: 0,
        cases_made: 0,
        cases_unchanged: 0,
        events_made: 0,
        errors: 0,
        why: None,
    };
    diesel::insert_into(imports::table).values(row).execute(connection)?;
    Ok(())
}

/// One of a landlord's imports.
///
/// # Errors
/// When the database fails.
pub fn find(
    connection: &mut Connection,
    landlord: &str,
    id: ImportId,
) -> Result<Option<Import>, StorageError> {
    let row: Option<Row> = imports::table
        .filter(imports::landlord_id.eq(landlord))
        .filter(imports::id.eq(id.to_string()))
        .select(Row::as_select())
        .first(connection)
        .optional()?;
    row.map(Row::read).transpose()
}

/// The same, held until the transaction ends, so that nobody else changes it meanwhile.
///
/// # Errors
/// When the database fails, or somebody else holds it for too long.
pub fn hold(
    connection: &mut Connection,
    landlord: &str,
    id: ImportId,
) -> Result<Option<Import>, StorageError> {
    if let Connection::Postgres(postgres) = connection {
        let held: Option<String> = imports::table
            .filter(imports::landlord_id.eq(landlord))
            .filter(imports::id.eq(id.to_string()))
            .select(imports::id)
            .for_update()
            .first(postgres)
            .optional()?;
        if held.is_none() {
            return Ok(None);
        }
    }
    find(connection, landlord, id)
}

/// A landlord's imports in the order in which they were made, after one of them.
///
/// # Errors
/// When the database fails.
pub fn of_landlord(
    connection: &mut Connection,
    landlord: &str,
    after: Option<ImportId>,
    limit: i64,
) -> Result<Vec<Import>, StorageError> {
    let mut query = imports::table
        .filter(imports::landlord_id.eq(landlord))
        .order((imports::created_at, imports::id))
        .limit(limit)
        .select(Row::as_select())
        .into_boxed();
    if let Some(after) = after {
        let Some(last) = find(connection, landlord, after)? else { return Ok(Vec::new()) };
        let at = last.created_at.naive_utc();
        let later = imports::created_at.eq(at).and(imports::id.gt(after.to_string()));
        query = query.filter(imports::created_at.gt(at).or(later));
    }
    let rows: Vec<Row> = query.load(connection)?;
    rows.into_iter().map(Row::read).collect()
}

/// The imports of all landlords that are under way, and the ids of those whose rows cannot be read.
///
/// # Errors
/// When the database fails.
pub fn running(connection: &mut Connection) -> Result<(Vec<Import>, Vec<String>), StorageError> {
    let rows: Vec<Row> = imports::table
        .filter(imports::state.eq(State::Running.as_str()))
        .order(imports::id)
        .select(Row::as_select())
        .load(connection)?;
    let (mut read, mut damaged) = (Vec::new(), Vec::new());
    for row in rows {
        let id = row.id.clone();
        match row.read() {
            Ok(import) => read.push(import),
            Err(_) => damaged.push(id),
        }
    }
    Ok((read, damaged))
}

/// Ends an import that is under way and cannot be gone on with, within the caller's write transaction; whether it was.
///
/// # Errors
/// When the database fails.
pub fn fail(
    connection: &mut Connection,
    id: &str,
    why: &str,
    now: DateTime<Utc>,
) -> Result<bool, StorageError> {
    let ended = diesel::update(imports::table.filter(imports::id.eq(id)))
        .filter(imports::state.eq(State::Running.as_str()))
        .set((
            imports::state.eq(State::Failed.as_str()),
            imports::ended_at.eq(Some(now.naive_utc())),
            imports::why.eq(Some(why)),
        ))
        .execute(connection)?;
    if ended > 0 {
        files::remove_pieces(connection, id)?;
    }
    Ok(ended > 0)
}

/// Writes down where an import stands, within the caller's write transaction, which holds it.
///
/// # Errors
/// When the database fails.
pub fn update(connection: &mut Connection, import: &Import) -> Result<(), StorageError> {
    let at = |at: Option<DateTime<Utc>>| at.map(|at| at.naive_utc());
    let Progress { bytes, rows, failed, made, unchanged, events, errors } = import.progress;
    diesel::update(imports::table.filter(imports::id.eq(import.id.to_string())))
        .filter(imports::landlord_id.eq(&import.landlord))
        .set((
            imports::state.eq(import.state.as_str()),
            imports::dry_run.eq(import.dry_run),
            imports::origin.eq(&import.origin),
            imports::upload.eq(&import.upload),
            imports::file_bytes.eq(import.file_bytes),
            imports::file_digest.eq(&import.file_digest),
            (
                imports::started_at.eq(at(import.started_at)),
                imports::stepped_at.eq(at(import.stepped_at)),
                imports::ended_at.eq(at(import.ended_at)),
                imports::why.eq(&import.why),
            ),
            (
                imports::bytes_read.eq(bytes),
                imports::rows_read.eq(rows),
                imports::rows_failed.eq(failed),
                imports::cases_made.eq(made),
                imports::cases_unchanged.eq(unchanged),
                imports::events_made.eq(events),
                imports::errors.eq(errors),
            ),
        ))
        .execute(connection)?;
    Ok(())
}
