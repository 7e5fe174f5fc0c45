//! Remedies and actions.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use crate::case::record::{Label, RecordRef};
use crate::case::words::StageNumber;
use crate::policy::vocabulary::{CompensationBasis, RemedyKind};

/// A remedy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct RemedyState {
    /// The kind.
    pub kind: RemedyKind,
    /// At which stage.
    pub stage: Option<StageNumber>,
    /// The amount in pence.
    pub pence: Option<u64>,
    /// What it is for.
    pub basis: Option<CompensationBasis>,
    /// When it was offered.
    pub offered_at: DateTime<Utc>,
    /// By when it will be done.
    pub due_on: Option<NaiveDate>,
    /// Until when the offer stands.
    pub open_until: Option<NaiveDate>,
    /// When it was accepted.
    pub accepted_at: Option<DateTime<Utc>>,
    /// When it was declined.
    pub declined_at: Option<DateTime<Utc>>,
    /// When it lapsed.
    pub lapsed_at: Option<DateTime<Utc>>,
    /// What was paid to the resident, in pence.
    pub paid_pence: Option<u64>,
    /// What went to arrears, in pence.
    pub offset_pence: Option<u64>,
}

/// An action.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct ActionState {
    /// What.
    pub what: RecordRef,
    /// By when.
    pub due_on: NaiveDate,
    /// Which team.
    pub owner: Label,
    /// At which stage it was promised.
    pub stage: Option<StageNumber>,
    /// When it was done.
    pub done_at: Option<DateTime<Utc>>,
}
