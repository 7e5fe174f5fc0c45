//! The words that an event refers to.

use actix_web::HttpResponse;
use redress_shared::case::record::RecordKind;
use redress_shared::case::{CaseId, RecordId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::log_of;
use crate::http::caller::{Scope, ensure};
use crate::http::contract::{Answer, Call, Nothing, Operation, Tag};
use crate::problem::Problem;
use crate::storage::events::Log;
use crate::storage::records;

/// Which record.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct RecordPath {
    /// The case's id.
    case: CaseId,
    /// The record's id, as an event of the case has it.
    record: RecordId,
}

/// Words, or somebody's name and contact details as JSON; masked for whoever may not read personal data.
#[derive(Debug, Serialize, JsonSchema)]
struct Record {
    /// The record's id.
    record: RecordId,
    /// What kind of thing it holds.
    kind: RecordKind,
    /// What it holds; null where it is masked.
    body: Option<String>,
    /// Whether it is kept from whoever asks, who may not read personal data.
    masked: bool,
}

/// `GET /v1/cases/{case}/records/{record}`.
pub fn operation() -> Operation {
    Operation::get("/v1/cases/{case}/records/{record}", "getRecord", Tag::Cases)
        .says(
            "The words that an event refers to",
            "Not found once they have been erased. Without the scope `personal:read` they are masked; special-category words are read with \
             the scope `special-category` alone.",
        )
        .needs(Scope::CasesRead)
        .answers(Answer::json::<Record>(200, "The words."))
        .handled(show)
}

/// Whether an event of the log refers to the record.
fn refers(log: &Log, record: RecordId) -> bool {
    let quoted = json!(record).to_string();
    log.events.iter().any(|event| json!(event).to_string().contains(&quoted))
}

async fn show(call: Call<RecordPath, Nothing>) -> Result<HttpResponse, Problem> {
    let (caller, RecordPath { case, record }) = (call.caller, call.path);
    let landlord = caller.landlord.clone();
    let (kind, body) = crate::http::read(call.state, move |_, connection| {
        let log = log_of(connection, &landlord, case)?;
        // A complaint that came of another case refers to words that stand under that one: what counts is the reference.
        if !refers(&log, record) {
            return Err(Problem::not_found("record"));
        }
        records::read(connection, &landlord, record)?.ok_or_else(|| Problem::not_found("record"))
    })
    .await?;
    if kind == RecordKind::SpecialCategory {
        ensure(&caller, Scope::SpecialCategory)?;
    }
    let masked = !caller.may(Scope::PersonalRead);
    Ok(HttpResponse::Ok().json(Record { record, kind, body: Some(body).filter(|_| !masked), masked }))
}
