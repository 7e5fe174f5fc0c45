//! Keys to sign tokens with.

use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::{Value, json};

/// A key, what it is called, and how it signs.
pub struct Key {
    pub id: &'static str,
    pub algorithm: Algorithm,
    pub key: EncodingKey,
}

impl Key {
    pub fn rs256() -> Self {
        Self::rsa("rsa", Algorithm::RS256, include_bytes!("keys/rsa.der"))
    }

    pub fn ps256() -> Self {
        Self::rsa("rsa", Algorithm::PS256, include_bytes!("keys/rsa.der"))
    }

    /// The key that follows [`Key::rs256`].
    pub fn next() -> Self {
        Self::rsa("rsa-next", Algorithm::RS256, include_bytes!("keys/rsa-next.der"))
    }

    pub fn es256() -> Self {
        let key = EncodingKey::from_ec_der(include_bytes!("keys/ec.der"));
        Self { id: "ec", algorithm: Algorithm::ES256, key }
    }

    pub fn ed25519() -> Self {
        let key = EncodingKey::from_ed_der(include_bytes!("keys/ed25519.der"));
        Self { id: "ed", algorithm: Algorithm::EdDSA, key }
    }

    fn rsa(id: &'static str, algorithm: Algorithm, key: &[u8]) -> Self {
        Self { id, algorithm, key: EncodingKey::from_rsa_der(key) }
    }

    /// The same key under another name.
    pub fn called(self, id: &'static str) -> Self {
        Self { id, ..self }
    }

    pub fn header(&self) -> Header {
        Header { kid: Some(self.id.to_owned()), ..Header::new(self.algorithm) }
    }

    /// A token of those claims.
    pub fn sign(&self, claims: &Value) -> String {
        encode(&self.header(), claims, &self.key).unwrap()
    }

    /// The public half, as it is published.
    pub fn published(&self) -> Value {
        let mut key =
            serde_json::to_value(Jwk::from_encoding_key(&self.key, self.algorithm).unwrap()).unwrap();
        key["kid"] = json!(self.id);
        key["use"] = json!("sig");
        key
    }
}
