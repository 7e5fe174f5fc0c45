//! What is attached to cases: files, streamed from the caller into a store and back, hashed on the way, and known for what they are.

mod address;
mod content;
pub mod kinds;
pub mod name;
pub mod receive;
#[cfg(test)]
mod samples;
pub mod store;

pub use address::StoreAddress;
pub use store::{Store, StoreError, StoreSettings};

use std::time::Duration;

use redress_shared::identifier;

identifier! {
    /// The id of a document. It says nothing of the document itself.
    DocumentId
}

macro_rules! words {
    ($(#[$meta:meta])* $kind:ident { $($(#[doc = $meaning:literal])+ $name:ident = $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
        pub enum $kind { $($(#[doc = $meaning])+ #[serde(rename = $word)] $name,)+ }

        impl $kind {
            /// Every one of them.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The word that it is spelt with, in the API and in the tables.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word,)+ }
            }

            /// The one that is spelt like this.
            #[must_use]
            pub fn of(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|known| known.as_str() == word)
            }
        }
    };
}
pub(crate) use words;

words! {
    /// What a document is to its case.
    DocumentKind {
        /// Something that the resident or somebody for them sent in.
        FromResident = "from-resident",
        /// Something that the landlord sent.
        ToResident = "to-resident",
        /// A picture or recording of the thing complained of.
        Evidence = "evidence",
        /// A report, of a survey, an inspection or a contractor.
        Report = "report",
        /// A resident's consent, or the authority of whoever speaks for them.
        Authority = "authority",
        /// Something of the Ombudsman's.
        Ombudsman = "ombudsman",
        /// Anything else.
        Other = "other",
    }
}

words! {
    /// Why a document was taken away.
    RemovalReason {
        /// It was attached by mistake.
        Mistake = "mistake",
        /// It belongs to another case.
        WrongCase = "wrong-case",
        /// The case has it twice.
        Duplicate = "duplicate",
        /// A better one took its place.
        Replaced = "replaced",
        /// The case does not need it.
        NotNeeded = "not-needed",
        /// Somebody's personal data was erased.
        Erased = "erased",
        /// It was kept for as long as such things are kept.
        Retention = "retention",
    }
}

/// How much is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DocumentLimits {
    /// The largest file, in bytes; a larger one is answered 413.
    pub file: u64,
    /// The most bytes that one case has, all its files together.
    pub case: u64,
    /// The most files that one case has.
    pub count: u32,
    /// How long a whole file may take to come.
    pub within: Duration,
}

/// The documents of a service: where they are, and how much is taken.
pub struct Documents {
    /// The store.
    pub store: Store,
    /// The limits.
    pub limits: DocumentLimits,
    /// After how many days a file that no row speaks of is taken away.
    pub stray_days: u16,
}
