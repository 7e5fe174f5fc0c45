//! What lists and reports hold of a case, row by row, computed from the case alone: the service keeps these rows in its tables, and the
//! reporter makes them itself of cases that no service keeps.

#![allow(
    missing_docs,
    reason = "what a column holds is told of where it is given out: in the reports' contract and the export"
)]

use chrono::{DateTime, NaiveDate, Utc};

use super::context::Rules;
use super::deadline::deadlines;
use super::obligation::obligations;
use super::state::Case;
use crate::calendar::{CalendarError, london};

macro_rules! rows {
    ($(#[$meta:meta])* $name:ident { $($field:ident: $kind:ty),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name { $(pub $field: $kind,)+ }
    };
}

mod case;
mod due;
mod noted;
mod ombudsman;
mod outcome;

pub use case::{CaseRow, CategoryRow, ReferenceRow};
pub use due::{DeadlineRow, StageRow, WindowRow};
pub use noted::{ExtensionRow, ResidentRow, RestrictionRow, RiskRow};
pub use ombudsman::{FailureOrderRow, FindingRow, OrderRow};
pub use outcome::{ActionRow, EscalationRow, LearningRow, RefusalRow, RemedyRow, SurveyRow};

/// Why a case has no rows.
#[derive(Debug, thiserror::Error)]
pub enum RowsError {
    /// A due date lies past the calendar.
    #[error(transparent)]
    Calendar(#[from] CalendarError),
    /// A sum of money is larger than a column holds; kept smaller, it would be a wrong one.
    #[error("a sum of {0} pence is more than can be kept")]
    Money(u64),
}

fn day(at: DateTime<Utc>) -> NaiveDate {
    london::date_of(at)
}

fn small(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

fn money(pence: Option<u64>) -> Result<Option<i64>, RowsError> {
    pence.map(|pence| i64::try_from(pence).map_err(|_| RowsError::Money(pence))).transpose()
}

/// All rows of a case. None of them names the case or its landlord: whoever keeps them knows whose they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseRows {
    pub case: CaseRow,
    pub categories: Vec<CategoryRow>,
    pub references: Vec<ReferenceRow>,
    pub stages: Vec<StageRow>,
    pub owed: Vec<DeadlineRow>,
    pub windows: Vec<WindowRow>,
    pub refusals: Vec<RefusalRow>,
    pub escalations: Vec<EscalationRow>,
    pub remedies: Vec<RemedyRow>,
    pub actions: Vec<ActionRow>,
    pub findings: Vec<FindingRow>,
    pub orders: Vec<OrderRow>,
    pub failure_orders: Vec<FailureOrderRow>,
    pub learning: Vec<LearningRow>,
    pub surveys: Vec<SurveyRow>,
    pub risks: Vec<RiskRow>,
    pub extensions: Vec<ExtensionRow>,
    pub restrictions: Vec<RestrictionRow>,
    pub residents: Vec<ResidentRow>,
}

impl CaseRows {
    /// The rows of a case under its rules.
    ///
    /// # Errors
    /// When a due date lies past the calendar, or a sum is larger than a column holds.
    pub fn of(case: &Case, rules: &Rules) -> Result<Self, RowsError> {
        let due = deadlines(case, rules)?;
        let (refusals, escalations) = outcome::refusals(case, rules)?;
        let owed = due::owed(case, &due, &obligations(case, rules)?);
        Ok(Self {
            case: CaseRow::of(case, owed.iter().map(|owed| owed.due_on).min()),
            categories: case::categories(case),
            references: case::references(case),
            stages: due::stages((case, rules), &due)?,
            owed,
            windows: due::windows(case, &due),
            refusals,
            escalations,
            remedies: outcome::remedies(case)?,
            actions: outcome::actions(case),
            findings: ombudsman::findings(case),
            orders: ombudsman::orders(case)?,
            failure_orders: ombudsman::failure_orders(case),
            learning: outcome::learning(case),
            surveys: outcome::surveys(case),
            risks: noted::risks(case),
            extensions: noted::extensions(case),
            restrictions: noted::restrictions(case),
            residents: noted::residents(case),
        })
    }
}
