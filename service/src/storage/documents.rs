//! What is attached to cases: the rows. Of each file there is a row before it and after it, so that no file is ever without one for
//! long, and none that was told of is lost.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::{
    ExpressionMethods, Insertable, OptionalExtension, QueryDsl, Queryable, RunQueryDsl, Selectable,
    SelectableHelper,
};
use redress_shared::case::CaseId;
use redress_shared::case::record::Digest;

use super::schema::documents;
use super::{Connection, StorageError};
use crate::documents::{DocumentId, DocumentKind, RemovalReason};

/// A document that is about to come in.
#[derive(Debug, Clone)]
pub struct Arriving {
    /// Its id.
    pub id: DocumentId,
    /// Under which key it is going to stand.
    pub key: String,
    /// Whose.
    pub landlord: String,
    /// On which case.
    pub case: CaseId,
    /// What it is called.
    pub name: String,
    /// What it is to the case.
    pub kind: DocumentKind,
    /// Which of the case's residents it is of, counted from 1; none where it is of all, or of none.
    pub resident: Option<u16>,
    /// What it was declared to be.
    pub media_type: &'static str,
    /// Who brings it.
    pub by: String,
}

/// A document that a case has, or had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Its id.
    pub id: DocumentId,
    /// On which case.
    pub case: String,
    /// Under which key it stands; none once it has gone.
    pub key: Option<String>,
    /// What it is called; none once it has been removed.
    pub name: Option<String>,
    /// What it is to the case.
    pub kind: DocumentKind,
    /// Which resident it is of, counted from 1.
    pub resident: Option<u16>,
    /// What it is.
    pub media_type: String,
    /// Its length in bytes.
    pub size: u64,
    /// Its SHA-256.
    pub digest: Digest,
    /// When it was added.
    pub added_at: DateTime<Utc>,
    /// By whom.
    pub added_by: String,
    /// When, by whom and why it was removed.
    pub removed: Option<(DateTime<Utc>, String, RemovalReason)>,
}

#[derive(Insertable)]
#[diesel(table_name = documents)]
struct NewRow<'a> {
    id: String,
    landlord_id: &'a str,
    case_id: String,
    state: &'a str,
    object_key: &'a str,
    name: &'a str,
    kind: &'a str,
    resident: Option<i32>,
    media_type: &'a str,
    added_at: NaiveDateTime,
    added_by: &'a str,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = documents)]
struct Row {
    id: String,
    case_id: String,
    object_key: Option<String>,
    name: Option<String>,
    kind: String,
    resident: Option<i32>,
    media_type: String,
    size: Option<i64>,
    digest: Option<String>,
    added_at: NaiveDateTime,
    added_by: String,
    removed_at: Option<NaiveDateTime>,
    removed_by: Option<String>,
    removed_why: Option<String>,
}

const ARRIVING: &str = "arriving";
const ABANDONED: &str = "abandoned";
const KEPT: &str = "kept";
const REMOVED: &str = "removed";

impl TryFrom<Row> for Document {
    type Error = StorageError;

    fn try_from(row: Row) -> Result<Self, StorageError> {
        let damaged = |what| StorageError::DamagedDocument { document: row.id.clone(), what };
        let removed = match (row.removed_at, &row.removed_by, &row.removed_why) {
            (Some(at), Some(by), Some(why)) => {
                let why = RemovalReason::of(why).ok_or_else(|| damaged("reason"))?;
                Some((at.and_utc(), by.clone(), why))
            }
            _ => None,
        };
        Ok(Self {
            id: row.id.parse().map_err(|_| damaged("id"))?,
            kind: DocumentKind::of(&row.kind).ok_or_else(|| damaged("kind"))?,
            size: row.size.and_then(|size| u64::try_from(size).ok()).ok_or_else(|| damaged("size"))?,
            digest: row
                .digest
                .as_deref()
                .and_then(|digest| digest.parse().ok())
                .ok_or_else(|| damaged("digest"))?,
            resident: row.resident.and_then(|resident| u16::try_from(resident).ok()),
            case: row.case_id,
            key: row.object_key,
            name: row.name,
            media_type: row.media_type,
            added_at: row.added_at.and_utc(),
            added_by: row.added_by,
            removed,
        })
    }
}

