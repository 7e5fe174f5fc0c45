//! Coming in, and being taken on or declined.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::case::record::{Keep, Label, RecordKind, RecordRef, Text, Vault, kept_as_is, recorded};
use crate::case::words::{Kind, StockType};
use crate::policy::vocabulary::{
    Channel, ConsentEvidence, RefusalGround, RepresentativeKind, RiskKind, StaffRole,
};

kept_as_is!(
    Kind,
    StockType,
    Channel,
    ConsentEvidence,
    RefusalGround,
    RepresentativeKind,
    RiskKind,
    StaffRole,
    Reference,
    Staff
);

/// A name and the ways to reach it. Kept as one erasable record; the log has its reference alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// The name.
    pub name: Text,
    /// Postal address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Text>,
    /// Email address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<Text>,
    /// Telephone number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub telephone: Option<Text>,
    /// How they like to be reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preferred_contact: Option<Text>,
}

impl Person {
    /// Whether there is any way to reach them.
    #[must_use]
    pub const fn can_be_reached(&self) -> bool {
        self.address.is_some() || self.email.is_some() || self.telephone.is_some()
    }
}

impl Keep for Person {
    type Kept = RecordRef;

    fn keep(&self, vault: &dyn Vault) -> RecordRef {
        // A struct of strings always serialises; an empty body would only blank the record, never lose the event.
        vault.keep(RecordKind::Person, &serde_json::to_string(self).unwrap_or_default())
    }
}

/// Special-category words: a disability, an ethnicity, a vulnerability, an adjustment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(transparent)]
pub struct SpecialText(pub Text);

impl Keep for SpecialText {
    type Kept = RecordRef;

    fn keep(&self, vault: &dyn Vault) -> RecordRef {
        vault.keep(RecordKind::SpecialCategory, self.0.as_str())
    }
}

/// The CRM's own reference for a case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reference {
    /// Which system.
    pub system: Label,
    /// Its reference.
    pub value: Label,
}

/// A member of staff, by an id that means nothing outside the landlord, and the role and title in which they act.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Staff {
    /// The landlord's own id.
    pub id: Label,
    /// The role.
    pub role: StaffRole,
    /// The job title that letters print.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub job_title: Option<Label>,
}

recorded! {
    /// One resident who complains.
    Resident => ResidentRecorded {
        /// Who, and how to reach them.
        person: Person,
        /// Adjustments that they need.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[schemars(length(max = super::limits::TOLD_OF_RESIDENT))]
        adjustments: Vec<SpecialText>,
        /// Vulnerabilities that they have told of.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[schemars(length(max = super::limits::TOLD_OF_RESIDENT))]
        vulnerabilities: Vec<SpecialText>,
        /// Disabilities that they have told of.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[schemars(length(max = super::limits::TOLD_OF_RESIDENT))]
        disabilities: Vec<SpecialText>,
        /// Their ethnicity, as they describe it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ethnicity: Option<SpecialText>,
    }
}

recorded! {
    /// Somebody who speaks for the resident.
    Representative => RepresentativeRecorded {
        /// What they are.
        kind: RepresentativeKind,
        /// Who, and how to reach them.
        person: Person,
        /// The resident's consent, where it came with the complaint.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        consent: Option<ConsentEvidence>,
    }
}

recorded! {
    /// Something that may do harm. It is flagged and handed on; the complaint neither waits for it nor pauses it.
    Risk => RiskRecorded {
        /// The kind.
        kind: RiskKind,
        /// When the landlord became aware of it.
        aware_at: DateTime<Utc>,
        /// What is known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<Text>,
    }
}

