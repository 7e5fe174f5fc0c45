//! The log of a case, the letters that its events called for, and the words that it refers to.

use actix_web::{HttpResponse, web};
use redress_shared::case::{CaseId, RecordId};
use serde_json::json;

use super::{case_id, run};
use crate::application::State;
use crate::problem::Problem;
use crate::storage::events::{self, Log};
use crate::storage::{Connection, records};

type CasePath = web::Path<(String, String)>;

fn log_of(connection: &mut Connection, landlord: &str, case: &str) -> Result<(CaseId, Log), Problem> {
    let id = case_id(case)?;
    let log = events::load(connection, landlord, id)?;
    if log.events.is_empty() { Err(Problem::not_found("case")) } else { Ok((id, log)) }
}

/// `GET …/history`: every event in order, with the digest that chains it to the one before.
pub async fn events(state: web::Data<State>, path: CasePath) -> Result<HttpResponse, Problem> {
    let shown = run(state, move |_, connection| {
        let (_, log) = log_of(connection, &path.0, &path.1)?;
        let events: Vec<_> = log
            .events
            .iter()
            .zip(&log.digests)
            .map(|(event, digest)| json!({ "event": event, "digest": digest }))
            .collect();
        Ok::<_, Problem>(json!({ "events": events }))
    })
    .await?;
    Ok(HttpResponse::Ok().json(shown))
}

/// Whether an event of the log refers to the record.
fn refers(log: &Log, record: RecordId) -> bool {
    let quoted = json!(record).to_string();
    log.events.iter().any(|event| json!(event).to_string().contains(&quoted))
}

/// `GET …/records/{record}`: the words that an event refers to, unless they have been erased.
pub async fn record(
    state: web::Data<State>,
    path: web::Path<(String, String, String)>,
) -> Result<HttpResponse, Problem> {
    let record: RecordId = path.2.parse().map_err(|_| Problem::not_found("record"))?;
    let body = run(state, move |_, connection| {
        let (_, log) = log_of(connection, &path.0, &path.1)?;
        // A complaint that came of another case refers to words that stand under that one: what counts is the reference.
        if !refers(&log, record) {
            return Err(Problem::not_found("record"));
        }
        records::body(connection, &path.0, record)?.ok_or_else(|| Problem::not_found("record"))
    })
    .await?;
    Ok(HttpResponse::Ok().json(json!({ "record": record, "body": body })))
}
