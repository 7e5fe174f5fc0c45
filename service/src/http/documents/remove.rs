//! A document is taken away.

use actix_web::HttpResponse;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{DocumentPath, DocumentView};
use crate::documents::RemovalReason;
use crate::http::caller::Scope;
use crate::http::contract::{Answer, Call, Operation, Tag};
use crate::notices::{DocumentRemoved, Notice, Noticed};
use crate::problem::{Problem, codes};
use crate::storage::personal::holds;
use crate::storage::{documents, events, notices};

/// Why.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Why {
    /// Why it is taken away.
    reason: Told,
}

/// Why somebody takes a document away.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "DocumentRemovalReason")]
enum Told {
    /// It was attached by mistake.
    Mistake,
    /// It belongs to another case.
    WrongCase,
    /// The case has it twice.
    Duplicate,
    /// A better one took its place.
    Replaced,
    /// The case does not need it.
    NotNeeded,
}

impl From<Told> for RemovalReason {
    fn from(told: Told) -> Self {
        match told {
            Told::Mistake => Self::Mistake,
            Told::WrongCase => Self::WrongCase,
            Told::Duplicate => Self::Duplicate,
            Told::Replaced => Self::Replaced,
            Told::NotNeeded => Self::NotNeeded,
        }
    }
}

/// `DELETE /v1/cases/{case}/documents/{document}`.
pub fn operation() -> Operation {
    Operation::delete("/v1/cases/{case}/documents/{document}", "removeDocument", Tag::Documents)
        .says(
            "A document is taken away",
            "The file goes, and its name; that it was there stays, with its digest, and who took it away, when and why. Taken away \
             again, it stays as it is.",
        )
        .needs(Scope::DocumentsWrite)
        .fails_with(&[codes::ON_HOLD])
        .answers(Answer::json::<DocumentView>(200, "Taken away."))
        .handled(remove)
}

async fn remove(call: Call<DocumentPath, Why>) -> Result<HttpResponse, Problem> {
    let (caller, path, reason) = (call.caller, call.path, RemovalReason::from(call.query.reason));
    let now = call.state.now();
    let removed = crate::http::write(call.state, move |_, connection| {
        let landlord = &caller.landlord;
        // Nobody places a hold on it meanwhile.
        let there = events::hold(connection, landlord, path.case)?;
        if there.is_none() || documents::find(connection, landlord, path.case, path.document)?.is_none() {
            return Err(Problem::not_found("document").into());
        }
        if holds::in_force(connection, landlord, path.case)?.is_some() {
            return Err(Problem::new(codes::ON_HOLD, "the case is on hold").into());
        }
        if documents::remove(connection, landlord, path.document, (&caller.actor, reason), now)? {
            let noticed = Noticed::DocumentRemoved(DocumentRemoved { document: path.document, reason });
            let key = format!("document-removed {}", path.document);
            let notice = Notice { case: Some(path.case), key, noticed, occurred_at: now };
            notices::give(connection, landlord, &notice, now)?;
        }
        Ok(documents::find(connection, landlord, path.case, path.document)?)
    })
    .await?;
    let document = removed.ok_or_else(|| Problem::not_found("document"))?;
    Ok(HttpResponse::Ok().json(DocumentView::of(document, false)))
}
