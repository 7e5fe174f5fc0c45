//! Cases by the references of other systems.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use chrono::SubsecRound;
use redress_shared::case::command::intake::Reference;
use redress_shared::case::command::limits;
use redress_shared::case::record::Label;
use redress_shared::case::{CaseId, Command};
use schemars::JsonSchema;
use serde::Deserialize;

use super::caller::Scope;
use super::cases::AsOf;
use super::cases::command::{Envelope, Outcome, command, done_schema, envelope_of, example_of, reply};
use super::cases::receive::received;
use super::cases::view::{CaseView, load};
use super::contract::{Answer, Call, Nothing, Operation, Tag};
use super::once::{answer_once, written};
use super::request::preconditions::{tagged, view_tag};
use super::work::Unwritten;
use crate::problem::{FieldError, Problem, codes};
use crate::storage::events::by_reference;
use crate::use_cases::upsert::{Difference, Upsert, UpsertError, Upserted, upsert};

/// Which case, as another system knows it.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ReferencePath {
    /// The system.
    system: Label,
    /// Its reference.
    value: Label,
}

/// `GET /v1/references/{system}/{value}`.
pub fn get() -> Operation {
    Operation::get("/v1/references/{system}/{value}", "getCaseByReference", Tag::Cases)
        .says("The case with a reference of another system's", "As the case's own address gives it.")
        .needs(Scope::CasesRead)
        .can_be_refused()
        .answers(Answer::json::<CaseView>(200, "The case.").header("ETag", "As at the case's own address."))
        .takes_none_match()
        .answers(
            Answer::other(304, "It is still as the caller has it.", "application/json")
                .header("ETag", "The same as for 200."),
        )
        .handled(show)
}

async fn show(call: Call<ReferencePath, AsOf>) -> Result<HttpResponse, Problem> {
    let asked = call.query.as_of.map(|moment| moment.0);
    let as_of = asked.unwrap_or_else(|| call.state.now());
    let (landlord, path) = (call.caller.landlord, call.path);
    let (version, shown) = super::read(call.state, move |state, connection| {
        let found = by_reference(connection, &landlord, path.system.as_str(), path.value.as_str())?;
        let id: CaseId =
            found.and_then(|id| id.parse().ok()).ok_or_else(|| Problem::not_found("reference"))?;
        let (case, rules) = load(state, connection, (&landlord, id), asked)?;
        let version = case.version;
        Ok::<_, Problem>((version, written(&CaseView::of(case, &rules, as_of)?)?))
    })
    .await?;
    Ok(tagged(&call.preconditions, &view_tag(version, &shown), shown))
}

/// `PUT /v1/references/{system}/{value}`.
pub fn put() -> Operation {
    Operation::put("/v1/references/{system}/{value}", "putCaseByReference", Tag::Cases)
        .says(
            "A case as another system has it",
            "Where no case has that reference, it is received, and the reference belongs to it. Where one has, the facts that differ and \
             can be corrected are, each with an event that says so: when it was received (where `occurred_at` is given), channel, \
             stock type, categories, service area, contractor, and the days on which it happened and became known. Where anything else \
             differs, nothing is done, and the problem names each place and the command that would change it; words are \
             compared with what was received at first, residents and their representative with what is held now. Sent again unchanged, it does nothing. What would change something needs `If-Match`: a \
             member of staff may have put it right since (428, with the ETag to read and decide by).",
        )
        .needs(Scope::CasesWrite)
        .carries("receive")
        .can_be_refused()
        .takes_version()
        .takes_none_match()
        .fails_with(&[codes::REFERENCE_TAKEN, codes::REFERENCE_DIFFERS, codes::VERSION_REQUIRED])
        .answers(done_schema(Answer::json::<Outcome>(200, "There is such a case, and it says so now.")))
        .answers(
            done_schema(Answer::json::<Outcome>(201, "Received: the case, and what happened to it."))
                .header("Location", "The case's address."),
        )
        .handled(replace)
        .body(envelope_of("receive"), example_of("receive"))
}

async fn replace(call: Call<ReferencePath, Nothing, Envelope>) -> Result<HttpResponse, Problem> {
    let Command::Receive(mut content) = command("receive", call.body.content)? else {
        return Err(Problem::internal());
    };
    let reference = Reference { system: call.path.system, value: call.path.value };
    if !content.references.contains(&reference) {
        if content.references.len() >= limits::REFERENCES {
            let detail = "with that of the address there are more references than a case has";
            return Err(Problem::malformed(vec![FieldError::at("/content/references", detail)]));
        }
        content.references.push(reference.clone());
    }
    let Call { state, caller, preconditions, repeat, .. } = call;
    let (actor, seen) = (call.body.actor, preconditions.seen());
    let received_at = call.body.occurred_at.map(|at| at.trunc_subsecs(6));
    answer_once(state, repeat, move |state, connection| {
        let now = state.now();
        let asked = Upsert {
            landlord: &caller.landlord,
            reference: &reference,
            received: &content,
            received_at,
            actor: actor.as_str(),
            now,
            seen: seen.as_deref(),
            must_be_there: preconditions.if_match.is_some(),
            must_be_new: preconditions.must_be_new(),
            blind: preconditions.if_match.is_none(),
            special_category: caller.may(Scope::SpecialCategory),
        };
        Ok(match upsert(connection, &state.rulebook(), &asked)? {
            Upserted::Received(done) => received(*done, now)?,
            Upserted::Known(done) => reply(StatusCode::OK, *done, now)?,
        })
    })
    .await
}

impl From<UpsertError> for Unwritten {
    fn from(error: UpsertError) -> Self {
        let said = error.to_string();
        match error {
            UpsertError::Execute(error) => error.into(),
            UpsertError::There(version) => Problem::stale(said, &version.to_string()).into(),
            UpsertError::Blind(version) => {
                Problem::new(codes::VERSION_REQUIRED, said).header("ETag", format!("\"{version}\"")).into()
            }
            UpsertError::NotThere => Problem::new(codes::STALE, said).into(),
            UpsertError::Differs(all) => Problem::new(codes::REFERENCE_DIFFERS, said)
                .naming(all.into_iter().map(place).collect())
                .into(),
        }
    }
}

fn place(difference: Difference) -> FieldError {
    FieldError::at(format!("/content{}", difference.pointer), difference.advice)
}
