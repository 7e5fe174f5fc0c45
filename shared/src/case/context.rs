//! What a decision may look at besides the case: the rules in force, the clock's reading, and a place for words.

use chrono::{DateTime, NaiveDate, Utc};

use super::CaseId;
use super::record::Vault;
use super::refusal::{Citation, Refusal, RefusalCode};
use crate::calendar::{BackwardsClosure, Calendar, CalendarError, london};
use crate::code::{Code, ProvisionNumber};
use crate::policy::Profile;

/// The rules that a case falls under: one policy version, one edition of the Code, the calendars that both count by.
#[derive(Debug, Clone)]
pub struct Rules {
    /// The landlord's policy.
    pub profile: Profile,
    /// The Code.
    pub code: &'static Code,
    /// Bank holidays: the Code's clock counts by these.
    pub calendar: Calendar,
    /// Bank holidays and the landlord's closures: the policy's clock counts by these.
    pub policy_calendar: Calendar,
}

impl Rules {
    /// Puts a policy, an edition of the Code and a calendar together.
    ///
    /// # Errors
    /// When one of the policy's closures ends before it begins.
    pub fn new(profile: Profile, code: &'static Code, calendar: Calendar) -> Result<Self, BackwardsClosure> {
        let policy_calendar = calendar.with_closures(&profile.counting.closures)?;
        Ok(Self { profile, code, calendar, policy_calendar })
    }

    /// A citation of a provision of the Code that the case falls under; an edition that is not in force any more is named.
    #[must_use]
    pub fn cite_code(&self, provision: ProvisionNumber) -> Citation {
        match self.code.statutory {
            true => Citation::code(&provision.to_string()),
            false => Citation::code(&format!("{} {provision}", self.code.id)),
        }
    }

    /// A citation of the policy's clause.
    #[must_use]
    pub fn cite(&self, clause: &str) -> Citation {
        Citation::policy(&self.profile.landlord.short_name, clause)
    }
}

/// Everything that a decision may look at besides the case itself.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The rules that the case falls under: those of its day of receipt.
    pub rules: &'a Rules,
    /// The rules in force on the day on which it happened: a complaint that comes out of this case falls under them.
    pub current: &'a Rules,
    /// The clock's reading.
    pub now: DateTime<Utc>,
    /// When the thing happened, as the command says.
    pub occurred_at: DateTime<Utc>,
    /// Where words go.
    pub vault: &'a dyn Vault,
    /// The id for a complaint that may come out of this one.
    pub next_case: CaseId,
}

impl std::fmt::Debug for Context<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Context")
            .field("now", &self.now)
            .field("occurred_at", &self.occurred_at)
            .finish()
    }
}

impl Context<'_> {
    /// The London date on which it happened.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        london::date_of(self.occurred_at)
    }

    /// Refuses unless it happened at or after an earlier step.
    ///
    /// # Errors
    /// `out-of-order`, naming the step.
    pub fn not_before(&self, step: &str, at: DateTime<Utc>) -> Result<(), Box<Refusal>> {
        if self.occurred_at >= at {
            return Ok(());
        }
        Err(Refusal::new(
            RefusalCode::OutOfOrder,
            format!("this is said to have happened before {step}"),
            format!(
                "give an `occurred_at` at or after {}, or correct the earlier date first",
                at.format("%Y-%m-%dT%H:%M:%SZ")
            ),
        ))
    }
}

impl From<CalendarError> for Box<Refusal> {
    fn from(error: CalendarError) -> Self {
        Refusal::new(
            RefusalCode::BeyondCalendar,
            error.to_string(),
            "load a calendar that covers the year, or check the date",
        )
    }
}
