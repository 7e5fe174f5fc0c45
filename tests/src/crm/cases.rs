//! Step 3: a case by the CRM's own reference.
//!
//! `PUT /v1/references/{system}/{value}` receives a case where there is none with that reference, and puts right what differs where there
//! is one: the CRM need not know which. What would change something is not taken from whoever has not looked (428), because somebody may
//! have put it right in Redress since, and a CRM that sends everything every night would undo it.

use anyhow::{Context as _, bail};
use chrono::{DateTime, Utc};
use reqwest::header::{ETAG, IF_MATCH};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use uuid::Uuid;

use super::connection::{Connection, IDEMPOTENCY_KEY, Problem, Reply};

/// What became of it.
#[derive(Debug)]
pub enum Upserted {
    /// The case is new in Redress.
    Received(Value),
    /// Redress has it as the CRM does: as it was, or put right just now.
    There(Value),
    /// Redress has it otherwise, and the CRM's view was not the newer one.
    Theirs(Value),
    /// It differs in something that only a command changes: the problem names each field, and the command.
    Refused(Problem),
}

/// A case as the CRM has it.
pub struct OwnCase<'a> {
    /// The CRM's name, as the references of all its cases have it.
    pub system: &'a str,
    /// Its own number.
    pub number: &'a str,
    /// When it was received.
    pub received_at: DateTime<Utc>,
    /// The rest, as `receive` takes it.
    pub content: &'a Value,
}

/// How often the case may change under one's hands before somebody has to look.
const ROUNDS: u32 = 3;

impl OwnCase<'_> {
    fn path(&self) -> String {
        format!("references/{}/{}", encoded(self.system), encoded(self.number))
    }

    /// Has Redress know the case as the CRM does. Where Redress has it otherwise, `is_newer` is shown how, and says whether the CRM's
    /// view is the newer one: a CRM compares with what it sent last.
    ///
    /// # Errors
    /// When there is no answer, or one that should not be.
    pub fn upsert(
        &self,
        connection: &Connection,
        is_newer: impl Fn(&Value) -> bool,
    ) -> anyhow::Result<Upserted> {
        let mut seen: Option<String> = None;
        for _ in 0..ROUNDS {
            let reply = self.put(connection, seen.as_deref())?;
            match reply.status {
                StatusCode::CREATED => return Ok(Upserted::Received(reply.json()?)),
                StatusCode::OK => return Ok(Upserted::There(reply.json()?)),
                StatusCode::CONFLICT => return Ok(Upserted::Refused(reply.problem()?)),
                // 428: it would change something, and nobody has looked. 412: it has changed since. Either way: look, and decide again.
                StatusCode::PRECONDITION_REQUIRED | StatusCode::PRECONDITION_FAILED => {}
                _ => return Err(reply.problem()?.into()),
            }
            let shown = connection.send(connection.request(Method::GET, &self.path()))?.done()?;
            let case = shown.json()?;
            if !is_newer(&case) {
                return Ok(Upserted::Theirs(case));
            }
            seen = Some(shown.etag()?.to_owned());
        }
        bail!("case {} of {} goes on changing: somebody has to look", self.number, self.system)
    }

    fn put(&self, connection: &Connection, seen: Option<&str>) -> anyhow::Result<Reply> {
        let body = json!({ "occurred_at": self.received_at, "actor": "crm", "content": self.content });
        let request = connection.request(Method::PUT, &self.path()).json(&body);
        // Another key for each request that asks something else: with `If-Match` it is another one.
        let request = request.header(IDEMPOTENCY_KEY, Uuid::now_v7().to_string());
        connection.send(match seen {
            Some(seen) => request.header(IF_MATCH, seen),
            None => request,
        })
    }
}

/// The id of the case in an answer: every other address of the case has it.
///
/// # Errors
/// When there is none.
pub fn id(answer: &Value) -> anyhow::Result<String> {
    let id = answer.pointer("/case/id").and_then(Value::as_str).context("the answer has no case")?;
    Ok(id.to_owned())
}

/// A case as it is now, with the version to send as `If-Match`.
///
/// # Errors
/// When there is none of that id.
pub fn read(connection: &Connection, case: &str) -> anyhow::Result<(Value, String)> {
    let shown = connection.send(connection.request(Method::GET, &format!("cases/{case}")))?.done()?;
    let tag = shown.header(ETAG.as_str()).context("a case is shown with its version")?.to_owned();
    Ok((shown.json()?, tag))
}

/// A word as it stands in an address: a CRM's number may have a slash in it.
pub(super) fn encoded(word: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    word.bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::encoded;

    #[test]
    fn a_number_may_have_anything_in_it() {
        assert_eq!(encoded("CAS-1/2 é"), "CAS-1%2F2%20%C3%A9");
    }
}
