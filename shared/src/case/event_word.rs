//! What each event is called where events are listed and filtered.

use super::event::Event;

impl Event {
    /// The word by which the event is known: its `type` in the log.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Opened(_) => "opened",
            Self::Confirmed(_) => "confirmed",
            Self::ConsentRecorded(_) => "consent-recorded",
            Self::RiskFlagged(_) => "risk-flagged",
            Self::RiskHandedOff(_) => "risk-handed-off",
            Self::BecameComplaint(_) => "became-complaint",
            Self::Settled(_) => "settled",
            Self::Accepted(_) => "accepted",
            Self::Declined(_) => "declined",
            Self::AcceptanceDirected(_) => "acceptance-directed",
            Self::Acknowledged(_) => "acknowledged",
            Self::Assigned(_) => "assigned",
            Self::IssueJoined(_) => "issue-joined",
            Self::IssueSetApart(_) => "issue-set-apart",
            Self::ExtensionGiven(_) => "extension-given",
            Self::ResidentUpdated(_) => "resident-updated",
            Self::Consulted(_) => "consulted",
            Self::ContractorNotified(_) => "contractor-notified",
            Self::ResponseReviewed(_) => "response-reviewed",
            Self::Answered(_) => "answered",
            Self::EscalationAsked(_) => "escalation-asked",
            Self::EscalationExplained(_) => "escalation-explained",
            Self::EscalationAccepted(_) => "escalation-accepted",
            Self::EscalationDeclined(_) => "escalation-declined",
            Self::StageOneReviewOpened(_) => "stage-one-review-opened",
            Self::RemedyOffered(_) => "remedy-offered",
            Self::OfferAnswered(_) => "offer-answered",
            Self::OfferLapsed(_) => "offer-lapsed",
            Self::Compensated(_) => "compensated",
            Self::ActionAdded(_) => "action-added",
            Self::ActionRevised(_) => "action-revised",
            Self::ActionCompleted(_) => "action-completed",
            Self::RemedyAgreed(_) => "remedy-agreed",
            Self::NoContactWarned(_) => "no-contact-warned",
            Self::Closed(_) => "closed",
            Self::Reopened(_) => "reopened",
            Self::Withdrawn(_) => "withdrawn",
            Self::SurveyRecorded(_) => "survey-recorded",
            Self::RestrictionAssessed(_) => "restriction-assessed",
            Self::ContactRestricted(_) => "contact-restricted",
            Self::RestrictionReviewed(_) => "restriction-reviewed",
            Self::LearningRecorded(_) => "learning-recorded",
            Self::LearningReported(_) => "learning-reported",
            Self::ReferredToOmbudsman(_) => "referred-to-ombudsman",
            Self::DeterminationRecorded(_) => "determination-recorded",
            Self::OrderCompliedWith(_) => "order-complied-with",
            Self::FailureOrderRecorded(_) => "failure-order-recorded",
            Self::FailureOrderCompliedWith(_) => "failure-order-complied-with",
            Self::Corrected(_) => "corrected",
            Self::ResidentCorrected(_) => "resident-corrected",
        }
    }
}
