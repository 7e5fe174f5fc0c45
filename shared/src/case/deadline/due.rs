//! A due date as a value: when, on which clock, counted how, by which clause.

use std::cmp::Ordering;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::calendar::{Reckoning, london, words};
use crate::case::refusal::Citation;
use crate::code::StartPoint;
use crate::vocabulary::vocabulary;

vocabulary! {
    /// The two clocks.
    Clock {
        /// The landlord's policy.
        Policy = "policy",
        /// The Ombudsman's Code.
        Code = "code",
    }
}

vocabulary! {
    /// What is due.
    DeadlineName {
        /// The stage 1 acknowledgement.
        AcknowledgeOne = "acknowledge-1",
        /// The stage 1 response.
        RespondOne = "respond-1",
        /// The second answer at stage 1, to a review on new information.
        ReviewOne = "review-1",
        /// The end of the window to ask for stage 2.
        EscalateBy = "escalate-by",
        /// The stage 2 acknowledgement.
        AcknowledgeTwo = "acknowledge-2",
        /// The final response.
        RespondTwo = "respond-2",
        /// The second answer at stage 2, where the complaint was reopened.
        ReviewTwo = "review-2",
    }
}

vocabulary! {
    /// How a deadline stands on a day.
    Standing {
        /// Still to be met, and not yet due to have been.
        Open = "open",
        /// Met in time.
        Met = "met",
        /// Met, but late.
        Late = "late",
        /// Not met, and past.
        Overdue = "overdue",
        /// Nothing is owed any more: the case was declined, withdrawn or closed first, or the window has passed.
        Ended = "ended",
    }
}

vocabulary! {
    /// Why a date counts from another day than its clause alone would say.
    StartNote {
        /// From the Ombudsman's direction, since the stage had been declined.
        Direction = "direction",
        /// From the day on which the acknowledgement was due, since it came later.
        AcknowledgementWasDue = "acknowledgement-was-due",
    }
}

/// When something is due: by the end of a London day, or at an instant where the policy counts hours. The earlier is the
/// lesser, whichever of the two it is.
///
/// ```
/// use redress_shared::case::deadline::Due;
/// let noon = Due::At("2025-04-30T11:00:00Z".parse()?);
/// assert!(noon < Due::On("2025-04-30".parse()?));
/// assert!(noon > Due::On("2025-04-29".parse()?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Due {
    /// By the end of that day.
    On(NaiveDate),
    /// At that instant.
    At(DateTime<Utc>),
}

impl Ord for Due {
    fn cmp(&self, other: &Self) -> Ordering {
        self.last().cmp(&other.last())
    }
}

impl PartialOrd for Due {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Due {
    /// The moment at which it is too late, and whether that moment itself is still in time.
    fn last(self) -> (DateTime<Utc>, bool) {
        match self {
            Self::On(date) => (london::end_of_day(date), false),
            Self::At(instant) => (instant, true),
        }
    }

    /// The London date.
    #[must_use]
    pub fn date(self) -> NaiveDate {
        match self {
            Self::On(date) => date,
            Self::At(instant) => london::date_of(instant),
        }
    }

    /// Whether something that happened then was in time.
    #[must_use]
    pub fn is_met_by(self, at: DateTime<Utc>) -> bool {
        match self {
            Self::On(date) => london::date_of(at) <= date,
            Self::At(instant) => at <= instant,
        }
    }
}

/// Hours counted on the clock, through nights, weekends and holidays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct CountedHours {
    /// How many.
    pub count: u32,
    /// From when.
    pub from: DateTime<Utc>,
}

/// One due date of one clock, with where it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Deadline {
    /// Which clock.
    pub clock: Clock,
    /// What is due.
    pub name: DeadlineName,
    /// When, with any extension that moves it.
    pub due: Due,
    /// When it was due before any extension.
    pub base: Due,
    /// The moment that it counts from; absent for the window to escalate, which counts from the response.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<StartPoint>,
    /// Why it counts from another day than that moment, where it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_note: Option<StartNote>,
    /// Whether that moment has yet to come, so that the date is the latest it can be.
    pub projected: bool,
    /// How the date was counted; absent where the policy counts hours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reckoning: Option<Reckoning>,
    /// The hours counted, where it counts hours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours: Option<CountedHours>,
    /// When it was met.
    pub met_at: Option<DateTime<Utc>>,
    /// When it stopped being owed.
    pub ended_at: Option<DateTime<Utc>>,
    /// The clause and provision; both, where both clocks give the same day.
    pub citation: Citation,
}

impl Standing {
    /// How something that is due stands as of an instant, by when it was met and when it stopped being owed. What a resident may do is never
    /// overdue.
    #[must_use]
    pub fn of(
        (name, due): (DeadlineName, Due),
        (met_at, ended_at): (Option<DateTime<Utc>>, Option<DateTime<Utc>>),
        as_of: DateTime<Utc>,
    ) -> Self {
        match (met_at, ended_at) {
            (Some(met), _) if met <= as_of => {
                if due.is_met_by(met) {
                    Self::Met
                } else {
                    Self::Late
                }
            }
            (_, Some(ended)) if ended <= as_of => Self::Ended,
            _ if due.is_met_by(as_of) => Self::Open,
            _ if name == DeadlineName::EscalateBy => Self::Ended,
            _ => Self::Overdue,
        }
    }
}

impl Deadline {
    /// How it stands as of an instant.
    #[must_use]
    pub fn standing(&self, as_of: DateTime<Utc>) -> Standing {
        Standing::of((self.name, self.due), (self.met_at, self.ended_at), as_of)
    }

    /// The date and where it comes from, in one plain sentence.
    ///
    /// For instance: `Due Tuesday 6 May 2025, 10 working days after 17 April 2025 (Good Friday, Easter Monday and the early May bank holiday
    /// skipped), Hartlepool 5.2, Code 6.3.`
    #[must_use]
    pub fn sentence(&self) -> String {
        let when = match self.due {
            Due::On(date) => words::weekday_date(date),
            Due::At(instant) => london_time(instant),
        };
        let counted = match (&self.reckoning, self.hours) {
            (Some(reckoning), _) => reckoning.to_string(),
            (None, Some(CountedHours { count, from })) => {
                format!("{count} hours after {}", london_time(from))
            }
            (None, None) => String::new(),
        };
        let extended = if self.due == self.base {
            String::new()
        } else {
            format!(", extended from {}", words::weekday_date(self.base.date()))
        };
        let projected = if self.projected {
            format!(", if the {} is made on its last day", self.start_word())
        } else {
            String::new()
        };
        let note = match self.start_note {
            Some(StartNote::Direction) => ", counted from the Ombudsman's direction",
            Some(StartNote::AcknowledgementWasDue) => {
                ", counted from the day on which the acknowledgement was due"
            }
            None => "",
        };
        format!("Due {when}{extended}, {counted}{note}{projected}, {}.", self.citation)
    }

    const fn start_word(&self) -> &'static str {
        match self.from {
            Some(StartPoint::Receipt) => "receipt",
            Some(StartPoint::Logging | StartPoint::RequestLogging) => "log entry",
            Some(StartPoint::Acknowledgement) => "acknowledgement",
            Some(StartPoint::Request) => "request",
            None => "response",
        }
    }
}

fn london_time(instant: DateTime<Utc>) -> String {
    let local = instant.with_timezone(&chrono_tz::Europe::London);
    format!("{} on {}", local.format("%H:%M"), words::weekday_date(local.date_naive()))
}
