//! Who looked for a resident, or had given out or erased what is held on one.

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::{ExpressionMethods, QueryDsl, RunQueryDsl};
use uuid::Uuid;

use crate::storage::schema::personal_access;
use crate::storage::{Connection, StorageError};

/// An access as it is kept: ids, and nothing that was looked for or found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Access {
    /// Its id; they go by time.
    pub id: String,
    /// What was done: `search`, `export` or `erase`.
    pub what: String,
    /// Of whom, as JSON: case by case, which resident.
    pub subjects: String,
    /// When.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: String,
    /// In which request.
    pub request_id: String,
}

/// Writes down that somebody did this.
///
/// # Errors
/// When the database fails.
pub fn note(
    connection: &mut Connection,
    landlord: &str,
    (what, subjects): (&str, &str),
    (by, request_id): (&str, &str),
    now: DateTime<Utc>,
) -> Result<(), StorageError> {
    diesel::insert_into(personal_access::table)
        .values((
            personal_access::id.eq(Uuid::now_v7().to_string()),
            personal_access::landlord_id.eq(landlord),
            personal_access::what.eq(what),
            personal_access::subjects.eq(subjects),
            personal_access::accessed_at.eq(now.naive_utc()),
            personal_access::accessed_by.eq(by),
            personal_access::request_id.eq(request_id),
        ))
        .execute(connection)?;
    Ok(())
}

/// What was done, in order, after one, at most so many.
///
/// # Errors
/// When the database fails.
pub fn after(
    connection: &mut Connection,
    landlord: &str,
    after: &str,
    limit: i64,
) -> Result<Vec<Access>, StorageError> {
    type Row = (String, String, String, NaiveDateTime, String, String);
    let rows: Vec<Row> = personal_access::table
        .filter(personal_access::landlord_id.eq(landlord))
        .filter(personal_access::id.gt(after))
        .order(personal_access::id)
        .limit(limit)
        .select((
            personal_access::id,
            personal_access::what,
            personal_access::subjects,
            personal_access::accessed_at,
            personal_access::accessed_by,
            personal_access::request_id,
        ))
        .load(connection)?;
    let one = |(id, what, subjects, at, by, request_id): Row| Access {
        id,
        what,
        subjects,
        at: at.and_utc(),
        by,
        request_id,
    };
    Ok(rows.into_iter().map(one).collect())
}
