//! How complaints come in, and which may be declined.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::policy::cited::{Cited, cited};
use crate::policy::vocabulary::{
    AnonymousHandling, Channel, ConsentRule, ElectedMemberHandling, LateTest, LimitFrom, RefusalGround,
    RefusalNeed, RepresentativeKind, RequestBecomesComplaint, RiskKind, SocialMediaHandling, SpokenHandling,
    StaffRole,
};

/// How complaints and other contacts come in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Intake {
    /// The time limit for making a complaint.
    pub time_limit: TimeLimit,
    /// The channels that the policy names.
    pub channels: Vec<ChannelRule>,
    /// What happens on social media.
    pub social_media: Cited<SocialMediaHandling>,
    /// What a spoken complaint needs.
    pub spoken: Cited<SpokenHandling>,
    /// What happens to an anonymous complaint.
    pub anonymous: Cited<AnonymousHandling>,
    /// What consent to a representative needs.
    pub consent: Cited<ConsentRule>,
    /// For whom consent is assumed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub consent_assumed_for: Vec<Cited<RepresentativeKind>>,
    /// What happens when a resident goes to a councillor or Member of Parliament.
    pub elected_members: Cited<ElectedMemberHandling>,
    /// When a service request becomes a complaint.
    pub request_becomes_complaint: Cited<RequestBecomesComplaint>,
    /// How complaints that several residents make on one subject are handled.
    pub groups: Cited<GroupRule>,
    /// Contacts that the policy records without treating them as complaints.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub feedback: Vec<FeedbackRule>,
    /// What the policy wants recorded of residents for equality monitoring.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub equality_records: Vec<Cited<EqualityRecord>>,
}

crate::vocabulary::vocabulary! {
    /// How a complaint by a group is answered.
    GroupRule {
        /// One investigation, and a response each or one to a nominated representative.
        OneInvestigationResponseEachOrNominee = "one-investigation-response-each-or-nominee",
        /// Taken on; the policy does not say how it is answered.
        Accept = "accept",
    }
}

crate::vocabulary::vocabulary! {
    /// What is recorded for equality monitoring. All of it is special-category data, kept apart from the log.
    EqualityRecord {
        /// Ethnicity.
        Ethnicity = "ethnicity",
        /// Vulnerability.
        Vulnerability = "vulnerability",
        /// Disability.
        Disability = "disability",
        /// Reasonable adjustments asked for and made.
        Adjustments = "adjustments",
    }
}

crate::vocabulary::vocabulary! {
    /// Contacts other than complaints.
    FeedbackKind {
        /// A request for action.
        ServiceRequest = "service-request",
        /// A request for information.
        Enquiry = "enquiry",
        /// A comment or suggestion.
        Comment = "comment",
        /// A compliment.
        Compliment = "compliment",
        /// Disagreement with a policy or standard itself.
        PolicyFeedback = "policy-feedback",
    }
}

cited! {
    /// The time within which a complaint must be made.
    TimeLimit {
        /// How many months.
        #[schemars(range(min = 1, max = 120))]
        months: u32,
        /// Counted from what.
        from: LimitFrom,
        /// What is wanted to take one on that comes later.
        late: Cited<LateTest>,
        /// Risks for which the limit may be lifted.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        lifted_for: Vec<Cited<RiskKind>>,
    }
}

cited! {
    /// A channel that the policy names.
    ChannelRule {
        /// The channel.
        channel: Channel,
    }
}

cited! {
    /// A contact that is recorded without being a complaint.
    FeedbackRule {
        /// Which.
        kind: FeedbackKind,
        /// What becomes of it, in our words.
        handling: String,
    }
}

/// What may be declined.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RefusalRules {
    /// The grounds. No other can be used.
    pub grounds: Vec<GroundRule>,
    /// What goes with a refusal.
    pub needs: Vec<Cited<RefusalNeed>>,
    /// Who must agree to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approver: Option<Cited<StaffRole>>,
    /// That the Ombudsman may direct the landlord to take a complaint on.
    pub ombudsman_may_direct: Cited<bool>,
}

cited! {
    /// One ground for declining a complaint.
    GroundRule {
        /// The ground.
        ground: RefusalGround,
        /// What it covers, in our words.
        covers: String,
        /// When it cannot be used, in our words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unless: Option<String>,
        /// Whether the landlord has to weigh it case by case rather than apply it.
        #[serde(default)]
        discretionary: bool,
    }
}
