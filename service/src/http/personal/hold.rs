//! A case is held: nothing of it is erased or taken away.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::http::caller::Scope;
use crate::http::cases::{CasePath, ensure_case};
use crate::http::contract::{Answer, Call, Nothing, Operation, Tag};
use crate::http::once::{Reply, answer_once, written};
use crate::http::request::preconditions::{Preconditions, content_tag, tagged};
use crate::problem::Problem;
use crate::storage::Connection;
use crate::storage::personal::holds::{self, Hold, HoldReason};
use redress_shared::case::CaseId;

/// Why a case is held.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewHold {
    /// The reason of law.
    reason: HoldReason,
}

/// Whether a case is held.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "CaseHold")]
struct HoldView {
    /// The hold; null where there is none.
    hold: Option<InForce>,
}

/// A hold that is in force.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "HoldInForce")]
struct InForce {
    /// The reason of law.
    reason: HoldReason,
    /// Since when.
    placed_at: DateTime<Utc>,
    /// By whom: a key's id, or a token's issuer and subject.
    placed_by: String,
}

fn view(connection: &mut Connection, landlord: &str, case: CaseId) -> Result<HoldView, Problem> {
    let of =
        |hold: Hold| InForce { reason: hold.reason, placed_at: hold.placed_at, placed_by: hold.placed_by };
    Ok(HoldView { hold: holds::in_force(connection, landlord, case)?.map(of) })
}

impl HoldView {
    fn tag(&self) -> Result<String, Problem> {
        Ok(content_tag(&written(self)?))
    }

    /// Refuses whoever has seen something else.
    fn ensure_seen(&self, preconditions: &Preconditions) -> Result<(), Problem> {
        let tag = self.tag()?;
        let there = Some(tag.as_str()).filter(|_| self.hold.is_some() || !preconditions.must_be_new());
        if preconditions.hold(there) {
            return Ok(());
        }
        Err(Problem::stale("the case is not held as the request says that it is", &tag))
    }
}

/// `GET /v1/cases/{case}/hold`.
pub fn show() -> Operation {
    Operation::get("/v1/cases/{case}/hold", "getHold", Tag::Personal)
        .says("Whether a case is held", "And why, since when, and by whom.")
        .needs(Scope::CasesRead)
        .takes_none_match()
        .answers(
            Answer::json::<HoldView>(200, "The hold.").header("ETag", "What changes with it, for If-Match."),
        )
        .answers(
            Answer::other(304, "It is still as the caller has it.", "application/json")
                .header("ETag", "The same as for 200."),
        )
        .handled(look)
}

/// `PUT /v1/cases/{case}/hold`.
pub fn place() -> Operation {
    Operation::put("/v1/cases/{case}/hold", "placeHold", Tag::Personal)
        .says(
            "A case is held",
            "From then on nothing of it is erased or taken away, neither on request nor by time. A hold for another reason takes the \
             place of the one before: of that which has the ETag in `If-Match`, or, with `If-None-Match: *`, of none.",
        )
        .needs(Scope::PersonalErase)
        .requires_version()
        .takes_none_match()
        .answers(
            Answer::json::<HoldView>(200, "Held.").header("ETag", "What changes with the hold, for If-Match."),
        )
        .handled(put)
        .example(json!({ "reason": "legal-claim" }))
}

/// `DELETE /v1/cases/{case}/hold`.
pub fn lift() -> Operation {
    Operation::delete("/v1/cases/{case}/hold", "liftHold", Tag::Personal)
        .says(
            "A hold is lifted",
            "The one that has the ETag in `If-Match`. What was to go by time goes at the next round. Lifted again, nothing changes.",
        )
        .needs(Scope::PersonalErase)
        .requires_version()
        .answers(Answer::json::<HoldView>(200, "Lifted."))
        .handled(delete)
}

async fn look(call: Call<CasePath>) -> Result<HttpResponse, Problem> {
    let (landlord, case) = (call.caller.landlord, call.path.case);
    let shown = crate::http::read(call.state, move |_, connection| {
        ensure_case(connection, &landlord, case)?;
        written(&view(connection, &landlord, case)?)
    })
    .await?;
    Ok(tagged(&call.preconditions, &content_tag(&shown), shown))
}

async fn put(call: Call<CasePath, Nothing, NewHold>) -> Result<HttpResponse, Problem> {
    let (caller, case, reason, preconditions) =
        (call.caller, call.path.case, call.body.reason, call.preconditions);
    answer_once(call.state, call.repeat, move |state, connection| {
        let now = state.now();
        ensure_held(connection, &caller.landlord, case)?;
        view(connection, &caller.landlord, case)?.ensure_seen(&preconditions)?;
        holds::place(connection, (&caller.landlord, case), reason, (&caller.actor, now))?;
        let placed = view(connection, &caller.landlord, case)?;
        Ok(Reply::json(StatusCode::OK, &placed)?.tag(&placed.tag()?))
    })
    .await
}

async fn delete(call: Call<CasePath>) -> Result<HttpResponse, Problem> {
    let (caller, case, preconditions) = (call.caller, call.path.case, call.preconditions);
    let shown = crate::http::write(call.state, move |state, connection| {
        let now = state.now();
        ensure_held(connection, &caller.landlord, case)?;
        let there = view(connection, &caller.landlord, case)?;
        if there.hold.is_some() {
            // Of what is lifted already nothing is lost: a request may come again whose answer did not arrive (RFC 9110, 13.1.1).
            there.ensure_seen(&preconditions)?;
        }
        holds::lift(connection, (&caller.landlord, case), (&caller.actor, now))?;
        Ok(view(connection, &caller.landlord, case)?)
    })
    .await?;
    Ok(HttpResponse::Ok().json(shown))
}

/// Takes hold of the case itself, so that nothing of it is erased while this is written.
fn ensure_held(
    connection: &mut Connection,
    landlord: &str,
    case: CaseId,
) -> Result<(), crate::http::Unwritten> {
    match crate::storage::events::hold(connection, landlord, case)? {
        Some(_) => Ok(()),
        None => Err(Problem::not_found("case").into()),
    }
}
