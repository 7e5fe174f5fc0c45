//! A case is held: nothing of it is erased or taken away.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use chrono::{DateTime, SubsecRound, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::http::caller::Scope;
use crate::http::cases::{CasePath, ensure_case};
use crate::http::contract::{Answer, Call, Nothing, Operation, Tag};
use crate::http::once::{Reply, answer_once};
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

/// `GET /v1/cases/{case}/hold`.
pub fn show() -> Operation {
    Operation::get("/v1/cases/{case}/hold", "getHold", Tag::Personal)
        .says("Whether a case is held", "And why, since when, and by whom.")
        .needs(Scope::CasesRead)
        .answers(Answer::json::<HoldView>(200, "The hold."))
        .handled(look)
}

/// `PUT /v1/cases/{case}/hold`.
pub fn place() -> Operation {
    Operation::put("/v1/cases/{case}/hold", "placeHold", Tag::Personal)
        .says(
            "A case is held",
            "From then on nothing of it is erased or taken away, neither on request nor by time. A hold for another reason takes the \
             place of the one before.",
        )
        .needs(Scope::PersonalErase)
        .answers(Answer::json::<HoldView>(200, "Held."))
        .handled(put)
        .example(json!({ "reason": "legal-claim" }))
}

/// `DELETE /v1/cases/{case}/hold`.
pub fn lift() -> Operation {
    Operation::delete("/v1/cases/{case}/hold", "liftHold", Tag::Personal)
        .says(
            "A hold is lifted",
            "What was to go by time goes at the next round. Lifted again, nothing changes.",
        )
        .needs(Scope::PersonalErase)
        .answers(Answer::json::<HoldView>(200, "Lifted."))
        .handled(delete)
}

async fn look(call: Call<CasePath>) -> Result<HttpResponse, Problem> {
    let (landlord, case) = (call.caller.landlord, call.path.case);
    let shown = crate::http::read(call.state, move |_, connection| {
        ensure_case(connection, &landlord, case)?;
        view(connection, &landlord, case)
    })
    .await?;
    Ok(HttpResponse::Ok().json(shown))
}

async fn put(call: Call<CasePath, Nothing, NewHold>) -> Result<HttpResponse, Problem> {
    let (caller, case, reason) = (call.caller, call.path.case, call.body.reason);
    answer_once(call.state, call.repeat, move |state, connection| {
        let now = state.now().trunc_subsecs(6);
        ensure_held(connection, &caller.landlord, case)?;
        holds::place(connection, (&caller.landlord, case), reason, (&caller.actor, now))?;
        Ok(Reply::json(StatusCode::OK, &view(connection, &caller.landlord, case)?)?)
    })
    .await
}

async fn delete(call: Call<CasePath>) -> Result<HttpResponse, Problem> {
    let (caller, case) = (call.caller, call.path.case);
    let shown = crate::http::write(call.state, move |state, connection| {
        let now = state.now().trunc_subsecs(6);
        ensure_held(connection, &caller.landlord, case)?;
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
