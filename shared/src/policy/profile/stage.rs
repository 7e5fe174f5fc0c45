//! The two stages and the way from one to the other.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::intake::ChannelRule;
use crate::policy::cited::{Cited, Limit, Span, cited};
use crate::policy::vocabulary::{
    AcknowledgementItem, BeyondCap, EscalationGround, EscalationReasons, ExtensionNeed, LateTest,
    NewIssueRule, RefusalNeed, ResponseItem, RiskKind, StaffRole, WrittenRule,
};

/// One stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StageRules {
    /// The time to acknowledge; absent where the policy gives none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acknowledge: Option<Limit>,
    /// What the acknowledgement says.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub acknowledgement_says: Vec<Cited<AcknowledgementItem>>,
    /// Channels by which it is never acknowledged.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub never_acknowledged_by: Vec<ChannelRule>,
    /// Whether the acknowledgement must be in writing.
    pub acknowledged_in_writing: Cited<bool>,
    /// Whether how often the resident hears from the handler is agreed with them when it is acknowledged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact_frequency_agreed: Option<Cited<bool>>,
    /// The time to respond.
    pub respond: Limit,
    /// Shorter times where there is a risk.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub urgent: Vec<UrgentRule>,
    /// The rules of an extension.
    pub extend: ExtensionRules,
    /// What becomes of a new issue meanwhile.
    pub new_issue: Cited<NewIssueRule>,
    /// What the response says.
    pub response_says: Vec<Cited<ResponseItem>>,
    /// Whether the response is in writing.
    pub written: Cited<WrittenRule>,
    /// Who may consider it.
    pub handlers: HandlerRules,
    /// Groups that may be consulted where a risk of a kind is flagged.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub consult: Vec<ConsultRule>,
}

cited! {
    /// A shorter time to respond where there is a risk.
    UrgentRule {
        /// The risk.
        risk: RiskKind,
        /// The time.
        respond: Limit,
    }
}

cited! {
    /// A body that may be consulted.
    ConsultRule {
        /// The risk.
        risk: RiskKind,
        /// Who.
        body: String,
    }
}

/// The rules of an extension.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExtensionRules {
    /// The most that it may add to the original due date; absent where the policy has no cap.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cap: Option<Span>,
    /// What happens beyond the cap.
    pub beyond_cap: Cited<BeyondCap>,
    /// What goes with it.
    pub needs: Vec<Cited<ExtensionNeed>>,
}

/// Who may consider a stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HandlerRules {
    /// The roles that may; any where none is listed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<Cited<StaffRole>>,
    /// Roles whose work another must review before the response, and who reviews it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reviewed: Option<ReviewRule>,
    /// Whether somebody with a part in stage 1, or in what is complained of, is ruled out.
    pub no_previous_involvement: Cited<bool>,
    /// Members whom the resident may choose to add.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resident_may_add: Vec<Cited<StaffRole>>,
}

cited! {
    /// Work that is reviewed.
    ReviewRule {
        /// Whose work.
        role: StaffRole,
        /// By whom.
        by: StaffRole,
    }
}

/// From stage 1 to stage 2.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EscalationRules {
    /// The time within which to ask, from the stage 1 response; absent where there is no limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<Span>,
    /// What is wanted for a later request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub late: Option<Cited<LateTest>>,
    /// Whether reasons are needed.
    pub reasons: Cited<EscalationReasons>,
    /// The grounds for declining; none where it cannot be declined.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grounds: Vec<EscalationGroundRule>,
    /// What goes with declining.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<Cited<RefusalNeed>>,
    /// Who must agree to declining.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approver: Option<Cited<StaffRole>>,
    /// Whether stage 1 must be complete first.
    pub stage_1_complete: Cited<bool>,
}

cited! {
    /// One ground for declining to escalate.
    EscalationGroundRule {
        /// The ground.
        ground: EscalationGround,
        /// What it covers, in our words.
        covers: String,
    }
}
