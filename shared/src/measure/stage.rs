//! What one stage of one case is in the figures: made or left out, in time or not.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::choice::{Choices, Extensions, Group, Refused, ResponseClock, Withdrawn};
use super::period::Period;

/// The kind of home a complaint is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StockType {
    /// Low cost rental accommodation.
    Lcra,
    /// Low cost home ownership.
    Lcho,
    /// Leasehold without low cost ownership.
    Leasehold,
    /// Anything else.
    Other,
}

impl StockType {
    /// Every kind, in the order of the tables.
    pub const ALL: [Self; 4] = [Self::Lcra, Self::Lcho, Self::Leasehold, Self::Other];

    /// The word the data uses: `lcra`, `lcho`, `leasehold`, `other`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Lcra => "lcra",
            Self::Lcho => "lcho",
            Self::Leasehold => "leasehold",
            Self::Other => "other",
        }
    }

    /// Reads [`StockType::word`].
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stock| stock.word() == word)
    }

    /// Whether the regulator's measures count it. Leaseholders and others are in the landlord's own totals only.
    #[must_use]
    pub const fn is_measured(self) -> bool {
        matches!(self, Self::Lcra | Self::Lcho)
    }
}

/// The fewest low cost ownership homes for which their figures are returned separately.
pub const LCHO_SEPARATE_FROM_HOMES: u64 = 1_000;

/// The dates of one stage that decide how it counts. London dates; the due dates arrive worked out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StageDates {
    /// Stage 1: when the complaint was received. Stage 2: when escalation was asked for.
    pub requested_on: NaiveDate,
    /// When the full response was sent.
    pub responded_on: Option<NaiveDate>,
    /// The Code's date for it, under [`ResponseClock::EarlierOfBoth`]; `None` while no clock runs yet.
    pub code_due_on: Option<NaiveDate>,
    /// The same under [`ResponseClock::AsAcknowledged`].
    pub code_due_as_acknowledged_on: Option<NaiveDate>,
    /// The last date under a permitted extension; `None` where there is none.
    pub code_extended_due_on: Option<NaiveDate>,
    /// When the complaint was withdrawn.
    pub withdrawn_on: Option<NaiveDate>,
}

/// Whether a stage was answered within the Code's time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum InTime {
    /// Answered by the first due date.
    WithoutExtension,
    /// Answered after it, by the date of a permitted extension.
    WithinExtension,
    /// Answered later than that.
    Late,
    /// Not answered, and still able to be in time.
    OpenWithinTime,
    /// Not answered, and too late to be in time.
    OpenOverdue,
    /// Withdrawn before it was answered: never in time.
    Withdrawn,
    /// Closed without an answer: never in time, and no longer waited for.
    Closed,
    /// Answered though no due date is known: a fault of the data, and no figure may rest on it.
    Undated,
}

impl InTime {
    /// Every kind, in the order of the tables.
    pub const ALL: [Self; 8] = [
        Self::WithoutExtension,
        Self::WithinExtension,
        Self::Late,
        Self::OpenWithinTime,
        Self::OpenOverdue,
        Self::Withdrawn,
        Self::Closed,
        Self::Undated,
    ];

    /// The word for it in data.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::WithoutExtension => "without-extension",
            Self::WithinExtension => "within-extension",
            Self::Late => "late",
            Self::OpenWithinTime => "open-within-time",
            Self::OpenOverdue => "open-overdue",
            Self::Withdrawn => "withdrawn",
            Self::Closed => "closed",
            Self::Undated => "undated",
        }
    }

    /// Whether it is in CH02's numerator.
    #[must_use]
    pub const fn counts(self) -> bool {
        matches!(self, Self::WithoutExtension | Self::WithinExtension)
    }
}

