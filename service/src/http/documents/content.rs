//! A document itself.

use std::ops::Range;

use actix_web::HttpResponse;
use actix_web::body::SizedStream;
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_SECURITY_POLICY, RANGE};
use bytes::Bytes;
use futures_util::StreamExt as _;
use futures_util::stream::{self, BoxStream};
use redress_shared::case::record::Digest;
use sha2::{Digest as _, Sha256};

use super::{DocumentPath, away};
use crate::documents::StoreError;
use crate::documents::name::disposition;
use crate::http::caller::{Scope, ensure};
use crate::http::contract::{Answer, Call, Operation, Tag};
use crate::problem::{Problem, codes};
use crate::storage::documents::{self, Document};

/// Nothing in a document may do anything, wherever it is opened.
const POLICY: &str =
    "default-src 'none'; sandbox; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/// `GET /v1/cases/{case}/documents/{document}/content`.
pub fn operation() -> Operation {
    let whole = Answer::other(200, "The document.", "*/*")
        .header("ETag", "Its SHA-256.")
        .header("Accept-Ranges", "`bytes`: parts can be asked for.")
        .header("Content-Disposition", "Its name.");
    let mut part = whole.clone().header("Content-Range", "Which bytes of how many.");
    part.status = 206;
    part.description = "The part of the document that was asked for with `Range`.";
    Operation::get("/v1/cases/{case}/documents/{document}/content", "getDocumentContent", Tag::Documents)
        .says(
            "A document itself",
            "To be saved, never to be shown in a page. Its digest is held against the one that it came with while it is sent; where it \
             differs, the connection is broken off before the end. Needs `personal:read` too.",
        )
        .needs(Scope::DocumentsRead)
        .takes_none_match()
        .takes_header(RANGE_NAME, "`bytes=0-1023`: one part of it, whose digest is not checked.", false)
        .fails_with(&[codes::RANGE_NOT_SATISFIABLE, codes::STORE_AWAY])
        .answers(whole)
        .answers(part)
        .answers(Answer::other(304, "The caller has it.", "*/*").header("ETag", "The same as for 200."))
        .handled(content)
}

const RANGE_NAME: &str = "Range";

async fn content(call: Call<DocumentPath>) -> Result<HttpResponse, Problem> {
    ensure(&call.caller, Scope::PersonalRead)?;
    let (state, landlord, path) = (call.state, call.caller.landlord, call.path);
    let found = crate::http::read(state.clone(), move |_, connection| {
        documents::find(connection, &landlord, path.case, path.document)
    })
    .await?;
    let there = found.filter(|document| document.removed.is_none());
    let document = there.ok_or_else(|| Problem::not_found("document"))?;
    let key = document.key.clone().ok_or_else(Problem::internal)?;
    let tag = document.digest.to_string();
    if call.preconditions.has(&tag) {
        return Ok(HttpResponse::NotModified().insert_header(("ETag", format!("\"{tag}\""))).finish());
    }
    let asked = call.request.headers().get(RANGE).and_then(|value| value.to_str().ok());
    let part = asked.map_or(Ok(None), |asked| range(asked, document.size))?;
    let reading = match state.documents.store.read(&key, part.clone()).await {
        Ok(reading) if reading.length == document.size => reading,
        Ok(_) | Err(StoreError::Missing) => return Err(lost(&document)),
        Err(error) => return Err(away(&error)),
    };
    Ok(send(&document, part, reading.bytes))
}

fn lost(document: &Document) -> Problem {
    tracing::error!(document = %document.id, "a document is not in the store as it was kept");
    Problem::internal()
}

