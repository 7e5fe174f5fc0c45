//! A letter is issued anew, in the place of one that was issued before.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use redress_shared::calendar::london;
use serde_json::json;

use super::issued::IssuedPath;
use super::{IssuedView, Issuing, addressee, issue_to};
use crate::http::caller::Scope;
use crate::http::contract::{Answer, Call, Nothing, Operation, Tag};
use crate::http::once::{Reply, answer_once};
use crate::letters::called;
use crate::problem::{Problem, codes};
use crate::storage::{events, letters};

/// Nothing more is to be said.
#[derive(Debug, serde::Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
struct Again {}

/// `POST /v1/cases/{case}/issued-letters/{issued}/reissue`.
pub fn operation() -> Operation {
    Operation::post("/v1/cases/{case}/issued-letters/{issued}/reissue", "reissueLetter", Tag::Letters)
        .says(
            "A letter is issued anew",
            "To the same addressee, by what is known now: with the name, address and dates as they have been put right, due dates by the \
             calendar that holds, and the templates of today. It says first that it replaces the one issued on such a day. The former \
             stays as it was, word for word, and is marked as replaced.",
        )
        .needs(Scope::CasesWrite)
        .can_be_refused()
        .fails_with(&[codes::LETTER_INCOMPLETE, codes::LETTER_REPLACED, codes::LETTER_WORDS_GONE])
        .answers(Answer::json::<IssuedView>(201, "Issued anew."))
        .handled(reissue)
        .example(json!({}))
}

async fn reissue(call: Call<IssuedPath, Nothing, Again>) -> Result<HttpResponse, Problem> {
    let Call { state, caller, path, repeat, .. } = call;
    let now = state.now();
    answer_once(state, repeat, move |state, connection| {
        let (landlord, case) = (caller.landlord.as_str(), path.case);
        if events::hold(connection, landlord, case)?.is_none() {
            return Err(Problem::not_found("case").into());
        }
        let former = letters::find(connection, landlord, case, path.issued)?
            .ok_or_else(|| Problem::not_found("issued letter"))?;
        if former.replaced_at.is_some() {
            let detail = "another letter was issued in the place of this one before";
            return Err(Problem::new(codes::LETTER_REPLACED, detail).into());
        }
        let mut called = called::one(&state.rulebook(), connection, landlord, case, former.letter)?;
        called.letter = called.letter.in_place_of_one_of(london::date_of(former.issued_at));
        let to = addressee(&called, former.addressee)?;
        let issuing = Issuing { landlord, case, called: &called, by: &caller.actor, now };
        let issued = issue_to(state, connection, &issuing, to, Some(former.id))?;
        Ok(Reply::json(StatusCode::CREATED, &issued)?)
    })
    .await
}
