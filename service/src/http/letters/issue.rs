//! A letter is issued.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use redress_shared::letter::Addressee;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::show::LetterPath;
use super::{IssuedView, Issuing, addressee, issue_to};
use crate::http::caller::Scope;
use crate::http::contract::{Answer, Call, Nothing, Operation, Tag};
use crate::http::once::{Reply, answer_once};
use crate::letters::{Called, called};
use crate::problem::{Problem, codes};
use crate::storage::events;
use crate::storage::letters::{self, Issued};

/// To whom it is issued.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Wanted {
    /// To which of its addressees; to every one to whom it was not issued before, where it is not given.
    #[schemars(range(min = 1))]
    addressee: Option<u16>,
}

/// Letters that were issued.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "LettersIssued")]
struct IssuedNow {
    /// One for each addressee.
    issued: Vec<IssuedView>,
}

/// `POST /v1/cases/{case}/letters/{letter}/issue`.
pub fn operation() -> Operation {
    Operation::post("/v1/cases/{case}/letters/{letter}/issue", "issueLetter", Tag::Letters)
        .says(
            "A letter is issued",
            "It is kept as it is, page and text, with the SHA-256 of each; who listens hears `letter-issued`. A letter that leaves out \
             something that the policy or the Code wants in it is not issued. Sending it is the caller's: by post or by email.",
        )
        .needs(Scope::CasesWrite)
        .can_be_refused()
        .fails_with(&[codes::LETTER_INCOMPLETE, codes::LETTER_ISSUED, codes::LETTER_WORDS_GONE])
        .answers(Answer::json::<IssuedNow>(201, "Issued."))
        .handled(issue)
        .example(json!({ "addressee": 1 }))
}

async fn issue(call: Call<LetterPath, Nothing, Wanted>) -> Result<HttpResponse, Problem> {
    let Call { state, caller, path, body, repeat, .. } = call;
    let now = state.now();
    answer_once(state, repeat, move |state, connection| {
        let (landlord, case) = (caller.landlord.as_str(), path.case);
        if events::hold(connection, landlord, case)?.is_none() {
            return Err(Problem::not_found("case").into());
        }
        let called = called::one(&state.rulebook(), connection, landlord, case, path.letter)?;
        let known = letters::of_case(connection, landlord, case)?;
        let issuing = Issuing { landlord, case, called: &called, by: &caller.actor, now };
        let mut issued = Vec::new();
        for to in still_to_issue(&called, &known, body.addressee)? {
            issued.push(issue_to(state, connection, &issuing, to, None)?);
        }
        Ok(Reply::json(StatusCode::CREATED, &IssuedNow { issued })?)
    })
    .await
}

/// Those to whom the letter is to be issued and was not before.
fn still_to_issue<'a>(
    called: &'a Called,
    known: &[Issued],
    wanted: Option<u16>,
) -> Result<Vec<&'a Addressee>, Problem> {
    let all: Vec<&Addressee> = match wanted {
        Some(number) => vec![addressee(called, number)?],
        None => called.letter.addressees.iter().collect(),
    };
    let of_letter = |one: &&Issued| one.letter == called.id;
    let stands = |to: &Addressee| {
        known.iter().filter(of_letter).find(|one| one.addressee == to.number && one.replaced_at.is_none())
    };
    let left: Vec<&Addressee> = all.iter().copied().filter(|to| stands(to).is_none()).collect();
    match all.iter().find_map(|to| stands(to)) {
        Some(before) if left.is_empty() => {
            let detail = format!("the letter was issued before, as {}", before.id);
            Err(Problem::new(codes::LETTER_ISSUED, detail))
        }
        _ => Ok(left),
    }
}
