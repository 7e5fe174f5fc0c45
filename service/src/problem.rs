//! Errors as RFC 9457 problem details. Each says what is wrong, which rule, where it is written, and what to do.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError};
use redress_shared::case::refusal::{Refusal, RefusalCode};
use serde::Serialize;

use crate::rulebook::NoRules;
use crate::storage::StorageError;
use crate::use_cases::execute::ExecuteError;

/// A problem. Boxed, because it is the rare way out of nearly every function here.
#[derive(Debug, Clone)]
pub struct Problem(Box<Details>);

/// A problem, as it goes out.
#[derive(Debug, Clone, Serialize)]
struct Details {
    /// A URI for the kind of problem; relative, and stable as the code is.
    #[serde(rename = "type")]
    kind: String,
    /// The kind in a few words.
    title: &'static str,
    /// The HTTP status.
    status: u16,
    /// The stable word.
    code: String,
    /// What is wrong here.
    detail: String,
    /// The clause or provision, for instance `Hartlepool 5.2, Code 6.3`.
    #[serde(skip_serializing_if = "Option::is_none")]
    clause: Option<String>,
    /// What to do instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<String>,
    /// Where in the body, as a JSON pointer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pointer: Option<String>,
    /// A header that the status calls for.
    #[serde(skip)]
    header: Option<(&'static str, &'static str)>,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}: {}", self.0.code, self.0.detail)
    }
}

impl Problem {
    /// A problem with its status, title, code and detail.
    #[must_use]
    pub fn new(status: StatusCode, title: &'static str, code: &str, detail: impl Into<String>) -> Self {
        Self(Box::new(Details {
            kind: format!("/problems/{code}"),
            title,
            status: status.as_u16(),
            code: code.to_owned(),
            detail: detail.into(),
            clause: None,
            hint: None,
            pointer: None,
            header: None,
        }))
    }

    /// The same, with what to do.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.0.hint = Some(hint.into());
        self
    }

    /// The same, with its pointer changed.
    #[must_use]
    pub fn pointing(mut self, change: impl FnOnce(Option<&str>) -> String) -> Self {
        self.0.pointer = Some(change(self.0.pointer.as_deref()));
        self
    }

    /// The same, with a header that its status calls for.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: &'static str) -> Self {
        self.0.header = Some((name, value));
        self
    }

    /// Something that is not there, or not this landlord's.
    #[must_use]
    pub fn not_found(what: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, "Not found", "not-found", format!("there is no such {what}"))
            .hint("check the address")
    }

    /// A body or query that cannot be read.
    #[must_use]
    pub fn malformed(detail: impl Into<String>, pointer: Option<String>) -> Self {
        let mut problem = Self::new(StatusCode::UNPROCESSABLE_ENTITY, "Not readable", "malformed", detail)
            .hint("see the README's table of addresses, and its list of commands");
        problem.0.pointer = pointer;
        problem
    }

    /// The database had no time for it.
    #[must_use]
    pub fn busy() -> Self {
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "Busy",
            "busy",
            "the database was busy for too long; nothing of the request was kept",
        )
        .hint("try again in a moment")
        .header("Retry-After", "1")
    }

    /// The database was lost in the middle of a commit.
    #[must_use]
    pub fn outcome_unknown() -> Self {
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "Not known whether it was kept",
            "outcome-unknown",
            "the database was lost while it kept the request; it may have been kept, or not",
        )
        .hint(
            "send the same request with the same Idempotency-Key again, or read the case before trying anew",
        )
        .header("Retry-After", "1")
    }

    /// Something that went wrong on our side; the detail goes to the log and not to the caller.
    #[must_use]
    pub fn internal() -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "Something went wrong",
            "internal",
            "the service failed; nothing of the request was kept",
        )
        .hint("try again; tell the operator if it happens again")
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.0.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn error_response(&self) -> HttpResponse {
        let body = serde_json::to_string(&self.0).unwrap_or_default();
        let mut response = HttpResponse::build(self.status_code());
        if let Some(header) = self.0.header {
            response.insert_header(header);
        }
        response.content_type("application/problem+json").body(body)
    }
}

impl From<&Refusal> for Problem {
    fn from(refusal: &Refusal) -> Self {
        let mut problem = Self::new(
            StatusCode::CONFLICT,
            "The rules do not allow it",
            refusal.code.as_str(),
            refusal.message.clone(),
        )
        .hint(refusal.hint.clone());
        problem.0.clause = Some(refusal.citation.to_string()).filter(|clause| !clause.is_empty());
        problem
    }
}

impl From<StorageError> for Problem {
    fn from(error: StorageError) -> Self {
        if let StorageError::OutcomeUnknown(_) = error {
            tracing::error!(%error, "nobody knows whether a transaction was committed");
            return Self::outcome_unknown();
        }
        if error.is_busy() {
            tracing::warn!(%error, "the database is busy");
            return Self::busy();
        }
        tracing::error!(%error, "storage failed");
        Self::internal()
    }
}

impl From<NoRules> for Problem {
    fn from(error: NoRules) -> Self {
        Self::new(
            StatusCode::CONFLICT,
            "No rules for that day",
            RefusalCode::NoRulesInForce.as_str(),
            error.to_string(),
        )
        .hint("check the date; a policy or Code that covers it must be loaded before")
    }
}

impl From<ExecuteError> for Problem {
    fn from(error: ExecuteError) -> Self {
        match error {
            ExecuteError::NoSuchCase => Self::not_found("case"),
            ExecuteError::Stale { .. } => {
                Self::new(StatusCode::PRECONDITION_FAILED, "The case has changed", "stale", error.to_string())
                    .hint("read the case again and decide anew")
            }
            ExecuteError::ReferenceTaken { ref case, .. } => {
                let hint = format!("that case is {case}");
                Self::new(
                    StatusCode::CONFLICT,
                    "The reference is taken",
                    "reference-taken",
                    error.to_string(),
                )
                .hint(hint)
            }
            ExecuteError::Refused(refusal) => Self::from(refusal.as_ref()),
            ExecuteError::NoRules(error) => error.into(),
            ExecuteError::OutOfRange(detail) => Self::malformed(detail, None),
            ExecuteError::Storage(error) => error.into(),
        }
    }
}
