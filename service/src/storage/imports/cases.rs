//! The cases that came with imports, and what they came as.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::{ExpressionMethods, Insertable, QueryDsl, RunQueryDsl};
use redress_shared::case::CaseId;
use redress_shared::case::record::Digest;

use super::Import;
use crate::storage::schema::{case_references, imported_cases};
use crate::storage::{Connection, StorageError, bulk};

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
    let rows: Vec<(String, String)> = case_references::table
        .filter(case_references::landlord_id.eq(landlord))
        .filter(case_references::system.eq(system))
        .filter(case_references::value.eq_any(values))
        .select((case_references::value, case_references::case_id))
        .load(connection)?;
    // Asked for by their keys, and not in the query before: what a planner makes of a join of two growing tables is not to be foreseen.
    let digests: Vec<(String, String)> = imported_cases::table
        .filter(imported_cases::landlord_id.eq(landlord))
        .filter(imported_cases::case_id.eq_any(rows.iter().map(|(_, case)| case)))
        .select((imported_cases::case_id, imported_cases::digest))
        .load(connection)?;
    let digests: HashMap<String, String> = digests.into_iter().collect();
    let read = |(value, case): (String, String)| {
        let digest = digests.get(&case).cloned();
        Known { system: system.to_owned(), value, case, digest }
    };
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
