//! A client of the public API: what a CRM's integration would be.

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

/// Talks to one service, for one landlord.
#[derive(Debug, Clone)]
pub struct Client {
    http: reqwest::blocking::Client,
    base: String,
    landlord: String,
}

/// What talks HTTP for a test: to the service itself, whatever proxy the machine is set to use.
///
/// # Errors
/// When it cannot be made.
pub fn http() -> reqwest::Result<reqwest::blocking::Client> {
    redress_service::access::tls::install();
    reqwest::blocking::Client::builder().no_proxy().build()
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
    /// A client for a landlord at a service's address.
    ///
    /// # Errors
    /// When the HTTP client cannot be made.
    pub fn new(base: &str, landlord: &str) -> anyhow::Result<Self> {
        redress_service::access::tls::install();
        Ok(Self { http: http()?, base: base.trim_end_matches('/').to_owned(), landlord: landlord.to_owned() })
    }

    fn address(&self, path: &str) -> String {
        format!("{}/v1/landlords/{}/{path}", self.base, self.landlord)
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
        let response =
            self.http.post(self.address(&path)).json(&body).send().context("reaching the service")?;
        let status = response.status();
        let answer: Value = response.json().with_context(|| format!("{verb}: {status} without JSON"))?;
        anyhow::ensure!(!status.is_server_error(), "{verb}: the service failed: {answer}");
        Ok(if status.is_success() { Answer::Done(answer) } else { Answer::Refused(answer) })
    }

    /// Reads something of this landlord's.
    ///
    /// # Errors
    /// When the service cannot be reached or does not have it.
    pub fn get(&self, path: &str) -> anyhow::Result<Value> {
        let response = self.http.get(self.address(path)).send().context("reaching the service")?;
        let status = response.status();
        let answer: Value = response.json().with_context(|| format!("{path}: {status} without JSON"))?;
        anyhow::ensure!(status.is_success(), "{path}: {status}: {answer}");
        Ok(answer)
    }

    /// Puts something of this landlord's in place.
    ///
    /// # Errors
    /// When the service cannot be reached or refuses it.
    pub fn put(&self, path: &str, body: &Value) -> anyhow::Result<Value> {
        let response = self.http.put(self.address(path)).json(body).send().context("reaching the service")?;
        let status = response.status();
        let answer: Value = response.json().with_context(|| format!("{path}: {status} without JSON"))?;
        anyhow::ensure!(status.is_success(), "{path}: {status}: {answer}");
        Ok(answer)
    }
}
