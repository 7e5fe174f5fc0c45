//! The headers that mean something to the service.

use actix_web::HttpRequest;
use uuid::Uuid;

use crate::http::limits::IDEMPOTENCY_KEY;
use crate::problem::FieldError;

/// The header that a request is recognised by, in the log and in problems.
pub const REQUEST_ID: &str = "X-Request-Id";
/// The header that makes a command be carried out once, however often it is sent.
pub const IDEMPOTENCY: &str = "Idempotency-Key";

/// The caller's id for the request where it has the form of one, else a new one.
#[must_use]
pub fn request_id(request: &HttpRequest) -> String {
    let given = request.headers().get(REQUEST_ID).and_then(|value| value.to_str().ok());
    match given.filter(|id| is_request_id(id)) {
        Some(id) => id.to_owned(),
        None => Uuid::now_v7().to_string(),
    }
}

fn is_request_id(id: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
    (1..=64).contains(&id.len()) && id.bytes().all(allowed)
}

/// The key under which the answer is kept.
///
/// # Errors
/// When it is there, and too long or not printable.
pub fn idempotency_key(request: &HttpRequest) -> Result<Option<String>, FieldError> {
    let Some(text) = single(request, IDEMPOTENCY)? else { return Ok(None) };
    let printable = text.bytes().all(|byte| byte.is_ascii_graphic());
    if printable && (1..=IDEMPOTENCY_KEY).contains(&text.len()) {
        return Ok(Some(text.to_owned()));
    }
    let detail = format!("expected 1 to {IDEMPOTENCY_KEY} visible ASCII characters");
    Err(FieldError::header(IDEMPOTENCY, detail))
}

fn single<'a>(request: &'a HttpRequest, name: &'static str) -> Result<Option<&'a str>, FieldError> {
    let mut all = request.headers().get_all(name);
    let Some(first) = all.next() else { return Ok(None) };
    if all.next().is_some() {
        return Err(FieldError::header(name, "given twice"));
    }
    first.to_str().map(Some).map_err(|_| FieldError::header(name, "expected visible ASCII characters"))
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::{idempotency_key, request_id};

    #[test]
    fn an_id_of_the_callers_is_taken_where_it_can_stand_in_a_log() {
        let of = |text: &str| {
            request_id(&TestRequest::default().insert_header(("X-Request-Id", text)).to_http_request())
        };
        assert_eq!(of("crm-1.a_B"), "crm-1.a_B");
        for bad in ["", "a b", "a\"b", &"x".repeat(65)] {
            assert_ne!(of(bad), bad);
            assert_eq!(of(bad).len(), 36);
        }
    }

    #[test]
    fn an_idempotency_key_has_an_end() {
        let of = |text: &str| {
            idempotency_key(
                &TestRequest::default().insert_header(("Idempotency-Key", text)).to_http_request(),
            )
        };
        assert_eq!(of("a"), Ok(Some("a".to_owned())));
        assert!(of(&"x".repeat(255)).is_ok() && of(&"x".repeat(256)).is_err() && of("").is_err());
    }
}
