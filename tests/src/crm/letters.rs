//! Step 5: letters out.
//!
//! The service knows which letter each step calls for and what policy and Code want in it; the CRM sends it. A letter is looked at first,
//! then issued: from then on it is kept as it is, to the byte, and that is what is fetched, printed and posted.

use anyhow::{Context as _, ensure};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::connection::{Connection, IDEMPOTENCY_KEY, Problem};

/// A letter that was issued to one of its addressees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issued {
    /// Its id, by which it can be fetched again at any time.
    pub id: String,
    /// The page, to be printed or shown.
    pub page: String,
    /// The text, to be sent as an email.
    pub text: String,
}

/// What became of it.
#[derive(Debug)]
pub enum Issuing {
    /// It is to be sent: one for each addressee to whom none was issued before.
    ToSend(Vec<Issued>),
    /// There is nothing to send: the case calls for no such letter, or it was issued to everybody.
    Nothing,
    /// It leaves out something that it must say; the problem names it, and the clause. Somebody has to complete what it is made of.
    Refused(Problem),
}

/// Issues a case's latest letter of a kind and fetches what is to be sent.
///
/// # Errors
/// When there is no answer, or what comes is not what was issued.
pub fn issue(connection: &Connection, case: &str, kind: &str) -> anyhow::Result<Issuing> {
    let all = connection.get(&format!("cases/{case}/letters"))?;
    let letters = all.get("letters").and_then(Value::as_array).context("no letters")?;
    let Some(letter) = letters.iter().rfind(|letter| is(letter, kind) && is_to_issue(letter)) else {
        return Ok(Issuing::Nothing);
    };
    let id = text(letter, "/id")?;
    let request = connection
        .request(Method::POST, &format!("cases/{case}/letters/{id}/issue"))
        .header(IDEMPOTENCY_KEY, Uuid::now_v7().to_string())
        .json(&json!({}));
    let reply = connection.send(request)?;
    if reply.status == StatusCode::CONFLICT {
        return Ok(Issuing::Refused(reply.problem()?));
    }
    let issued = reply.done()?.json()?;
    let issued = issued.get("issued").and_then(Value::as_array).context("nothing was issued")?;
    let fetched = issued.iter().map(|issued| fetch(connection, case, issued));
    Ok(Issuing::ToSend(fetched.collect::<anyhow::Result<_>>()?))
}

/// A letter as it would be sent, before it is: for whoever is to look at it. What it must say and does not is in `missing`.
///
/// # Errors
/// When the case has no such letter.
pub fn preview(connection: &Connection, case: &str, letter: &str) -> anyhow::Result<Value> {
    connection.get(&format!("cases/{case}/letters/{letter}"))
}

fn is(letter: &Value, kind: &str) -> bool {
    letter.get("kind").and_then(Value::as_str) == Some(kind)
}

/// Whether there is an addressee to whom it was not issued.
fn is_to_issue(letter: &Value) -> bool {
    let addressees = letter.get("addressees").and_then(Value::as_array);
    addressees.into_iter().flatten().any(|to| to.get("issued").is_none_or(Value::is_null))
}

/// Fetches what was issued, and holds it against the digests that the service gave: whoever is asked in two years what the resident was
/// sent has the same bytes, and can show it.
fn fetch(connection: &Connection, case: &str, issued: &Value) -> anyhow::Result<Issued> {
    let id = text(issued, "/id")?;
    let form = |format: &str, digest: &str| {
        let path = format!("cases/{case}/issued-letters/{id}?format={format}");
        let reply = connection.send(connection.request(Method::GET, &path))?.done()?;
        ensure!(sha256(&reply.body) == text(issued, digest)?, "{path} is not what was issued");
        Ok(String::from_utf8(reply.body)?)
    };
    Ok(Issued { page: form("html", "/html_sha256")?, text: form("text", "/text_sha256")?, id })
}

pub(super) fn text(value: &Value, pointer: &str) -> anyhow::Result<String> {
    let found = value.pointer(pointer).and_then(Value::as_str);
    Ok(found.with_context(|| format!("there is no {pointer}"))?.to_owned())
}

/// A SHA-256 in hexadecimal.
pub(super) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
