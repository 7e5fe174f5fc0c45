//! Errors as RFC 9457 problem details. Each says what is wrong, which rule, where it is written, and what to do.
//!
//! What kinds there are stands in [`codes`]; a field of a request that is wrong is a [`FieldError`].

pub mod codes;
mod field;

use std::borrow::Cow;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError};
use redress_shared::case::refusal::{Refusal, RefusalCode};
use redress_shared::letter::Missing;
use schemars::JsonSchema;
use serde::Serialize;

pub use self::field::FieldError;

use self::codes::Own;
use crate::rulebook::NoRules;
use crate::storage::StorageError;
use crate::use_cases::execute::ExecuteError;

/// A problem. Boxed, because it is the rare way out of nearly every function here.
#[derive(Debug, Clone)]
pub struct Problem(Box<Details>);

/// What went wrong, as RFC 9457 has it.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(rename = "Problem")]
pub struct Details {
    /// A URI for the kind of problem; relative, and stable as the code is. It can be looked up.
    #[serde(rename = "type")]
    #[schemars(extend("format" = "uri-reference"))]
    kind: String,
    /// The kind in a few words.
    title: &'static str,
    /// The HTTP status.
    status: u16,
    /// The stable word.
    code: Cow<'static, str>,
    /// What is wrong here.
    detail: String,
    /// The clause or provision, for instance `Hartlepool 5.2, Code 6.3`.
    #[serde(skip_serializing_if = "Option::is_none")]
    clause: Option<String>,
    /// What to do instead.
    hint: String,
    /// Every field of the request that is wrong, at most 50.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<FieldError>,
    /// Everything that a letter leaves out, with the clause or provision that wants it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    missing: Vec<Missing>,
    /// The id of the request, as the header `X-Request-Id` has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<String>,
    /// Headers that the status calls for.
    #[serde(skip)]
    headers: Vec<(&'static str, String)>,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}: {}", self.0.code, self.0.detail)
    }
}

impl Problem {
    /// A problem of this kind.
    #[must_use]
    pub fn new(code: &'static Own, detail: impl Into<String>) -> Self {
        Self::of(code.code, code.status, code.title, detail.into(), code.remedy.to_owned())
    }

    fn of(code: &'static str, status: u16, title: &'static str, detail: String, hint: String) -> Self {
        Self(Box::new(Details {
            kind: format!("/problems/{code}"),
            title,
            status,
            code: Cow::Borrowed(code),
            detail,
            clause: None,
            hint,
            errors: Vec::new(),
            missing: Vec::new(),
            request_id: None,
            headers: Vec::new(),
        }))
    }

