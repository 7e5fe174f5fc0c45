//! Reading bodies and queries, with an error that says where.

use actix_web::http::StatusCode;
use actix_web::web::Bytes;
use serde::de::DeserializeOwned;

use super::strict::Strict;
use super::wording::{is_name, without_input};
use crate::problem::Problem;

/// What the framework made of reading a body.
pub type Body = Result<Bytes, actix_web::Error>;

/// Reads a JSON body.
///
/// # Errors
/// 413 for a body over the limit; 422 for one that is no JSON, with the line, or not the object wanted, with a pointer.
pub fn json<T: DeserializeOwned>(body: Body) -> Result<T, Problem> {
    let bytes = body.map_err(|error| too_large(&error))?;
    let Strict(value) = serde_json::from_slice(&bytes)
        .map_err(|error| Problem::malformed(without_input(&error.to_string()), None))?;
    object(&value, None)?;
    part(value)
}

/// Refuses what is no object: serde would take a list for one, its fields in order.
///
/// # Errors
/// 422 with the pointer.
pub fn object(value: &serde_json::Value, pointer: Option<&str>) -> Result<(), Problem> {
    if value.is_object() {
        return Ok(());
    }
    Err(Problem::malformed("expected an object", pointer.map(str::to_owned)))
}

/// Reads what has been read as JSON already.
///
/// # Errors
/// 422 with a pointer.
pub fn part<T: DeserializeOwned>(value: serde_json::Value) -> Result<T, Problem> {
    serde_path_to_error::deserialize(value)
        .map_err(|error| Problem::malformed(without_input(&error.inner().to_string()), pointer(error.path())))
}

/// Where, as far as the names on the way there are names and not the caller's words.
fn pointer(path: &serde_path_to_error::Path) -> Option<String> {
    use serde_path_to_error::Segment;
    let steps: Vec<String> = path
        .iter()
        .take_while(|segment| !matches!(segment, Segment::Map { key } if !is_name(key)))
        .filter_map(|segment| match segment {
            Segment::Seq { index } => Some(index.to_string()),
            Segment::Map { key } => Some(key.clone()),
            Segment::Enum { .. } | Segment::Unknown => None,
        })
        .collect();
    (!steps.is_empty()).then(|| format!("/{}", steps.join("/")))
}

fn too_large(error: &actix_web::Error) -> Problem {
    let status = error.as_response_error().status_code();
    if status == StatusCode::PAYLOAD_TOO_LARGE {
        return Problem::new(
            status,
            "Too large",
            "too-large",
            format!("a body has at most {} bytes", super::BODY_LIMIT),
        )
        .hint("send less at once");
    }
    Problem::malformed("the body could not be read", None)
}
