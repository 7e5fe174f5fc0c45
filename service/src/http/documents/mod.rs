//! What is attached to cases.

mod add;
mod content;
mod list;
mod remove;
mod show;

use chrono::{DateTime, Utc};
use redress_shared::case::CaseId;
use redress_shared::case::record::Digest;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use add::operation as add;
pub use content::operation as content;
pub use list::operation as list;
pub use remove::operation as remove;
pub use show::operation as show;

use crate::documents::{DocumentId, DocumentKind, RemovalReason, StoreError};
use crate::http::caller::{Caller, Scope};
use crate::problem::{Problem, codes};
use crate::storage::documents::Document;

/// Which document.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct DocumentPath {
    /// The case's id.
    case: CaseId,
    /// The document's id.
    document: DocumentId,
}

/// What is known of a document.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Document")]
struct DocumentView {
    /// Its id.
    id: DocumentId,
    /// Its case.
    #[schemars(with = "CaseId")]
    case: String,
    /// What it is called; null for keys without `personal:read`, once it has been removed, and in the answer to its coming.
    name: Option<String>,
    /// What it is to the case.
    kind: DocumentKind,
    /// Which of the case's residents it is of, counted from 1; null where it is of all, or of none.
    resident: Option<u16>,
    /// What it is, by its bytes.
    media_type: String,
    /// Its length in bytes.
    size: u64,
    /// Its SHA-256.
    sha256: Digest,
    /// When it was added.
    added_at: DateTime<Utc>,
    /// By whom: a key's id, or a token's issuer and subject.
    added_by: String,
    /// That it was removed; null where it is there.
    removed: Option<Removed>,
}

/// That a document was removed.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "DocumentRemoval")]
struct Removed {
    /// When.
    at: DateTime<Utc>,
    /// By whom: a key's id, or a token's issuer and subject; `retention` where the service did it by itself.
    by: String,
    /// Why.
    reason: RemovalReason,
}

impl DocumentView {
    /// A document, with its name where it may be seen.
    fn of(document: Document, named: bool) -> Self {
        Self {
            id: document.id,
            case: document.case,
            name: document.name.filter(|_| named),
            kind: document.kind,
            resident: document.resident,
            media_type: document.media_type,
            size: document.size,
            sha256: document.digest,
            added_at: document.added_at,
            added_by: document.added_by,
            removed: document.removed.map(|(at, by, reason)| Removed { at, by, reason }),
        }
    }

    /// The same as this caller may see it.
    fn to(caller: &Caller, document: Document) -> Self {
        Self::of(document, caller.may(Scope::PersonalRead))
    }
}

/// What is answered where the store does not do what it is asked.
fn away(error: &StoreError) -> Problem {
    tracing::error!(error = %error, "the store of documents failed");
    Problem::new(codes::STORE_AWAY, "the store of documents does not do what it is asked")
        .header("Retry-After", "5")
}
