//! Reading an issuer's keys from where it publishes them.

use std::time::Duration;

use jsonwebtoken::Algorithm;
use reqwest::redirect::Policy;
use reqwest::{Client, StatusCode, Url};
use serde::Deserialize;

use super::address;
use super::keys::KeySet;

/// How long an issuer has, for both its description and its keys. Somebody is waiting for an answer meanwhile.
const TIMEOUT: Duration = Duration::from_secs(5);

/// The longest document that is read, in bytes. Key sets have a few thousand.
const MAX_LENGTH: usize = 256 * 1024;

/// Why keys could not be read. For the log: whoever sent a token is only told that they could not.
#[derive(Debug, thiserror::Error)]
pub(super) enum FetchError {
    #[error("it cannot be reached: {0:?}")]
    Unreachable(reqwest::Error),
    #[error("it took longer than {} s", TIMEOUT.as_secs())]
    TooSlow,
    #[error("it answered {0}")]
    Status(StatusCode),
    #[error("it answered with more than {MAX_LENGTH} bytes")]
    TooLong,
    #[error("its answer cannot be read: {0}")]
    Unreadable(#[from] serde_json::Error),
    #[error("it describes another issuer")]
    AnotherIssuer,
    #[error("it names an address for its keys that is neither HTTPS nor, like its own, on this machine")]
    BadAddress,
}

impl From<reqwest::Error> for FetchError {
    fn from(error: reqwest::Error) -> Self {
        Self::Unreachable(error.without_url())
    }
}

/// Where an issuer's keys are.
#[derive(Debug, Clone)]
pub(super) enum Place {
    /// At an address.
    Known(Url),
    /// At the address in the issuer's description of itself.
    Described {
        /// Where the description is.
        url: Url,
        /// The issuer that it must describe.
        issuer: String,
    },
}

/// What the issuer says of itself; the rest is not needed.
#[derive(Deserialize)]
struct Description {
    issuer: String,
    jwks_uri: String,
}

/// A client that goes to that place and no further: by the proxy in `HTTPS_PROXY`, if there is one, but on this machine itself.
pub(super) fn client(place: &Place) -> reqwest::Result<Client> {
    crate::access::tls::install();
    let (Place::Known(url) | Place::Described { url, .. }) = place;
    // Connections are not kept: minutes lie between uses, and each belongs to the thread that happened to open it.
    let client = Client::builder().redirect(Policy::none()).pool_max_idle_per_host(0);
    if address::is_loopback(url) { client.no_proxy().build() } else { client.build() }
}

/// Reads the keys.
pub(super) async fn keys(
    client: &Client,
    place: &Place,
    allowed: &[Algorithm],
) -> Result<KeySet, FetchError> {
    let read = async {
        let url = match place {
            Place::Known(url) => url.clone(),
            Place::Described { url, issuer } => described(&read(client, url.clone()).await?, url, issuer)?,
        };
        Ok(KeySet::read(&read(client, url).await?, allowed)?)
    };
    tokio::time::timeout(TIMEOUT, read).await.unwrap_or(Err(FetchError::TooSlow))
}

/// The address in a description, which must be of the issuer itself (OpenID Connect Discovery 1.0, section 4.3).
fn described(document: &[u8], url: &Url, issuer: &str) -> Result<Url, FetchError> {
    let description: Description = serde_json::from_slice(document)?;
    if description.issuer != issuer {
        return Err(FetchError::AnotherIssuer);
    }
    let keys = address::parse(&description.jwks_uri).map_err(|_| FetchError::BadAddress)?;
    // Somebody elsewhere has no business to send us to this machine.
    if address::is_loopback(&keys) && !address::is_loopback(url) {
        return Err(FetchError::BadAddress);
    }
    Ok(keys)
}

async fn read(client: &Client, url: Url) -> Result<Vec<u8>, FetchError> {
    let mut response = client.get(url).header("Accept", "application/json").send().await?;
    if response.status() != StatusCode::OK {
        return Err(FetchError::Status(response.status()));
    }
    let mut document = Vec::new();
    while let Some(part) = response.chunk().await? {
        if document.len() + part.len() > MAX_LENGTH {
            return Err(FetchError::TooLong);
        }
        document.extend_from_slice(&part);
    }
    Ok(document)
}

#[cfg(test)]
mod tests {
    use super::{FetchError, described};

    fn check(from: &str, keys: &str, expected: bool) {
        let document = serde_json::json!({"issuer": "https://login.example", "jwks_uri": keys}).to_string();
        let found = described(document.as_bytes(), &from.parse().unwrap(), "https://login.example");
        match found {
            Ok(url) => assert!(expected, "{url} from {from}"),
            Err(FetchError::BadAddress) => assert!(!expected, "{keys} from {from}"),
            Err(other) => panic!("{other}"),
        }
    }

    #[test]
    fn an_issuer_cannot_send_us_to_this_machine_unless_it_is_there_too() {
        check("https://login.example/d", "https://keys.example/k", true);
        check("https://login.example/d", "http://keys.example/k", false);
        check("https://login.example/d", "http://127.0.0.1/k", false);
        check("https://login.example/d", "https://localhost/k", false);
        check("https://login.example/d", "https://[::1]/k", false);
        check("http://localhost/d", "http://127.0.0.1/k", true);
        check("https://login.example/d", "/k", false);
    }

    #[test]
    fn a_description_of_somebody_else_is_not_taken() {
        let document = br#"{"issuer": "https://other.example", "jwks_uri": "https://login.example/k"}"#;
        let url = "https://login.example/d".parse().unwrap();
        let found = described(document, &url, "https://login.example");
        assert!(matches!(found, Err(FetchError::AnotherIssuer)));
    }
}
