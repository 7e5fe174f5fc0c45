//! Step 1: asking the service, and asking again.
//!
//! A request ends in one of three ways. There is an answer: then it is the answer, whatever its status, and asking again would give the
//! same. There is none, because the line broke or the service was away: then nobody knows whether it was carried out. Or the service says
//! "not now": 429, 503, and 409 with a `Retry-After`, where the request's first coming is still in hand. In the last two cases the same
//! request is sent again, to the byte, under the same `Idempotency-Key`; that is what makes it safe, since the service carries it out
//! once, however often it comes.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, bail};
use reqwest::blocking::{Client, RequestBuilder, Response};
use reqwest::header::{AUTHORIZATION, ETAG, HeaderMap, RETRY_AFTER};
use reqwest::{Method, StatusCode};
use serde::Deserialize;
use serde_json::Value;

/// The header that makes a request the same one when it is sent again.
pub const IDEMPOTENCY_KEY: &str = "Idempotency-Key";

/// The header that says that an answer was given before: the request came twice, and was carried out once.
const REPLAYED: &str = "Idempotency-Replayed";

/// A line to one service, for one landlord: whose, the key says.
#[derive(Clone)]
pub struct Connection {
    http: Client,
    base: String,
    authorization: String,
    patience: Patience,
}

/// How a CRM waits before it sends a request again.
#[derive(Clone)]
pub struct Patience {
    /// How often a request is sent in all.
    pub attempts: u32,
    /// How long is waited after the first time that there was no answer; twice as long after each further one. Where many machines wait
    /// for one service, let each wait a little longer by chance.
    pub first: Duration,
    /// The longest wait, whatever the service asks for.
    pub longest: Duration,
    /// What waits.
    pub pause: Arc<dyn Fn(Duration) + Send + Sync>,
}

impl Default for Patience {
    /// For about two minutes: longer than a service takes to start anew.
    fn default() -> Self {
        Self {
            attempts: 8,
            first: Duration::from_secs(1),
            longest: Duration::from_secs(60),
            pause: Arc::new(std::thread::sleep),
        }
    }
}

/// What the service answered.
#[derive(Debug, Clone)]
pub struct Reply {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Vec<u8>,
}

/// Why the service did not do what it was asked (RFC 9457). To programs the `code` says it, to people all the rest.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Problem {
    /// The stable word: `GET /problems/{code}` explains it.
    pub code: String,
    /// The status.
    pub status: u16,
    /// What is wrong.
    pub detail: String,
    /// The clause of the policy and the provision of the Code, where it is they that forbid it.
    pub clause: Option<String>,
    /// What to do instead.
    pub hint: String,
    /// What the service's operators ask for, when they are asked.
    pub request_id: Option<String>,
    /// The fields that are wrong.
    #[serde(default)]
    pub errors: Vec<WrongField>,
}

/// A field of a request that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct WrongField {
    /// Where in the body.
    pub pointer: Option<String>,
    /// What is wrong there.
    pub detail: String,
}

impl Connection {
    /// A line to the service at an address, with a key.
    ///
    /// # Errors
    /// When the HTTP client cannot be made.
    pub fn new(base: &str, key: &str) -> anyhow::Result<Self> {
        Self::with(base, format!("Bearer {key}"), Patience::default())
    }

    /// A line on which the `Authorization` header says this, and that is waited on so.
    ///
    /// # Errors
    /// When the HTTP client cannot be made.
    pub fn with(base: &str, authorization: String, patience: Patience) -> anyhow::Result<Self> {
        let base = base.trim_end_matches('/').to_owned();
        Ok(Self { http: crate::client::http()?, base, authorization, patience })
    }

