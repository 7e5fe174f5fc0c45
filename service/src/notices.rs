//! What the service notices by itself: no command made it, and no case changes with it. It stands in the feed beside the events of the
//! cases, and goes out to whoever listens.
//!
//! What can be noticed is listed here and nowhere else, each with what is told of it: ids, dates, codes and clauses, and never a word of
//! a resident's.

use chrono::{DateTime, NaiveDate, Utc};
use redress_shared::case::CaseId;
use redress_shared::case::record::Digest;
use redress_shared::letter::LetterKind;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::documents::{DocumentId, DocumentKind, RemovalReason};
use crate::letters::LetterId;
use crate::storage::letters::IssuedId;
use crate::storage::personal::erasures::ErasureReason;
use crate::storage::webhooks::{DisabledWhy, WebhookId};

/// Declares what can be noticed; each type has one word.
macro_rules! noticed {
    ($($(#[$meta:meta])* $name:ident($data:ty) = $word:literal),+ $(,)?) => {
        /// Something that was noticed.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
        #[serde(tag = "type")]
        pub enum Noticed {
            $($(#[$meta])* #[serde(rename = $word)] $name($data),)+
        }

        impl Noticed {
            /// The word for it, as `type` has it.
            #[must_use]
            pub const fn word(&self) -> &'static str {
                match self {
                    $(Self::$name(_) => $word,)+
                }
            }

            /// Every word that there is.
            pub const WORDS: &'static [&'static str] = &[$($word),+];
        }
    };
}

noticed! {
    /// The time to acknowledge, to respond or to review runs out: no more working days are left than the landlord wants to be told at.
    DueSoon(Timed) = "due-soon",
    /// The time is over, and what was owed has not been done.
    Overdue(Timed) = "overdue",
    /// The resident is to hear how the complaint stands, as was agreed, and the day comes near.
    UpdateOwed(Timed) = "update-owed",
    /// The last day has passed on which the resident could do something: ask for stage 2, or get in touch.
    WindowClosed(Timed) = "window-closed",
    /// The last day of an offer has passed, and the resident has not answered. Whether it has lapsed is the landlord's to record.
    OfferExpired(Timed) = "offer-expired",
    /// An action that was promised is to be done, and the day comes near.
    ActionDue(Timed) = "action-due",
    /// An action that was promised has not been done in time.
    ActionOverdue(Timed) = "action-overdue",
    /// What the Ombudsman ordered is to be done, and the day comes near.
    OrderDue(Timed) = "order-due",
    /// What the Ombudsman ordered has not been done in time.
    OrderOverdue(Timed) = "order-overdue",
    /// A restriction on a resident's contact is to be looked at again, and the day comes near.
    RestrictionReviewDue(Timed) = "restriction-review-due",
    /// Something is due on another day than it was, as working days are counted by other bank holidays or by other rules.
    DueDateChanged(DateChanged) = "due-date-changed",
    /// The working days of the landlord are counted by other bank holidays than before.
    CalendarChanged(CalendarChanged) = "calendar-changed",
    /// A letter was issued to one of its addressees.
    LetterIssued(LetterIssued) = "letter-issued",
    /// A document was attached to the case.
    DocumentAdded(DocumentAdded) = "document-added",
    /// A document of the case was taken away.
    DocumentRemoved(DocumentRemoved) = "document-removed",
    /// Personal data of the case was erased; whoever has copies should do the same.
    PersonalDataErased(PersonalDataErased) = "personal-data-erased",
    /// A webhook is told nothing any more, until somebody enables it again.
    WebhookEndpointDisabled(WebhookEndpointDisabled) = "webhook-endpoint-disabled",
}

/// What a time is of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Timed {
    /// Which clock: `policy`, `code`, `promise` for what is owed besides, `window` for what the resident may do.
    pub clock: String,
    /// What is due, or what closes: `respond-1`, `action-2`, `escalate-by`.
    pub deadline: String,
    /// The London date by the end of which it is due.
    pub due_on: NaiveDate,
    /// The instant, where the policy counts hours.
    pub due_at: Option<DateTime<Utc>>,
    /// The clause and the provision that it rests on; empty for a date of the Ombudsman's own.
    pub clause: String,
    /// How many of the landlord's working days were left after the day on which it was noticed; null once the time is over.
    pub working_days_left: Option<u32>,
}

/// A due date that is another than before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DateChanged {
    /// Which clock, as in the notice of something overdue.
    pub clock: String,
    /// What is due.
    pub deadline: String,
    /// The London date by the end of which it was due.
    pub from: NaiveDate,
    /// The London date by the end of which it is due now.
    pub to: NaiveDate,
    /// The clause and the provision that it rests on.
    pub clause: String,
    /// The version of the calendar that it was counted on; null where that is not known any more.
    pub from_calendar: Option<String>,
    /// The version of the calendar that it is counted on now.
    pub to_calendar: String,
}

