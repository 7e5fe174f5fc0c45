//! What is held on people: to be found, given out, erased, and kept from being erased.

mod access;
mod erase;
mod export;
mod hold;
mod retention;
mod search;

use redress_shared::case::CaseId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use access::operation as access;
pub use erase::{of_case as erase_case, of_people as erase_people};
pub use export::operation as export;
pub use hold::{lift as lift_hold, place as place_hold, show as show_hold};
pub use retention::operation as retention;
pub use search::operation as search;

use crate::http::Unwritten;
use crate::problem::{FieldError, Problem, codes};
use crate::storage::personal::erasures::Whose;
use crate::use_cases::personal::erase::{NotErased, Target};

/// The most cases that one request names.
const MOST: usize = 100;

/// Somebody on a case: one of its residents, or whoever speaks for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Subject {
    /// The case.
    case: CaseId,
    /// Which of its residents, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1))]
    resident: Option<u16>,
    /// Whether it is the representative instead.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    representative: bool,
}

impl Subject {
    fn target(self) -> Option<Target> {
        let whose = match (self.resident, self.representative) {
            (Some(number), false) => Whose::Resident(number),
            (None, true) => Whose::Representative,
            _ => return None,
        };
        Some(Target { case: self.case, whose })
    }
}

impl From<Target> for Subject {
    fn from(target: Target) -> Self {
        let (resident, representative) = match target.whose {
            Whose::Case => (None, false),
            Whose::Resident(number) => (Some(number), false),
            Whose::Representative => (None, true),
        };
        Self { case: target.case, resident, representative }
    }
}

/// What is asked for, as targets, each once.
fn targets(subjects: &[Subject]) -> Result<Vec<Target>, Problem> {
    let mut wrong = Vec::new();
    let mut targets = Vec::new();
    for (index, subject) in subjects.iter().enumerate() {
        match subject.target() {
            Some(target) if !targets.contains(&target) => targets.push(target),
            Some(_) => {}
            None => wrong.push(FieldError::at(
                format!("/people/{index}"),
                "either `resident`, counted from 1, or `representative`: true",
            )),
        }
    }
    if wrong.is_empty() { Ok(targets) } else { Err(Problem::malformed(wrong)) }
}

/// The subjects as they are written down: ids alone.
fn written(targets: &[Target]) -> String {
    let subjects: Vec<Subject> = targets.iter().map(|target| Subject::from(*target)).collect();
    serde_json::to_string(&subjects).unwrap_or_default()
}

impl From<NotErased> for Problem {
    fn from(error: NotErased) -> Self {
        match error {
            NotErased::Nobody { .. } => Self::not_found("case, or nobody of that description on it"),
            NotErased::StillOpen(_) => Self::new(codes::STILL_OPEN, error.to_string()),
            NotErased::OnHold(_) => Self::new(codes::ON_HOLD, error.to_string()),
            NotErased::Storage(error) => error.into(),
        }
    }
}

impl From<NotErased> for Unwritten {
    fn from(error: NotErased) -> Self {
        match error {
            NotErased::Storage(error) => Self::Storage(error),
            error => Self::Problem(error.into()),
        }
    }
}
