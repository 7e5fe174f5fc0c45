//! A document is attached.
//!
//! First a row says that a file is coming, and under which key; then the file goes into the store; then the row says that it is there,
//! in one transaction with the notice and the kept answer. Whatever breaks off in between leaves a row by which the rest is found.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE};
use actix_web::web::Data;
use redress_shared::case::CaseId;
use redress_shared::case::record::Digest;
use schemars::JsonSchema;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use super::{DocumentView, away};
use crate::application::State;
use crate::documents::kinds::{self, DECLARED, FileKind, would_run};
use crate::documents::receive::{NotReceived, Received, receive};
use crate::documents::store::new_key;
use crate::documents::{DocumentId, DocumentKind, name};
use crate::http::Unwritten;
use crate::http::caller::Scope;
use crate::http::cases::CasePath;
use crate::http::contract::{Answer, Call, Operation, Tag};
use crate::http::once::{REPLAYED, Reply, answer_once};
use crate::notices::{DocumentAdded, Notice, Noticed};
use crate::problem::{FieldError, Problem, codes};
use crate::storage::documents::{self, Arriving, Late};
use crate::storage::kept_answers::Request;
use crate::storage::{Connection, events, notices};

/// What the document is to the case.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct What {
    /// What it is to the case; `other` where it is not given.
    kind: Option<DocumentKind>,
    /// Which of the case's residents it is of, counted from 1: it goes when their personal data is erased.
    #[schemars(range(min = 1))]
    resident: Option<u16>,
}

/// `POST /v1/cases/{case}/documents`.
pub fn operation() -> Operation {
    Operation::post("/v1/cases/{case}/documents", "addDocument", Tag::Documents)
        .says(
            "A document is attached to a case",
            "The body is the file itself. It is taken for what its bytes are, and that must be what it is declared to be: PDF, pictures, \
             Word, Excel, PowerPoint and OpenDocument files without macros, plain text, CSV, emails, sound and film. It is neither \
             opened nor looked through for viruses. Its name may name somebody, and stands in a header therefore. With an \
             Idempotency-Key, the same file under the same name is attached once.",
        )
        .needs(Scope::DocumentsWrite)
        .takes_file(DECLARED)
        .takes_header(
            "Content-Disposition",
            "`attachment; filename*=UTF-8''letter.pdf`: what the file is called, as RFC 8187 writes it, or as `filename=\"letter.pdf\"` \
             in ASCII; at most 200 characters.",
            true,
        )
        .fails_with(&[codes::CASE_FULL, codes::DOCUMENT_TYPE, codes::STORE_AWAY])
        .answers(
            Answer::json::<DocumentView>(201, "Attached.").header("Location", "The address of what is known of it."),
        )
        .handled(add)
}

async fn add(call: Call<CasePath, What>) -> Result<HttpResponse, Problem> {
    let Call { state, caller, path, query, file, repeat, request, .. } = call;
    let header = |name| request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let (name, kind) = (called(header(CONTENT_DISPOSITION))?, declared(header(CONTENT_TYPE))?);
    let limit = state.documents.limits.file;
    if header(CONTENT_LENGTH).parse().is_ok_and(|length: u64| length > limit) {
        return Err(NotReceived::TooLarge(limit).into());
    }
    let arriving = Arriving {
        id: DocumentId(uuid::Uuid::now_v7().as_u128()),
        key: new_key(),
        landlord: caller.landlord,
        case: path.case,
        name,
        kind: query.kind.unwrap_or(DocumentKind::Other),
        resident: query.resident,
        media_type: kind.media_type,
        by: caller.actor,
    };
    expect(&state, arriving.clone()).await?;
    let payload = file.ok_or_else(Problem::internal)?;
    let documents = &state.documents;
    let answered = match receive(&documents.store, &arriving.key, kind, &documents.limits, payload).await {
        Ok(received) => {
            let repeat = repeat.map(|request| with_file(request, &arriving, received.digest));
            keep(&state, arriving.clone(), received, repeat).await
        }
        Err(error) => Err(error.into()),
    };
    let news = answered.as_ref().is_ok_and(|answer| !answer.headers().contains_key(REPLAYED));
    if !news {
        discard(&state, &arriving).await;
    }
    answered
}

fn called(header: &str) -> Result<String, Problem> {
    let wrong =
        |detail: String| Problem::malformed(vec![FieldError::header(CONTENT_DISPOSITION.as_str(), detail)]);
    let name = name::parse(header).map_err(|error| wrong(error.to_string()))?;
    if would_run(&name) {
        return Err(Problem::new(
            codes::DOCUMENT_TYPE,
            "by its name, the file would be opened as something that runs",
        ));
    }
    Ok(name)
}

