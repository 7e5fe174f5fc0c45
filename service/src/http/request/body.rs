//! Reading a body.

use std::time::Duration;

use actix_web::HttpRequest;
use actix_web::http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE};
use actix_web::web::Payload;
use serde_json::Value;
use tokio::time::timeout;

use super::strict;
use super::wording::without_input;
use crate::http::limits::BODY;
use crate::problem::{FieldError, Problem, codes};

/// Reads a JSON body.
///
/// # Errors
/// 415 for what is not declared to be JSON; 413 for a body over the limit; 408 for one that does not come in time; 422 for one that is no
/// JSON, with the line.
pub async fn read(request: &HttpRequest, payload: Payload, within: Duration) -> Result<Value, Problem> {
    declared(request)?;
    let length = request.headers().get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
    if length.is_some_and(|length: u64| length > BODY as u64) {
        return Err(too_large());
    }
    let coming = timeout(within, payload.to_bytes_limited(BODY)).await;
    let come = coming.map_err(|_| Problem::new(codes::TOO_SLOW, "the body did not come in time"))?;
    let bytes = come.map_err(|_| too_large())?;
    let bytes = bytes.map_err(|_| unreadable("the body did not arrive whole"))?;
    strict::read(&bytes).map_err(|error| unreadable(&without_input(&error.to_string())))
}

/// Whether a file is said to be of one of these media types; `*/*` is any.
///
/// # Errors
/// 415 where it is not, or is compressed on the way.
pub fn declared_as(request: &HttpRequest, media_types: &[&str]) -> Result<(), Problem> {
    let header = |name| request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let said = header(CONTENT_TYPE).split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let known = media_types.iter().any(|media_type| *media_type == "*/*" || *media_type == said);
    let encoding = header(CONTENT_ENCODING).trim();
    if said.is_empty() || !known || !(encoding.is_empty() || encoding.eq_ignore_ascii_case("identity")) {
        let detail = format!("the body is not declared to be one of: {}", media_types.join(", "));
        return Err(Problem::new(codes::MEDIA_TYPE, detail));
    }
    Ok(())
}

fn unreadable(detail: &str) -> Problem {
    Problem::malformed(vec![FieldError::at("", detail)])
}

fn too_large() -> Problem {
    Problem::new(codes::TOO_LARGE, format!("a body has at most {BODY} bytes"))
}

/// Whether the body is said to be what the service reads.
fn declared(request: &HttpRequest) -> Result<(), Problem> {
    let header = |name| request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let encoding = header(CONTENT_ENCODING).trim();
    if !is_json(header(CONTENT_TYPE)) || !(encoding.is_empty() || encoding.eq_ignore_ascii_case("identity")) {
        return Err(Problem::new(codes::MEDIA_TYPE, "the body is not declared to be uncompressed JSON"));
    }
    Ok(())
}

/// `application/json` or another type whose name ends in `+json`, in UTF-8 where it says in what.
fn is_json(declared: &str) -> bool {
    let mut parts = declared.split(';').map(str::trim);
    let kind = parts.next().unwrap_or_default().to_ascii_lowercase();
    let json = kind == "application/json"
        || kind.strip_prefix("application/").is_some_and(|rest| rest.len() > 5 && rest.ends_with("+json"));
    json && parts.all(|parameter| match parameter.split_once('=') {
        Some((name, value)) if name.eq_ignore_ascii_case("charset") => {
            value.trim_matches('"').eq_ignore_ascii_case("utf-8")
        }
        _ => true,
    })
}

#[cfg(test)]
mod tests {
    use super::is_json;

    #[test]
    fn json_is_what_says_so_and_is_not_in_another_charset() {
        for yes in [
            "application/json",
            "Application/JSON",
            "application/json; charset=utf-8",
            "application/json;charset=\"UTF-8\"",
            "application/vnd.crm+json",
        ] {
            assert!(is_json(yes), "{yes}");
        }
        for no in
            ["", "text/json", "application/jsonx", "application/+json", "application/json; charset=latin1"]
        {
            assert!(!is_json(no), "{no}");
        }
    }
}
