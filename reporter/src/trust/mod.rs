//! Why a report's figures can be believed: what it was made from is written beside it, and it can be made again from that.

mod again;
mod difference;
mod inputs;
mod manifest;
mod verify;

use redress_shared::case::record::Digest;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

pub use again::Known;
pub use difference::difference;
pub use inputs::{Inputs, RowsOfView};
pub use manifest::{Asked, Counts, FileEntry, Manifest, Rules, SUFFIX};
pub(crate) use manifest::{counts, sha256_of};
pub use verify::{Again, Cause, Finding, Verified, manifests, verify};

/// What a file that a report is filled from is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GivenKind {
    /// The answers to the self-assessment form.
    Answers,
    /// Those of the year before.
    LastAnswers,
    /// The official wording of the Code.
    CodeWording,
    /// The perception survey.
    Survey,
    /// The regulator's published data.
    Sector,
}

impl GivenKind {
    /// What it is called.
    const fn name(self) -> &'static str {
        match self {
            Self::Answers => "answers",
            Self::LastAnswers => "answers of the year before",
            Self::CodeWording => "wording of the Code",
            Self::Survey => "survey",
            Self::Sector => "data of the sector",
        }
    }
}

/// A file that a report is filled from besides the cases, by its contents: where it lies is nobody's business.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GivenFile {
    /// What it is.
    pub kind: GivenKind,
    /// The SHA-256 digest of its bytes.
    pub sha256: String,
}

impl GivenFile {
    /// What a file of these bytes is given as.
    #[must_use]
    pub fn of(kind: GivenKind, bytes: &[u8]) -> Self {
        Self { kind, sha256: sha256(bytes) }
    }
}

/// The SHA-256 digest of some bytes, in hexadecimal.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    Digest(Sha256::digest(bytes).into()).to_string()
}
