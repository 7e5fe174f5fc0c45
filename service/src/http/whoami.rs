//! Who asks, told to whoever asks.

use actix_web::HttpResponse;
use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::Serialize;

use super::contract::{Answer, Call, Operation, Tag};
use crate::access::{Role, Scope};
use crate::problem::Problem;

/// Whoever asks.
#[derive(Debug, Serialize, JsonSchema)]
struct Whoami {
    /// The one landlord whose cases are open to them.
    landlord: String,
    /// Who: a key's id, or a token's issuer and subject.
    actor: String,
    /// What they are to the landlord.
    role: Role,
    /// Everything that they may do.
    scopes: Vec<Scope>,
    /// What the key begins with; null with a token.
    prefix: Option<String>,
    /// From when on the key is no longer good; null where it has no end, and with a token, which says so itself.
    expires_at: Option<DateTime<Utc>>,
}

/// `GET /v1/whoami`.
pub fn operation() -> Operation {
    Operation::get("/v1/whoami", "whoAmI", Tag::Keys)
        .says("Who asks", "The landlord, role and scopes of the key or token that the request carries.")
        .answers(Answer::json::<Whoami>(200, "Whoever asks."))
        .handled(show)
}

async fn show(call: Call) -> Result<HttpResponse, Problem> {
    let caller = call.caller;
    let shown = Whoami {
        landlord: caller.landlord,
        actor: caller.actor,
        role: caller.role,
        scopes: caller.scopes.into_iter().collect(),
        prefix: caller.prefix.map(|prefix| format!("{}{prefix}", crate::access::key::MARK)),
        expires_at: caller.expires_at,
    };
    Ok(HttpResponse::Ok().json(shown))
}
