//! The moments of a stage that its clocks count from.

use chrono::{DateTime, Utc};

use crate::case::state::{Case, ExtensionState, Stage};
use crate::case::words::StageNumber;

/// What a stage's clocks count from, whether the stage is open or only asked for.
pub struct Moments<'a> {
    pub number: StageNumber,
    pub requested_at: DateTime<Utc>,
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
            requested_at: stage.requested_at,
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
            logged_at: None,
            acknowledged_at: None,
            responded_at: None,
            extensions: &[],
        }
    }
}
