//! The keys that an issuer publishes: a JSON Web Key Set (RFC 7517), of which only what can check a token here is kept.

use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, KeyAlgorithm, KeyOperations, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey, DecodingKeyKind, crypto};
use serde::Deserialize;
use serde_json::Value;

use super::token::Token;

/// The lengths, in bytes, that an RSA modulus may have: 2048 bits is the least that is still safe (RFC 7518, section 3.3), and
/// more than 4096 takes too long to check.
const MODULUS_BYTES: std::ops::RangeInclusive<usize> = 256..=512;

/// An uncompressed point of P-256: a mark and two coordinates.
const POINT_BYTES: usize = 65;

/// A public key of Ed25519.
const ED25519_BYTES: usize = 32;

/// The keys of one issuer, as they were published at one time.
#[derive(Debug)]
pub(super) struct KeySet(Vec<Key>);

#[derive(Debug)]
struct Key {
    id: String,
    /// What it may be used with, out of what is allowed.
    algorithms: Vec<Algorithm>,
    key: DecodingKey,
}

/// A key set as published. Keys are read one by one: one of a kind unknown here must not cost the others.
#[derive(Deserialize)]
struct Published {
    keys: Vec<Value>,
}

impl KeySet {
    /// Reads a key set, leaving out keys that are for something else, too weak, or without a name.
    ///
    /// # Errors
    /// When it is not a key set at all. An empty one is: the issuer has withdrawn every key.
    pub fn read(document: &[u8], allowed: &[Algorithm]) -> Result<Self, serde_json::Error> {
        let published: Published = serde_json::from_slice(document)?;
        let keys = published.keys.into_iter().filter_map(|key| serde_json::from_value(key).ok());
        Ok(Self(keys.filter_map(|key| Key::read(&key, allowed)).collect()))
    }

    /// Whether there is a key of that name.
    pub fn has(&self, id: &str) -> bool {
        self.0.iter().any(|key| key.id == id)
    }

    /// Whether a key of that name has signed the token. There may be several, of different kinds.
    pub fn has_signed(&self, token: &Token<'_>, id: &str) -> bool {
        let suited = |key: &&Key| key.id == id && key.algorithms.contains(&token.algorithm);
        self.0.iter().filter(suited).any(|key| {
            // An error is a key that does not fit the algorithm after all.
            crypto::verify(token.signature, token.signed.as_bytes(), &key.key, token.algorithm)
                .unwrap_or(false)
        })
    }
}

impl Key {
    fn read(published: &Jwk, allowed: &[Algorithm]) -> Option<Self> {
        if !is_for_checking(published) {
            return None;
        }
        let algorithms: Vec<_> =
            suited(published).iter().filter(|one| allowed.contains(one)).copied().collect();
        let key = DecodingKey::from_jwk(published).ok()?;
        (!algorithms.is_empty() && is_sound(&key, published)).then_some(())?;
        Some(Self { id: published.common.key_id.clone()?, algorithms, key })
    }
}

/// Whether the issuer says that the key is for signatures, or does not say what it is for.
fn is_for_checking(published: &Jwk) -> bool {
    let common = &published.common;
    common.public_key_use.as_ref().is_none_or(|purpose| *purpose == PublicKeyUse::Signature)
        && common.key_operations.as_ref().is_none_or(|all| all.contains(&KeyOperations::Verify))
}

/// What a key can be used with: by its kind, and by the one algorithm that it may name.
fn suited(published: &Jwk) -> Vec<Algorithm> {
    let by_kind: &[Algorithm] = match &published.algorithm {
        AlgorithmParameters::RSA(_) => &[Algorithm::RS256, Algorithm::PS256],
        AlgorithmParameters::EllipticCurve(key) if key.curve == EllipticCurve::P256 => &[Algorithm::ES256],
        AlgorithmParameters::OctetKeyPair(key) if key.curve == EllipticCurve::Ed25519 => &[Algorithm::EdDSA],
        _ => &[],
    };
    let named = published.common.key_algorithm;
    let fits = |one: &&Algorithm| named.is_none_or(|named| named == KeyAlgorithm::from(**one));
    by_kind.iter().filter(fits).copied().collect()
}