fn send(
    document: &Document,
    part: Option<Range<u64>>,
    bytes: BoxStream<'static, Result<Bytes, StoreError>>,
) -> HttpResponse {
    let status = if part.is_some() { StatusCode::PARTIAL_CONTENT } else { StatusCode::OK };
    let mut response = HttpResponse::build(status);
    let name = document.name.as_deref().unwrap_or("document");
    response
        .content_type(document.media_type.as_str())
        .insert_header(("ETag", format!("\"{}\"", document.digest)))
        .insert_header(("Accept-Ranges", "bytes"))
        .insert_header(("Content-Disposition", disposition(name)))
        .insert_header((CONTENT_SECURITY_POLICY, POLICY));
    match part {
        Some(part) => {
            let last = part.end.saturating_sub(1);
            response
                .insert_header(("Content-Range", format!("bytes {}-{last}/{}", part.start, document.size)));
            response.body(SizedStream::new(part.end - part.start, bytes))
        }
        None => response.body(SizedStream::new(document.size, checked(bytes, document.digest))),
    }
}

/// The one part that is asked for; none where something else is asked for than one part in bytes, which is answered with all of it.
fn range(asked: &str, size: u64) -> Result<Option<Range<u64>>, Problem> {
    let Some((first, last)) = asked.trim().strip_prefix("bytes=").and_then(|part| part.split_once('-'))
    else {
        return Ok(None);
    };
    let number = |text: &str| text.parse::<u64>().ok();
    let part = match (first, last) {
        ("", last) => number(last).map(|last| size.saturating_sub(last)..size),
        (first, "") => number(first).map(|first| first..size),
        (first, last) => number(first)
            .zip(number(last))
            .filter(|(first, last)| first <= last)
            .map(|(first, last)| first..last.saturating_add(1).min(size)),
    };
    match part {
        Some(part) if part.start >= part.end => {
            Err(Problem::new(codes::RANGE_NOT_SATISFIABLE, format!("the document has {size} bytes"))
                .header("Content-Range", format!("bytes */{size}")))
        }
        part => Ok(part),
    }
}

/// Why a document is broken off.
#[derive(Debug, thiserror::Error)]
enum BrokenOff {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("a document is not what its digest was made of")]
    Altered,
}

/// The bytes as they come, but for the last of them, which are held back until the digest is known to be right.
fn checked(
    bytes: BoxStream<'static, Result<Bytes, StoreError>>,
    digest: Digest,
) -> BoxStream<'static, Result<Bytes, BrokenOff>> {
    let begun = (bytes, Sha256::new(), None::<Bytes>);
    let next = move |(mut bytes, mut hasher, mut held): (_, Sha256, Option<Bytes>)| async move {
        let bytes_left: &mut BoxStream<'static, Result<Bytes, StoreError>> = &mut bytes;
        loop {
            match bytes_left.next().await {
                Some(Ok(part)) => {
                    hasher.update(&part);
                    if let Some(before) = held.replace(part) {
                        return Ok(Some((before, (bytes, hasher, held))));
                    }
                }
                Some(Err(error)) => return Err(said(error.into())),
                None => break,
            }
        }
        let found = Digest(hasher.clone().finalize().into());
        if found != digest {
            return Err(said(BrokenOff::Altered));
        }
        Ok(held.take().map(|last| (last, (bytes, hasher, held))))
    };
    stream::try_unfold(begun, next).boxed()
}

fn said(error: BrokenOff) -> BrokenOff {
    tracing::error!(%error, "a document was broken off while it was sent");
    error
}

#[cfg(test)]
mod tests {
    use super::range;

    #[test]
    fn one_part_is_given_and_anything_else_is_all_of_it() {
        for (asked, part) in [
            ("bytes=0-0", Some(0..1)),
            ("bytes=2-4", Some(2..5)),
            ("bytes=2-400", Some(2..10)),
            ("bytes=7-", Some(7..10)),
            ("bytes=-3", Some(7..10)),
            ("bytes=-30", Some(0..10)),
            ("bytes=4-2", None),
            ("bytes=0-1,3-4", None),
            ("items=0-1", None),
            ("bytes=a-b", None),
        ] {
            assert_eq!(range(asked, 10).unwrap(), part, "{asked}");
        }
        for beyond in ["bytes=10-", "bytes=10-12", "bytes=-0"] {
            assert_eq!(range(beyond, 10).unwrap_err().code(), "range-not-satisfiable", "{beyond}");
        }
    }
}
