//! Sending one delivery: signed, to where the guard lets it go, and with an end to how long it may take.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use reqwest::header::{CONTENT_TYPE, RETRY_AFTER, USER_AGENT};
use reqwest::redirect::Policy;
use reqwest::{Client, Response, StatusCode};

use super::guard::{Guard, was_refused};
use super::schedule;
use super::secret::Secret;
use super::settings::Settings;

/// The most that is read of what a receiver answers, in bytes: nothing is made of it, but the connection can be used again.
const READ: usize = 4096;

/// For how long a connection that nobody uses is kept.
const IDLE: Duration = Duration::from_secs(30);

/// Who it is, to receivers.
const AGENT: &str = concat!("Redress/", env!("CARGO_PKG_VERSION"), " (webhooks)");

/// What is sent.
#[derive(Debug, Clone)]
pub struct Letter {
    /// Where to.
    pub url: String,
    /// The id of the message, the same however often it is sent.
    pub message: String,
    /// The body.
    pub body: String,
    /// What it is signed with: two, while one takes the place of the other.
    pub secrets: Vec<Secret>,
}

/// Why a delivery failed: a word for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// The receiver answered with a status that is no success.
    Status,
    /// It did not answer in time.
    Timeout,
    /// It could not be connected to.
    Unreachable,
    /// Its address is one that the service does not go to.
    AddressRefused,
    /// The connection broke, or what came was no HTTP.
    Broken,
}

impl Trouble {
    /// Every trouble.
    pub const ALL: &'static [Self] =
        &[Self::Status, Self::Timeout, Self::Unreachable, Self::AddressRefused, Self::Broken];

    /// The word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::Timeout => "timeout",
            Self::Unreachable => "unreachable",
            Self::AddressRefused => "address-refused",
            Self::Broken => "broken",
        }
    }
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The receiver has it, and said so with this status.
    Delivered(u16),
    /// The receiver wants nothing any more: 410.
    Gone,
    /// It has to be sent again.
    Failed {
        /// Why.
        trouble: Trouble,
        /// The status, where there was an answer.
        status: Option<u16>,
        /// How long the receiver wants to be left alone.
        retry_after: Option<TimeDelta>,
    },
}

/// What connects to receivers.
#[derive(Debug, Clone)]
pub struct Courier {
    guard: Guard,
    secure: Client,
    plain: Client,
}

impl Courier {
    /// A courier that goes where the guard lets it.
    ///
    /// # Errors
    /// When no client can be made.
    pub fn new(guard: Guard, settings: &Settings) -> reqwest::Result<Self> {
        crate::access::tls::install();
        // No proxy: it would look up names by itself. No redirect: it leads to where nobody has looked.
        let client = |secure| {
            Client::builder()
                .no_proxy()
                .redirect(Policy::none())
                .referer(false)
                .timeout(settings.timeout)
                .pool_idle_timeout(IDLE)
                .dns_resolver(guard.resolver(secure))
                .build()
        };
        Ok(Self { secure: client(true)?, plain: client(false)?, guard })
    }

    /// What says where a landlord's endpoint may be.
    #[must_use]
    pub const fn guard(&self) -> &Guard {
        &self.guard
    }

    /// Sends it, signed for this time.
    pub async fn send(&self, letter: &Letter, now: DateTime<Utc>) -> Outcome {
        let failed = |trouble| Outcome::Failed { trouble, status: None, retry_after: None };
        let Ok(url) = self.guard.read(&letter.url) else { return failed(Trouble::AddressRefused) };
        let client = if url.scheme() == "https" { &self.secure } else { &self.plain };
        let timestamp = now.timestamp();
        let signatures: Vec<String> = letter
            .secrets
            .iter()
            .map(|secret| secret.sign(&letter.message, timestamp, &letter.body))
            .collect();
        let sent = client
            .post(url)
            .header(CONTENT_TYPE, "application/json")
            .header(USER_AGENT, AGENT)
            .header("webhook-id", &letter.message)
            .header("webhook-timestamp", timestamp)
            .header("webhook-signature", signatures.join(" "))
            .body(letter.body.clone())
            .send()
            .await;
        match sent {
            Ok(response) => answered(response, now).await,
            Err(error) if was_refused(&error) => failed(Trouble::AddressRefused),
            Err(error) if error.is_timeout() => failed(Trouble::Timeout),
            Err(error) if error.is_connect() => failed(Trouble::Unreachable),
            Err(_) => failed(Trouble::Broken),
        }
    }
}

async fn answered(response: Response, now: DateTime<Utc>) -> Outcome {
    let status = response.status();
    let retry_after = response.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok());
    let retry_after = retry_after.and_then(|value| schedule::asked(value, now));
    read_a_little(response).await;
    if status.is_success() {
        return Outcome::Delivered(status.as_u16());
    }
    if status == StatusCode::GONE {
        return Outcome::Gone;
    }
    Outcome::Failed { trouble: Trouble::Status, status: Some(status.as_u16()), retry_after }
}

/// The status has been given: whatever becomes of the rest of the answer, it counts.
async fn read_a_little(mut response: Response) {
    let mut read = 0;
    while let Ok(Some(part)) = response.chunk().await {
        read += part.len();
        if read > READ {
            return;
        }
    }
}