impl StageDates {
    /// How the stage stands on `as_of`. What is dated after `as_of` has not happened yet.
    ///
    /// ```
    /// use redress_shared::measure::{Choices, InTime, StageDates};
    /// let day = |text: &str| text.parse().expect("a date");
    /// // Answered the day after its date, under an extension the Code permits.
    /// let stage = StageDates {
    ///     requested_on: day("2025-04-14"),
    ///     responded_on: Some(day("2025-05-09")),
    ///     code_due_on: Some(day("2025-05-08")),
    ///     code_due_as_acknowledged_on: Some(day("2025-05-08")),
    ///     code_extended_due_on: Some(day("2025-05-22")),
    ///     withdrawn_on: None,
    /// };
    /// assert_eq!(stage.in_time(&Choices::default(), day("2026-04-01")), InTime::WithinExtension);
    /// // On 1 May it was still open.
    /// assert_eq!(stage.in_time(&Choices::default(), day("2025-05-01")), InTime::OpenWithinTime);
    /// ```
    #[must_use]
    pub fn in_time(&self, choices: &Choices, as_of: NaiveDate) -> InTime {
        let known = |date: Option<NaiveDate>| date.filter(|date| *date <= as_of);
        let (due, extended) = (self.due_on(choices), self.extended_due_on(choices));
        match (known(self.responded_on), known(self.withdrawn_on)) {
            (responded, Some(withdrawn)) if responded.is_none_or(|date| date > withdrawn) => {
                InTime::Withdrawn
            }
            (Some(responded), _) => answered(responded, due, extended),
            (None, _) => match due.max(extended) {
                Some(last) if last < as_of => InTime::OpenOverdue,
                _ => InTime::OpenWithinTime,
            },
        }
    }

    /// The first due date under the choice made.
    #[must_use]
    pub const fn due_on(&self, choices: &Choices) -> Option<NaiveDate> {
        match choices.response_clock {
            ResponseClock::EarlierOfBoth => self.code_due_on,
            ResponseClock::AsAcknowledged => match self.code_due_as_acknowledged_on {
                Some(date) => Some(date),
                None => self.code_due_on,
            },
        }
    }

    /// The date of the permitted extension, unless extensions are disregarded.
    #[must_use]
    pub const fn extended_due_on(&self, choices: &Choices) -> Option<NaiveDate> {
        match choices.extensions {
            Extensions::PermittedOnly => self.code_extended_due_on,
            Extensions::Disregarded => None,
        }
    }

    /// The year, quarter or month the stage belongs to is the one that holds this date: a stage 2 belongs to that of its
    /// request, whatever the year of its stage 1.
    #[must_use]
    pub fn belongs_to(&self, period: &Period) -> bool {
        period.contains(self.requested_on)
    }
}

fn answered(responded: NaiveDate, due: Option<NaiveDate>, extended: Option<NaiveDate>) -> InTime {
    match (due, extended) {
        (None, _) => InTime::Undated,
        (Some(due), _) if responded <= due => InTime::WithoutExtension,
        (_, Some(extended)) if responded <= extended => InTime::WithinExtension,
        _ => InTime::Late,
    }
}

/// How a stage enters CH01 and CH02.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// It was made, this many times, and stands so.
    Made {
        /// 1, or the number of residents under [`Group::EachResident`].
        times: u64,
        /// Whether it was answered in time.
        in_time: InTime,
    },
    /// Left out: the complaint was refused.
    Refused,
    /// Left out: the complaint was withdrawn before it was answered.
    Withdrawn,
}

/// How a stage with this standing counts.
#[must_use]
pub const fn counted(in_time: InTime, was_refused: bool, residents: u64, choices: &Choices) -> Counted {
    let times = match choices.group {
        Group::Once => 1,
        Group::EachResident => {
            if residents == 0 {
                1
            } else {
                residents
            }
        }
    };
    match (was_refused, choices.refused, in_time, choices.withdrawn) {
        (true, Refused::NotMade, ..) => Counted::Refused,
        (false, _, InTime::Withdrawn, Withdrawn::LeftOut) => Counted::Withdrawn,
        _ => Counted::Made { times, in_time },
    }
}

/// The last date by which an answer to a case of the period can still be in time: 5 working days to acknowledge, 20 to
/// respond and 20 of extension at stage 2, counted from the period's last day. `add_working_days` is the calendar's.
///
/// # Errors
/// Whatever the calendar answers, for instance past the last year it covers.
pub fn provisional_until<E>(
    period: &Period,
    mut add_working_days: impl FnMut(NaiveDate, u32) -> Result<NaiveDate, E>,
) -> Result<NaiveDate, E> {
    let acknowledged = add_working_days(period.last, 5)?;
    let responded = add_working_days(acknowledged, 20)?;
    add_working_days(responded, 20)
}
