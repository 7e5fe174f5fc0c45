//! What is coming: there is a row of it before there is a file.

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::{ExpressionMethods, Insertable, QueryDsl, RunQueryDsl};
use redress_shared::case::CaseId;
use redress_shared::case::record::Digest;

use super::{ABANDONED, ARRIVING, KEPT};
use crate::documents::{DocumentId, DocumentKind};
use crate::storage::schema::documents;
use crate::storage::{Connection, StorageError};

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
