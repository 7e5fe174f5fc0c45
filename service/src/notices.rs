//! What the service notices by itself: no command made it, and no case changes with it. It stands in the feed beside the events of the
//! cases, and goes out to whoever listens.
//!
//! What can be noticed is listed here and nowhere else, each with what is told of it: ids, dates, codes and clauses, and never a word of
//! a resident's.

use chrono::{DateTime, Utc};
use redress_shared::case::CaseId;
use redress_shared::case::record::Digest;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::documents::{DocumentId, DocumentKind, RemovalReason};
use crate::storage::personal::erasures::ErasureReason;

/// Something that was noticed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Noticed {
    /// The working days of the landlord are counted by other bank holidays than before.
    CalendarChanged {
        /// The version of the calendar that holds from now on.
        calendar: String,
    },
    /// A document was attached to the case.
    DocumentAdded {
        /// The document.
        document: DocumentId,
        /// What it is to the case.
        kind: DocumentKind,
        /// Its length in bytes.
        size: u64,
        /// Its SHA-256.
        digest: Digest,
    },
    /// A document of the case was taken away.
    DocumentRemoved {
        /// The document.
        document: DocumentId,
        /// Why.
        reason: RemovalReason,
    },
    /// Personal data of the case was erased; whoever has copies should do the same.
    PersonalDataErased {
        /// Which resident's, counted from 1; none where it was the representative's, or all of the case.
        resident: Option<u16>,
        /// Whether all of the case's words went.
        whole_case: bool,
        /// Why.
        reason: ErasureReason,
        /// How many records.
        records: u64,
        /// How many documents.
        documents: u64,
    },
}

impl Noticed {
    /// The word for it, as `type` has it.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::CalendarChanged { .. } => "calendar-changed",
            Self::DocumentAdded { .. } => "document-added",
            Self::DocumentRemoved { .. } => "document-removed",
            Self::PersonalDataErased { .. } => "personal-data-erased",
        }
    }

    /// Every word that there is.
    pub const WORDS: &'static [&'static str] =
        &["calendar-changed", "document-added", "document-removed", "personal-data-erased"];
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
