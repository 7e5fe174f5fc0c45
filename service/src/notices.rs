//! What the service notices by itself: no command made it, and no case changes with it. It stands in the feed beside the events of the
//! cases, and goes out to whoever listens.
//!
//! What can be noticed is listed here and nowhere else, each with what is told of it: ids, dates, codes and clauses, and never a word of
//! a resident's.

use chrono::{DateTime, Utc};
use redress_shared::case::CaseId;
use redress_shared::letter::LetterKind;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::letters::LetterId;
use crate::storage::letters::IssuedId;
use crate::storage::webhooks::{DisabledWhy, WebhookId};

/// Something that was noticed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Noticed {
    /// The working days of the landlord are counted by other bank holidays than before.
    CalendarChanged {
        /// The version of the calendar that holds from now on.
        calendar: String,
    },
    /// A letter was issued to one of its addressees.
    LetterIssued {
        /// The issued letter's id.
        issued: IssuedId,
        /// The letter of the case that it is.
        letter: LetterId,
        /// Which letter.
        kind: LetterKind,
        /// To which of its addressees, from 1.
        addressee: u16,
        /// The issued letter in whose place it was issued; null where there is none.
        replaces: Option<IssuedId>,
    },
    /// A webhook is told nothing any more, until somebody enables it again.
    WebhookEndpointDisabled {
        /// The webhook.
        webhook: WebhookId,
        /// Why: its receiver is gone, or has been failing for too long.
        why: DisabledWhy,
    },
}

impl Noticed {
    /// The word for it, as `type` has it.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::CalendarChanged { .. } => "calendar-changed",
            Self::LetterIssued { .. } => "letter-issued",
            Self::WebhookEndpointDisabled { .. } => "webhook-endpoint-disabled",
        }
    }

    /// Every word that there is.
    pub const WORDS: &'static [&'static str] = &[
        "calendar-changed",
        "letter-issued",
        "webhook-endpoint-disabled",
    ];
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
