//! A client of the public API: what a CRM's integration would be.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use reqwest::blocking::RequestBuilder;
use reqwest::header::{ETAG, IF_MATCH};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::crm::connection::{Connection, IDEMPOTENCY_KEY, Patience};
use crate::keys;

/// The commands that the service takes only from whoever says which version of the case they have seen.
pub const NEED_VERSION: [&str; 4] = ["correct", "correct-resident", "assign", "revise-action"];

/// How often a request is sent that is not answered, or that the service has no time for.
const ATTEMPTS: u32 = 6;
/// How long is waited where there is no answer: whoever runs this is looking on.
const FIRST_WAIT: Duration = Duration::from_millis(100);
/// The longest wait before it is sent again, whatever the service says.
const LONGEST_WAIT: Duration = Duration::from_secs(10);

/// Talks to one service, for one landlord. Clones share what they know of the cases' versions.
#[derive(Clone)]
pub struct Client {
    connection: Connection,
    /// The ETag that each case was last shown with.
    seen: Arc<Mutex<HashMap<String, String>>>,
}

/// What talks HTTP for a test: to the service itself, whatever proxy the machine is set to use.
///
/// # Errors
/// When it cannot be made.
pub fn http() -> reqwest::Result<reqwest::blocking::Client> {
    redress_service::access::tls::install();
    reqwest::blocking::Client::builder().no_proxy().build()
}

/// The header by which a landlord is known to a service of this process: name and value. Everything that asks for a landlord asks
/// with this.
#[must_use]
pub fn identity(landlord: &str) -> (&'static str, String) {
    ("Authorization", format!("Bearer {}", keys::of(landlord).reveal()))
}

/// What the service said to a command.
#[derive(Debug, Clone)]
pub enum Answer {
    /// It was done; the case, its events, and what came of it.
    Done(Value),
    /// It was refused, with a problem document.
    Refused(Value),
}

impl Client {
    /// A client for a landlord at the address of a service of this process.
    ///
    /// # Errors
    /// When the HTTP client cannot be made.
    pub fn new(base: &str, landlord: &str) -> anyhow::Result<Self> {
        Self::with(base, identity(landlord).1)
    }

    /// A client with a key, at the address of any service.
    ///
    /// # Errors
    /// When the HTTP client cannot be made.
    pub fn with_key(base: &str, key: &str) -> anyhow::Result<Self> {
        Self::with(base, format!("Bearer {key}"))
    }

    fn with(base: &str, authorization: String) -> anyhow::Result<Self> {
        let patience =
            Patience { attempts: ATTEMPTS, first: FIRST_WAIT, longest: LONGEST_WAIT, ..Patience::default() };
        Ok(Self { connection: Connection::with(base, authorization, patience)?, seen: Arc::default() })
    }

    /// The line to the service.
    #[must_use]
    pub const fn connection(&self) -> &Connection {
        &self.connection
    }

    /// Gives a command: on a case, or `receive` on none.
    ///
    /// # Errors
    /// When the service cannot be reached, fails, or answers something that is not JSON.
    pub fn command(
        &self,
        case: Option<&str>,
        verb: &str,
        occurred_at: DateTime<Utc>,
        content: &Value,
    ) -> anyhow::Result<Answer> {
        let path = case.map_or_else(|| "cases".to_owned(), |case| format!("cases/{case}/{verb}"));
        let body = json!({ "occurred_at": occurred_at, "actor": "crm", "content": content });
        let mut request = self.request(Method::POST, &path).json(&body);
        if let Some(case) = case.filter(|_| NEED_VERSION.contains(&verb)) {
            request = request.header(IF_MATCH, self.version(case)?);
        }
        let (status, answer) = self.answer(request, verb)?;
        anyhow::ensure!(!status.is_server_error(), "{verb}: the service failed: {answer}");
        if let (Some(case), StatusCode::PRECONDITION_FAILED) = (case, status) {
            self.lock().remove(case);
        }
        Ok(if status.is_success() { Answer::Done(answer) } else { Answer::Refused(answer) })
    }

    /// Reads something of this landlord's.
    ///
    /// # Errors
    /// When the service cannot be reached or does not have it.
    pub fn get(&self, path: &str) -> anyhow::Result<Value> {
        self.success(self.request(Method::GET, path), path)
    }

    /// Puts something of this landlord's in the place of what is there.
    ///
    /// # Errors
    /// When the service cannot be reached or refuses it.
    pub fn put(&self, path: &str, body: &Value) -> anyhow::Result<Value> {
        let there = self.connection.send(self.request(Method::GET, path))?;
        let tag = there.header(ETAG.as_str()).with_context(|| format!("{path} was shown without an ETag"))?;
        self.success(self.request(Method::PUT, path).header(IF_MATCH, tag).json(body), path)
    }

    /// A request that says whose it is, and that is carried out once, however often it is sent.
    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let once = (method != Method::GET).then(|| Uuid::now_v7().to_string());
        let request = self.connection.request(method, path);
        match once {
            Some(key) => request.header(IDEMPOTENCY_KEY, key),
            None => request,
        }
    }

    fn success(&self, request: RequestBuilder, what: &str) -> anyhow::Result<Value> {
        let (status, answer) = self.answer(request, what)?;
        anyhow::ensure!(status.is_success(), "{what}: {status}: {answer}");
        Ok(answer)
    }

    /// Sends a request until it is answered.
    fn answer(&self, request: RequestBuilder, what: &str) -> anyhow::Result<(StatusCode, Value)> {
        let reply = self.connection.send(request).with_context(|| what.to_owned())?;
        let answer = reply.json().with_context(|| what.to_owned())?;
        // A command's answer has the case in it; a case is its own answer.
        let case = answer.pointer("/case/id").or_else(|| answer.get("id")).and_then(Value::as_str);
        if let (Some(tag), Some(case)) = (reply.header(ETAG.as_str()), case) {
            self.lock().insert(case.to_owned(), tag.to_owned());
        }
        Ok((reply.status, answer))
    }

    /// The ETag that a case was last shown with.
    fn version(&self, case: &str) -> anyhow::Result<String> {
        let known = || self.lock().get(case).cloned();
        if let Some(tag) = known() {
            return Ok(tag);
        }
        self.get(&format!("cases/{case}"))?;
        known().with_context(|| format!("case {case} was shown without an ETag"))
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<String, String>> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
