//! Imports: their mappings, their files, how far they have come, and what was wrong.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use diesel::prelude::{
    BoolExpressionMethods, ExpressionMethods, Insertable, JoinOnDsl, NullableExpressionMethods,
    OptionalExtension, QueryDsl, Queryable, RunQueryDsl, Selectable, SelectableHelper,
};
use redress_shared::case::CaseId;
use redress_shared::case::record::Digest;

use super::bulk;
use super::schema::{case_references, import_chunks, import_errors, imported_cases, imports};
use super::{Connection, StorageError};
use crate::imports::{ImportId, Mapping, RowError, State};

/// How large the pieces are in which a file is kept, in bytes. All are of this size but the last.
pub const CHUNK: usize = 256 * 1024;

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

/// The imports of all landlords that are under way.
///
/// # Errors
/// When the database fails.
pub fn running(connection: &mut Connection) -> Result<Vec<Import>, StorageError> {
    let rows: Vec<Row> = imports::table
        .filter(imports::state.eq(State::Running.as_str()))
        .order(imports::id)
        .select(Row::as_select())
        .load(connection)?;
    rows.into_iter().map(Row::read).collect()
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

/// Takes the file away, and what other uploads left of it.
///
/// # Errors
/// When the database fails.
pub fn remove_file(connection: &mut Connection, id: ImportId) -> Result<(), StorageError> {
    diesel::delete(import_chunks::table.filter(import_chunks::import_id.eq(id.to_string())))
        .execute(connection)?;
    Ok(())
}

/// Takes away what was wrong at the last try.
///
/// # Errors
/// When the database fails.
pub fn remove_errors(connection: &mut Connection, id: ImportId) -> Result<(), StorageError> {
    diesel::delete(import_errors::table.filter(import_errors::import_id.eq(id.to_string())))
        .execute(connection)?;
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

/// A case that has a reference, and the digest of what it came as, where it was imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// The system of the reference.
    pub system: String,
    /// The reference.
    pub value: String,
    /// The case.
    pub case: String,
    /// What it came as.
    pub digest: Option<String>,
}

/// The landlord's cases that have one of these references of a system.
///
/// # Errors
/// When the database fails.
pub fn known(
    connection: &mut Connection,
    landlord: &str,
    system: &str,
    values: &[&str],
) -> Result<Vec<Known>, StorageError> {
    let rows: Vec<(String, String, String, Option<String>)> = case_references::table
        .left_join(imported_cases::table.on(imported_cases::case_id.eq(case_references::case_id)))
        .filter(case_references::landlord_id.eq(landlord))
        .filter(case_references::system.eq(system))
        .filter(case_references::value.eq_any(values))
        .select((
            case_references::system,
            case_references::value,
            case_references::case_id,
            imported_cases::digest.nullable(),
        ))
        .load(connection)?;
    let read = |(system, value, case, digest)| Known { system, value, case, digest };
    Ok(rows.into_iter().map(read).collect())
}

#[derive(Insertable)]
#[diesel(table_name = imported_cases)]
struct Imported<'a> {
    case_id: String,
    landlord_id: &'a str,
    import_id: &'a str,
    digest: String,
    imported_on: NaiveDate,
}

/// Notes which cases came with an import, and what they came as.
///
/// # Errors
/// When the database fails.
pub fn note(
    connection: &mut Connection,
    import: &Import,
    on: NaiveDate,
    cases: &[(CaseId, Digest)],
) -> Result<(), StorageError> {
    let id = import.id.to_string();
    let row = |(case, digest): &(CaseId, Digest)| Imported {
        case_id: case.to_string(),
        landlord_id: &import.landlord,
        import_id: &id,
        digest: digest.to_string(),
        imported_on: on,
    };
    let rows: Vec<Imported<'_>> = cases.iter().map(row).collect();
    bulk::insert_all!(connection, imported_cases::table, rows.iter().collect::<Vec<_>>());
    Ok(())
}

/// Whether there are files to be taken away with [`remove_left_files`].
///
/// # Errors
/// When the database fails.
pub fn has_left_files(connection: &mut Connection, before: DateTime<Utc>) -> Result<bool, StorageError> {
    let left =
        imports::table.filter(imports::state.eq_any(IDLE)).filter(imports::created_at.lt(before.naive_utc()));
    Ok(diesel::select(diesel::dsl::exists(left)).get_result(connection)?)
}

/// Where imports wait for somebody.
const IDLE: [&str; 3] = [State::AwaitingFile.as_str(), State::Ready.as_str(), State::Tried.as_str()];

/// Takes away the files of imports that nobody has started or tried again since then: they hold personal data and serve nothing.
///
/// # Errors
/// When the database fails.
pub fn remove_left_files(
    connection: &mut Connection,
    before: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<usize, StorageError> {
    let left: Vec<String> = imports::table
        .filter(imports::state.eq_any(IDLE))
        .filter(imports::created_at.lt(before.naive_utc()))
        .select(imports::id)
        .load(connection)?;
    for id in &left {
        diesel::delete(import_chunks::table.filter(import_chunks::import_id.eq(id))).execute(connection)?;
        diesel::update(imports::table.filter(imports::id.eq(id)))
            .set((
                imports::state.eq(State::Cancelled.as_str()),
                imports::ended_at.eq(Some(now.naive_utc())),
                imports::why.eq(Some("its file was kept for as long as a file is kept that nobody starts")),
            ))
            .execute(connection)?;
    }
    Ok(left.len())
}
