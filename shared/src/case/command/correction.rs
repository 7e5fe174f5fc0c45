//! Putting a wrong date or fact right. What was there stays in the history; the due dates follow what is right.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::intake::{Person, SpecialText};
use crate::case::record::{Label, Text, kept_as_is, recorded};
use crate::case::words::{StageNumber, StockType};
use crate::policy::vocabulary::Channel;

kept_as_is!(Fact);

/// A fact as it should have been.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(tag = "fact", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Fact {
    /// When the complaint was received.
    ReceivedAt {
        /// The right time.
        at: DateTime<Utc>,
    },
    /// When a stage was logged.
    LoggedAt {
        /// The stage.
        stage: StageNumber,
        /// The right time.
        at: DateTime<Utc>,
    },
    /// When a stage was acknowledged.
    AcknowledgedAt {
        /// The stage.
        stage: StageNumber,
        /// The right time.
        at: DateTime<Utc>,
    },
    /// When stage 2 was asked for.
    RequestedAt {
        /// The right time.
        at: DateTime<Utc>,
    },
    /// When a stage was answered.
    RespondedAt {
        /// The stage.
        stage: StageNumber,
        /// The right time.
        at: DateTime<Utc>,
    },
    /// The day on which the thing complained of happened.
    EventOn {
        /// The right day.
        on: NaiveDate,
    },
    /// The day on which the resident became aware.
    AwareOn {
        /// The right day.
        on: NaiveDate,
    },
    /// The stock type.
    StockType {
        /// The right one.
        is: StockType,
    },
    /// The channel.
    Channel {
        /// The right one.
        is: Channel,
    },
    /// The categories.
    Categories {
        /// The right ones.
        #[schemars(length(max = super::limits::CATEGORIES))]
        are: Vec<Label>,
    },
    /// The service area.
    #[schemars(transform = said)]
    ServiceArea {
        /// The right one, or none.
        #[serde(deserialize_with = "Option::deserialize")]
        is: Option<Label>,
    },
    /// The contractor.
    #[schemars(transform = said)]
    Contractor {
        /// The right one, or none.
        #[serde(deserialize_with = "Option::deserialize")]
        is: Option<Label>,
    },
}

recorded! {
    /// A wrong date or fact is put right.
    Correct => Corrected {
        /// The fact as it should have been.
        correct: Fact,
        /// Why.
        reason: Text,
    }
}

recorded! {
    /// What is held on a resident is put right: who they are and how to reach them, and what they have told of themselves. What is left
    /// out stays; an empty list says that there is nothing of the kind. What was held before stays among the records until it is erased.
    CorrectResident => ResidentCorrected {
        /// Which resident, counted from 1.
        resident: u16,
        /// Who they are, and how to reach them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        person: Option<Person>,
        /// Adjustments that they need.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(length(max = super::limits::TOLD_OF_RESIDENT))]
        adjustments: Option<Vec<SpecialText>>,
        /// Vulnerabilities that they have told of.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(length(max = super::limits::TOLD_OF_RESIDENT))]
        vulnerabilities: Option<Vec<SpecialText>>,
        /// Disabilities that they have told of.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(length(max = super::limits::TOLD_OF_RESIDENT))]
        disabilities: Option<Vec<SpecialText>>,
        /// Their ethnicity, as they describe it: one at the most.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(length(max = 1))]
        ethnicity: Option<Vec<SpecialText>>,
        /// Why.
        reason: Text,
    }
}

/// None is said, by a null: a correction that leaves out what is right must not blank what was there.
fn said(schema: &mut schemars::Schema) {
    if let Some(serde_json::Value::Array(required)) = schema.get_mut("required")
        && !required.iter().any(|name| name == "is")
    {
        required.push("is".into());
    }
}
