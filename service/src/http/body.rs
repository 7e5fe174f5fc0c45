//! Reading bodies and queries, with an error that says where.

use actix_web::http::StatusCode;
use actix_web::web::Bytes;
use serde::de::DeserializeOwned;

use crate::problem::Problem;

/// What the framework made of reading a body.
pub type Body = Result<Bytes, actix_web::Error>;

/// Reads a JSON body.
///
/// # Errors
/// 413 for a body over the limit; 422 with a pointer for one that is not the JSON wanted.
pub fn json<T: DeserializeOwned>(body: Body) -> Result<T, Problem> {
    let bytes = body.map_err(|error| too_large(&error))?;
    let mut deserializer = serde_json::Deserializer::from_slice(&bytes);
    let value = serde_path_to_error::deserialize(&mut deserializer)
        .map_err(|error| Problem::malformed(error.inner().to_string(), pointer(error.path())))?;
    deserializer.end().map_err(|error| Problem::malformed(error.to_string(), None))?;
    Ok(value)
}

/// Reads what has been read as JSON already.
///
/// # Errors
/// 422 with a pointer.
pub fn part<T: DeserializeOwned>(value: serde_json::Value) -> Result<T, Problem> {
    serde_path_to_error::deserialize(value)
        .map_err(|error| Problem::malformed(error.inner().to_string(), pointer(error.path())))
}

fn pointer(path: &serde_path_to_error::Path) -> Option<String> {
    use serde_path_to_error::Segment;
    let steps: Vec<String> = path
        .iter()
        .filter_map(|segment| match segment {
            Segment::Seq { index } => Some(index.to_string()),
            Segment::Map { key } => Some(key.replace('~', "~0").replace('/', "~1")),
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
