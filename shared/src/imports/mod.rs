//! Another system's file of cases, read by a mapping: the one way in which the service brings a history in, and in which the reporter
//! reads the cases of a landlord that does not run the service.
//!
//! A [`Mapping`] is held against the fields that there are before a row is read; a [`Mapper`] puts each column where the mapping says;
//! [`past_case`] and [`logged`] make of it a case and the log of its past life, or say everything that is wrong with it.

pub mod condition;
mod control;
pub mod convert;
pub mod fields;
pub mod mapping;
mod place;
mod prepare;
pub mod reader;
pub mod row;

pub use mapping::Mapping;
pub use prepare::{BEYOND_CALENDAR, NO_RULES, logged, past_case};
pub use row::{Mapper, Raw};

/// Something that is wrong with a row. It says nothing of what stood there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RowError {
    /// The field of the case; empty where it is of the whole row.
    pub field: String,
    /// The column that fills the field, where one does.
    pub source: Option<String>,
    /// A stable word for what is wrong.
    pub code: String,
    /// What is wrong.
    pub detail: String,
}

impl RowError {
    /// An error of a field.
    #[must_use]
    pub fn of(field: &str, source: Option<String>, code: &str, detail: &str) -> Self {
        Self { field: field.to_owned(), source, code: code.to_owned(), detail: detail.to_owned() }
    }
}
