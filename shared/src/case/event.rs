//! What happened to a case. Events are facts: they are never changed, and [`evolve()`](super::evolve()) never refuses one.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::CaseId;
use super::command::{after, correction, escalation, intake, ombudsman, redress, stage};
use super::words::StageNumber;
use crate::policy::vocabulary::Outcome;

/// A complaint or other contact arrived, with the rules that it falls under.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Opened {
    /// The policy version in force on the day of receipt.
    pub policy: String,
    /// The edition of the Code in force on the day of receipt.
    pub code: String,
    /// The case that it came out of: a service request, or a complaint in which it was a new issue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub came_from: Option<CaseId>,
    /// What arrived.
    pub received: intake::Received,
}

/// A contact became a complaint, which is a case of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct BecameComplaint {
    /// The complaint.
    pub complaint: CaseId,
    /// What was said.
    pub raised: intake::ComplaintRaised,
}

/// A complaint was declined.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Declined {
    /// The clause that has the ground.
    pub clause: String,
    /// Provisions of the Code that the refusal departs from, though the policy allows it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub departs_from: Vec<String>,
    /// The refusal.
    pub refused: intake::Refused,
}

/// The time to respond was extended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct ExtensionGiven {
    /// The stage.
    pub stage: StageNumber,
    /// Whether it was decided in time to move the policy's date.
    pub moves_policy: bool,
    /// Whether it is one that the Code permits, and so moves the Code's date.
    pub moves_code: bool,
    /// The notice.
    pub extended: stage::Extended,
}

/// A stage was answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Answered {
    /// The stage.
    pub stage: StageNumber,
    /// The decision on the whole, by the policy's rule.
    pub whole: Outcome,
    /// The answer.
    pub responded: stage::Responded,
}

/// A new issue was set apart as a complaint of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct IssueSetApart {
    /// The new complaint.
    pub complaint: CaseId,
    /// What was raised.
    pub raised: stage::IssueRaised,
}

/// Stage 2 was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct EscalationAsked {
    /// The last day of the policy's window, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window_closed_on: Option<NaiveDate>,
    /// Whether the request came after it.
    pub late: bool,
    /// The request.
    pub requested: escalation::EscalationRequested,
}

/// Stage 2 was declined.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct EscalationDeclined {
    /// The clause that has the ground.
    pub clause: String,
    /// Provisions of the Code that the refusal departs from, though the policy allows it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub departs_from: Vec<String>,
    /// The refusal.
    pub refused: escalation::EscalationRefused,
}

/// Compensation was paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Compensated {
    /// How much went to the resident, in pence.
    pub paid_pence: u64,
    /// How much went to arrears, in pence.
    pub offset_pence: u64,
    /// The payment.
    pub payment: redress::CompensationPaid,
}

/// Everything that can happen to a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Event {
    /// It arrived.
    Opened(Box<Opened>),
    /// What was said aloud was confirmed.
    Confirmed(intake::Confirmed),
    /// Consent to a representative was recorded.
    ConsentRecorded(Box<intake::ConsentRecorded>),
    /// A risk was flagged.
    RiskFlagged(intake::RiskFlagged),
    /// A risk was handed on.
    RiskHandedOff(intake::RiskHandedOff),
    /// A contact became a complaint.
    BecameComplaint(BecameComplaint),
    /// A contact was dealt with.
    Settled(intake::Settled),
    /// A complaint was taken on and logged.
    Accepted(intake::Accepted),
    /// A complaint was declined.
    Declined(Box<Declined>),
    /// The Ombudsman directed it to be taken on.
    AcceptanceDirected(intake::AcceptanceDirected),
    /// A stage was acknowledged.
    Acknowledged(Box<stage::Acknowledged>),
    /// A stage was assigned.
    Assigned(Box<stage::Assigned>),
    /// A new issue joined the open stage.
    IssueJoined(stage::IssueRaised),
    /// A new issue was set apart.
    IssueSetApart(IssueSetApart),
    /// The time to respond was extended.
    ExtensionGiven(Box<ExtensionGiven>),
    /// The resident was told how it goes.
    ResidentUpdated(stage::ResidentUpdated),
    /// A body was consulted.
    Consulted(stage::Consulted),
    /// A contractor was told, or told.
    ContractorNotified(stage::ContractorNotified),
    /// The draft response was reviewed.
    ResponseReviewed(stage::ResponseReviewed),
    /// A stage was answered.
    Answered(Box<Answered>),
    /// Stage 2 was asked for.
    EscalationAsked(EscalationAsked),
    /// The resident said why.
    EscalationExplained(escalation::EscalationExplained),
    /// Stage 2 was opened.
    EscalationAccepted(escalation::EscalationAccepted),
    /// Stage 2 was declined.
    EscalationDeclined(Box<EscalationDeclined>),
    /// Stage 1 is looked at again.
    StageOneReviewOpened(Box<escalation::StageOneReviewOpened>),
    /// A remedy was offered.
    RemedyOffered(Box<redress::RemedyOfferMade>),
    /// An offer was answered.
    OfferAnswered(redress::OfferAnswered),
    /// An offer lapsed.
    OfferLapsed(redress::OfferLapsed),
    /// Compensation was paid.
    Compensated(Compensated),
    /// An action was promised.
    ActionAdded(redress::ActionAdded),
    /// An action got another date.
    ActionRevised(redress::ActionRevised),
    /// An action was done.
    ActionCompleted(redress::ActionCompleted),
    /// The remedy and its timescale were agreed.
    RemedyAgreed(after::RemedyAgreed),
    /// A letter with a time limit went to a resident who cannot be reached.
    NoContactWarned(after::NoContactWarned),
    /// It was closed.
    Closed(after::Closed),
    /// It was opened again.
    Reopened(after::Reopened),
    /// It was withdrawn.
    Withdrawn(after::Withdrawn),
    /// The resident answered a survey.
    SurveyRecorded(after::SurveyRecorded),
    /// The landlord checked its own conduct.
    RestrictionAssessed(after::RestrictionAssessed),
    /// Contact was restricted.
    ContactRestricted(Box<after::ContactRestricted>),
    /// A restriction was reviewed.
    RestrictionReviewed(after::RestrictionReviewed),
    /// Something was learnt.
    LearningRecorded(after::LearningRecorded),
    /// What was learnt was reported.
    LearningReported(after::LearningReported),
    /// It went to the Ombudsman.
    ReferredToOmbudsman(ombudsman::ReferredToOmbudsman),
    /// The Ombudsman determined.
    DeterminationRecorded(Box<ombudsman::DeterminationRecorded>),
    /// An order was complied with.
    OrderCompliedWith(ombudsman::OrderCompliedWith),
    /// A failure order was issued.
    FailureOrderRecorded(ombudsman::FailureOrderRecorded),
    /// A failure order was complied with.
    FailureOrderCompliedWith(ombudsman::FailureOrderCompliedWith),
    /// A wrong date or fact was put right.
    Corrected(Box<correction::Corrected>),
    /// What is held on a resident was put right.
    ResidentCorrected(Box<correction::ResidentCorrected>),
}

/// An event in the log of its case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Logged {
    /// Its number in the case, from 1 without gaps.
    pub sequence: u32,
    /// When it happened.
    pub occurred_at: DateTime<Utc>,
    /// When we were told.
    pub recorded_at: DateTime<Utc>,
    /// Who did it: a landlord's id for a member of staff, or for a system.
    pub actor: String,
    /// Whether it came with a CRM's history, long after it happened. It is a fact like any other, and nobody is told of it as news.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub imported: bool,
    /// What happened.
    pub event: Event,
}
