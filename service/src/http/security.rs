//! The headers that every answer has.
//!
//! `Strict-Transport-Security` is not among them: whether the service is reached by TLS alone is known to the proxy in front of it,
//! which has to send it.

use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, HeaderValue, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
    X_FRAME_OPTIONS,
};
use actix_web::{HttpRequest, HttpResponse};

use super::request::headers::REQUEST_ID;

/// An answer of the API is no page: a browser loads nothing on its account.
const FOR_ANSWERS: &str = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
/// The documentation's pages load their own script, style and pictures, and call this service; nothing else. Swagger UI sets styles
/// from its script and draws its signs from data addresses.
const FOR_PAGES: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/// Gives an answer the headers that all answers have.
pub fn dress(request: &HttpRequest, response: &mut HttpResponse, request_id: &str) {
    let page = request.uri().path().starts_with("/docs");
    let policy = if page { FOR_PAGES } else { FOR_ANSWERS };
    let headers = response.headers_mut();
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    if !headers.contains_key(CONTENT_SECURITY_POLICY) {
        headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    }
    if !headers.contains_key(CACHE_CONTROL) {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    if let (Ok(name), Ok(value)) = (HeaderName::try_from(REQUEST_ID), HeaderValue::try_from(request_id)) {
        headers.insert(name, value);
    }
}
