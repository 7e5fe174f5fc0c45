//! What a token's claims must be, whoever issued it.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

use super::error::TokenError;

/// How far the issuer's clock may be from ours, in seconds.
const LEEWAY_SECONDS: i64 = 60;

/// The longest subject, in bytes (OpenID Connect Core 1.0, section 2).
const MAX_SUBJECT: usize = 255;

/// Where whoever it was issued to may stand, the best first; some providers leave `sub` out of what a client gets for itself.
const SUBJECTS: [&str; 4] = ["sub", "client_id", "azp", "appid"];

/// Checks when a token may be used: until just before `exp`, which it must have, and from `nbf` and `iat`, where it has them.
pub(super) fn check_time(claims: &Map<String, Value>, now: DateTime<Utc>) -> Result<(), TokenError> {
    let now = now.timestamp();
    let expires = seconds(claims, "exp")?.ok_or(TokenError::Malformed)?;
    if now >= expires.saturating_add(LEEWAY_SECONDS) {
        return Err(TokenError::Expired);
    }
    for name in ["nbf", "iat"] {
        if seconds(claims, name)?.is_some_and(|from| now < from.saturating_sub(LEEWAY_SECONDS)) {
            return Err(TokenError::NotYet);
        }
    }
    Ok(())
}

/// A time in whole seconds since 1970. Some issuers write a fraction, which is cut off: a token expires no later for it.
fn seconds(claims: &Map<String, Value>, name: &str) -> Result<Option<i64>, TokenError> {
    let Some(value) = claims.get(name) else { return Ok(None) };
    #[allow(
        clippy::cast_possible_truncation,
        reason = "beyond 64 bits it becomes the furthest time there is"
    )]
    let fraction = || value.as_f64().map(|seconds| seconds.floor() as i64);
    value.as_i64().or_else(fraction).map(Some).ok_or(TokenError::Malformed)
}

/// Checks that a token is meant for this service, or for several of which it is one.
pub(super) fn check_audience(claims: &Map<String, Value>, audience: &str) -> Result<(), TokenError> {
    let is_meant = match claims.get("aud") {
        Some(Value::String(one)) => one == audience,
        Some(Value::Array(several)) => several.iter().any(|one| one.as_str() == Some(audience)),
        _ => false,
    };
    if is_meant { Ok(()) } else { Err(TokenError::WrongAudience) }
}

/// Whoever the token was issued to. It is kept with what they do, so it must be short and without control characters, which
/// a database may refuse.
pub(super) fn subject(claims: &Map<String, Value>) -> Result<&str, TokenError> {
    let subject = SUBJECTS.iter().find_map(|name| claims.get(*name)).and_then(Value::as_str);
    subject
        .filter(|subject| !subject.is_empty() && subject.len() <= MAX_SUBJECT)
        .filter(|subject| !subject.chars().any(char::is_control))
        .ok_or(TokenError::Malformed)
}
