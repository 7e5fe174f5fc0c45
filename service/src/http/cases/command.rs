//! Commands: an address for every verb, one envelope for all of them.

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use chrono::{DateTime, SubsecRound, Utc};
use redress_shared::case::{CaseId, Caution, Command, Logged};
use schemars::{JsonSchema, Schema, json_schema};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::CasePath;
use super::actor::Actor;
use super::view::CaseView;
use crate::http::caller::Scope;
use crate::http::contract::{Answer, Call, Nothing, Operation, SchemaOf, Tag, in_body};
use crate::http::once::{Reply, answer_once};
use crate::http::request::preconditions::version_tag;
use crate::problem::Problem;
use crate::use_cases::execute::{Done, Order, execute};

/// The commands that say what something is from now on: given blindly, they would undo what somebody else has just said.
const OVERWRITING: [&str; 4] = ["correct", "correct-resident", "assign", "revise-action"];

/// A command, and who gives it.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Envelope {
    /// When it happened; now where it is not given.
    pub occurred_at: Option<DateTime<Utc>>,
    /// Who did it: an id of the landlord's, never a name.
    pub actor: Actor,
    /// What the command carries.
    pub content: Value,
}

/// `POST /v1/cases/{case}/{verb}`, for every verb but that which opens a case.
pub fn operations() -> impl Iterator<Item = Operation> {
    Command::VERBS.iter().copied().filter(|verb| *verb != "receive").map(operation)
}

fn operation(verb: &'static str) -> Operation {
    let operation = Operation::post(format!("/v1/cases/{{case}}/{verb}"), camel(verb), Tag::Commands)
        .says(Command::summary(verb).unwrap_or_default().trim_end_matches('.'), content_of(verb))
        .needs(Scope::CasesWrite)
        .carries(verb)
        .can_be_refused()
        .answers(done_schema(Answer::json::<Outcome>(
            200,
            "Done: the case as it is now, and what happened to it.",
        )))
        .handled(move |call: Call<CasePath, Nothing, Envelope>| on_case(verb, call))
        .body(envelope_of(verb), example_of(verb));
    if OVERWRITING.contains(&verb) { operation.requires_version() } else { operation.takes_version() }
}

/// What the documentation says of every command.
#[must_use]
pub fn content_of(_verb: &'static str) -> &'static str {
    "Done whole or not at all. Where the policy or the Code does not allow it, nothing is kept, and the problem says which clause \
     forbids it and what to do instead. What the policy allows and the Code does not is done, and said in `cautions`."
}

/// What every command's answer has besides.
#[must_use]
pub fn done_schema(answer: Answer) -> Answer {
    answer.header("ETag", "The case's version, for If-Match.")
}

/// `accept-escalation` as generated clients name it: `acceptEscalation`.
fn camel(verb: &str) -> String {
    let mut words = verb.split('-');
    let mut name = words.next().unwrap_or_default().to_owned();
    for word in words {
        let (first, rest) = word.split_at(1.min(word.len()));
        name.push_str(&first.to_uppercase());
        name.push_str(rest);
    }
    name
}

/// The schema of a command's body.
#[must_use]
pub fn envelope_of(verb: &'static str) -> SchemaOf {
    Arc::new(move |schemas| {
        let occurred_at = described(
            schemas.taken::<Option<DateTime<Utc>>>(),
            "When it happened; now where it is not given.",
        );
        let actor = described(
            schemas.taken::<Actor>(),
            "Who did it: an id of the landlord's, never a name or an email address, since it stays in the log for ever.",
        );
        let content = schemas.content(verb).unwrap_or_default();
        json_schema!({
            "type": "object",
            "properties": { "occurred_at": occurred_at, "actor": actor, "content": content },
            "required": ["actor", "content"],
            "additionalProperties": false,
        })
    })
}

fn described(mut schema: Schema, description: &str) -> Schema {
    schema.insert("description".to_owned(), description.into());
    schema
}

/// An example of a command's body.
#[must_use]
pub fn example_of(verb: &str) -> Option<Value> {
    Command::example(verb).map(|content| json!({ "actor": "officer-7", "content": content }))
}

async fn on_case(
    verb: &'static str,
    call: Call<CasePath, Nothing, Envelope>,
) -> Result<HttpResponse, Problem> {
    let command = command(verb, call.body.content)?;
    let Call { state, caller, preconditions, repeat, .. } = call;
    let (case, actor, seen) = (call.path.case, call.body.actor, preconditions.seen());
    let told = call.body.occurred_at;
    answer_once(state, repeat, move |state, connection| {
        // The clock is read when it is this request's turn: whoever had theirs before came before. What the databases keep of an instant
        // is microseconds; it is cut here, once.
        let now = state.now();
        let occurred_at = told.unwrap_or(now).trunc_subsecs(6);
        let order = Order {
            landlord: &caller.landlord,
            case: Some(case),
            command: &command,
            actor: actor.as_str(),
            occurred_at,
            now,
            seen: seen.as_deref(),
        };
        let done = execute(connection, &state.rulebook(), &order)?;
        // What is told late is decided as of then; how the case stands is asked now.
        Ok(reply(StatusCode::OK, done, now)?)
    })
    .await
}

/// The command that a verb and its fields make.
///
/// # Errors
/// 422 for fields that do not read.
pub fn command(verb: &str, content: Value) -> Result<Command, Problem> {
    in_body(json!({ verb: content }), &format!("/{verb}"), "/content")
}

/// What came of a command.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "CommandDone")]
pub struct Outcome {
    /// The case as it is now.
    case: CaseView,
    /// What happened.
    events: Vec<Logged>,
    /// What the policy allows and the Code does not: it was done, and the landlord should know.
    cautions: Vec<Caution>,
    /// The complaint that came out of it; null where none did.
    complaint: Option<CaseId>,
}

/// The answer to a command that was carried out.
///
/// # Errors
/// When a due date lies past the calendar.
pub fn reply(status: StatusCode, done: Done, as_of: DateTime<Utc>) -> Result<Reply, Problem> {
    let version = version_tag(done.case.version);
    let outcome = Outcome {
        case: CaseView::of(done.case, &done.rules, as_of)?,
        events: done.events,
        cautions: done.cautions,
        complaint: done.spawned,
    };
    Ok(Reply::json(status, &outcome)?.tag(&version))
}

#[cfg(test)]
mod tests {
    use super::camel;

    #[test]
    fn a_verb_becomes_the_name_of_a_function() {
        assert_eq!(camel("accept"), "accept");
        assert_eq!(camel("record-failure-order"), "recordFailureOrder");
    }
}
