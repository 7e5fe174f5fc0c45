//! One letter, as it would be sent.

use actix_web::HttpResponse;
use redress_shared::case::CaseId;
use redress_shared::letter::{Letter, Missing};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Format, addressee, page, print, text};
use crate::http::caller::Scope;
use crate::http::contract::{Answer, Call, Operation, Tag};
use crate::letters::{LetterId, called, left_out};
use crate::problem::Problem;
use crate::storage::letters::digest;

/// Which letter.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct LetterPath {
    /// The case's id.
    pub case: CaseId,
    /// The letter's id in the case: the number of the event that calls for it.
    pub letter: LetterId,
}

/// How, and to whom.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Asked {
    /// What it is answered as; JSON where it is not given.
    #[serde(default)]
    format: Format,
    /// Which of its addressees it is printed for; the first where it is not given.
    #[schemars(range(min = 1))]
    addressee: Option<u16>,
}

/// A whole letter.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "LetterShown")]
struct Shown {
    /// Its id in the case.
    id: LetterId,
    /// The letter, item by item.
    letter: Letter,
    /// The text as it would be sent to the addressee.
    text: String,
    /// What the policy and the Code want in it and that it does not say: with any of it, it is not issued.
    missing: Vec<Missing>,
}

/// `GET /v1/cases/{case}/letters/{letter}`.
pub fn operation() -> Operation {
    Operation::get("/v1/cases/{case}/letters/{letter}", "getLetter", Tag::Letters)
        .says(
            "One letter, as it would be sent",
            "Item by item, each with the clause that wants it said; or, with `format`, the page or the text for one of its addressees. \
             It is made of its event and of the case as the event left it, with everything that has been put right since: names, \
             addresses and dates, and due dates by the calendar that holds now. What was issued is under `issued-letters`, and stays \
             as it was.",
        )
        .needs(Scope::PersonalRead)
        .can_be_refused()
        .answers(
            Answer::json::<Shown>(200, "The letter.")
                .or(&["text/html", "text/plain"])
                .header("ETag", "The SHA-256 of the page or text; JSON has none."),
        )
        .handled(show)
}

async fn show(call: Call<LetterPath, Asked>) -> Result<HttpResponse, Problem> {
    let (landlord, path, asked) = (call.caller.landlord, call.path, call.query);
    let (called, printed) = crate::http::read(call.state, move |state, connection| {
        let called = called::one(&state.rulebook(), connection, &landlord, path.case, path.letter)?;
        let printed = print(state, &called, addressee(&called, asked.addressee.unwrap_or(1))?)?;
        Ok::<_, Problem>((called, printed))
    })
    .await?;
    Ok(match asked.format {
        Format::Html => {
            let digest = digest(&printed.html);
            page(printed.html, digest)
        }
        Format::Text => {
            let digest = digest(&printed.text);
            text(printed.text, digest)
        }
        Format::Json => {
            let missing = left_out(&called, &printed);
            let (id, letter, text) = (called.id, called.letter, printed.text);
            HttpResponse::Ok().json(Shown { id, letter, text, missing })
        }
    })
}
