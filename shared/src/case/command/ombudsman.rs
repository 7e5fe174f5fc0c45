//! The Ombudsman.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::case::record::{Label, Text, kept_as_is, recorded};
use crate::case::words::{Finding, OrderKind};

kept_as_is!(Finding, OrderKind, IssueFinding);

recorded! {
    /// The case goes to the Ombudsman; possible at any time.
    ReferToOmbudsman => ReferredToOmbudsman {
        /// The Ombudsman's reference.
        reference: Label,
    }
}

/// What the Ombudsman found on one issue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IssueFinding {
    /// The issue, as a category.
    pub issue: Label,
    /// The finding.
    pub finding: Finding,
}

recorded! {
    /// What the Ombudsman orders or recommends.
    OmbudsmanOrder => OmbudsmanOrdered {
        /// Which of the two.
        kind: OrderKind,
        /// What is to be done.
        what: Text,
        /// By when; an order always has a date.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        due_on: Option<NaiveDate>,
        /// How much is to be paid, in pence.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(range(max = super::limits::PENCE))]
        pence: Option<u64>,
    }
}

recorded! {
    /// The Ombudsman determines: a finding for each issue, orders and recommendations.
    RecordDetermination => DeterminationRecorded {
        /// The Ombudsman's reference.
        reference: Label,
        /// The findings.
        #[schemars(length(max = super::limits::FINDINGS))]
        findings: Vec<IssueFinding>,
        /// The orders and recommendations.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[schemars(length(max = super::limits::ORDERS))]
        orders: Vec<OmbudsmanOrder>,
    }
}

recorded! {
    /// An order or recommendation is complied with.
    ComplyWithOrder => OrderCompliedWith {
        /// Which, by its number in the case.
        order: u16,
        /// The evidence given to the Ombudsman.
        evidence: Text,
    }
}

recorded! {
    /// A complaint handling failure order is issued.
    RecordFailureOrder => FailureOrderRecorded {
        /// The Ombudsman's reference.
        reference: Label,
        /// 1 not progressing, 2 not providing information, 3 not complying with the Code.
        kind: u8,
        /// By when it is to be complied with.
        due_on: NaiveDate,
    }
}

recorded! {
    /// A complaint handling failure order is complied with.
    ComplyWithFailureOrder => FailureOrderCompliedWith {
        /// Which, by its number in the case.
        failure_order: u16,
    }
}
