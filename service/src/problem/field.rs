//! A field of a request that is wrong.

use schemars::JsonSchema;
use serde::Serialize;

/// Where a field of a request is, and what is wrong with it; never what the caller wrote there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct FieldError {
    /// Where in the body, as a JSON pointer (RFC 6901); empty for the body as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pointer: Option<String>,
    /// Which parameter of the query.
    #[serde(skip_serializing_if = "Option::is_none")]
    parameter: Option<String>,
    /// Which header.
    #[serde(skip_serializing_if = "Option::is_none")]
    header: Option<String>,
    /// What is wrong with it.
    detail: String,
}

impl FieldError {
    /// The most that one problem names.
    pub const LIMIT: usize = 50;

    /// A place in the body.
    #[must_use]
    pub fn at(pointer: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { pointer: Some(pointer.into()), parameter: None, header: None, detail: detail.into() }
    }

    /// A parameter of the query.
    #[must_use]
    pub fn parameter(name: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { pointer: None, parameter: Some(name.into()), header: None, detail: detail.into() }
    }

    /// A header.
    #[must_use]
    pub fn header(name: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { pointer: None, parameter: None, header: Some(name.into()), detail: detail.into() }
    }

    /// The same field of a body, where it is a parameter of the query.
    #[must_use]
    pub fn in_body(self) -> Self {
        match self.parameter {
            Some(name) => Self::at(format!("/{name}"), self.detail),
            None => self,
        }
    }

    /// Whether it is of that parameter of the query.
    #[must_use]
    pub fn is_of_parameter(&self, name: &str) -> bool {
        self.parameter.as_deref() == Some(name)
    }

    /// What is wrong.
    #[must_use]
    pub fn detail(&self) -> &str {
        &self.detail
    }
}
