//! What came in: what it is about, whose it is, what it puts at risk, why it was declined.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use crate::case::command::intake::{Reference, ResidentRecorded};
use crate::case::record::{Label, RecordRef};
use crate::case::words::StockType;
use crate::policy::vocabulary::{ConsentEvidence, RefusalGround, RepresentativeKind, RiskKind};

/// What a case is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Facts {
    /// What was said.
    pub about: RecordRef,
    /// What they would like to come of it.
    pub outcome_sought: Option<RecordRef>,
    /// When it happened.
    pub event_on: Option<NaiveDate>,
    /// When the resident became aware.
    pub aware_on: Option<NaiveDate>,
    /// The property.
    pub property: Option<RecordRef>,
    /// The stock type.
    pub stock_type: StockType,
    /// The tenure.
    pub tenure: Option<Label>,
    /// The area.
    pub area: Option<Label>,
    /// The categories.
    pub categories: Vec<Label>,
    /// The service.
    pub service_area: Option<Label>,
    /// The contractor.
    pub contractor: Option<Label>,
    /// The CRM's references.
    pub references: Vec<Reference>,
}

/// Who made it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Parties {
    /// The residents' records.
    pub residents: Vec<RecordRef>,
    /// All that was recorded of each, for a complaint that comes out of this one; what it is, is not for everybody to see.
    #[serde(skip)]
    pub recorded: Vec<ResidentRecorded>,
    /// Adjustments and vulnerabilities told of: how many, since what they are is not for everybody.
    pub adjustments: u16,
    /// Vulnerabilities told of.
    pub vulnerabilities: u16,
    /// The resident whom a group has nominated, from 1.
    pub nominee: Option<u16>,
    /// Whether nobody said who they are.
    pub anonymous: bool,
    /// Who speaks for them.
    pub representative: Option<RepresentativeState>,
}

impl Parties {
    /// Counts anew what the residents have told of.
    pub fn count_told(&mut self) {
        let total = |count: &dyn Fn(&ResidentRecorded) -> usize| {
            u16::try_from(self.recorded.iter().map(count).sum::<usize>()).unwrap_or(u16::MAX)
        };
        let adjustments = total(&|resident| resident.adjustments.len());
        let vulnerabilities = total(&|resident| resident.vulnerabilities.len() + resident.disabilities.len());
        (self.adjustments, self.vulnerabilities) = (adjustments, vulnerabilities);
    }
}

/// A representative.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct RepresentativeState {
    /// What they are.
    pub kind: RepresentativeKind,
    /// Their record.
    pub person: RecordRef,
    /// The resident's consent.
    pub consent: Option<ConsentEvidence>,
}

/// A risk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct RiskState {
    /// The kind.
    pub kind: RiskKind,
    /// When the landlord became aware.
    pub aware_at: DateTime<Utc>,
    /// To whom it was handed.
    pub handed_to: Option<Label>,
    /// When.
    pub handed_at: Option<DateTime<Utc>>,
}

/// A refusal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct RefusalState {
    /// The ground.
    pub ground: RefusalGround,
    /// The clause that has it.
    pub clause: String,
    /// When.
    pub refused_at: DateTime<Utc>,
    /// Whether discretion was considered.
    pub discretion_considered: bool,
    /// When the Ombudsman directed that the complaint be taken on all the same.
    pub overturned_at: Option<DateTime<Utc>>,
}
