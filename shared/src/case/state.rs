//! A case as its events have left it. Serialised, this is what the API shows.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use super::CaseId;
use super::command::intake::{Reference, Staff};
use super::record::{Label, RecordRef};
use super::words::{
    ClosingReason, Finding, Kind, OrderKind, Phase, Satisfaction, StageNumber, StockType, Triage,
};
use crate::policy::vocabulary::{
    Channel, CompensationBasis, ConsentEvidence, ContractorMoment, EscalationGround, Outcome, RefusalGround,
    RemedyKind, RepresentativeKind, RiskKind,
};

/// A case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
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
    /// The request for stage 2.
    pub escalation: Option<Escalation>,
    /// Remedies, numbered from 1.
    pub remedies: Vec<RemedyState>,
    /// Actions, numbered from 1.
    pub actions: Vec<ActionState>,
    /// When the remedy and its timescale were agreed.
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

/// What a case is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Parties {
    /// The residents' records.
    pub residents: Vec<RecordRef>,
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

/// A representative.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RepresentativeState {
    /// What they are.
    pub kind: RepresentativeKind,
    /// Their record.
    pub person: RecordRef,
    /// The resident's consent.
    pub consent: Option<ConsentEvidence>,
}

/// A risk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RefusalState {
    /// The ground.
    pub ground: RefusalGround,
    /// The clause that has it.
    pub clause: String,
    /// When.
    pub refused_at: DateTime<Utc>,
    /// Whether discretion was considered.
    pub discretion_considered: bool,
}

/// A stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stage {
    /// Which.
    pub number: StageNumber,
    /// When it was asked for: receipt at stage 1, the request at stage 2.
    pub requested_at: DateTime<Utc>,
    /// When it was logged.
    pub logged_at: DateTime<Utc>,
    /// When it was acknowledged.
    pub acknowledged_at: Option<DateTime<Utc>>,
    /// The points of the definition, numbered from 1.
    pub points: Vec<PointState>,
    /// Who deals with it.
    pub handler: Option<Staff>,
    /// Members added to it.
    pub members: Vec<Staff>,
    /// Everybody who has dealt with it.
    pub handled_by: Vec<Label>,
    /// Who reviewed the draft.
    pub reviewer: Option<Staff>,
    /// Extensions.
    pub extensions: Vec<ExtensionState>,
    /// How often the resident is to be updated, in working days.
    pub update_every_working_days: Option<u16>,
    /// When the resident was last told anything.
    pub last_told_at: Option<DateTime<Utc>>,
    /// How many updates there were.
    pub updates: u16,
    /// When it was answered.
    pub responded_at: Option<DateTime<Utc>>,
    /// The decision on the whole.
    pub outcome: Option<Outcome>,
    /// Whether it was put right at first contact.
    pub first_contact: bool,
    /// The review of stage 1 on new information, where there was one.
    pub review: Option<StageReview>,
}

/// Stage 1 looked at again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StageReview {
    /// When it began.
    pub opened_at: DateTime<Utc>,
    /// When it was answered.
    pub responded_at: Option<DateTime<Utc>>,
}

/// A point of the definition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PointState {
    /// What it is.
    pub understanding: RecordRef,
    /// Whether it is the landlord's responsibility.
    pub responsible: bool,
    /// The decision.
    pub outcome: Option<Outcome>,
}

/// An extension.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExtensionState {
    /// The date to expect the response by.
    pub respond_by: NaiveDate,
    /// Whether it moves the policy's date.
    pub moves_policy: bool,
    /// Whether it moves the Code's date.
    pub moves_code: bool,
}

/// The request for stage 2.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Escalation {
    /// When.
    pub requested_at: DateTime<Utc>,
    /// Whether after the policy's window.
    pub late: bool,
    /// Whether reasons were given.
    pub reasons_given: bool,
    /// The ground on which it was declined.
    pub refused: Option<EscalationGround>,
    /// The clause that has the ground.
    pub refused_clause: Option<String>,
    /// When it was declined.
    pub refused_at: Option<DateTime<Utc>>,
    /// Whether discretion was considered.
    pub discretion_considered: bool,
    /// When it was taken on.
    pub accepted_at: Option<DateTime<Utc>>,
    /// Whether it led to a review of stage 1 instead.
    pub reviewed: bool,
}

/// A remedy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
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

/// A closing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Closing {
    /// Why.
    pub reason: ClosingReason,
    /// When.
    pub closed_at: DateTime<Utc>,
}

/// A survey answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SurveyState {
    /// After which stage.
    pub stage: Option<StageNumber>,
    /// The answer.
    pub answer: Satisfaction,
    /// When.
    pub answered_at: DateTime<Utc>,
}

/// A restriction on contact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RestrictionState {
    /// Since when.
    pub since: DateTime<Utc>,
    /// When it is reviewed; none once it is lifted.
    pub review_on: Option<NaiveDate>,
    /// When it was lifted.
    pub lifted_at: Option<DateTime<Utc>>,
}

/// Something learnt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LearningState {
    /// The theme.
    pub theme: Label,
    /// The root cause.
    pub root_cause: Label,
    /// The improvement.
    pub improvement: RecordRef,
    /// Which team.
    pub owner: Label,
    /// When.
    pub recorded_at: DateTime<Utc>,
    /// To whom it was reported last.
    pub reported_to: Option<Label>,
    /// When the improvement was in place.
    pub done_at: Option<DateTime<Utc>>,
}

/// The Ombudsman's part.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct OmbudsmanState {
    /// When it first went there.
    pub referred_at: Option<DateTime<Utc>>,
    /// The findings, issue by issue.
    pub findings: Vec<FindingState>,
    /// Orders and recommendations, numbered from 1.
    pub orders: Vec<OrderState>,
    /// Complaint handling failure orders, numbered from 1.
    pub failure_orders: Vec<FailureOrderState>,
}

/// A finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FindingState {
    /// The Ombudsman's reference.
    pub reference: Label,
    /// The issue.
    pub issue: Label,
    /// The finding.
    pub finding: Finding,
    /// When.
    pub determined_at: DateTime<Utc>,
}

/// An order or recommendation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OrderState {
    /// The Ombudsman's reference.
    pub reference: Label,
    /// Which of the two.
    pub kind: OrderKind,
    /// By when.
    pub due_on: Option<NaiveDate>,
    /// How much, in pence.
    pub pence: Option<u64>,
    /// When it was complied with.
    pub complied_at: Option<DateTime<Utc>>,
}

/// A complaint handling failure order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FailureOrderState {
    /// The Ombudsman's reference.
    pub reference: Label,
    /// 1 not progressing, 2 not providing information, 3 not complying with the Code.
    pub kind: u8,
    /// When it was issued.
    pub issued_at: DateTime<Utc>,
    /// By when.
    pub due_on: NaiveDate,
    /// When it was complied with.
    pub complied_at: Option<DateTime<Utc>>,
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

    /// Whether an answer to a stage is owed.
    #[must_use]
    pub const fn is_open_stage(&self) -> bool {
        matches!(self.phase, Phase::StageOne | Phase::StageTwo | Phase::StageOneReview)
    }

    /// Whether nothing more is owed but what is tracked after closing.
    #[must_use]
    pub const fn is_over(&self) -> bool {
        matches!(self.phase, Phase::Closed | Phase::Withdrawn | Phase::Settled)
    }
}
