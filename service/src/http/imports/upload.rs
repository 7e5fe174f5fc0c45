//! An import gets its file, which goes into the database piece by piece as it comes.

use std::time::Duration;

use actix_web::HttpResponse;
use actix_web::web::{Data, Payload};
use futures_util::StreamExt as _;
use sha2::{Digest as _, Sha256};
use tokio::time::timeout;
use uuid::Uuid;

use super::{ImportPath, ImportView, no_such, not_now};
use crate::access::Scope;
use crate::application::State as Shared;
use crate::http::contract::{Answer, Call, Operation, Tag};
use crate::imports::job::header;
use crate::imports::row::Mapper;
use crate::imports::{ImportId, LARGEST_FILE, State};
use crate::problem::{FieldError, Problem, codes};
use crate::storage::imports::{self, CHUNK};

/// How long the next piece of a file may take to come.
const PATIENCE: Duration = Duration::from_secs(30);

/// `PUT /v1/imports/{import}/file`.
pub fn operation() -> Operation {
    Operation::put("/v1/imports/{import}/file", "putImportFile", Tag::Transfers)
        .says(
            "An import gets its file",
            "CSV with a first line of names, or NDJSON; UTF-8; at most 512 MiB; uncompressed. It may be sent again until the import is \
             started, and takes the place of what was there. The columns that the mapping names must be in it. The file is removed when \
             the import is over, and when nobody has started it for seven days.",
        )
        .needs(Scope::HistoryImport)
        .takes_file(&["text/csv", "application/x-ndjson", "application/octet-stream"])
        .fails_with(&[codes::IMPORT_STATE])
        .answers(Answer::json::<ImportView>(200, "The import has its file."))
        .handled(upload)
}

/// Which upload of which import.
#[derive(Debug, Clone)]
struct Upload {
    landlord: String,
    import: ImportId,
    name: String,
}

async fn upload(call: Call<ImportPath>) -> Result<HttpResponse, Problem> {
    let upload =
        Upload { landlord: call.caller.landlord, import: call.path.import, name: Uuid::now_v7().to_string() };
    let state = call.state;
    let (begun, began) = (upload.clone(), state.now());
    crate::http::write(state.clone(), move |_, connection| {
        let mut import = imports::hold(connection, &begun.landlord, begun.import)?.ok_or_else(no_such)?;
        if !matches!(import.state, State::AwaitingFile | State::Ready | State::Tried) {
            return Err(not_now(import.state).into());
        }
        imports::remove_file(connection, import.id)?;
        import.state = State::AwaitingFile;
        import.upload = Some(begun.name.clone());
        import.stepped_at = Some(began);
        (import.started_at, import.ended_at) = (None, None);
        (import.file_bytes, import.file_digest) = (None, None);
        Ok(imports::update(connection, &import)?)
    })
    .await?;
    let payload = call.file.ok_or_else(Problem::internal)?;
    let (bytes, digest) = store(&state, &upload, payload).await?;
    let import = crate::http::write(state, move |state, connection| {
        let mut import = imports::hold(connection, &upload.landlord, upload.import)?.ok_or_else(no_such)?;
        still(&import, &upload)?;
        import.file_bytes = Some(bytes);
        import.file_digest = Some(digest.clone());
        let names = header(connection, &import)?;
        let names = names.map_err(|error| Problem::malformed(vec![FieldError::at("", error.detail)]))?.0;
        if let Err(wrong) = Mapper::new(&import.mapping, &names).map(drop) {
            let error = |(_, detail)| FieldError::at("", detail);
            return Err(Problem::malformed(wrong.into_iter().map(error).collect()).into());
        }
        import.state = State::Ready;
        import.stepped_at = Some(state.now());
        imports::update(connection, &import)?;
        Ok(import)
    })
    .await?;
    Ok(HttpResponse::Ok().json(ImportView::from(import)))
}

/// No other upload has taken this one's place.
fn still(import: &imports::Import, upload: &Upload) -> Result<(), Problem> {
    let ours = import.state == State::AwaitingFile && import.upload.as_deref() == Some(upload.name.as_str());
    if ours { Ok(()) } else { Err(not_now(import.state)) }
}

/// Keeps a file as it comes, and says how large it was, with its SHA-256.
async fn store(
    state: &Data<Shared>,
    upload: &Upload,
    mut payload: Payload,
) -> Result<(i64, String), Problem> {
    let mut hasher = Sha256::new();
    let mut held: Vec<u8> = Vec::with_capacity(CHUNK);
    let (mut total, mut number) = (0_u64, 0);
    loop {
        let slow = || Problem::new(codes::TOO_SLOW, "the next piece of the file did not come in time");
        let Some(piece) = timeout(PATIENCE, payload.next()).await.map_err(|_| slow())? else { break };
        let cut = |_| Problem::malformed(vec![FieldError::at("", "the file did not arrive whole")]);
        let piece = piece.map_err(cut)?;
        total = total.saturating_add(u64::try_from(piece.len()).unwrap_or(u64::MAX));
        if total > LARGEST_FILE {
            return Err(Problem::new(codes::TOO_LARGE, format!("a file has at most {LARGEST_FILE} bytes")));
        }
        hasher.update(&piece);
        held.extend_from_slice(&piece);
        while held.len() >= CHUNK {
            let rest = held.split_off(CHUNK);
            keep(state, upload, number, std::mem::replace(&mut held, rest)).await?;
            number += 1;
        }
    }
    if !held.is_empty() {
        keep(state, upload, number, held).await?;
    }
    let digest: String = hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok((i64::try_from(total).unwrap_or(i64::MAX), digest))
}

async fn keep(state: &Data<Shared>, upload: &Upload, number: i64, bytes: Vec<u8>) -> Result<(), Problem> {
    let upload = upload.clone();
    crate::http::write(state.clone(), move |_, connection| {
        let import = imports::hold(connection, &upload.landlord, upload.import)?.ok_or_else(no_such)?;
        still(&import, &upload)?;
        Ok(imports::add_chunk(connection, (upload.import, &upload.name), number, &bytes)?)
    })
    .await
}
