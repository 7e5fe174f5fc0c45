//! A case as its events have left it. Serialised, this is what the API shows.

mod after;
mod ombudsman;
mod parties;
mod redress;
mod stage;

pub use after::{Closing, LearningState, RestrictionState, SurveyState};
pub use ombudsman::{FailureOrderState, FindingState, OmbudsmanState, OrderState};
pub use parties::{Facts, Parties, RefusalState, RepresentativeState, RiskState};
pub use redress::{ActionState, RemedyState};
pub use stage::{Escalation, ExtensionState, PointState, Stage, StageReview, Told};

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use super::CaseId;
use super::record::Label;
use super::words::{Kind, Phase, StageNumber, Triage};
use crate::policy::vocabulary::{Channel, ContractorMoment};

/// A case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Case {
    /// Its id.
    pub id: CaseId,
    /// The number of events so far.
    pub version: u32,
    /// What it is.
    pub kind: Kind,
    /// Where it stands.
    pub phase: Phase,
    /// Whether it was taken on.
    pub triage: Triage,
    /// The policy version that it falls under.
    pub policy: String,
    /// The edition of the Code that it falls under.
    pub code: String,
    /// The case that it came out of.
    pub came_from: Option<CaseId>,
    /// Complaints that came out of it.
    pub led_to: Vec<CaseId>,
    /// When it was received.
    pub received_at: DateTime<Utc>,
    /// When we were first told of it.
    pub recorded_at: DateTime<Utc>,
    /// How it came.
    pub channel: Channel,
    /// What it is about and whose it is.
    pub facts: Facts,
    /// Who made it.
    pub parties: Parties,
    /// Risks, flagged and handed on.
    pub risks: Vec<RiskState>,
    /// Whether a spoken complaint has been confirmed in writing and agreed.
    pub confirmed: bool,
    /// The refusal, where it was declined. Kept when the Ombudsman overturns it.
    pub refusal: Option<RefusalState>,
    /// When the Ombudsman directed that it be taken on.
    pub directed_at: Option<DateTime<Utc>>,
    /// The stages that it has come to, at most two.
    pub stages: Vec<Stage>,
    /// The request for stage 2 that stands.
    pub escalation: Option<Escalation>,
    /// Requests before it: those that led to a review of stage 1, or were declined before the complaint was reopened.
    pub earlier_escalations: Vec<Escalation>,
    /// Remedies, numbered from 1.
    pub remedies: Vec<RemedyState>,
    /// Actions, numbered from 1.
    pub actions: Vec<ActionState>,
    /// When the remedy of the last answer and its timescale were agreed.
    pub remedy_agreed_at: Option<DateTime<Utc>>,
    /// The date by which a resident who cannot be reached must get in touch.
    pub contact_by: Option<NaiveDate>,
    /// The closing, where it is closed.
    pub closing: Option<Closing>,
    /// When it was withdrawn.
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// How often it was reopened.
    pub reopened: u16,
    /// Survey answers.
    pub surveys: Vec<SurveyState>,
    /// Whether the landlord has looked at its own conduct with a view to a restriction.
    pub restriction_assessed: bool,
    /// Restrictions on contact.
    pub restrictions: Vec<RestrictionState>,
    /// What was learnt, numbered from 1.
    pub learning: Vec<LearningState>,
    /// What the contractor was told, or told.
    pub contractor_notices: Vec<ContractorMoment>,
    /// Bodies consulted.
    pub consulted: Vec<Label>,
    /// The Ombudsman's part.
    pub ombudsman: OmbudsmanState,
    /// When a contact other than a complaint was dealt with.
    pub settled_at: Option<DateTime<Utc>>,
}

impl Case {
    /// The stage that is open or was last open.
    #[must_use]
    pub fn current_stage(&self) -> Option<&Stage> {
        self.stages.last()
    }

    /// The stage of that number, where the case has come to it.
    #[must_use]
    pub fn stage(&self, number: StageNumber) -> Option<&Stage> {
        self.stages.iter().find(|stage| stage.number == number)
    }

    /// Whether nothing more is owed but what is tracked after closing.
    #[must_use]
    pub const fn is_over(&self) -> bool {
        matches!(self.phase, Phase::Closed | Phase::Withdrawn | Phase::Settled)
    }
}
