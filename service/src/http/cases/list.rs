//! Many cases.

use actix_web::HttpResponse;
use chrono::NaiveDate;
use redress_shared::case::words::{Kind, Phase};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::http::caller::Scope;
use crate::http::contract::{Answer, Call, Nothing, Operation, Tag};
use crate::http::limits::PAGE;
use crate::problem::{FieldError, Problem};
use crate::storage::events;
use crate::storage::read::{self, CaseFilter, CaseLine};

/// What to list.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Listing {
    /// Only cases that stand there.
    phase: Option<Phase>,
    /// Only cases that are this.
    kind: Option<Kind>,
    /// The case with this reference of the CRM's, as `system:value`. It stands alone: it finds one case or none.
    #[schemars(extend("pattern" = "^[^:]+:.+$"))]
    reference: Option<String>,
    /// The `next` of the answer before.
    #[schemars(length(max = 60))]
    after: Option<String>,
    /// How many at most; 200 where it is not given.
    #[schemars(range(min = 1, max = 200))]
    limit: Option<u32>,
}

/// Cases in a list.
#[derive(Debug, Serialize, JsonSchema)]
struct Cases {
    /// The cases, in order of receipt.
    cases: Vec<Listed>,
    /// What to send as `after` to have the next page; null where there is none.
    next: Option<String>,
}

/// A case in a list; of one that was looked up by its reference, the id alone.
#[derive(Debug, Default, Serialize, JsonSchema)]
struct Listed {
    /// Its id.
    id: String,
    /// The number of events so far.
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<i32>,
    /// What it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<String>,
    /// Where it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    phase: Option<String>,
    /// When it was received, in London.
    #[serde(skip_serializing_if = "Option::is_none")]
    received_on: Option<NaiveDate>,
    /// The policy version that it falls under.
    #[serde(skip_serializing_if = "Option::is_none")]
    policy_id: Option<String>,
    /// The edition of the Code that it falls under.
    #[serde(skip_serializing_if = "Option::is_none")]
    code_id: Option<String>,
    /// The service that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    service_area: Option<String>,
}

impl From<CaseLine> for Listed {
    fn from(line: CaseLine) -> Self {
        Self {
            id: line.id,
            version: Some(line.version),
            kind: Some(line.kind),
            phase: Some(line.phase),
            received_on: Some(line.received_on),
            policy_id: Some(line.policy_id),
            code_id: Some(line.code_id),
            service_area: line.service_area,
        }
    }
}

/// `GET /v1/cases`.
pub fn operation() -> Operation {
    Operation::get("/v1/cases", "listCases", Tag::Cases)
        .says("Cases in order of receipt", "In pages: `next` is there while there are more.")
        .needs(Scope::CasesRead)
        .answers(Answer::json::<Cases>(200, "A page of cases."))
        .handled(list)
}

async fn list(call: Call<Nothing, Listing>) -> Result<HttpResponse, Problem> {
    let listing = call.query;
    let landlord = call.caller.landlord;
    if let Some(reference) = listing.reference {
        if listing.phase.is_some() || listing.kind.is_some() || listing.after.is_some() {
            return Err(wrong("reference", "`reference` stands alone: it finds one case or none"));
        }
        let Some((system, value)) = reference.split_once(':').map(|(a, b)| (a.to_owned(), b.to_owned()))
        else {
            return Err(wrong("reference", "`reference` is `system:value`"));
        };
        let found = crate::http::read(call.state, move |_, connection| {
            events::by_reference(connection, &landlord, &system, &value)
        })
        .await?;
        let cases = found.into_iter().map(|id| Listed { id, ..Listed::default() }).collect();
        return Ok(HttpResponse::Ok().json(Cases { cases, next: None }));
    }
    let filter = CaseFilter {
        phase: listing.phase.map(|phase| phase.to_string()),
        kind: listing.kind.map(|kind| kind.to_string()),
        after: listing.after.as_deref().map(cursor).transpose()?,
    };
    let page = listing.limit.unwrap_or(PAGE);
    let mut lines = crate::http::read(call.state, move |_, connection| {
        read::cases(connection, &landlord, &filter, i64::from(page) + 1)
    })
    .await?;
    let page = usize::try_from(page).unwrap_or(usize::MAX);
    let more = lines.len() > page;
    lines.truncate(page);
    let next = lines.last().filter(|_| more).map(|line| format!("{}_{}", line.received_on, line.id));
    let cases = lines.into_iter().map(Listed::from).collect();
    Ok(HttpResponse::Ok().json(Cases { cases, next }))
}

fn wrong(parameter: &str, detail: &str) -> Problem {
    Problem::malformed(vec![FieldError::parameter(parameter, detail)])
}

fn cursor(text: &str) -> Result<(NaiveDate, String), Problem> {
    let parts = text.split_once('_').and_then(|(date, id)| Some((date.parse().ok()?, id.to_owned())));
    parts.ok_or_else(|| wrong("after", "`after` is the `next` of another answer"))
}
