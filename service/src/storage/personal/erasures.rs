//! What was erased: the tombstones of records, and of which case, whose and why.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::connection::SimpleConnection as _;
use diesel::prelude::{ExpressionMethods, OptionalExtension, QueryDsl, RunQueryDsl};
use redress_shared::case::{CaseId, RecordId};
use uuid::Uuid;

use crate::documents::words;
use crate::storage::error::reads;
use crate::storage::schema::{case_records, erased_records, erasures};
use crate::storage::{Connection, StorageError};

words! {
    /// Why personal data is erased.
    ErasureReason {
        /// The person asked for it.
        Request = "request",
        /// The person took back the consent that it rested on.
        ConsentWithdrawn = "consent-withdrawn",
        /// It should never have been held.
        Unlawful = "unlawful",
        /// It is not needed any more.
        NotNeeded = "not-needed",
        /// It was kept for as long as such things are kept.
        Retention = "retention",
    }
}

/// Whose data, of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whose {
    /// All of it.
    Case,
    /// One resident's, counted from 1.
    Resident(u16),
    /// The representatives'.
    Representative,
}

impl Whose {
    const fn word(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Resident(_) => "resident",
            Self::Representative => "representative",
        }
    }

    const fn resident(self) -> Option<u16> {
        match self {
            Self::Resident(number) => Some(number),
            Self::Case | Self::Representative => None,
        }
    }
}

/// That something was erased.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erasure {
    /// Its id.
    pub id: String,
    /// Of which case.
    pub case: CaseId,
    /// Whose.
    pub whose: Whose,
    /// Why.
    pub reason: ErasureReason,
    /// How many records.
    pub records: usize,
    /// How many documents.
    pub documents: usize,
    /// When.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: String,
}

/// A new id.
#[must_use]
pub fn new_id() -> String {
    Uuid::now_v7().to_string()
}

/// Writes down that something was erased.
///
/// # Errors
/// When the database fails.
pub fn note(connection: &mut Connection, landlord: &str, erasure: &Erasure) -> Result<(), StorageError> {
    let count = |number: usize| i32::try_from(number).unwrap_or(i32::MAX);
    diesel::insert_into(erasures::table)
        .values((
            erasures::id.eq(&erasure.id),
            erasures::landlord_id.eq(landlord),
            erasures::case_id.eq(erasure.case.to_string()),
            erasures::scope.eq(erasure.whose.word()),
            erasures::resident.eq(erasure.whose.resident().map(i32::from)),
            erasures::reason.eq(erasure.reason.as_str()),
            erasures::records.eq(count(erasure.records)),
            erasures::documents.eq(count(erasure.documents)),
            erasures::erased_at.eq(erasure.at.naive_utc()),
            erasures::erased_by.eq(&erasure.by),
        ))
        .execute(connection)?;
    Ok(())
}

/// Whose data of a case was erased before.
///
/// # Errors
/// When the database fails.
pub fn of_case(
    connection: &mut Connection,
    landlord: &str,
    case: CaseId,
) -> Result<BTreeSet<Whose>, StorageError> {
    let rows: Vec<(String, Option<i32>)> = erasures::table
        .filter(erasures::landlord_id.eq(landlord))
        .filter(erasures::case_id.eq(case.to_string()))
        .select((erasures::scope, erasures::resident))
        .load(connection)?;
    let whose = |(scope, resident): (String, Option<i32>)| match scope.as_str() {
        "resident" => resident.and_then(|number| u16::try_from(number).ok()).map(Whose::Resident),
        "representative" => Some(Whose::Representative),
        _ => Some(Whose::Case),
    };
    Ok(rows.into_iter().filter_map(whose).collect())
}

/// Takes a record away with its salt, and puts a tombstone in its place; says whether it was there.
///
/// # Errors
/// When the database fails.
pub fn erase_record(
    connection: &mut Connection,
    landlord: &str,
    record: RecordId,
    (erasure, now): (&str, DateTime<Utc>),
) -> Result<bool, StorageError> {
    let of_landlord = case_records::landlord_id.eq(landlord);
    let found: Option<String> = case_records::table
        .find(record.to_string())
        .filter(of_landlord)
        .select(case_records::case_id)
        .first(connection)
        .optional()?;
    let Some(case) = found else { return Ok(false) };
    diesel::delete(case_records::table.find(record.to_string())).execute(connection)?;
    diesel::insert_into(erased_records::table)
        .values((
            erased_records::record_id.eq(record.to_string()),
            erased_records::landlord_id.eq(landlord),
            erased_records::case_id.eq(case),
            erased_records::erasure_id.eq(erasure),
            erased_records::erased_at.eq(now.naive_utc()),
        ))
        .execute(connection)?;
    Ok(true)
}

/// Has SQLite overwrite what it takes away from now on; PostgreSQL does so when it vacuums.
///
/// # Errors
/// When the database fails.
pub fn overwrite(connection: &mut Connection) -> Result<(), StorageError> {
    match connection {
        Connection::Sqlite(sqlite) => Ok(sqlite.batch_execute("PRAGMA secure_delete = ON")?),
        Connection::Postgres(_) => Ok(()),
    }
}

/// When a record was erased; none where it was not.
///
/// # Errors
/// When the database fails.
pub fn erased_at(
    connection: &mut Connection,
    landlord: &str,
    record: RecordId,
) -> Result<Option<DateTime<Utc>>, StorageError> {
    let at = erased_records::table
        .find(record.to_string())
        .filter(erased_records::landlord_id.eq(landlord))
        .select(erased_records::erased_at);
    let at: Option<NaiveDateTime> = reads("erased_records", at.first(connection).optional())?;
    Ok(at.map(|at| at.and_utc()))
}