/// The kind that was declared; the gate has seen to it that it is one.
fn declared(media_type: &str) -> Result<&'static FileKind, Problem> {
    let plain = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    kinds::declared(&plain).ok_or_else(|| Problem::new(codes::MEDIA_TYPE, "no such kind of file is kept"))
}

/// The request as it is known by when it comes again: with the same file under the same name.
fn with_file(request: Request, arriving: &Arriving, file: Digest) -> Request {
    let mut hasher = Sha256::new();
    for part in
        [&request.digest.0[..], &file.0, arriving.media_type.as_bytes(), &[0], arriving.name.as_bytes()]
    {
        hasher.update(part);
    }
    Request { digest: Digest(hasher.finalize().into()), ..request }
}

/// Writes down that a file is coming, where the case has room for it.
async fn expect(state: &Data<State>, arriving: Arriving) -> Result<(), Problem> {
    crate::http::write(state.clone(), move |state, connection| {
        room(state, connection, &arriving.landlord, arriving.case, 1)?;
        if let Some(resident) = arriving.resident
            && i32::from(resident) > events::residents(connection, &arriving.landlord, arriving.case)?
        {
            let error = FieldError::parameter("resident", "the case has no such resident");
            return Err(Problem::malformed(vec![error]).into());
        }
        Ok(documents::begin(connection, &arriving, state.now())?)
    })
    .await
}

/// Whether the case is there, and has room for so many bytes more. Nobody else adds to it until the transaction ends.
fn room(
    state: &State,
    connection: &mut Connection,
    landlord: &str,
    case: CaseId,
    size: u64,
) -> Result<(), Unwritten> {
    if events::hold(connection, landlord, case)?.is_none() {
        return Err(Problem::not_found("case").into());
    }
    let limits = &state.documents.limits;
    let (count, bytes) = documents::totals(connection, landlord, case)?;
    if count >= u64::from(limits.count) || bytes.saturating_add(size) > limits.case {
        let detail =
            format!("a case has at most {} documents and {} bytes in them", limits.count, limits.case);
        return Err(Problem::new(codes::CASE_FULL, detail).into());
    }
    Ok(())
}

/// Writes down that a file has come, tells of it, and answers.
async fn keep(
    state: &Data<State>,
    arriving: Arriving,
    received: Received,
    repeat: Option<Request>,
) -> Result<HttpResponse, Problem> {
    answer_once(state.clone(), repeat, move |state, connection| {
        let Arriving { id, case, landlord, .. } = &arriving;
        let now = state.now();
        room(state, connection, landlord, *case, received.size)?;
        if !documents::keep(connection, landlord, *id, (received.size, received.digest), now)? {
            return Err(Problem::from(NotReceived::TooSlow).into());
        }
        let noticed = Noticed::DocumentAdded(DocumentAdded {
            document: *id,
            kind: arriving.kind,
            size: received.size,
            digest: received.digest,
        });
        let key = format!("document-added {id}");
        notices::give(
            connection,
            landlord,
            &Notice { case: Some(*case), key, noticed, occurred_at: now },
            now,
        )?;
        let kept = documents::find(connection, landlord, *case, *id)?.ok_or_else(Problem::internal)?;
        let address = format!("/v1/cases/{case}/documents/{id}");
        // The answer is kept for days, and names nobody.
        Ok(Reply::json(StatusCode::CREATED, &DocumentView::of(kept, false))?.header("Location", address))
    })
    .await
}

/// Takes back what is not kept after all. Where that does not succeed at once, it is done later.
async fn discard(state: &Data<State>, arriving: &Arriving) {
    let (id, writer) = (arriving.id, state.database.writer());
    // What has been kept meanwhile, though the answer was lost, is not given up.
    let given_up = writer.write(move |connection| documents::abandon(connection, Late::This(id))).await;
    if !matches!(given_up, Ok(1)) {
        return;
    }
    match state.documents.store.remove(&arriving.key).await {
        Ok(()) => drop(writer.write(move |connection| documents::gone(connection, &id.to_string())).await),
        Err(error) => tracing::warn!(%error, "a file that is not kept is taken away later"),
    }
}

impl From<NotReceived> for Problem {
    fn from(error: NotReceived) -> Self {
        let code = match &error {
            NotReceived::TooLarge(_) => codes::TOO_LARGE,
            NotReceived::TooSlow => codes::TOO_SLOW,
            NotReceived::OtherKind => codes::DOCUMENT_TYPE,
            NotReceived::Broken | NotReceived::Empty => {
                return Self::malformed(vec![FieldError::at("", error.to_string())]);
            }
            NotReceived::Store(error) => return away(error),
        };
        Self::new(code, error.to_string())
    }
}