/// Whether a key has the length of its kind; the cryptography itself takes weak ones, and trusts a short one to be whole.
fn is_sound(key: &DecodingKey, published: &Jwk) -> bool {
    match (key.kind(), &published.algorithm) {
        (DecodingKeyKind::RsaModulusExponent { n, .. }, _) => {
            let zeros = n.iter().take_while(|byte| **byte == 0).count();
            MODULUS_BYTES.contains(&(n.len() - zeros))
        }
        (DecodingKeyKind::SecretOrDer(point), AlgorithmParameters::EllipticCurve(_)) => {
            point.len() == POINT_BYTES
        }
        (DecodingKeyKind::SecretOrDer(public), _) => public.len() == ED25519_BYTES,
    }
}

#[cfg(test)]
mod tests {
    use jsonwebtoken::Algorithm;
    use serde_json::{Value, json};

    use super::KeySet;

    const EVERY: [Algorithm; 4] = [Algorithm::RS256, Algorithm::PS256, Algorithm::ES256, Algorithm::EdDSA];

    fn rsa(bytes: usize) -> Value {
        // 4/3 characters of base64 for a byte: `_` is 63, six bits set.
        json!({"kid": "k", "kty": "RSA", "e": "AQAB", "n": "_".repeat(bytes * 4 / 3) + ["", "w", "8"][bytes % 3]})
    }

    fn ec() -> Value {
        let coordinate = "_".repeat(42) + "8";
        json!({"kid": "k", "kty": "EC", "crv": "P-256", "x": coordinate, "y": coordinate})
    }

    fn ed() -> Value {
        json!({"kid": "k", "kty": "OKP", "crv": "Ed25519", "x": "_".repeat(42) + "8"})
    }

    fn with(mut key: Value, name: &str, value: Value) -> Value {
        key[name] = value;
        key
    }

    fn check(key: &Value, expected: &[Algorithm]) {
        let set = json!({"keys": [{"kty": "AKP", "crv": 7}, 5, key]}).to_string();
        let set = KeySet::read(set.as_bytes(), &EVERY).unwrap();
        let algorithms: Vec<_> = set.0.iter().flat_map(|key| key.algorithms.clone()).collect();
        assert_eq!(algorithms, expected, "{key}");
    }

    #[test]
    fn a_key_is_for_what_its_kind_and_its_algorithm_say() {
        check(&rsa(256), &[Algorithm::RS256, Algorithm::PS256]);
        check(&with(rsa(256), "alg", json!("RS256")), &[Algorithm::RS256]);
        check(&with(rsa(256), "alg", json!("PS256")), &[Algorithm::PS256]);
        check(&with(rsa(256), "alg", json!("RS512")), &[]);
        check(&with(rsa(256), "alg", json!("HS256")), &[]);
        check(&ec(), &[Algorithm::ES256]);
        check(&with(ec(), "alg", json!("RS256")), &[]);
        check(&with(ec(), "crv", json!("P-384")), &[]);
        check(&with(ec(), "crv", json!("secp256k1")), &[]);
        check(&ed(), &[Algorithm::EdDSA]);
        check(&json!({"kid": "k", "kty": "oct", "k": "c2VjcmV0", "alg": "HS256"}), &[]);
    }

    #[test]
    fn a_key_for_something_else_or_without_a_name_is_left_out() {
        check(&with(rsa(256), "use", json!("enc")), &[]);
        check(&with(ed(), "use", json!("sig")), &[Algorithm::EdDSA]);
        check(&with(ed(), "key_ops", json!(["encrypt"])), &[]);
        check(&with(ed(), "key_ops", json!(["verify"])), &[Algorithm::EdDSA]);
        check(&with(ed(), "kid", Value::Null), &[]);
    }

    #[test]
    fn a_key_must_have_a_sound_length() {
        check(&rsa(255), &[]);
        check(&rsa(512), &[Algorithm::RS256, Algorithm::PS256]);
        check(&rsa(513), &[]);
        check(&with(rsa(256), "n", json!("A".repeat(342))), &[]);
        check(&with(ed(), "x", json!("AAAA")), &[]);
        check(&with(ec(), "y", json!("AAAA")), &[]);
    }

    #[test]
    fn only_what_is_allowed_is_kept() {
        let set = json!({"keys": [rsa(256), ec()]}).to_string();
        let set = KeySet::read(set.as_bytes(), &[Algorithm::ES256]).unwrap();
        assert_eq!(set.0.len(), 1);
        assert_eq!(set.0[0].algorithms, [Algorithm::ES256]);
    }

    #[test]
    fn an_empty_set_is_one_and_something_else_is_not() {
        assert!(KeySet::read(br#"{"keys": []}"#, &EVERY).is_ok());
        assert!(KeySet::read(br#"{"error": "busy"}"#, &EVERY).is_err());
        assert!(KeySet::read(b"<html>", &EVERY).is_err());
    }
}
