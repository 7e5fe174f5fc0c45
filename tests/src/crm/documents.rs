//! Step 6: what the resident sent in, photographs and papers.
//!
//! The body is the file itself. Its name may name somebody, and stands in a header therefore, never in an address.

use anyhow::ensure;
use reqwest::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use reqwest::{Method, StatusCode};
use uuid::Uuid;

use super::cases::encoded;
use super::connection::{Connection, IDEMPOTENCY_KEY, Problem};
use super::letters::{sha256, text};

/// A file.
pub struct File<'a> {
    /// What it is called.
    pub name: &'a str,
    /// Its media type. The service looks at the bytes, and takes what is what it says it is.
    pub media_type: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
}

/// What became of it.
#[derive(Debug)]
pub enum Attached {
    /// The service has it, under this id.
    As(String),
    /// It is of a kind that is not taken, or too large: the problem says which.
    Refused(Problem),
}

/// Attaches a file to a case. Sent again under its key, it is attached once.
///
/// # Errors
/// When there is no answer, or what arrived is not what was sent.
pub fn attach(connection: &Connection, case: &str, file: &File<'_>) -> anyhow::Result<Attached> {
    let request = connection
        .request(Method::POST, &format!("cases/{case}/documents?kind=evidence"))
        .header(IDEMPOTENCY_KEY, Uuid::now_v7().to_string())
        .header(CONTENT_TYPE, file.media_type)
        .header(CONTENT_DISPOSITION, format!("attachment; filename*=UTF-8''{}", encoded(file.name)))
        .body(file.bytes.to_vec());
    let reply = connection.send(request)?;
    if [StatusCode::UNSUPPORTED_MEDIA_TYPE, StatusCode::PAYLOAD_TOO_LARGE, StatusCode::CONFLICT]
        .contains(&reply.status)
    {
        return Ok(Attached::Refused(reply.problem()?));
    }
    let kept = reply.done()?.json()?;
    ensure!(text(&kept, "/sha256")? == sha256(file.bytes), "the file changed on its way");
    Ok(Attached::As(text(&kept, "/id")?))
}

/// Fetches a file. The service breaks off before the end where it is not any more what was attached.
///
/// # Errors
/// When it is not there, or comes in part.
pub fn fetch(connection: &Connection, case: &str, document: &str) -> anyhow::Result<Vec<u8>> {
    let path = format!("cases/{case}/documents/{document}/content");
    Ok(connection.send(connection.request(Method::GET, &path))?.done()?.body)
}