    /// A request to an address below `/v1/`.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http
            .request(method, format!("{}/v1/{path}", self.base))
            .header(AUTHORIZATION, &self.authorization)
    }

    /// Waits, as [`Patience`] has it.
    pub fn pause(&self, time: Duration) {
        (self.patience.pause)(time);
    }

    /// Reads what is at an address, which must be there.
    ///
    /// # Errors
    /// When there is no answer, or it is no success.
    pub fn get(&self, path: &str) -> anyhow::Result<Value> {
        self.send(self.request(Method::GET, path))?.done().with_context(|| path.to_owned())?.json()
    }

    /// Sends a request until there is an answer to it. A request that changes something must have an [`IDEMPOTENCY_KEY`].
    ///
    /// # Errors
    /// When there is none, though it was sent as often as [`Patience`] has it. Keep the request then, with its key, and send it later.
    pub fn send(&self, request: RequestBuilder) -> anyhow::Result<Reply> {
        let mut silence = self.patience.first;
        for left in (0..self.patience.attempts).rev() {
            let once = request.try_clone().context("a request that is a stream cannot be sent twice")?;
            let wait = match once.send().and_then(Reply::read) {
                Ok(reply) => match reply.not_now() {
                    None => return Ok(reply),
                    Some(asked) if left > 0 => asked.unwrap_or(silence),
                    // However often it was said, it is no answer: whoever took it for one would take it for a refusal.
                    Some(_) => bail!("the service has no time: {}", reply.status),
                },
                // What the client itself cannot send, it cannot send later either.
                Err(error) if error.is_builder() => return Err(error).context("making the request"),
                Err(error) if left == 0 => return Err(error).context("reaching the service"),
                Err(_) => silence,
            };
            self.pause(wait.min(self.patience.longest));
            silence *= 2;
        }
        bail!("a request is sent at least once")
    }
}

impl Reply {
    /// An answer counts when all of it has come.
    fn read(response: Response) -> reqwest::Result<Self> {
        let (status, headers) = (response.status(), response.headers().clone());
        Ok(Self { status, headers, body: response.bytes()?.to_vec() })
    }

    /// Whether the service asks to be asked later, and after how long, where it says so.
    fn not_now(&self) -> Option<Option<Duration>> {
        let after = self.header(RETRY_AFTER.as_str()).and_then(|seconds| seconds.parse().ok());
        let later = match self.status {
            StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => true,
            StatusCode::CONFLICT => after.is_some(),
            _ => false,
        };
        later.then(|| after.map(Duration::from_secs))
    }

    /// The answer, where it is a success.
    ///
    /// # Errors
    /// The problem, where it is none.
    pub fn done(self) -> anyhow::Result<Self> {
        if self.status.is_success() { Ok(self) } else { Err(self.problem()?.into()) }
    }

    /// The body, which is JSON.
    ///
    /// # Errors
    /// When it is not.
    pub fn json(&self) -> anyhow::Result<Value> {
        serde_json::from_slice(&self.body).with_context(|| format!("{} without JSON", self.status))
    }

    /// The problem that the body is.
    ///
    /// # Errors
    /// When it is none: then it was something between here and the service that answered.
    pub fn problem(&self) -> anyhow::Result<Problem> {
        serde_json::from_slice(&self.body)
            .with_context(|| format!("{} without a problem document", self.status))
    }

    /// A header, where it is there and is text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// The version of what was shown, as `If-Match` takes it.
    ///
    /// # Errors
    /// When there is none.
    pub fn etag(&self) -> anyhow::Result<&str> {
        self.header(ETAG.as_str()).context("there is no ETag")
    }

    /// Whether this is what was answered when the request came before.
    #[must_use]
    pub fn was_given_before(&self) -> bool {
        self.header(REPLAYED) == Some("true")
    }
}

impl std::fmt::Display for Problem {
    /// As a CRM shows it to whoever pressed the button.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}", self.detail)?;
        if let Some(clause) = &self.clause {
            write!(formatter, " ({clause})")?;
        }
        write!(formatter, ". {}", self.hint)
    }
}

impl std::error::Error for Problem {}