/// A calendar in place of another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CalendarChanged {
    /// The version of the calendar that holds from now on.
    pub calendar: String,
    /// The version that held until now.
    pub replaced: String,
    /// The bank holidays that are new.
    pub added: Vec<NaiveDate>,
    /// The bank holidays that are none any more. The government's feed never takes one away; an operator can.
    pub removed: Vec<NaiveDate>,
    /// The last day of the years of which every bank holiday is known.
    pub known_to: NaiveDate,
}

/// A letter that went out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LetterIssued {
    /// The issued letter's id.
    pub issued: IssuedId,
    /// The letter of the case that it is.
    pub letter: LetterId,
    /// Which letter.
    pub kind: LetterKind,
    /// To which of its addressees, from 1.
    pub addressee: u16,
    /// The issued letter in whose place it was issued; null where there is none.
    pub replaces: Option<IssuedId>,
}

/// A document that was attached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DocumentAdded {
    /// The document.
    pub document: DocumentId,
    /// What it is to the case.
    pub kind: DocumentKind,
    /// Its length in bytes.
    pub size: u64,
    /// Its SHA-256.
    pub digest: Digest,
}

/// A document that was taken away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DocumentRemoved {
    /// The document.
    pub document: DocumentId,
    /// Why.
    pub reason: RemovalReason,
}

/// Personal data that was erased.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PersonalDataErased {
    /// Which resident's, counted from 1; none where it was the representative's, or all of the case.
    pub resident: Option<u16>,
    /// Whether all of the case's words went.
    pub whole_case: bool,
    /// Why.
    pub reason: ErasureReason,
    /// How many records.
    pub records: u64,
    /// How many documents.
    pub documents: u64,
}

/// A webhook that was disabled by the service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct WebhookEndpointDisabled {
    /// The webhook.
    pub webhook: WebhookId,
    /// Why: its receiver is gone, or has been failing for too long.
    pub why: DisabledWhy,
}

/// A notice as it is to be given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The case that it is about; none where it is about all of the landlord's.
    pub case: Option<CaseId>,
    /// What makes it the same notice when it is noticed again: it is given once.
    pub key: String,
    /// What was noticed.
    pub noticed: Noticed,
    /// Since when it is so.
    pub occurred_at: DateTime<Utc>,
}

impl Noticed {
    /// The time that it tells of, where it tells that one comes near or is over.
    #[must_use]
    pub const fn timed(&self) -> Option<&Timed> {
        match self {
            Self::DueSoon(timed)
            | Self::Overdue(timed)
            | Self::UpdateOwed(timed)
            | Self::WindowClosed(timed)
            | Self::OfferExpired(timed)
            | Self::ActionDue(timed)
            | Self::ActionOverdue(timed)
            | Self::OrderDue(timed)
            | Self::OrderOverdue(timed)
            | Self::RestrictionReviewDue(timed) => Some(timed),
            _ => None,
        }
    }

    /// What a notice's key is, or begins with, before a space: it is the same notice that says the same again, and what it says can be held
    /// against its key. Nothing of what was erased, which is known by the erasure alone.
    #[must_use]
    pub fn key(&self, case: Option<CaseId>) -> Option<String> {
        let word = self.word();
        let case = || case.map(|case| case.to_string()).unwrap_or_default();
        Some(match self {
            Self::DueDateChanged(DateChanged { clock, deadline, from, to, to_calendar, .. }) => {
                format!("{word} {} {clock} {deadline} {from} {to} {to_calendar}", case())
            }
            Self::CalendarChanged(changed) => format!("{word} {}", changed.calendar),
            Self::LetterIssued(letter) => format!("{word} {}", letter.issued),
            Self::DocumentAdded(added) => format!("{word} {}", added.document),
            Self::DocumentRemoved(removed) => format!("{word} {}", removed.document),
            Self::WebhookEndpointDisabled(disabled) => format!("{word} {}", disabled.webhook),
            Self::PersonalDataErased(_) => return None,
            _ => {
                let timed = self.timed()?;
                let due = timed.due_at.map_or(timed.due_on.to_string(), |at| at.to_rfc3339());
                format!("{word} {} {} {} {due}", case(), timed.clock, timed.deadline)
            }
        })
    }
}
