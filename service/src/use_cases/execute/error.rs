//! Why a command was not carried out.

use redress_shared::calendar::CalendarError;
use redress_shared::case::Refusal;

use crate::rulebook::NoRules;
use crate::storage::StorageError;
use crate::storage::rows::RowsError;
use crate::storage::write::Failure;

/// Why a command was not carried out.
#[derive(Debug, thiserror::Error)]
pub enum ExecuteError {
    /// The landlord has no such case.
    #[error("the landlord has no such case")]
    NoSuchCase,
    /// Somebody else changed the case in between.
    #[error("the case is at version {actual}, which is not one that the request names")]
    Stale {
        /// The version that the case is at.
        actual: u32,
    },
    /// Another case of the same landlord has a reference.
    #[error("another case has that reference in that system")]
    ReferenceTaken {
        /// Which of the references of the command, from 0.
        index: usize,
        /// The case that has it.
        case: String,
    },
    /// A rule forbids it.
    #[error(transparent)]
    Refused(#[from] Box<Refusal>),
    /// There are no rules to go by.
    #[error(transparent)]
    NoRules(#[from] NoRules),
    /// A number is larger than can be kept.
    #[error("{0}")]
    OutOfRange(String),
    /// The database failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl From<diesel::result::Error> for ExecuteError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Storage(error.into())
    }
}

impl From<RowsError> for ExecuteError {
    fn from(error: RowsError) -> Self {
        match error {
            RowsError::Calendar(error) => Self::from(error),
            RowsError::Money(_) => Self::OutOfRange(error.to_string()),
        }
    }
}

impl Failure for ExecuteError {
    fn storage(&self) -> Option<&StorageError> {
        match self {
            Self::Storage(error) => Some(error),
            _ => None,
        }
    }
}

impl From<CalendarError> for ExecuteError {
    fn from(error: CalendarError) -> Self {
        Self::Refused(error.into())
    }
}