/// Writes down that a file is about to come.
///
/// # Errors
/// When the database fails.
pub fn begin(
    connection: &mut Connection,
    arriving: &Arriving,
    now: DateTime<Utc>,
) -> Result<(), StorageError> {
    diesel::insert_into(documents::table)
        .values(NewRow {
            id: arriving.id.to_string(),
            landlord_id: &arriving.landlord,
            case_id: arriving.case.to_string(),
            state: ARRIVING,
            object_key: &arriving.key,
            name: &arriving.name,
            kind: arriving.kind.as_str(),
            resident: arriving.resident.map(i32::from),
            media_type: arriving.media_type,
            added_at: now.naive_utc(),
            added_by: &arriving.by,
        })
        .execute(connection)?;
    Ok(())
}

/// Writes down that a file has come whole; says whether it was still waited for.
///
/// # Errors
/// When the database fails.
pub fn keep(
    connection: &mut Connection,
    landlord: &str,
    id: DocumentId,
    (size, digest): (u64, Digest),
    now: DateTime<Utc>,
) -> Result<bool, StorageError> {
    let waited_for = documents::table
        .find(id.to_string())
        .filter(documents::landlord_id.eq(landlord))
        .filter(documents::state.eq(ARRIVING));
    let kept = diesel::update(waited_for)
        .set((
            documents::state.eq(KEPT),
            documents::size.eq(i64::try_from(size).unwrap_or(i64::MAX)),
            documents::digest.eq(digest.to_string()),
            documents::added_at.eq(now.naive_utc()),
        ))
        .execute(connection)?;
    Ok(kept == 1)
}

/// How many files a case has, and how many bytes they have together.
///
/// # Errors
/// When the database fails.
pub fn totals(connection: &mut Connection, landlord: &str, case: CaseId) -> Result<(u64, u64), StorageError> {
    let sizes: Vec<Option<i64>> = documents::table
        .filter(documents::landlord_id.eq(landlord))
        .filter(documents::case_id.eq(case.to_string()))
        .filter(documents::state.eq(KEPT))
        .select(documents::size)
        .load(connection)?;
    let count = u64::try_from(sizes.len()).unwrap_or(u64::MAX);
    Ok((count, sizes.into_iter().flatten().filter_map(|size| u64::try_from(size).ok()).sum()))
}

/// What a case has and had, in the order in which it came, after one; what is still coming is left out.
///
/// # Errors
/// When the database fails.
pub fn of_case(
    connection: &mut Connection,
    landlord: &str,
    case: CaseId,
    after: Option<DocumentId>,
    limit: i64,
) -> Result<Vec<Document>, StorageError> {
    let after = after.map(|id| id.to_string()).unwrap_or_default();
    let rows: Vec<Row> = documents::table
        .filter(documents::landlord_id.eq(landlord))
        .filter(documents::case_id.eq(case.to_string()))
        .filter(documents::state.eq_any([KEPT, REMOVED]))
        .filter(documents::id.gt(after))
        .order(documents::id)
        .limit(limit)
        .select(Row::as_select())
        .load(connection)?;
    rows.into_iter().map(Document::try_from).collect()
}

/// One document of a case; none where the landlord has no such case, the case no such document, or it has not come yet.
///
/// # Errors
/// When the database fails.
pub fn find(
    connection: &mut Connection,
    landlord: &str,
    case: CaseId,
    id: DocumentId,
) -> Result<Option<Document>, StorageError> {
    let row: Option<Row> = documents::table
        .find(id.to_string())
        .filter(documents::landlord_id.eq(landlord))
        .filter(documents::case_id.eq(case.to_string()))
        .filter(documents::state.eq_any([KEPT, REMOVED]))
        .select(Row::as_select())
        .first(connection)
        .optional()?;
    row.map(Document::try_from).transpose()
}

/// Writes down that a document is to go, and forgets its name; says whether it was there. The file goes a little later.
///
/// # Errors
/// When the database fails.
pub fn remove(
    connection: &mut Connection,
    landlord: &str,
    id: DocumentId,
    (by, why): (&str, RemovalReason),
    now: DateTime<Utc>,
) -> Result<bool, StorageError> {
    let there = documents::table
        .find(id.to_string())
        .filter(documents::landlord_id.eq(landlord))
        .filter(documents::state.eq(KEPT));
    let removed = diesel::update(there)
        .set((
            documents::state.eq(REMOVED),
            documents::name.eq(None::<String>),
            documents::removed_at.eq(now.naive_utc()),
            documents::removed_by.eq(by),
            documents::removed_why.eq(why.as_str()),
        ))
        .execute(connection)?;
    Ok(removed == 1)
}

