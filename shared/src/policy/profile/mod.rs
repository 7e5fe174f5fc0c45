//! One landlord's policy as data: what it says, clause by clause, in the shape that the case asks.
//!
//! Every rule is `cited!`: it names its clause, or the reading taken where the document is silent. A field left out of a
//! profile means that the policy has no such rule.

mod after;
mod document;
mod intake;
mod letterhead;
mod oversight;
mod stage;

pub use after::{AfterRules, ArrearsRule, BehaviourRules, RemedyRules};
pub use document::{Counting, Landlord, PolicyVersion};
pub use intake::{
    ChannelRule, EqualityRecord, FeedbackKind, FeedbackRule, GroundRule, GroupRule, Intake, RefusalRules,
    TimeLimit,
};
pub use letterhead::{Colours, Letterhead};
pub use oversight::{Body, ContractorNotice, HandOff, Ombudsman, Reporting, Statement};
pub use stage::{
    ConsultRule, EscalationGroundRule, EscalationRules, ExtensionRules, HandlerRules, ReviewRule, StageRules,
    UrgentRule,
};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One version of one landlord's complaints policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// Whose policy it is.
    pub landlord: Landlord,
    /// What its letters have at their head and foot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub letterhead: Option<Letterhead>,
    /// Which document, from when to when.
    pub policy: PolicyVersion,
    /// How days are counted.
    pub counting: Counting,
    /// How complaints come in.
    pub intake: Intake,
    /// What may be declined, and what goes with it.
    pub refusal: RefusalRules,
    /// The first stage.
    pub stage_1: StageRules,
    /// The second stage.
    pub stage_2: StageRules,
    /// The way from the first to the second.
    pub escalation: EscalationRules,
    /// Decisions and remedies.
    pub remedies: RemedyRules,
    /// Closing, reopening, withdrawing.
    pub after: AfterRules,
    /// Behaviour and restrictions on contact.
    pub behaviour: BehaviourRules,
    /// Risks that are handed on at once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hand_offs: Vec<HandOff>,
    /// When contractors are told, or tell.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contractor_notices: Vec<ContractorNotice>,
    /// How to reach the Housing Ombudsman, as this policy gives it.
    pub ombudsman: Ombudsman,
    /// Who reads what, how often, and when the policy and self-assessment are looked at again.
    pub reporting: Reporting,
    /// What the text says on the topics on which the Code wants a policy to speak.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub statements: Vec<Statement>,
}
