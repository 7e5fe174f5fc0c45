//! A stage, and the way from the first to the second.

use std::num::NonZeroU16;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use crate::case::command::intake::Staff;
use crate::case::record::{Label, RecordRef};
use crate::case::words::StageNumber;
use crate::policy::vocabulary::{EscalationGround, Outcome};

/// A stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Stage {
    /// Which.
    pub number: StageNumber,
    /// When it was asked for: receipt at stage 1, the request at stage 2.
    pub requested_at: DateTime<Utc>,
    /// When the Ombudsman directed that it be opened: its times count from then.
    pub directed_at: Option<DateTime<Utc>>,
    /// When it was logged.
    pub logged_at: DateTime<Utc>,
    /// When it was acknowledged.
    pub acknowledged_at: Option<DateTime<Utc>>,
    /// The points of the definition, numbered from 1.
    pub points: Vec<PointState>,
    /// Who deals with it.
    pub handler: Option<Staff>,
    /// Members added to it.
    pub members: Vec<Staff>,
    /// Everybody who has dealt with it.
    pub handled_by: Vec<Label>,
    /// Who reviewed the draft.
    pub reviewer: Option<Staff>,
    /// Extensions.
    pub extensions: Vec<ExtensionState>,
    /// How often the resident is to be updated, in working days.
    pub update_every_working_days: Option<NonZeroU16>,
    /// Every moment at which the resident was told anything, in order, with how often they were to hear from then on.
    pub told: Vec<Told>,
    /// How many updates there were.
    pub updates: u16,
    /// When it was answered.
    pub responded_at: Option<DateTime<Utc>>,
    /// The decision on the whole.
    pub outcome: Option<Outcome>,
    /// Whether it was put right at first contact.
    pub first_contact: bool,
    /// The second look at this stage, where there was one.
    pub review: Option<StageReview>,
}

/// A stage looked at again: stage 1 on new information, or the last stage of a complaint that was reopened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct StageReview {
    /// When it began.
    pub opened_at: DateTime<Utc>,
    /// When it was answered.
    pub responded_at: Option<DateTime<Utc>>,
}

/// A point of the definition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct PointState {
    /// What it is.
    pub understanding: RecordRef,
    /// Whether it is the landlord's responsibility.
    pub responsible: bool,
    /// The decision.
    pub outcome: Option<Outcome>,
}

/// An extension.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct ExtensionState {
    /// The date to expect the response by.
    pub respond_by: NaiveDate,
    /// When it was decided and told.
    pub decided_at: DateTime<Utc>,
    /// Whether the Ombudsman's details went with it.
    pub ombudsman_details_given: bool,
    /// Whether it moved the policy's date by what was known when it was given. Whether it does now follows from the dates.
    pub moves_policy: bool,
    /// Whether it moved the Code's date by what was known when it was given.
    pub moves_code: bool,
}

/// The request for stage 2.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Escalation {
    /// When.
    pub requested_at: DateTime<Utc>,
    /// Whether after the policy's window.
    pub late: bool,
    /// Whether reasons were given.
    pub reasons_given: bool,
    /// The ground on which it was declined.
    pub refused: Option<EscalationGround>,
    /// The clause that has the ground.
    pub refused_clause: Option<String>,
    /// When it was declined.
    pub refused_at: Option<DateTime<Utc>>,
    /// Whether discretion was considered.
    pub discretion_considered: bool,
    /// When it was taken on.
    pub accepted_at: Option<DateTime<Utc>>,
    /// Whether it led to a review of stage 1 instead.
    pub reviewed: bool,
    /// When the Ombudsman directed that it be taken on although it had been declined.
    pub overturned_at: Option<DateTime<Utc>>,
}

/// A moment at which the resident was told something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Told {
    /// When.
    pub at: DateTime<Utc>,
    /// How often, in working days, they were to hear from then on, where it had been agreed.
    pub next_within_working_days: Option<NonZeroU16>,
}

impl Stage {
    /// Notes that the resident was told something: in the order of time, also where it was recorded late.
    pub fn tell(&mut self, at: DateTime<Utc>) {
        let told = Told { at, next_within_working_days: self.update_every_working_days };
        let place = self.told.partition_point(|earlier| earlier.at <= at);
        self.told.insert(place, told);
    }

    /// Moves what the resident was told at a moment that turns out to have been another.
    pub fn told_instead(&mut self, before: DateTime<Utc>, at: DateTime<Utc>) {
        if let Some(told) = self.told.iter_mut().find(|told| told.at == before) {
            told.at = at;
        }
        self.told.sort_by_key(|told| told.at);
    }

    /// Whether an answer was owed just after a moment, by the dates as they are known now: the first, or a second where the
    /// stage was looked at again. Once it was answered no further update is owed by what was agreed for it.
    #[must_use]
    pub fn awaited_answer(&self, at: DateTime<Utc>) -> bool {
        let first = self.responded_at.is_none_or(|responded_at| at < responded_at);
        let again = |review: &StageReview| {
            at >= review.opened_at && review.responded_at.is_none_or(|responded_at| at < responded_at)
        };
        first || self.review.as_ref().is_some_and(again)
    }
}
