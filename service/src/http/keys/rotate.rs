//! A key is replaced.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use chrono::TimeDelta;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{KeyPath, KeyView, generate};
use crate::access::Scope;
use crate::http::Unwritten;
use crate::http::contract::{Answer, Call, Nothing, Operation, Tag};
use crate::http::once::{Reply, answer_once};
use crate::problem::{Problem, codes};
use crate::storage::keys::{self, NotRotated};

/// How long the old key stays good where that is not said.
const OVERLAP_HOURS: u32 = 24;

/// How a key is to be replaced.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Rotation {
    /// For how many hours the old key stays good; 24 where it is not given.
    #[schemars(range(max = keys::LONGEST_OVERLAP_HOURS))]
    overlap_hours: Option<u32>,
}

/// A key that took another's place.
#[derive(Debug, Serialize, JsonSchema)]
struct KeyRotated {
    /// The new key itself. It is shown this once: null where the answer is given again.
    secret: Option<String>,
    /// What there is to know of the new key.
    key: KeyView,
    /// The old key, with its end.
    replaced: KeyView,
}

/// `POST /v1/keys/{key}/rotate`.
pub fn operation() -> Operation {
    Operation::post("/v1/keys/{key}/rotate", "rotateKey", Tag::Keys)
        .says(
            "A key is replaced",
            "By one of the same name, role and scopes, that is good for as long as the old one was issued for. The old one stays good \
             for the overlap, in which whoever uses it changes over. The secret is shown in this answer and never again.",
        )
        .needs(Scope::KeysManage)
        .fails_with(&[codes::KEY_OVER])
        .answers(Answer::json::<KeyRotated>(201, "Replaced.").header("Location", "The address of what is known of the new key."))
        .handled(rotate)
        .example(json!({ "overlap_hours": 24 }))
}

async fn rotate(call: Call<KeyPath, Nothing, Rotation>) -> Result<HttpResponse, Problem> {
    let Call { state, caller, path, body, repeat, .. } = call;
    let now = state.now();
    let overlap = TimeDelta::hours(i64::from(body.overlap_hours.unwrap_or(OVERLAP_HOURS)));
    let key = generate()?;
    answer_once(state, repeat, move |_, connection| {
        let by = (caller.actor.as_str(), now);
        let (new, old) = keys::rotate(connection, (&caller.landlord, path.key), &key, overlap, by)?;
        let address = format!("/v1/keys/{}", new.id);
        let mut answer = KeyRotated {
            secret: Some(key.reveal()),
            key: KeyView::of(new, now),
            replaced: KeyView::of(old, now),
        };
        let reply = Reply::json(StatusCode::CREATED, &answer)?.header("Location", address);
        answer.secret = None;
        Ok(reply.keeping(&answer)?)
    })
    .await
}

impl From<NotRotated> for Unwritten {
    fn from(error: NotRotated) -> Self {
        match error {
            NotRotated::NoSuchKey => Problem::not_found("key").into(),
            NotRotated::Over => Problem::new(codes::KEY_OVER, error.to_string()).into(),
            NotRotated::Storage(error) => error.into(),
        }
    }
}
