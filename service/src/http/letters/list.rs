//! The letters that a case calls for.

use actix_web::HttpResponse;
use chrono::NaiveDate;
use redress_shared::case::words::{SentTo, StageNumber};
use redress_shared::letter::{Addressee, LetterKind};
use schemars::JsonSchema;
use serde::Serialize;

use crate::http::caller::Scope;
use crate::http::cases::CasePath;
use crate::http::contract::{Answer, Call, Nothing, Operation, Tag};
use crate::letters::{Called, LetterId, called};
use crate::problem::Problem;
use crate::storage::letters::{self, Issued, IssuedId};

/// The letters of a case.
#[derive(Debug, Serialize, JsonSchema)]
struct Letters {
    /// The letters, in the order of their events.
    letters: Vec<Heading>,
}

/// A letter in a list.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "LetterHeading")]
struct Heading {
    /// Its id in the case.
    id: LetterId,
    /// The number of the event that calls for it.
    sequence: u32,
    /// Which letter.
    kind: LetterKind,
    /// What it is, in a few words.
    title: String,
    /// The stage that it is about; null where it is about none.
    stage: Option<StageNumber>,
    /// The London date of the event, as it is known now.
    dated: NaiveDate,
    /// To whom it goes.
    sent_to: SentTo,
    /// Each of them, and what was issued to them.
    addressees: Vec<To>,
}

/// One to whom a letter goes.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "LetterAddressee")]
struct To {
    /// Their number among all of them, from 1.
    number: u16,
    /// Their name.
    name: String,
    /// The issued letter that stands; null where none was issued.
    issued: Option<IssuedId>,
}

/// `GET /v1/cases/{case}/letters`.
pub fn operation() -> Operation {
    Operation::get("/v1/cases/{case}/letters", "listLetters", Tag::Letters)
        .says(
            "The letters of a case",
            "Those that policy and Code call for, in order, and whether they were issued. What came with an imported history calls for \
             none: whatever was to be sent then was sent, or was not, elsewhere.",
        )
        .needs(Scope::PersonalRead)
        .can_be_refused()
        .answers(Answer::json::<Letters>(200, "The letters."))
        .handled(headings)
}

async fn headings(call: Call<CasePath, Nothing>) -> Result<HttpResponse, Problem> {
    let (landlord, case) = (call.caller.landlord, call.path.case);
    let letters = crate::http::read(call.state, move |state, connection| {
        let all = called::all(&state.rulebook(), connection, &landlord, case)?;
        let issued = letters::of_case(connection, &landlord, case)?;
        Ok::<_, Problem>(all.into_iter().map(|called| heading(called, &issued)).collect())
    })
    .await?;
    Ok(HttpResponse::Ok().json(Letters { letters }))
}

fn heading(called: Called, issued: &[Issued]) -> Heading {
    let Called { id, letter, .. } = called;
    let stands = |number: u16| {
        let mut of_letter = issued.iter().filter(|one| one.letter == id && one.addressee == number);
        of_letter.find(|one| one.replaced_at.is_none()).map(|one| one.id)
    };
    let to = |Addressee { number, name, .. }: Addressee| To { number, name, issued: stands(number) };
    Heading {
        id,
        sequence: id.sequence,
        kind: letter.kind,
        title: letter.title,
        stage: letter.stage,
        dated: letter.dated,
        sent_to: letter.sent_to,
        addressees: letter.addressees.into_iter().map(to).collect(),
    }
}
