//! Commands: an address for every verb, one body for all of them.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use chrono::{DateTime, SubsecRound, Utc};
use redress_shared::case::record::Label;
use redress_shared::case::{CaseId, Command};
use serde::Deserialize;
use serde_json::{Value, json};

use super::body::{self, Body};
use super::cases::view;
use super::wording::is_name;
use super::{case_id, known_landlord, write};
use crate::application::State;
use crate::problem::Problem;
use crate::use_cases::execute::{Done, Order, execute};

/// The body of a command.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Envelope {
    /// When it happened; now where it is not given.
    occurred_at: Option<DateTime<Utc>>,
    /// Who did it: an id of the landlord's, never a name.
    actor: Label,
    /// The version of the case that the caller has seen, where it wants a change in between to be noticed.
    expected_version: Option<u32>,
    /// The command's own fields.
    #[serde(default)]
    content: Value,
}

/// `POST /v1/landlords/{landlord}/cases`: receive a complaint or other contact.
pub async fn receive(
    state: web::Data<State>,
    landlord: web::Path<String>,
    body: Body,
) -> Result<HttpResponse, Problem> {
    known_landlord(&state, &landlord)?;
    let landlord = landlord.into_inner();
    let answer = carry_out(state, landlord.clone(), None, "receive", body).await?;
    let id = answer.pointer("/case/id").and_then(Value::as_str).unwrap_or_default();
    Ok(HttpResponse::Created()
        .insert_header(("Location", format!("/v1/landlords/{landlord}/cases/{id}")))
        .json(answer))
}

/// `POST /v1/landlords/{landlord}/cases/{case}/{verb}`: any other command.
pub async fn on_case(
    state: web::Data<State>,
    path: web::Path<(String, String, String)>,
    body: Body,
) -> Result<HttpResponse, Problem> {
    let (landlord, case, verb) = path.into_inner();
    known_landlord(&state, &landlord)?;
    let case = case_id(&case)?;
    Ok(HttpResponse::Ok().json(carry_out(state, landlord, Some(case), &verb, body).await?))
}

async fn carry_out(
    state: web::Data<State>,
    landlord: String,
    case: Option<CaseId>,
    verb: &str,
    body: Body,
) -> Result<Value, Problem> {
    let envelope: Envelope = body::json(body)?;
    let command = command(verb, envelope.content)?;
    // What the databases keep of an instant is microseconds: it is cut here, once.
    let now = state.now().trunc_subsecs(6);
    let occurred_at = envelope.occurred_at.unwrap_or(now).trunc_subsecs(6);
    write(state, move |state, connection| {
        let seen = envelope.expected_version;
        let order = Order {
            landlord: &landlord,
            case,
            command: &command,
            actor: envelope.actor.as_str(),
            occurred_at,
            now,
            seen: seen.as_ref().map(std::slice::from_ref),
        };
        let done = execute(connection, &state.rulebook, &order)?;
        // What is told late is decided as of then; how the case stands is asked now.
        Ok(answer(&done, now)?)
    })
    .await
}

/// The command that a verb and its fields make.
fn command(verb: &str, content: Value) -> Result<Command, Problem> {
    if !Command::VERBS.contains(&verb) {
        return Err(Problem::new(
            StatusCode::NOT_FOUND,
            "Not a command",
            "unknown-command",
            if is_name(verb) {
                format!("`{verb}` is not a command on a case")
            } else {
                "that is not a command on a case".to_owned()
            },
        )
        .hint(format!("the commands are: {}", Command::VERBS.join(", "))));
    }
    let content = if content.is_null() { json!({}) } else { content };
    body::object(&content, Some("/content"))?;
    // The verb stands in the address, so the pointer begins below it, in the body's `content`.
    body::part(json!({ verb: content })).map_err(|problem| {
        problem.pointing(|pointer| {
            let below = pointer.and_then(|pointer| pointer.strip_prefix(&format!("/{verb}")));
            format!("/content{}", below.or(pointer).unwrap_or_default())
        })
    })
}

fn answer(done: &Done, as_of: DateTime<Utc>) -> Result<Value, Problem> {
    Ok(json!({
        "case": view(&done.case, &done.rules, as_of)?,
        "events": done.events,
        "cautions": done.cautions,
        "complaint": done.spawned,
    }))
}
