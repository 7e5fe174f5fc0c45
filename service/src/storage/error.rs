//! What can go wrong with the database.

use diesel::result::{DatabaseErrorKind, DeserializeFieldError, Error};
use redress_shared::case::CaseId;

/// What can go wrong with the database. Whoever meets one inside a transaction hands it on, and all of it is rolled back: on
/// PostgreSQL it has been already.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// The database refused or failed.
    #[error("the database failed: {0}")]
    Database(#[from] Error),
    /// No connection could be had.
    #[error("no database connection could be had: {0}")]
    Pool(#[from] diesel::r2d2::PoolError),
    /// The database could not be opened or set up.
    #[error("the database could not be opened: {0}")]
    Open(String),
    /// The database could not be written to just now.
    #[error("the database could not be written to: {0}")]
    Busy(String),
    /// The connection was lost while the database was asked to commit: it may have, or not.
    #[error("the database was lost while it committed: {0}")]
    OutcomeUnknown(Error),
    /// The work came to a bad end.
    #[error("the work was not finished")]
    Unfinished,
    /// What is stored does not read as what was written.
    #[error("case {case}: event {sequence} is damaged: {reason}")]
    Damaged {
        /// The case.
        case: String,
        /// The event's number in it.
        sequence: i32,
        /// What is wrong with it.
        reason: String,
    },
    /// A row of a table has a value that is none of its column's, such as a date that is no date.
    #[error("{table}: {column} does not read")]
    Unreadable {
        /// The table.
        table: &'static str,
        /// The column.
        column: String,
    },
    /// Something cannot be written as it is to be stored.
    #[error("it cannot be stored: {0}")]
    Unwritable(String),
    /// A stored notice does not read as what was written.
    #[error("the notice with the number {number} in the feed is damaged: {reason}")]
    DamagedNotice {
        /// Its number in its landlord's feed.
        number: i64,
        /// What is wrong with it.
        reason: String,
    },
    /// A stored webhook or delivery does not read as what was written.
    #[error("the webhook or delivery {id} is damaged: its {what} does not read")]
    DamagedWebhook {
        /// Its id.
        id: String,
        /// Which of its columns.
        what: &'static str,
    },
    /// A stored calendar is not what was written.
    #[error("the calendar with the number {number} is damaged: {reason}")]
    DamagedCalendar {
        /// Its number.
        number: i32,
        /// What is wrong with it.
        reason: String,
    },
    /// The row of a document does not read as what was written.
    #[error("the document {document} is damaged: its {what} does not read")]
    DamagedDocument {
        /// Its id.
        document: String,
        /// Which of its columns.
        what: &'static str,
    },
    /// A stored key does not read as what was written.
    #[error("the key {prefix} is damaged: its {what} does not read")]
    DamagedKey {
        /// The key's prefix.
        prefix: String,
        /// Which of its columns.
        what: &'static str,
    },
}

/// What a table answered; where a row of it does not read, with the table and the column, and without the value.
///
/// # Errors
/// As the answer; [`StorageError::Unreadable`] in place of diesel's own word for it.
pub(super) fn reads<T>(table: &'static str, answer: Result<T, Error>) -> Result<T, StorageError> {
    answer.map_err(|error| match error {
        Error::DeserializationError(why) => {
            let field = why.downcast_ref::<DeserializeFieldError>();
            let column = field.and_then(|field| field.field_name.clone());
            StorageError::Unreadable { table, column: column.unwrap_or_else(|| "a row".to_owned()) }
        }
        error => error.into(),
    })
}

impl StorageError {
    /// A log whose first event does not open the case.
    #[must_use]
    pub fn no_opening(case: CaseId) -> Self {
        Self::Damaged { case: case.to_string(), sequence: 1, reason: "it does not open the case".to_owned() }
    }

    /// Whether only one case is at fault, so that whoever walks through many can pass over it and go on.
    #[must_use]
    pub fn is_of_one_case(&self) -> bool {
        matches!(self, Self::Damaged { .. } | Self::DamagedDocument { .. } | Self::Unreadable { .. })
    }

    /// Whether the database was held by others, full, or away: nothing was kept, and the same request may succeed later.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        match self {
            Self::Database(error) => {
                is_away(error) || is_full(error) || says(error, &["is locked", "lock timeout"])
            }
            Self::Pool(_) | Self::Busy(_) => true,
            _ => false,
        }
    }

    /// Whether the work may succeed at once if it is done again, because somebody else was quicker.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        let Self::Database(error) = self else { return false };
        match error {
            Error::DatabaseError(
                DatabaseErrorKind::UniqueViolation | DatabaseErrorKind::SerializationFailure,
                _,
            ) => true,
            error => says(error, &["deadlock detected"]),
        }
    }

    /// Whether the database itself refused, and so certainly kept nothing.
    #[must_use]
    pub(super) fn is_plain_refusal(error: &Error) -> bool {
        match error {
            Error::DatabaseError(DatabaseErrorKind::ClosedConnection, _)
            | Error::BrokenTransactionManager => false,
            Error::DatabaseError(..) => !is_away(error),
            _ => false,
        }
    }

    /// Whether only the statement failed, and the transaction around it can go on.
    #[must_use]
    pub fn is_contained(&self) -> bool {
        match self {
            Self::Database(Error::DatabaseError(kind, _)) => matches!(
                kind,
                DatabaseErrorKind::UniqueViolation
                    | DatabaseErrorKind::ForeignKeyViolation
                    | DatabaseErrorKind::NotNullViolation
                    | DatabaseErrorKind::CheckViolation
            ),
            Self::Database(Error::NotFound)
            | Self::Damaged { .. }
            | Self::DamagedKey { .. }
            | Self::DamagedNotice { .. }
            | Self::DamagedWebhook { .. }
            | Self::DamagedCalendar { .. }
            | Self::DamagedDocument { .. }
            | Self::Unreadable { .. }
            | Self::Unwritable(_)
            | Self::Unfinished => true,
            _ => false,
        }
    }
}

fn says(error: &Error, words: &[&str]) -> bool {
    let Error::DatabaseError(_, what) = error else { return false };
    words.iter().any(|word| what.message().contains(word))
}

/// A server that stopped, was restarted, or cannot be reached.
fn is_away(error: &Error) -> bool {
    matches!(
        error,
        Error::DatabaseError(DatabaseErrorKind::ClosedConnection, _) | Error::BrokenTransactionManager
    ) || says(
        error,
        &[
            "server closed the connection",
            "terminating connection",
            "connection to server",
            "no connection to the server",
            "the database system is",
            "could not receive data from server",
            "could not send data to server",
        ],
    )
}

fn is_full(error: &Error) -> bool {
    says(error, &["database or disk is full", "No space left on device", "could not extend file"])
}
