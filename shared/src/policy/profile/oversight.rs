//! Risks, contractors, the Ombudsman, and who reads what.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::policy::cited::{Cited, cited};
use crate::policy::vocabulary::{
    Cadence, ContractorMoment, ReportKind, RiskKind, Says, SelfAssessmentTrigger,
};

cited! {
    /// A risk that is handed on at once. The complaint goes on beside it.
    HandOff {
        /// The risk.
        risk: RiskKind,
        /// To whom.
        to: String,
    }
}

cited! {
    /// A notice between landlord and contractor.
    ContractorNotice {
        /// When.
        moment: ContractorMoment,
    }
}

cited! {
    /// The Housing Ombudsman's details, as the policy prints them.
    Ombudsman {
        /// Postal address, a line each; empty where the policy gives none.
        #[serde(default)]
        address: Vec<String>,
        /// Telephone.
        telephone: String,
        /// Email, where the policy gives one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        email: Option<String>,
        /// Web address.
        website: String,
        /// Where a leaseholder may go besides.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        tribunal: Option<Cited<String>>,
    }
}

/// Who reads what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reporting {
    /// The bodies and what they get.
    pub bodies: Vec<Body>,
    /// The office that answers for complaint handling (Code 9.4); an office, never a person's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accountable_officer: Option<Cited<String>>,
    /// The Member Responsible for Complaints (Code 9.5), by office.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member_responsible: Option<Cited<String>>,
    /// What brings a new self-assessment.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub self_assessment: Vec<Cited<SelfAssessmentTrigger>>,
    /// How often the policy is reviewed, in months.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy_review_months: Option<Cited<u32>>,
    /// Where things are published, in our words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub published: Vec<Cited<String>>,
}

cited! {
    /// A body that reads a report.
    Body {
        /// Its name.
        name: String,
        /// What it reads.
        report: ReportKind,
        /// How often.
        cadence: Cadence,
    }
}

cited! {
    /// What the text says on a topic of the Code's (`shared/codes/policy-topics.toml`).
    Statement {
        /// The topic's id.
        topic: String,
        /// How far it meets it.
        says: Says,
        /// In our words, what it says; wanted wherever it does not simply meet it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<String>,
    }
}
