//! What is attached to cases: the rows. Of each file there is a row before it and after it, so that no file is ever without one for
//! long, and none that was told of is lost.

mod arriving;
mod found;
mod going;
mod kept;

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::{Queryable, Selectable};
use redress_shared::case::record::Digest;

pub use arriving::{Arriving, Late, abandon, begin, keep};
pub use found::{find, of_case, totals};
pub use going::{gone, remove, spoken_of, to_go};
pub use kept::{Kept, is_kept, kept_after};

use super::StorageError;
use super::schema::documents;
use crate::documents::{DocumentId, DocumentKind, RemovalReason};

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
