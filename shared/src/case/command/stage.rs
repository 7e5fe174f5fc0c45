//! While a stage is open.

use std::num::NonZeroU16;

use chrono::NaiveDate;

use super::intake::Staff;
use super::redress::{PromisedAction, RemedyOffer};
use crate::case::record::{Label, Text, kept_as_is, recorded};
use crate::case::words::{ConflictOfInterest, SentTo, StageNumber};
use crate::policy::vocabulary::{ContractorMoment, Outcome, RiskKind};

kept_as_is!(NonZeroU16, ConflictOfInterest, SentTo, StageNumber, ContractorMoment, Outcome);

recorded! {
    /// One point of the definition.
    Point => PointDefined {
        /// The landlord's understanding of it.
        understanding: Text,
        /// Whether it is the landlord's responsibility (Code 5.7).
        responsible: bool,
    }
}

recorded! {
    /// The open stage is acknowledged, with the complaint defined.
    Acknowledge => Acknowledged {
        /// The channel by which the acknowledgement goes.
        channel: crate::policy::vocabulary::Channel,
        /// Whether it is in writing.
        #[serde(default = "yes")]
        in_writing: bool,
        /// The definition, point by point. At stage 2, the points that remain.
        #[schemars(length(max = super::limits::POINTS))]
        points: Vec<Point>,
        /// The outcomes that the resident seeks.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        outcomes_sought: Option<Text>,
        /// Who deals with it.
        handler: Staff,
        /// How to reach them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        handler_contact: Option<Text>,
        /// Whether the handler has an interest in it.
        conflict_of_interest: ConflictOfInterest,
        /// What happens next.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        next_steps: Option<Text>,
        /// Whether the resident was offered to talk it over.
        #[serde(default)]
        offered_to_discuss: bool,
        /// How often the resident wants to hear, in working days, where it was agreed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        update_every_working_days: Option<NonZeroU16>,
        /// To whom it goes.
        #[serde(default = "each_resident")]
        sent_to: SentTo,
    }
}

recorded! {
    /// Somebody handles the open stage.
    Assign => Assigned {
        /// Who.
        handler: Staff,
        /// Whether they have an interest in it.
        conflict_of_interest: ConflictOfInterest,
        /// Members whom the resident chose to add to the review.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[schemars(length(max = super::limits::MEMBERS))]
        members: Vec<Staff>,
    }
}

recorded! {
    /// A new issue comes up while a complaint is open.
    AddIssue => IssueRaised {
        /// What it is.
        issue: Text,
        /// Whether it is related to what is being looked into.
        related: bool,
        /// Whether taking it in would delay the response unreasonably.
        would_delay: bool,
        /// Whether it is the landlord's responsibility.
        responsible: bool,
    }
}

recorded! {
    /// The time to respond is extended, and the resident is told.
    Extend => Extended {
        /// The date to expect the response by.
        respond_by: NaiveDate,
        /// Why.
        reason: Text,
        /// The good reason for going past the limit, where it does.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        good_reason: Option<Text>,
        /// Whether the resident agreed.
        #[serde(default)]
        agreed: bool,
        /// Whether it was talked through.
        #[serde(default)]
        discussed: bool,
        /// Whether it was told in writing.
        #[serde(default)]
        in_writing: bool,
        /// Whether the Ombudsman's contact details were given.
        #[serde(default)]
        ombudsman_details_given: bool,
        /// How often the resident is updated meanwhile, in working days, as agreed (Code 5.9).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        update_every_working_days: Option<NonZeroU16>,
    }
}

recorded! {
    /// The resident is told how it goes.
    UpdateResident => ResidentUpdated {
        /// What they were told.
        note: Text,
        /// To whom it went.
        #[serde(default = "each_resident")]
        sent_to: SentTo,
    }
}

recorded! {
    /// A body is consulted.
    Consult => Consulted {
        /// Which body.
        body: Label,
        /// On what risk.
        risk: RiskKind,
    }
}

recorded! {
    /// A contractor is told, or tells.
    NotifyContractor => ContractorNotified {
        /// The contractor.
        contractor: Label,
        /// At which moment.
        moment: ContractorMoment,
    }
}

recorded! {
    /// The draft response is reviewed by whom the policy names.
    ReviewResponse => ResponseReviewed {
        /// The reviewer.
        reviewer: Staff,
    }
}

recorded! {
    /// The decision on one point.
    PointDecision => PointDecided {
        /// Which point, by its number in the definition.
        point: u16,
        /// The decision.
        outcome: Outcome,
        /// The reasons.
        reasons: Text,
    }
}

recorded! {
    /// The open stage is answered. The letter gives the stage, the definition, the way on and the Ombudsman's details itself.
    Respond => Responded {
        /// A decision for every point of the definition.
        #[schemars(length(max = super::limits::DECISIONS))]
        decisions: Vec<PointDecision>,
        /// The policy, law, good practice and evidence relied on (Code 6.7).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        sources: Option<Text>,
        /// The steps taken to investigate.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        steps_taken: Option<Text>,
        /// Changes to policies or processes that come of it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        changes: Option<Text>,
        /// The remedies offered.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[schemars(length(max = super::limits::REMEDIES))]
        remedies: Vec<RemedyOffer>,
        /// The actions still to be done, each with its date.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[schemars(length(max = super::limits::ACTIONS))]
        actions: Vec<PromisedAction>,
        /// Whether it goes in writing.
        #[serde(default = "yes")]
        in_writing: bool,
        /// Whether it was put right at first contact.
        #[serde(default)]
        resolved_at_first_contact: bool,
        /// Whether the resident agreed to that.
        #[serde(default)]
        resident_agreed: bool,
        /// To whom it goes.
        #[serde(default = "each_resident")]
        sent_to: SentTo,
    }
}

const fn yes() -> bool {
    true
}

const fn each_resident() -> SentTo {
    SentTo::EachResident
}
