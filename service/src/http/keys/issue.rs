//! A key is issued.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use chrono::{DateTime, SubsecRound, Utc};
use redress_shared::case::record::Label;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{KeyView, generate};
use crate::access::{Role, Scope};
use crate::http::contract::{Answer, Call, Nothing, Operation, Tag};
use crate::http::once::{Reply, answer_once};
use crate::problem::{FieldError, Problem};
use crate::storage::keys::{self, Wanted};

/// A key that is to be issued.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewKey {
    /// What people call it.
    name: Label,
    /// What it is for.
    role: Role,
    /// What it may do over and above its role.
    #[serde(default)]
    #[schemars(length(max = 16))]
    scopes: Vec<Scope>,
    /// From when on it is no longer good; without it, it is good until it is revoked.
    expires_at: Option<DateTime<Utc>>,
}

/// A key that was issued.
#[derive(Debug, Serialize, JsonSchema)]
struct KeyIssued {
    /// The key itself. It is shown this once: null where the answer is given again.
    secret: Option<String>,
    /// What there is to know of it.
    key: KeyView,
}

/// `POST /v1/keys`.
pub fn operation() -> Operation {
    Operation::post("/v1/keys", "issueKey", Tag::Keys)
        .says(
            "A key is issued",
            "For the landlord of the key that asks. The secret is shown in this answer and never again; sent again with the same \
             Idempotency-Key, the answer has none. Whoever may manage keys may give them any scope.",
        )
        .needs(Scope::KeysManage)
        .answers(
            Answer::json::<KeyIssued>(201, "Issued.").header("Location", "The address of what is known of the key."),
        )
        .handled(issue)
        .example(json!({ "name": "Dynamics 365", "role": "integration" }))
}

async fn issue(call: Call<Nothing, Nothing, NewKey>) -> Result<HttpResponse, Problem> {
    let Call { state, caller, body, repeat, .. } = call;
    let now = state.now();
    let expires_at = body.expires_at.map(|end| end.trunc_subsecs(6));
    if expires_at.is_some_and(|end| end <= now) {
        let error = FieldError::at("/expires_at", "a time to come");
        return Err(Problem::malformed(vec![error]));
    }
    let key = generate()?;
    answer_once(state, repeat, move |_, connection| {
        let wanted = Wanted {
            landlord: &caller.landlord,
            name: body.name.as_str(),
            role: body.role,
            scopes: &body.scopes,
            expires_at,
            created_by: &caller.actor,
        };
        let issued = keys::create(connection, &key, &wanted, now)?;
        let address = format!("/v1/keys/{}", issued.id);
        let mut answer = KeyIssued { secret: Some(key.reveal()), key: KeyView::of(issued, now) };
        let reply = Reply::json(StatusCode::CREATED, &answer)?.header("Location", address);
        answer.secret = None;
        Ok(reply.keeping(&answer)?)
    })
    .await
}
