//! Who asks, as HTTP says it: the problems of those who are not let in.

use actix_web::HttpRequest;
use actix_web::web::Data;
use serde_json::Value;

use crate::access::caller::{Stranger, who};
use crate::access::content;
use crate::application::State;
use crate::problem::{FieldError, Problem, codes};

pub use crate::access::{Caller, Scope};

/// Who asks.
///
/// # Errors
/// 401 where that is not said, or not to be believed; 503 where nobody can tell.
pub async fn access(request: &HttpRequest, state: &Data<State>) -> Result<Caller, Problem> {
    Ok(who(state, request).await?)
}

/// Refuses whoever does not have a scope.
///
/// # Errors
/// 403, with the scope's name.
pub fn ensure(caller: &Caller, scope: Scope) -> Result<(), Problem> {
    if caller.may(scope) { Ok(()) } else { Err(missing(scope)) }
}

/// Refuses a command in which there is something that the caller may not send.
///
/// # Errors
/// 403, with a scope's name and the places that want it.
pub fn ensure_content(caller: &Caller, verb: &str, body: &Value) -> Result<(), Problem> {
    let Some(content) = body.get("content") else { return Ok(()) };
    let lacking: Vec<_> = content::wanted(verb, content).filter(|(scope, _)| !caller.may(*scope)).collect();
    let Some((first, _)) = lacking.first() else { return Ok(()) };
    let place = |(scope, pointer): &(Scope, String)| {
        FieldError::at(format!("/content{pointer}"), format!("only with the scope `{scope}`"))
    };
    Err(missing(*first).naming(lacking.iter().map(place).collect()))
}

fn missing(scope: Scope) -> Problem {
    Problem::new(codes::SCOPE_MISSING, format!("that needs the scope `{scope}`"))
}

/// What is answered where nobody says who asks.
#[must_use]
pub fn no_key() -> Problem {
    Problem::new(codes::NO_KEY, "the request carries no key")
        .header("WWW-Authenticate", "Bearer realm=\"redress\"")
}

impl From<Stranger> for Problem {
    fn from(stranger: Stranger) -> Self {
        match stranger {
            Stranger::NoKey => no_key(),
            Stranger::NotValid => Self::new(codes::KEY_NOT_VALID, stranger.to_string())
                .header("WWW-Authenticate", "Bearer realm=\"redress\", error=\"invalid_token\""),
            Stranger::IssuerAway => {
                Self::new(codes::ISSUER_AWAY, stranger.to_string()).header("Retry-After", "5")
            }
            Stranger::Storage(error) => error.into(),
        }
    }
}
