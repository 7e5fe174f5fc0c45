//! Who looked for residents, and had given out or erased what is held on them.

use actix_web::HttpResponse;
use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Subject;
use crate::http::caller::Scope;
use crate::http::contract::{Answer, Call, Nothing, Operation, Tag};
use crate::http::limits;
use crate::problem::Problem;
use crate::storage::personal::access::{self, Access};

/// Which page.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Page {
    /// How many at most.
    #[schemars(range(min = 1, max = limits::PAGE))]
    limit: Option<u32>,
    /// The line after which the page begins: `next` of the page before.
    #[schemars(length(min = 36, max = 36))]
    after: Option<String>,
}

/// Who looked, in order.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PersonalAccesses")]
struct Accesses {
    /// The lines, in order.
    accesses: Vec<AccessView>,
    /// Where the next page begins; null where this is the last.
    next: Option<String>,
}

/// That somebody looked for residents, or had given out or erased what is held on them.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PersonalAccess")]
struct AccessView {
    /// The line's id.
    id: String,
    /// What was done: `search`, `export` or `erase`.
    what: String,
    /// Of whom; those who were found, for a search.
    people: Vec<Subject>,
    /// When.
    at: DateTime<Utc>,
    /// By whom: a key's id, or a token's issuer and subject.
    by: String,
    /// In which request, as `X-Request-Id` had it.
    request_id: String,
}

impl From<Access> for AccessView {
    fn from(access: Access) -> Self {
        Self {
            people: serde_json::from_str(&access.subjects).unwrap_or_default(),
            id: access.id,
            what: access.what,
            at: access.at,
            by: access.by,
            request_id: access.request_id,
        }
    }
}

/// `GET /v1/personal-access`.
pub fn operation() -> Operation {
    Operation::get("/v1/personal-access", "listPersonalAccess", Tag::Personal)
        .says(
            "Who looked for residents, and had given out or erased what is held on them",
            "By ids alone: neither what was looked for nor what was found is kept.",
        )
        .needs(Scope::CasesRead)
        .answers(Answer::json::<Accesses>(200, "The lines."))
        .handled(list)
}

async fn list(call: Call<Nothing, Page>) -> Result<HttpResponse, Problem> {
    let (landlord, page) = (call.caller.landlord, call.query);
    let limit = page.limit.unwrap_or(limits::PAGE).clamp(1, limits::PAGE);
    let after = page.after.and_then(|after| Uuid::parse_str(&after).ok()).unwrap_or_default().to_string();
    let mut found = crate::http::read(call.state, move |_, connection| {
        access::after(connection, &landlord, &after, i64::from(limit) + 1)
    })
    .await?;
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = found.len() > limit;
    found.truncate(limit);
    let next = found.last().map(|access| access.id.clone()).filter(|_| more);
    Ok(HttpResponse::Ok()
        .json(Accesses { accesses: found.into_iter().map(AccessView::from).collect(), next }))
}
