//! Letters: those that a case calls for, as they would be sent; and those that were, as they were.

mod issue;
mod issued;
mod list;
mod reissue;
mod show;

use actix_web::HttpResponse;
use actix_web::http::header::{CONTENT_SECURITY_POLICY, ETAG};
use chrono::{DateTime, Utc};
use redress_shared::calendar::london;
use redress_shared::case::CaseId;
use redress_shared::case::record::Digest;
use redress_shared::letter::{Addressee, LetterKind};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use issue::operation as issue;
pub use issued::{list as issued, one as issued_one};
pub use list::operation as list;
pub use reissue::operation as reissue;
pub use show::operation as show;

use crate::application::State;
use crate::http::Unwritten;
use crate::letters::{Called, LetterId, Printed, left_out};
use crate::notices::{LetterIssued, Notice, Noticed};
use crate::problem::{Problem, codes};
use crate::storage::letters::{Issued, IssuedId, ToIssue};
use crate::storage::{Connection, letters, notices};

/// What a letter's page may load: its own styles, and its logo out of itself.
const FOR_LETTERS: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; base-uri 'none'; \
form-action 'none'";

/// What a letter is answered as.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum Format {
    /// What there is to know of it, as JSON.
    #[default]
    Json,
    /// The page, to be printed or read in a browser.
    Html,
    /// Plain text, for an email.
    Text,
}

/// A letter that was issued.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "IssuedLetter")]
struct IssuedView {
    /// Its id.
    id: IssuedId,
    /// The letter of the case that it is.
    letter: LetterId,
    /// Which letter.
    kind: LetterKind,
    /// To which of its addressees it went, from 1.
    addressee: u16,
    /// When it was issued.
    issued_at: DateTime<Utc>,
    /// By whom: a key's id, or a token's issuer and subject.
    issued_by: String,
    /// The templates that it was made with: `built-in` or the landlord's own, and a digest of them.
    template: String,
    /// The SHA-256 of the page, in hexadecimal.
    html_sha256: Digest,
    /// The SHA-256 of the text, in hexadecimal.
    text_sha256: Digest,
    /// When what it says was erased; null where it was not.
    erased_at: Option<DateTime<Utc>>,
    /// The one in whose place it was issued; null where there is none.
    replaces: Option<IssuedId>,
    /// When another was issued in its place; null where it stands.
    replaced_at: Option<DateTime<Utc>>,
}

impl IssuedView {
    fn of(issued: Issued) -> Self {
        Self {
            id: issued.id,
            letter: issued.letter,
            kind: issued.kind,
            addressee: issued.addressee,
            issued_at: issued.issued_at,
            issued_by: issued.issued_by,
            template: issued.template,
            html_sha256: issued.html_digest,
            text_sha256: issued.text_digest,
            erased_at: issued.erased_at,
            replaces: issued.replaces,
            replaced_at: issued.replaced_at,
        }
    }
}

/// One of those to whom a letter goes.
fn addressee(called: &Called, number: u16) -> Result<&Addressee, Problem> {
    let found = called.letter.addressees.iter().find(|addressee| addressee.number == number);
    found.ok_or_else(|| Problem::not_found("addressee of the letter"))
}

/// The letter as it is sent.
fn print(state: &State, called: &Called, to: &Addressee) -> Result<Printed, Problem> {
    let today = london::date_of(state.now());
    state.stationery.print(state.rulebook().library(), called, to, today).map_err(|error| {
        tracing::error!(%error, "a letter could not be printed");
        Problem::internal()
    })
}

/// The page, which loads nothing.
fn page(html: String, digest: Digest) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header((CONTENT_SECURITY_POLICY, FOR_LETTERS))
        .insert_header((ETAG, format!("\"{digest}\"")))
        .body(html)
}

/// The text.
fn text(text: String, digest: Digest) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/plain; charset=utf-8")
        .insert_header((ETAG, format!("\"{digest}\"")))
        .body(text)
}

/// Who issues what, in whose place.
struct Issuing<'a> {
    landlord: &'a str,
    case: CaseId,
    called: &'a Called,
    by: &'a str,
    now: DateTime<Utc>,
}

/// Issues a letter to one addressee, where it says everything that it must, and tells those who listen.
fn issue_to(
    state: &State,
    connection: &mut Connection,
    issuing: &Issuing<'_>,
    to: &Addressee,
    replaces: Option<IssuedId>,
) -> Result<IssuedView, Unwritten> {
    let Issuing { landlord, case, called, by, now } = *issuing;
    if called.letter.erased {
        let detail = "what the letter quotes has been erased, so that it cannot be written any more";
        return Err(Problem::new(codes::LETTER_WORDS_GONE, detail).into());
    }
    let printed = print(state, called, to)?;
    let missing = left_out(called, &printed);
    if !missing.is_empty() {
        return Err(Problem::new(codes::LETTER_INCOMPLETE, left_out_words(&missing)).missing(missing).into());
    }
    let (letter, kind, addressee) = (called.id, called.letter.kind, to.number);
    let to_issue = ToIssue { landlord, case, letter, kind, addressee, printed: &printed, by, replaces };
    let issued = letters::issue(connection, &to_issue, now)?;
    let noticed =
        Noticed::LetterIssued(LetterIssued { issued: issued.id, letter, kind, addressee, replaces });
    let key = format!("letter-issued {}", issued.id);
    notices::give(connection, landlord, &Notice { case: Some(case), key, noticed, occurred_at: now }, now)?;
    Ok(IssuedView::of(issued))
}

/// What is left out, and what wants it, in a sentence.
fn left_out_words(missing: &[redress_shared::letter::Missing]) -> String {
    let named: Vec<String> = missing
        .iter()
        .map(|missing| match missing.wanted_by.to_string().as_str() {
            "" => missing.item.to_owned(),
            wanted_by => format!("{} ({wanted_by})", missing.item),
        })
        .collect();
    format!("the letter leaves out {}", named.join("; "))
}
