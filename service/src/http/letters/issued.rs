//! Letters that were issued, as they were.

use actix_web::HttpResponse;
use redress_shared::case::CaseId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Format, IssuedView, page, text};
use crate::http::caller::Scope;
use crate::http::cases::CasePath;
use crate::http::contract::{Answer, Call, Nothing, Operation, Tag};
use crate::letters::Form;
use crate::problem::{Problem, codes};
use crate::storage::letters::{self, IssuedId};

/// Which issued letter.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct IssuedPath {
    /// The case's id.
    pub case: CaseId,
    /// The issued letter's id.
    pub issued: IssuedId,
}

/// How.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Asked {
    /// What it is answered as; JSON where it is not given.
    #[serde(default)]
    format: Format,
}

/// The letters that were issued on a case.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "IssuedLetters")]
struct All {
    /// In the order in which they were issued, those that others replaced too.
    issued: Vec<IssuedView>,
}

/// `GET /v1/cases/{case}/issued-letters`.
pub fn list() -> Operation {
    Operation::get("/v1/cases/{case}/issued-letters", "listIssuedLetters", Tag::Letters)
        .says(
            "The letters that were issued on a case",
            "Without what they say, and with the digests of that.",
        )
        .needs(Scope::CasesRead)
        .answers(Answer::json::<All>(200, "The issued letters."))
        .handled(all)
}

/// `GET /v1/cases/{case}/issued-letters/{issued}`.
pub fn one() -> Operation {
    Operation::get("/v1/cases/{case}/issued-letters/{issued}", "getIssuedLetter", Tag::Letters)
        .says(
            "An issued letter, as it was",
            "With `format`, the page or the text, byte for byte as it was issued, whatever has changed since.",
        )
        .needs(Scope::PersonalRead)
        .fails_with(&[codes::LETTER_ERASED])
        .answers(
            Answer::json::<IssuedView>(200, "The issued letter.")
                .or(&["text/html", "text/plain"])
                .header("ETag", "The SHA-256 of the page or text; JSON has none."),
        )
        .handled(show)
}

async fn all(call: Call<CasePath, Nothing>) -> Result<HttpResponse, Problem> {
    let (landlord, case) = (call.caller.landlord, call.path.case);
    let issued = crate::http::read(call.state, move |_, connection| {
        if !crate::storage::events::exists(connection, &landlord, case)? {
            return Err(Problem::not_found("case"));
        }
        Ok(letters::of_case(connection, &landlord, case)?)
    })
    .await?;
    Ok(HttpResponse::Ok().json(All { issued: issued.into_iter().map(IssuedView::of).collect() }))
}

async fn show(call: Call<IssuedPath, Asked>) -> Result<HttpResponse, Problem> {
    let (landlord, path, format) = (call.caller.landlord, call.path, call.query.format);
    let (issued, said) = crate::http::read(call.state, move |_, connection| {
        let found = letters::find(connection, &landlord, path.case, path.issued)?;
        let issued = found.ok_or_else(|| Problem::not_found("issued letter"))?;
        let said = match format {
            Format::Json => None,
            Format::Html => letters::body(connection, &landlord, issued.id, Form::Html)?,
            Format::Text => letters::body(connection, &landlord, issued.id, Form::Text)?,
        };
        Ok::<_, Problem>((issued, said))
    })
    .await?;
    let gone = || Problem::new(codes::LETTER_ERASED, "what the letter said has been erased");
    Ok(match format {
        Format::Json => HttpResponse::Ok().json(IssuedView::of(issued)),
        Format::Html => page(said.ok_or_else(gone)?, issued.html_digest),
        Format::Text => text(said.ok_or_else(gone)?, issued.text_digest),
    })
}
