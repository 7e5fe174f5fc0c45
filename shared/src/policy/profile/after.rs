//! Remedies, closing, behaviour.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::policy::cited::{Cited, Span, cited};
use crate::policy::vocabulary::{
    ClosingRule, CompensationBasis, Outcome, RemedyKind, ReopeningRule, WholeRule,
};

/// Decisions and remedies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RemedyRules {
    /// The decisions that a point can have.
    pub outcomes: Vec<Cited<Outcome>>,
    /// How the whole follows from its points.
    pub whole: Cited<WholeRule>,
    /// The kinds of remedy that the policy lists.
    pub kinds: Vec<Cited<RemedyKind>>,
    /// Whether an apology always goes with fault.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub apology_on_fault: Option<Cited<bool>>,
    /// The longest that an offer of redress stays open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offer_open_at_most: Option<Span>,
    /// What is not paid for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_compensated: Vec<Cited<CompensationBasis>>,
    /// What may be offered that is not money; absent where the policy has no such limit.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub non_monetary_allowed: Vec<Cited<CompensationBasis>>,
    /// Whether arrears are paid off first, and for which basis they are not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arrears_first: Option<ArrearsRule>,
    /// Whether an offer says that it admits no liability.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no_admission: Option<Cited<bool>>,
    /// Whether compensation needs fault found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compensation_needs_fault: Option<Cited<bool>>,
    /// The standard on which facts are decided, in our words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standard_of_proof: Option<Cited<String>>,
}

cited! {
    /// That compensation goes to arrears first.
    ArrearsRule {
        /// The bases that are paid out in full all the same.
        except: Vec<CompensationBasis>,
    }
}

/// Closing and what may come after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AfterRules {
    /// When a complaint is closed.
    pub closing: Cited<ClosingRule>,
    /// Whether a letter with a time limit must go before closing for want of contact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no_contact_letter: Option<Cited<bool>>,
    /// Whether a decided complaint can be looked at again.
    pub reopening: Cited<ReopeningRule>,
    /// Within how long of being decided it can.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reopen_within: Option<Span>,
    /// Whether, on withdrawal, the landlord decides if the concerns are still looked into.
    pub withdrawal_considers_concerns: Cited<bool>,
    /// Whether actions are tracked to their end after closing.
    pub actions_tracked: Cited<bool>,
    /// Whether satisfaction is asked after a stage closes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub survey: Option<Cited<bool>>,
    /// Whether reasons for escalation are kept as learning.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub escalation_reasons_kept: Option<Cited<bool>>,
    /// For how many years after a case has ended its words, names and documents are kept; where the policy does not say, the service's
    /// settings do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept_years: Option<Cited<u16>>,
}

/// Behaviour and restrictions on contact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BehaviourRules {
    /// Whether the landlord must first check that its own procedure was followed.
    pub check_procedure_first: Cited<bool>,
    /// Whether each case is considered afresh.
    pub each_case_afresh: Cited<bool>,
    /// The policy that governs restrictions.
    pub governed_by: Cited<String>,
}
