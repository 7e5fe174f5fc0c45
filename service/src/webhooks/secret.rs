//! What deliveries are signed with: `whsec_` and the base64 of random bytes (Standard Webhooks 1.0).
//!
//! Unlike the secret of an API key it is kept as it is: to sign with it, it has to be had. It is shown when it is made and never again.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use crate::access::key::NoRandomness;

/// What every secret begins with, so that one that has leaked can be found by a search.
pub const MARK: &str = "whsec_";

/// How many random bytes a secret has; the standard wants 24 to 64.
const LENGTH: usize = 32;

/// A secret. It is printed by [`Secret::reveal`] alone.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Vec<u8>);

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret(…)")
    }
}

impl Secret {
    /// A new secret.
    ///
    /// # Errors
    /// When the system gives no random numbers.
    pub fn generate() -> Result<Self, NoRandomness> {
        let mut bytes = vec![0; LENGTH];
        getrandom::fill(&mut bytes)?;
        Ok(Self(bytes))
    }

    /// Reads a secret as it was revealed; nothing where it is none.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let bytes = STANDARD.decode(text.strip_prefix(MARK)?).ok()?;
        (24..=64).contains(&bytes.len()).then_some(Self(bytes))
    }

    /// The whole of it: for whoever is to check signatures, and for the table that it is kept in.
    #[must_use]
    pub fn reveal(&self) -> String {
        format!("{MARK}{}", STANDARD.encode(&self.0))
    }

    /// The signature of a message that is sent at that time, in seconds since 1970: `v1,` and the base64 of the HMAC-SHA256 of
    /// `id.timestamp.body`.
    #[must_use]
    pub fn sign(&self, id: &str, timestamp: i64, body: &str) -> String {
        // An HMAC takes a key of any length: this does not fail.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.0) else { return String::new() };
        for part in [id, ".", &timestamp.to_string(), ".", body] {
            mac.update(part.as_bytes());
        }
        format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::Secret;

    /// The example of the standard's own reference implementations.
    #[test]
    fn a_message_is_signed_as_the_standard_has_it() {
        let secret = Secret::read("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let signed = secret.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, "{\"test\": 2432232314}");
        assert_eq!(signed, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn a_secret_reads_as_it_was_revealed_and_is_never_printed_by_accident() {
        let (one, other) = (Secret::generate().unwrap(), Secret::generate().unwrap());
        assert_ne!(one, other);
        assert_eq!(Secret::read(&one.reveal()), Some(one.clone()));
        assert_eq!(format!("{one:?}"), "Secret(…)");
        for wrong in ["", "whsec_", "whsec_c2hvcnQ=", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_é"] {
            assert_eq!(Secret::read(wrong), None, "{wrong}");
        }
    }
}
