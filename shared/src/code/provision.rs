//! Sections and provisions, and where the evidence for each can come from.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::ProvisionNumber;

/// How strongly a provision asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Force {
    /// The landlord has to.
    Must,
    /// The landlord may be asked to, or is expected to where it can.
    Should,
}

/// Where the evidence that a provision is complied with can come from.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Evidence {
    /// The workflow makes a breach impossible, or records it.
    Guard,
    /// Measured from the cases.
    Live,
    /// Read from the landlord's policy profile.
    Policy,
    /// Only a person can say so, with evidence and a date.
    Attest,
    /// The report that the provision asks for is itself the evidence.
    Report,
}

/// A section of the Code with its provisions, in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "CodeSection")]
pub struct Section {
    /// Its number, from 1.
    pub number: u8,
    /// Its heading.
    pub title: String,
    /// Its provisions, in order.
    pub provisions: Vec<Provision>,
}

/// One provision: a row of the self-assessment form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Provision {
    /// Its number in the Code.
    pub number: ProvisionNumber,
    /// How strongly it asks.
    pub force: Force,
    /// Where its evidence can come from; never empty.
    pub evidence: Vec<Evidence>,
    /// What in particular gives that evidence, for those kinds where it is worth naming.
    #[serde(default)]
    pub evidence_notes: BTreeMap<Evidence, String>,
    /// What it asks, in our own words and not the Ombudsman's.
    pub summary: String,
}

impl Provision {
    /// Whether evidence of this kind can serve.
    pub fn is_evidenced_by(&self, kind: Evidence) -> bool {
        self.evidence.contains(&kind)
    }

    /// What in particular gives evidence of this kind, if named.
    pub fn evidence_note(&self, kind: Evidence) -> Option<&str> {
        self.evidence_notes.get(&kind).map(String::as_str)
    }
}
