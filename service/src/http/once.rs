//! The one way through which every request that changes something is answered: once, however often it is sent.
//!
//! An answer is kept under its `Idempotency-Key` in the transaction that does what it tells of: there is the one with the other, or
//! neither. Only successes are kept; what was refused is decided again.

use std::sync::atomic::{AtomicU32, Ordering};

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use serde::Serialize;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::work::{Unwritten, read, write};
use crate::application::State;
use crate::problem::{Problem, codes};
use crate::storage::kept_answers::{self, KeptAnswer, Known, Request};
use crate::storage::{Connection, StorageError};

pub use redress_shared::case::record::Digest;

/// The header that says that an answer was given before.
pub const REPLAYED: &str = "Idempotency-Replayed";

/// Old answers are looked for once in so many that are kept.
const LOOK_EVERY: u32 = 16;

static KEPT: AtomicU32 = AtomicU32::new(0);

/// The answer to a request that was carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    answer: KeptAnswer,
    kept_body: Option<String>,
}

impl Reply {
    /// An answer in JSON.
    ///
    /// # Errors
    /// 500 for what cannot be written as JSON.
    pub fn json(status: StatusCode, body: &impl Serialize) -> Result<Self, Problem> {
        let body = written(body)?;
        let answer = KeptAnswer { status: status.as_u16(), headers: Vec::new(), body };
        Ok(Self { answer, kept_body: None })
    }

    /// The same, with a header.
    #[must_use]
    pub fn header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.answer.headers.push((name.to_owned(), value.into()));
        self
    }

    /// The same, with an `ETag`; the tag is unquoted.
    #[must_use]
    pub fn tag(self, tag: &str) -> Self {
        self.header("ETag", format!("\"{tag}\""))
    }

    /// The same, of which something else is kept: what a replay gives, where the answer has a secret that is shown once.
    ///
    /// # Errors
    /// 500 for what cannot be written as JSON.
    pub fn keeping(mut self, body: &impl Serialize) -> Result<Self, Problem> {
        self.kept_body = Some(written(body)?);
        Ok(self)
    }

    fn to_keep(&self) -> KeptAnswer {
        let mut answer = self.answer.clone();
        answer.body = self.kept_body.clone().unwrap_or(answer.body);
        answer
    }

    fn respond(self, replayed: bool) -> HttpResponse {
        let status = StatusCode::from_u16(self.answer.status).unwrap_or(StatusCode::OK);
        let mut response = HttpResponse::build(status);
        for (name, value) in &self.answer.headers {
            response.insert_header((name.as_str(), value.as_str()));
        }
        if replayed {
            response.insert_header((REPLAYED, "true"));
        }
        response.content_type("application/json").body(self.answer.body)
    }
}

/// What is sent: the value as JSON.
///
/// # Errors
/// 500 for what cannot be written as JSON.
pub fn written(body: &impl Serialize) -> Result<String, Problem> {
    serde_json::to_string(body).map_err(|error| {
        tracing::error!(%error, "an answer could not be written");
        Problem::internal()
    })
}

/// What makes a request the same one when it is sent again: its landlord, its key, and what it asks.
#[must_use]
pub fn request(landlord: &str, key: &str, method: &str, address: &str, body: &Value) -> Request {
    let mut hasher = Sha256::new();
    for part in [method, address] {
        hasher.update(part.as_bytes());
        hasher.update([0]);
    }
    let mut canonical = String::new();
    write_sorted(body, &mut canonical);
    hasher.update(canonical.as_bytes());
    Request {
        landlord: landlord.to_owned(),
        key: Digest(Sha256::digest(key.as_bytes()).into()),
        digest: Digest(hasher.finalize().into()),
    }
}

/// Writes JSON in the one way that does not hang on the order of names nor on white space.
fn write_sorted(value: &Value, text: &mut String) {
    match value {
        Value::Object(fields) => {
            let mut names: Vec<&String> = fields.keys().collect();
            names.sort_unstable();
            text.push('{');
            for name in names {
                text.push_str(&Value::from(name.as_str()).to_string());
                text.push(':');
                fields.get(name).into_iter().for_each(|value| write_sorted(value, text));
                text.push(',');
            }
            text.push('}');
        }
        Value::Array(items) => {
            text.push('[');
            for item in items {
                write_sorted(item, text);
                text.push(',');
            }
            text.push(']');
        }
        plain => text.push_str(&plain.to_string()),
    }
}

