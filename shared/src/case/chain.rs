//! The chain of hashes: each event carries the digest of the one before it, so that a log altered anywhere shows it.

use sha2::{Digest as _, Sha256};

use super::CaseId;
use super::event::Logged;
use super::record::Digest;

/// The digest of an event in its place: over the case, the digest before it, and the event as it is stored.
#[must_use]
pub fn link(case: CaseId, previous: Digest, stored: &str) -> Digest {
    let mut hasher = Sha256::new();
    hasher.update(case.0.to_be_bytes());
    hasher.update(previous.0);
    hasher.update(stored.as_bytes());
    Digest(hasher.finalize().into())
}

/// The salted digest by which the log refers to a record. The salt is erased with the record.
#[must_use]
pub fn record_digest(salt: &[u8], body: &str) -> Digest {
    let mut hasher = Sha256::new();
    hasher.update(salt);
    hasher.update(body.as_bytes());
    Digest(hasher.finalize().into())
}

/// The text of an event as it is stored and hashed.
///
/// # Errors
/// Never for events that this program made; an error rather than a panic all the same.
pub fn stored(logged: &Logged) -> Result<String, serde_json::Error> {
    serde_json::to_string(logged)
}
