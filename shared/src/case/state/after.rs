//! Closing, surveys, restrictions, learning.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use crate::case::record::{Label, RecordRef};
use crate::case::words::{ClosingReason, Satisfaction, StageNumber};

/// A closing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Closing {
    /// Why.
    pub reason: ClosingReason,
    /// When.
    pub closed_at: DateTime<Utc>,
}

/// A survey answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct SurveyState {
    /// After which stage.
    pub stage: Option<StageNumber>,
    /// The answer.
    pub answer: Satisfaction,
    /// When.
    pub answered_at: DateTime<Utc>,
}

/// A restriction on contact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct RestrictionState {
    /// Since when.
    pub since: DateTime<Utc>,
    /// When it is reviewed; none once it is lifted.
    pub review_on: Option<NaiveDate>,
    /// When it was lifted.
    pub lifted_at: Option<DateTime<Utc>>,
}

/// Something learnt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct LearningState {
    /// The theme.
    pub theme: Label,
    /// The root cause.
    pub root_cause: Label,
    /// The improvement.
    pub improvement: RecordRef,
    /// Which team.
    pub owner: Label,
    /// When.
    pub recorded_at: DateTime<Utc>,
    /// To whom it was reported last.
    pub reported_to: Option<Label>,
    /// When the improvement was in place: when it was first reported so.
    pub done_at: Option<DateTime<Utc>>,
    /// How often it was reported to be in place: to one body after another, and to the resident with the first.
    #[serde(skip)]
    pub reported_done: u32,
}
