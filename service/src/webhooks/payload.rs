//! What is told: that something happened, where it stands in the feed, and to which case. Ids, dates and words of ours; whoever wants
//! to know more asks for it, with a key that may know.

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::Serialize;

/// The word for a message that is sent to try an endpoint.
pub const TEST: &str = "test";

/// What is sent to a webhook: thin, without personal data, and the same to the byte however often it is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "WebhookPayload")]
pub struct Payload {
    /// What it tells: the type of the event or of the notice, as the feed has it; or `test`, where somebody tries the endpoint.
    #[serde(rename = "type")]
    pub kind: String,
    /// When it was recorded.
    pub timestamp: DateTime<Utc>,
    /// Where to find it.
    pub data: Data,
}

/// Where to find what a webhook tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "WebhookData")]
pub struct Data {
    /// The landlord.
    pub landlord: String,
    /// Its number in the feed: `GET /v1/events` with `after` one less and `limit=1` has all of it. Null for a test.
    pub feed: Option<i64>,
    /// The case; null where it is about none.
    pub case: Option<String>,
    /// The number of the event in its case, which is the version of the case that came of it; null for a notice and a test.
    pub sequence: Option<i32>,
    /// The id of the notice; null for an event and a test.
    pub notice: Option<String>,
    /// When it happened.
    pub occurred_at: DateTime<Utc>,
    /// The address of the case; a path, where the operator has not set the address that the service is known by. Null where there is
    /// no case.
    pub url: Option<String>,
}

impl Payload {
    /// As it is signed and sent.
    #[must_use]
    pub fn written(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// The address of a case, below the address that the service is known by.
#[must_use]
pub fn case_address(public_url: Option<&str>, case: &str) -> String {
    format!("{}/v1/cases/{case}", public_url.unwrap_or_default().trim_end_matches('/'))
}
