//! Reasons of law for which nothing of a case may be erased.

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::{ExpressionMethods, OptionalExtension, QueryDsl, RunQueryDsl};
use redress_shared::case::CaseId;
use uuid::Uuid;

use crate::documents::words;
use crate::storage::schema::case_holds;
use crate::storage::{Connection, StorageError};

words! {
    /// Why nothing of a case may be erased.
    HoldReason {
        /// A claim is made, or to be expected: disrepair, injury, discrimination.
        LegalClaim = "legal-claim",
        /// The Ombudsman or the regulator asks.
        Ombudsman = "ombudsman",
        /// An insurer asks.
        Insurance = "insurance",
        /// The police, or a court, asks.
        Investigation = "investigation",
        /// Somebody is to be kept from harm.
        Safeguarding = "safeguarding",
        /// A resident has asked that what is held on them is kept as it is.
        ResidentAsked = "resident-asked",
        /// Something else that the landlord has written down elsewhere.
        Other = "other",
    }
}

/// A hold that is in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    /// Why.
    pub reason: HoldReason,
    /// Since when.
    pub placed_at: DateTime<Utc>,
    /// By whom.
    pub placed_by: String,
}

/// The hold that is in force on a case.
///
/// # Errors
/// When the database fails.
pub fn in_force(
    connection: &mut Connection,
    landlord: &str,
    case: CaseId,
) -> Result<Option<Hold>, StorageError> {
    let row: Option<(String, NaiveDateTime, String)> = case_holds::table
        .filter(case_holds::landlord_id.eq(landlord))
        .filter(case_holds::case_id.eq(case.to_string()))
        .filter(case_holds::lifted_at.is_null())
        .select((case_holds::reason, case_holds::placed_at, case_holds::placed_by))
        .first(connection)
        .optional()?;
    Ok(row.map(|(reason, placed_at, placed_by)| Hold {
        // A reason that nobody knows holds all the same.
        reason: HoldReason::of(&reason).unwrap_or(HoldReason::Other),
        placed_at: placed_at.and_utc(),
        placed_by,
    }))
}

/// Places a hold. One that is in force for the same reason stays as it is; one for another reason is lifted by it.
///
/// # Errors
/// When the database fails.
pub fn place(
    connection: &mut Connection,
    (landlord, case): (&str, CaseId),
    reason: HoldReason,
    (by, now): (&str, DateTime<Utc>),
) -> Result<(), StorageError> {
    match in_force(connection, landlord, case)? {
        Some(hold) if hold.reason == reason => return Ok(()),
        Some(_) => lift(connection, (landlord, case), (by, now))?,
        None => {}
    }
    diesel::insert_into(case_holds::table)
        .values((
            case_holds::id.eq(Uuid::now_v7().to_string()),
            case_holds::landlord_id.eq(landlord),
            case_holds::case_id.eq(case.to_string()),
            case_holds::reason.eq(reason.as_str()),
            case_holds::placed_at.eq(now.naive_utc()),
            case_holds::placed_by.eq(by),
        ))
        .execute(connection)?;
    Ok(())
}

/// Lifts the hold on a case, where there is one.
///
/// # Errors
/// When the database fails.
pub fn lift(
    connection: &mut Connection,
    (landlord, case): (&str, CaseId),
    (by, now): (&str, DateTime<Utc>),
) -> Result<(), StorageError> {
    let held = case_holds::table
        .filter(case_holds::landlord_id.eq(landlord))
        .filter(case_holds::case_id.eq(case.to_string()))
        .filter(case_holds::lifted_at.is_null());
    diesel::update(held)
        .set((case_holds::lifted_at.eq(now.naive_utc()), case_holds::lifted_by.eq(by)))
        .execute(connection)?;
    Ok(())
}
