//! Asking a service, and what is said where it does not answer as it should.

use std::error::Error as _;
use std::time::Duration;

use reqwest::blocking::{Client as Http, Response};
use reqwest::header::RETRY_AFTER;
use reqwest::redirect::Policy;
use reqwest::{Certificate, StatusCode, Url};
use serde::Deserialize;

use super::Service;
use crate::error::{Error, Result};

/// How long one answer may take. What has not arrived by then is asked for again from where it stopped.
const AT_MOST: Duration = Duration::from_secs(600);
/// How long a connection may take to come about.
const CONNECTED_WITHIN: Duration = Duration::from_secs(20);

/// A line to a service.
pub(super) struct Client {
    http: Http,
    base: Url,
    key: String,
}

/// Why there is no answer.
pub(super) enum Failure {
    /// It is worth asking again; after so long, where the service says so.
    Passing(String, Option<Duration>),
    /// It is not.
    Lasting(Error),
}

/// The problem documents of the service, as far as they are said on.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Problem {
    code: String,
    detail: String,
}

impl Client {
    /// # Errors
    /// When the address is none, or would send the key over a network that others can read along.
    pub(super) fn new(service: &Service) -> Result<Self> {
        // It fails where a provider is installed already, which is as well.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let wrong = |reason: &str| Error::Request(format!("--service {}: {reason}", service.address));
        let base: Url =
            service.address.parse().map_err(|_| wrong("it is no address such as https://redress.example"))?;
        let here = matches!(base.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
        if base.scheme() != "https" && !(base.scheme() == "http" && here) {
            return Err(wrong("the key would go over the network for all to read; it begins with https://"));
        }
        if !base.username().is_empty() || base.password().is_some() {
            return Err(wrong("a key does not stand in an address"));
        }
        let mut http = Http::builder()
            .timeout(AT_MOST)
            .connect_timeout(CONNECTED_WITHIN)
            .redirect(Policy::none())
            .user_agent(concat!("redress-reporter/", env!("CARGO_PKG_VERSION")));
        if here {
            http = http.no_proxy();
        }
        for certificate in certificates(service.certificates.as_deref())? {
            http = http.add_root_certificate(certificate);
        }
        let http = http.build().map_err(|error| wrong(&said(&error)))?;
        Ok(Self { http, base, key: service.key.clone() })
    }

    /// The address, as it is said on.
    pub(super) fn address(&self) -> &str {
        self.base.as_str()
    }

    /// Asks for what lies at a path below `/v1/`.
    ///
    /// # Errors
    /// Why there is no answer.
    pub(super) fn get(&self, path: &str, query: &[(&str, &str)]) -> std::result::Result<Response, Failure> {
        let below = format!("{}/v1/{path}", self.base.path().trim_end_matches('/'));
        let mut url = self.base.clone();
        url.set_path(&below);
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        let answer =
            self.http.get(url).bearer_auth(&self.key).send().map_err(|error| self.unanswered(&error))?;
        if answer.status() == StatusCode::OK { Ok(answer) } else { Err(self.refused(answer)) }
    }

    /// There is no answer at all.
    fn unanswered(&self, error: &reqwest::Error) -> Failure {
        let why = said(error);
        // What is wrong with a certificate does not pass by waiting.
        if why.to_lowercase().contains("certificate") {
            let hint =
                "name the certificate of its authority by --service-certificate, if that is one of your own";
            return Failure::Lasting(self.error(format!("its certificate is not trusted: {why}; {hint}")));
        }
        Failure::Passing(format!("it does not answer: {why}"), None)
    }

    /// It answers, and not with what was asked for.
    fn refused(&self, answer: Response) -> Failure {
        let status = answer.status();
        let seconds = answer.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse().ok());
        let problem: Problem = answer.json().unwrap_or_default();
        let lasting = |reason: String| Failure::Lasting(self.error(reason));
        match status {
            StatusCode::UNAUTHORIZED => Failure::Lasting(Error::Request(format!(
                "{}: the key is refused; it may have expired, been revoked or be of another service",
                self.address()
            ))),
            StatusCode::FORBIDDEN => Failure::Lasting(Error::Request(format!(
                "{}: the key may not read this: {}",
                self.address(),
                problem.detail
            ))),
            StatusCode::NOT_FOUND => {
                lasting("it has no such export: it is no Redress, or one of another version".to_owned())
            }
            StatusCode::TOO_MANY_REQUESTS => {
                Failure::Passing("it asks for a pause".to_owned(), seconds.map(Duration::from_secs))
            }
            status if status.is_server_error() => {
                let wait = seconds.map(Duration::from_secs);
                Failure::Passing(format!("it answers {status} {}", problem.detail), wait)
            }
            status => lasting(format!("it answers {status} {} {}", problem.code, problem.detail)),
        }
    }

    /// An error of this service.
    pub(super) fn error(&self, reason: String) -> Error {
        Error::Service { address: self.address().to_owned(), reason }
    }
}

fn certificates(pem: Option<&[u8]>) -> Result<Vec<Certificate>> {
    let Some(pem) = pem else { return Ok(Vec::new()) };
    let wrong = |why: &str| Error::Given(format!("--service-certificate: {why}"));
    match Certificate::from_pem_bundle(pem) {
        Ok(found) if !found.is_empty() => Ok(found),
        Ok(_) => Err(wrong("no certificate in PEM is there")),
        Err(error) => Err(wrong(&said(&error))),
    }
}

/// Everything that an error says, down to its cause; not the address, which a query may make long.
fn said(error: &reqwest::Error) -> String {
    let mut parts = Vec::new();
    let mut cause = error.source();
    while let Some(next) = cause {
        parts.push(next.to_string());
        cause = next.source();
    }
    if parts.is_empty() {
        parts.push(error.to_string());
    }
    parts.dedup();
    parts.join(": ")
}