recorded! {
    /// A complaint or other contact arrives. When it arrived is the command's `occurred_at`.
    Receive => Received {
        /// What it is.
        kind: Kind,
        /// How it came.
        channel: Channel,
        /// What it says.
        about: Text,
        /// The residents: one, several, or a group; none where it is anonymous.
        #[serde(default)]
        #[schemars(length(max = super::limits::RESIDENTS))]
        residents: Vec<Resident>,
        /// Which resident of a group answers for all, counted from 1.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        nominee: Option<u16>,
        /// Whether nobody says who they are.
        #[serde(default)]
        anonymous: bool,
        /// Who speaks for them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        representative: Option<Representative>,
        /// What they would like to come of it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        outcome_sought: Option<Text>,
        /// The day on which it happened.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        event_on: Option<NaiveDate>,
        /// The day on which the resident became aware of it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        aware_on: Option<NaiveDate>,
        /// The property, as an address.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        property: Option<Text>,
        /// The stock type, for the regulator's measures.
        stock_type: StockType,
        /// The tenure, in the landlord's own words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        tenure: Option<Label>,
        /// The area, in the landlord's own words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        area: Option<Label>,
        /// What it is about: one category or several.
        #[serde(default)]
        #[schemars(length(max = super::limits::CATEGORIES))]
        categories: Vec<Label>,
        /// The service that it is about.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        service_area: Option<Label>,
        /// The contractor that it is about.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        contractor: Option<Label>,
        /// Risks noticed on arrival.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[schemars(length(max = super::limits::RISKS))]
        risks: Vec<Risk>,
        /// The CRM's own references.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[schemars(length(max = super::limits::REFERENCES))]
        references: Vec<Reference>,
    }
}

recorded! {
    /// What was said aloud is put in writing to the resident, who agrees that this is the complaint.
    Confirm => Confirmed {
        /// Whether the confirmation is in writing; one said aloud must be followed by a written one.
        in_writing: bool,
        /// Whether the resident agreed to it.
        agreed: bool,
        /// What was confirmed, where it differs from what was taken down.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<Text>,
    }
}

recorded! {
    /// A resident consents to a representative.
    RecordConsent => ConsentRecorded {
        /// How.
        evidence: ConsentEvidence,
        /// The representative, where there was none on the case before.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        representative: Option<Representative>,
    }
}

recorded! {
    /// A risk is noticed.
    FlagRisk => RiskFlagged {
        /// The risk.
        risk: Risk,
    }
}

recorded! {
    /// A risk is handed to those who deal with it.
    HandOffRisk => RiskHandedOff {
        /// Which.
        kind: RiskKind,
        /// To whom.
        to: Label,
    }
}

recorded! {
    /// The resident is dissatisfied with how a request was handled, or asks for a complaint. The request itself goes on.
    RaiseComplaint => ComplaintRaised {
        /// What they are dissatisfied with.
        about: Text,
        /// Whether they are dissatisfied, rather than only asking for a complaint to be raised.
        dissatisfied: bool,
        /// How they said so.
        channel: Channel,
        /// What they would like to come of it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        outcome_sought: Option<Text>,
    }
}

recorded! {
    /// A contact other than a complaint is dealt with.
    Settle => Settled {
        /// What was done.
        note: Text,
        /// To whom it was passed on, where it was.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        passed_to: Option<Label>,
    }
}

recorded! {
    /// The complaint is taken on and logged at stage 1.
    Accept => Accepted {
        /// Why a complaint past the time limit is taken on all the same.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        discretion: Option<Text>,
        /// Whether an early answer is likely, or it needs investigation (Code 6.1).
        #[serde(default)]
        needs_investigation: bool,
    }
}

recorded! {
    /// The complaint is declined.
    Refuse => Refused {
        /// On which of the policy's grounds.
        ground: RefusalGround,
        /// Why, as the resident is told.
        reasons: Text,
        /// The evidence for it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        evidence: Option<Text>,
        /// How the circumstances of this complaint were weighed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        discretion_considered: Option<Text>,
        /// Who agreed to it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        approved_by: Option<Staff>,
        /// For a policy complained of: whether it is said that the policy was not followed.
        #[serde(default)]
        policy_not_followed: bool,
        /// For anti-social behaviour: whether it is about how the landlord handled it.
        #[serde(default)]
        about_handling: bool,
        /// For legal proceedings: whether it is a disrepair matter.
        #[serde(default)]
        disrepair: bool,
    }
}

recorded! {
    /// The Ombudsman tells the landlord to take on what it declined.
    DirectAcceptance => AcceptanceDirected {
        /// The Ombudsman's reference.
        reference: Label,
    }
}