    /// The same, with what to do.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.0.hint = hint.into();
        self
    }

    /// The same, with a header that its status calls for.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.0.headers.push((name, value.into()));
        self
    }

    /// The same, with the fields that are at fault, at most [`FieldError::LIMIT`] of them.
    #[must_use]
    pub fn naming(mut self, mut errors: Vec<FieldError>) -> Self {
        errors.truncate(FieldError::LIMIT);
        self.0.errors = errors;
        self
    }

    /// The same, with what a letter leaves out.
    #[must_use]
    pub fn missing(mut self, missing: Vec<Missing>) -> Self {
        self.0.missing = missing;
        self
    }

    /// Whether the fault lies with the request, rather than with the service.
    #[must_use]
    pub fn is_of_the_request(&self) -> bool {
        self.0.status < 500
    }

    /// The stable word.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.0.code
    }

    /// Whether the rules of the procedure refused, and nothing was wrong with the request.
    #[must_use]
    pub fn is_refusal(&self) -> bool {
        self.0.title == codes::REFUSED
    }

    /// The fields that are wrong.
    #[must_use]
    pub fn errors(&self) -> &[FieldError] {
        &self.0.errors
    }

    /// Something that is not there, or not this landlord's.
    #[must_use]
    pub fn not_found(what: &str) -> Self {
        Self::new(codes::NOT_FOUND, format!("there is no such {what}"))
    }

    /// What is to be changed is not what the caller has seen; its tag is this, unquoted.
    #[must_use]
    pub fn stale(detail: impl Into<String>, tag: &str) -> Self {
        Self::new(codes::STALE, detail).header("ETag", format!("\"{tag}\""))
    }

    /// A request with fields that cannot be read. They are named in order, at most [`FieldError::LIMIT`] of them.
    #[must_use]
    pub fn malformed(mut errors: Vec<FieldError>) -> Self {
        errors.sort();
        errors.dedup();
        let detail = match errors.as_slice() {
            [] => "the request cannot be read".to_owned(),
            [one] => one.detail().to_owned(),
            many if many.len() > FieldError::LIMIT => {
                format!("{} fields are wrong; `errors` names the first {}", many.len(), FieldError::LIMIT)
            }
            many => format!("{} fields are wrong; `errors` names them", many.len()),
        };
        errors.truncate(FieldError::LIMIT);
        let mut problem = Self::new(codes::MALFORMED, detail);
        problem.0.errors = errors;
        problem
    }

    /// The same problem of a request that says in its body what another says in its query: the fields at fault are there.
    #[must_use]
    pub fn of_the_body(mut self) -> Self {
        self.0.errors = self.0.errors.into_iter().map(FieldError::in_body).collect();
        self
    }

    /// The database had no time for it.
    #[must_use]
    pub fn busy() -> Self {
        let detail = "the database was busy for too long; nothing of the request was kept";
        Self::new(codes::BUSY, detail).header("Retry-After", "1")
    }

    /// Something that went wrong on our side; the detail goes to the log and not to the caller.
    #[must_use]
    pub fn internal() -> Self {
        Self::new(codes::INTERNAL, "the service failed; nothing of the request was kept")
    }

    /// The answer, with the id of the request.
    #[must_use]
    pub fn respond(mut self, request_id: &str) -> HttpResponse {
        self.0.request_id = Some(request_id.to_owned());
        self.error_response()
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.0.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn error_response(&self) -> HttpResponse {
        let body = serde_json::to_string(&self.0).unwrap_or_default();
        let mut response = HttpResponse::build(self.status_code());
        for (name, value) in &self.0.headers {
            response.insert_header((*name, value.as_str()));
        }
        response.content_type("application/problem+json").body(body)
    }
}

impl From<&Refusal> for Problem {
    fn from(refusal: &Refusal) -> Self {
        let (message, hint) = (refusal.message.clone(), refusal.hint.clone());
        let mut problem = Self::of(refusal.code.as_str(), 409, codes::REFUSED, message, hint);
        problem.0.clause = Some(refusal.citation.to_string()).filter(|clause| !clause.is_empty());
        problem
    }
}

impl From<StorageError> for Problem {
    fn from(error: StorageError) -> Self {
        if let StorageError::OutcomeUnknown(_) = error {
            tracing::error!(%error, "nobody knows whether a transaction was committed");
            let detail = "the database was lost while it kept the request";
            return Self::new(codes::OUTCOME_UNKNOWN, detail).header("Retry-After", "1");
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
        let hint = "check the date; a policy or Code that covers it must be loaded before";
        let code = RefusalCode::NoRulesInForce.as_str();
        Self::of(code, 409, codes::REFUSED, error.to_string(), hint.to_owned())
    }
}

impl From<ExecuteError> for Problem {
    fn from(error: ExecuteError) -> Self {
        match error {
            ExecuteError::NoSuchCase => Self::not_found("case"),
            ExecuteError::Stale { actual } => Self::stale(error.to_string(), &actual.to_string()),
            ExecuteError::ReferenceTaken { index, ref case } => {
                let pointer = format!("/content/references/{index}");
                Self::new(codes::REFERENCE_TAKEN, error.to_string())
                    .hint(format!("that case is {case}"))
                    .naming(vec![FieldError::at(pointer, "another case has it")])
            }
            ExecuteError::Refused(refusal) => Self::from(refusal.as_ref()),
            ExecuteError::NoRules(error) => error.into(),
            ExecuteError::OutOfRange(detail) => Self::malformed(vec![FieldError::at("/content", detail)]),
            ExecuteError::Storage(error) => error.into(),
        }
    }
}
