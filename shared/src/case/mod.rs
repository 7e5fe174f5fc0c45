//! The life of a case as a decider: [`decide()`] says what may happen, [`evolve()`] says what it means, [`replay()`] folds it.
//!
//! Due dates are a pure function of the events, the policy, the Code and the calendar ([`deadline`]); nothing stores one as
//! the truth.

pub mod chain;
pub mod command;
mod context;
pub mod deadline;
mod decide;
pub mod event;
mod event_word;
pub(crate) mod evolve;
pub mod history;
pub mod obligation;
pub mod record;
pub mod refusal;
pub mod rows;
pub mod state;
pub mod times;
pub mod words;

pub use command::{Command, commands};
pub use context::{Context, Rules};
pub use decide::{Decision, Spawned, decide};
pub use event::{Event, Logged};
pub use evolve::{evolve, opened, put_right, replay};
pub use refusal::{Caution, Citation, Refusal, RefusalCode};
pub use state::Case;

/// Declares an id: a UUID, so that it says nothing and cannot be guessed. Whoever uses it needs `serde` and `schemars`.
#[macro_export]
macro_rules! identifier {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, schemars::JsonSchema)]
        #[schemars(with = "String", extend("format" = "uuid"))]
        pub struct $name(pub u128);

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                let hex = format!("{:032x}", self.0);
                write!(formatter, "{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::case::NotAnId;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let groups: Vec<usize> = text.split('-').map(str::len).collect();
                if groups != [8, 4, 4, 4, 12] || text.contains('+') {
                    return Err($crate::case::NotAnId);
                }
                u128::from_str_radix(&text.replace('-', ""), 16).map(Self).map_err(|_| $crate::case::NotAnId)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                <std::borrow::Cow<'de, str> as serde::Deserialize<'de>>::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

identifier! {
    /// A case's id.
    CaseId
}

identifier! {
    /// The id of a record: words or personal data that the log refers to without holding them.
    RecordId
}

/// Something that is not the id of a case or record.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("an id looks like 01890a5d-ac96-774b-bcce-b302099a8057")]
pub struct NotAnId;
