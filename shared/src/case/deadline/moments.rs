//! The moments of a stage that its clocks count from.

use chrono::{DateTime, Utc};

use crate::case::state::{Case, ExtensionState, Stage};
use crate::case::words::StageNumber;

/// What a stage's clocks count from, whether the stage is open or only asked for.
pub struct Moments<'a> {
    pub number: StageNumber,
    /// When it was asked for, or directed: what its times count from that count from receipt or request.
    pub requested_at: DateTime<Utc>,
    pub directed: bool,
    pub logged_at: Option<DateTime<Utc>>,
    pub acknowledged_at: Option<DateTime<Utc>>,
    pub responded_at: Option<DateTime<Utc>>,
    pub extensions: &'a [ExtensionState],
}

impl<'a> Moments<'a> {
    /// The moments of a stage that the case has come to or that has been asked for.
    pub fn of(case: &'a Case, number: StageNumber) -> Option<Self> {
        if let Some(stage) = case.stage(number) {
            return Some(Self::open(stage));
        }
        let requested_at = match number {
            StageNumber::One => Some(case.received_at),
            StageNumber::Two => case.escalation.as_ref().map(|asked| asked.requested_at),
        };
        requested_at.map(|requested_at| Self::asked(number, requested_at))
    }

    /// The moments of a stage that the case has come to.
    pub fn open(stage: &'a Stage) -> Self {
        Self {
            number: stage.number,
            requested_at: stage.directed_at.unwrap_or(stage.requested_at),
            directed: stage.directed_at.is_some(),
            logged_at: Some(stage.logged_at),
            acknowledged_at: stage.acknowledged_at,
            responded_at: stage.responded_at,
            extensions: &stage.extensions,
        }
    }

    /// The moments of a stage that has only been asked for.
    pub const fn asked(number: StageNumber, requested_at: DateTime<Utc>) -> Self {
        Self {
            number,
            requested_at,
            directed: false,
            logged_at: None,
            acknowledged_at: None,
            responded_at: None,
            extensions: &[],
        }
    }
}