/// Carries a request out, or, where it was carried out before under the same key, answers as then.
///
/// # Errors
/// What the work fails with, and then nothing is kept; 409 while the same key is in hand, 422 where it was another request's.
pub async fn answer_once(
    state: Data<State>,
    repeat: Option<Request>,
    work: impl Fn(&State, &mut Connection) -> Result<Reply, Unwritten> + Send + 'static,
) -> Result<HttpResponse, Problem> {
    let Some(request) = repeat else { return Ok(write(state, work).await?.respond(false)) };
    let Some(guard) = state.in_flight.take(&request.landlord, request.key) else {
        let detail = "a request with that key is being carried out";
        return Err(Problem::new(codes::IDEMPOTENCY_IN_FLIGHT, detail).header("Retry-After", "1"));
    };
    // The work outlives a caller who hangs up, and so does its copy.
    let (with_the_work, asked) = (guard.clone(), request.clone());
    let done = write(state.clone(), move |state, connection| {
        let _in_hand = &with_the_work;
        carry_out(state, connection, &asked, &work)
    })
    .await;
    let answered = match done {
        // Another instance may have been at work on it: then this one has seen a case on which it was done already.
        Err(problem) if problem.is_of_the_request() => {
            let before = read(state, move |state, connection| known(state, connection, &request)).await;
            before?.map(|reply| (reply, true)).ok_or(problem)
        }
        done => done,
    };
    guard.release();
    answered.map(|(reply, replayed)| reply.respond(replayed))
}

/// Does the work and keeps its answer, unless there is one.
fn carry_out(
    state: &State,
    connection: &mut Connection,
    request: &Request,
    work: &impl Fn(&State, &mut Connection) -> Result<Reply, Unwritten>,
) -> Result<(Reply, bool), Unwritten> {
    if let Some(reply) = known(state, connection, request)? {
        return Ok((reply, true));
    }
    let reply = work(state, connection)?;
    let now = state.now();
    kept_answers::keep(connection, request, &reply.to_keep(), now)?;
    if KEPT.fetch_add(1, Ordering::Relaxed).is_multiple_of(LOOK_EVERY) {
        kept_answers::remove_old(connection, now)?;
    }
    Ok((reply, false))
}

/// The answer that was given before.
fn known(state: &State, connection: &mut Connection, request: &Request) -> Result<Option<Reply>, Unwritten> {
    let found: Result<Known, StorageError> = kept_answers::find(connection, request, state.now());
    match found? {
        Known::Nothing => Ok(None),
        Known::Answered(answer) => Ok(Some(Reply { answer, kept_body: None })),
        Known::AnotherRequest => {
            let detail = "the key was sent with another request before";
            Err(Problem::new(codes::IDEMPOTENCY_KEY_REUSED, detail).into())
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::request;

    #[test]
    fn a_request_is_the_same_whatever_the_order_of_its_names() {
        let of = |landlord: &str, key: &str, address: &str, body: &str| {
            request(landlord, key, "POST", address, &serde_json::from_str(body).unwrap())
        };
        let first = of("hartlepool", "k", "/v1/cases", "{\"a\":{\"x\":1,\"y\":[1,2]},\"b\":\"é\"}");
        assert_eq!(
            first,
            of("hartlepool", "k", "/v1/cases", "{ \"b\":\"\\u00e9\", \"a\":{\"y\":[1,2],\"x\":1} }")
        );
        for other in [
            of("pyramus", "k", "/v1/cases", "{\"a\":{\"x\":1,\"y\":[1,2]},\"b\":\"é\"}"),
            of("hartlepool", "l", "/v1/cases", "{\"a\":{\"x\":1,\"y\":[1,2]},\"b\":\"é\"}"),
            of("hartlepool", "k", "/v1/case", "{\"a\":{\"x\":1,\"y\":[1,2]},\"b\":\"é\"}"),
            of("hartlepool", "k", "/v1/cases", "{\"a\":{\"x\":1,\"y\":[2,1]},\"b\":\"é\"}"),
        ] {
            assert_ne!(first, other);
        }
        // Neither can what belongs to one part pass for what belongs to the next.
        let parts = |method, address, body| request("hartlepool", "k", method, address, &body).digest;
        assert_ne!(parts("POST", "/a", json!([["a"], "b"])), parts("POST", "/a", json!(["a", ["b"]])));
        assert_ne!(parts("POST/", "a", json!({})), parts("POST", "/a", json!({})));
    }
}