/// Gives up what should have come before then, or this one; from now on it is not waited for.
///
/// # Errors
/// When the database fails.
pub fn abandon(connection: &mut Connection, which: Late) -> Result<usize, StorageError> {
    let arriving = documents::table.filter(documents::state.eq(ARRIVING));
    let given_up = (documents::state.eq(ABANDONED), documents::name.eq(None::<String>));
    Ok(match which {
        Late::This(id) => diesel::update(arriving.filter(documents::id.eq(id.to_string())))
            .set(given_up)
            .execute(connection)?,
        Late::Before(then) => diesel::update(arriving.filter(documents::added_at.lt(then.naive_utc())))
            .set(given_up)
            .execute(connection)?,
    })
}

/// Which documents are not waited for any more.
#[derive(Debug, Clone, Copy)]
pub enum Late {
    /// This one.
    This(DocumentId),
    /// All that began to come before then.
    Before(DateTime<Utc>),
}

/// The files that are to go, at most so many: each document's id, and the key.
///
/// # Errors
/// When the database fails.
pub fn to_go(connection: &mut Connection, limit: i64) -> Result<Vec<(String, String)>, StorageError> {
    let rows: Vec<(String, Option<String>)> = documents::table
        .filter(documents::state.eq_any([ABANDONED, REMOVED]))
        .filter(documents::object_key.is_not_null())
        .order(documents::added_at)
        .limit(limit)
        .select((documents::id, documents::object_key))
        .load(connection)?;
    Ok(rows.into_iter().filter_map(|(id, key)| Some((id, key?))).collect())
}

/// Writes down that a file has gone. Of one that never came whole, no row is left.
///
/// # Errors
/// When the database fails.
pub fn gone(connection: &mut Connection, id: &str) -> Result<(), StorageError> {
    diesel::delete(documents::table.find(id).filter(documents::state.eq(ABANDONED))).execute(connection)?;
    diesel::update(documents::table.find(id).filter(documents::state.eq(REMOVED)))
        .set(documents::object_key.eq(None::<String>))
        .execute(connection)?;
    Ok(())
}

/// Which of these keys a row speaks of.
///
/// # Errors
/// When the database fails.
pub fn spoken_of(connection: &mut Connection, keys: &[String]) -> Result<BTreeSet<String>, StorageError> {
    let known: Vec<Option<String>> = documents::table
        .filter(documents::object_key.eq_any(keys))
        .select(documents::object_key)
        .load(connection)?;
    Ok(known.into_iter().flatten().collect())
}

/// A document that is kept, of whichever landlord.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Its id.
    pub id: String,
    /// Whose.
    pub landlord: String,
    /// On which case.
    pub case: String,
    /// Under which key it stands.
    pub key: String,
    /// Its length in bytes.
    pub size: u64,
    /// Its SHA-256.
    pub digest: Digest,
}

/// The documents that are kept, of all landlords, in the order of their ids, after one, at most so many: for those who look after the
/// whole database.
///
/// # Errors
/// When the database fails, or a row is damaged.
pub fn kept_after(connection: &mut Connection, after: &str, limit: i64) -> Result<Vec<Kept>, StorageError> {
    type Columns = (String, String, String, Option<String>, Option<i64>, Option<String>);
    let rows: Vec<Columns> = documents::table
        .filter(documents::state.eq(KEPT))
        .filter(documents::id.gt(after))
        .order(documents::id)
        .limit(limit)
        .select((
            documents::id,
            documents::landlord_id,
            documents::case_id,
            documents::object_key,
            documents::size,
            documents::digest,
        ))
        .load(connection)?;
    let read = |(id, landlord, case, key, size, digest): Columns| {
        let whole = (
            key,
            size.and_then(|size| u64::try_from(size).ok()),
            digest.and_then(|digest| digest.parse().ok()),
        );
        let (Some(key), Some(size), Some(digest)) = whole else {
            return Err(StorageError::DamagedDocument { document: id, what: "key, size or digest" });
        };
        Ok(Kept { id, landlord, case, key, size, digest })
    };
    rows.into_iter().map(read).collect()
}

/// Whether a document is kept, and has not been removed.
///
/// # Errors
/// When the database fails.
pub fn is_kept(connection: &mut Connection, id: &str) -> Result<bool, StorageError> {
    let kept = documents::table.find(id).filter(documents::state.eq(KEPT));
    Ok(diesel::select(diesel::dsl::exists(kept)).get_result(connection)?)
}
