//! Bringing a CRM's history in: a mapping, a file, and a job that reads the one by the other, a stretch at a time.
//!
//! Each stretch is one transaction with how far the job has come, so that whatever is killed, and wherever, no case comes twice and none
//! is left out; and each case is there whole, or not at all. A case is told by its first reference: the same history again changes
//! nothing, and a case that has come otherwise before is named and left alone.

pub mod job;
pub mod prepare;

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::Serialize;

pub use redress_shared::imports::{Mapping, RowError, mapping, reader, row};

redress_shared::identifier! {
    /// The id of an import.
    ImportId
}

/// The largest file, in bytes.
pub const LARGEST_FILE: u64 = 512 * 1024 * 1024;

macro_rules! states {
    ($($(#[$meta:meta])* $name:ident = $word:literal),+ $(,)?) => {
        /// Where an import stands.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
        #[schemars(rename = "ImportState")]
        pub enum State { $($(#[$meta])* #[serde(rename = $word)] $name,)+ }

        impl State {
            /// The word for it.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word,)+ }
            }
        }

        impl FromStr for State {
            type Err = ();

            fn from_str(word: &str) -> Result<Self, ()> {
                match word { $($word => Ok(Self::$name),)+ _ => Err(()) }
            }
        }
    };
}

states! {
    /// It waits for its file.
    AwaitingFile = "awaiting-file",
    /// It has its file and waits to be started.
    Ready = "ready",
    /// It is under way.
    Running = "running",
    /// All rows of the file have been tried, and nothing was kept: it can be started once more.
    Tried = "tried",
    /// All rows of the file have been read.
    Done = "done",
    /// It was cancelled. What it had brought in by then stays.
    Cancelled = "cancelled",
    /// The file could not be read on. What it had brought in by then stays.
    Failed = "failed",
}

impl State {
    /// Whether nothing more comes of it.
    #[must_use]
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Done | Self::Cancelled | Self::Failed)
    }
}

impl fmt::Display for State {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}
