//! What a CRM knows of a case that ran its course elsewhere, and the log that it makes here.
//!
//! History is made of facts: what a policy forbids, what came too late and what never came is taken as it was, and shows in the figures
//! as such: closed without an answer, at stage 2 though stage 1 was never answered. Refused is only what cannot be true: steps out of
//! their order, in the future, or what goes with an answer that is not there. A case that is still open goes on
//! from where the history leaves it, under the rules of its day of receipt.

mod after;
mod intake;
mod past;
mod plan;
mod stages;
mod when;

pub use past::*;
pub use when::When;

use chrono::{DateTime, Utc};

use super::context::Rules;
use super::event::Logged;
use super::record::Vault;
use super::words::Kind;
use crate::vocabulary::vocabulary;
use plan::Plan;

/// By whom events are recorded that come with a history.
pub const ACTOR: &str = "import";

vocabulary! {
    /// Why something of a history cannot be true.
    HistoryCode {
        /// It is said to have happened before what it follows.
        OutOfOrder = "out-of-order",
        /// It is said to have happened after now.
        InTheFuture = "in-the-future",
        /// A date is not within what people plan and remember.
        ImplausibleDate = "implausible-date",
        /// Something is missing without which the rest says nothing.
        Missing = "missing",
        /// Two things cannot both be so.
        Contradiction = "contradiction",
        /// The policy in force on receipt does not have it, and no clause is given.
        NotInPolicy = "not-in-policy",
        /// A due date that follows from it lies past the calendar.
        BeyondCalendar = "beyond-calendar",
    }
}

/// Something of a history that cannot be true.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryError {
    /// Where: `stage_1.acknowledged`.
    pub field: String,
    /// Why.
    pub code: HistoryCode,
    /// What is wrong with it, without a word of a resident's.
    pub detail: String,
}

/// The log of a case as its history has it: each event at its time, all of them recorded now.
///
/// The rules are those of the London day of receipt. Words go into the vault; where there are errors, nothing of it may be kept.
///
/// # Errors
/// Everything that cannot be true, at once.
///
/// ```
/// # use redress_shared::{calendar::Calendar, case::history::{PastCase, log}, code::Code, policy::Library};
/// # use redress_shared::case::{CaseId, RecordId, Rules, chain::record_digest, replay};
/// # use redress_shared::case::record::{RecordKind, RecordRef, Vault};
/// # struct Nowhere;
/// # impl Vault for Nowhere {
/// #     fn keep(&self, _: RecordKind, body: &str) -> RecordRef {
/// #         RecordRef { record: RecordId(1), digest: record_digest(&[], body) }
/// #     }
/// # }
/// # let profile = Library::embedded().unwrap().by_id("hartlepool-2024")?.clone();
/// # let rules = Rules::new(profile, Code::embedded("2024").unwrap(), Calendar::england_and_wales().unwrap())?;
/// let past: PastCase = serde_json::from_str(r#"{
///     "references": [{ "system": "crm", "value": "C-1" }], "stock_type": "lcra", "received": "2025-03-03",
///     "stage_1": { "responded": "2025-05-30", "outcome": "upheld" }
/// }"#)?;
/// // It was never acknowledged, and answered late: that is what the log says, and what the reports will.
/// let events = log(&past, &rules, &Nowhere, "2026-11-02T12:00:00Z".parse()?).unwrap();
/// assert_eq!(events.iter().map(|logged| logged.event.word()).collect::<Vec<_>>(), ["opened", "accepted", "answered"]);
/// assert!(replay(CaseId(1), &events).unwrap().stages[0].acknowledged_at.is_none());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn log(
    past: &PastCase,
    rules: &Rules,
    vault: &dyn Vault,
    now: DateTime<Utc>,
) -> Result<Vec<Logged>, Vec<HistoryError>> {
    let mut plan = Plan::new(past, rules, vault, now);
    let received = plan.opening();
    if past.kind == Kind::Complaint {
        let last = plan.complaint(&received);
        plan.afterwards(&received, &last);
    } else {
        plan.contact(&received);
    }
    plan.log()
}
