//! A token taken apart. Nothing in it is to be believed until its signature has been checked.

use jsonwebtoken::{Algorithm, Header, dangerous, decode_header};
use serde_json::{Map, Value};

use super::error::TokenError;

/// The longest token that is read, in bytes: several times what providers issue.
const MAX_LENGTH: usize = 8 * 1024;

/// The types a token may say that it is, in lower case (RFC 9068, section 2.1, and RFC 7519, section 5.1). Others are tokens for
/// other ends, such as a logout token, that the same key may have signed (RFC 8725, section 3.11).
const TYPES: [&str; 3] = ["jwt", "at+jwt", "application/at+jwt"];

/// A token's parts.
#[derive(Debug)]
pub(super) struct Token<'a> {
    /// How it says that it is signed.
    pub algorithm: Algorithm,
    /// The key it says that it is signed with.
    pub key_id: Option<String>,
    /// What it claims.
    pub claims: Map<String, Value>,
    /// What the signature is over.
    pub signed: &'a str,
    /// The signature, as it is written.
    pub signature: &'a str,
}

impl<'a> Token<'a> {
    /// Takes a token apart.
    pub fn read(text: &'a str) -> Result<Self, TokenError> {
        if text.len() > MAX_LENGTH || text.split('.').count() != 3 {
            return Err(TokenError::Malformed);
        }
        let header = decode_header(text).map_err(|_| TokenError::Malformed)?;
        // Whoever names something critical wants it refused by those who do not understand it (RFC 7515, section 4.1.11).
        if !has_accepted_type(&header) || header.crit.is_some() {
            return Err(TokenError::Malformed);
        }
        let claims = dangerous::insecure_decode_claims(text).map_err(|_| TokenError::Malformed)?;
        let (signed, signature) = text.rsplit_once('.').ok_or(TokenError::Malformed)?;
        Ok(Self { algorithm: header.alg, key_id: header.kid, claims, signed, signature })
    }

    /// Who it says has issued it.
    pub fn issuer(&self) -> Result<&str, TokenError> {
        self.claims.get("iss").and_then(Value::as_str).ok_or(TokenError::Malformed)
    }
}

fn has_accepted_type(header: &Header) -> bool {
    header.typ.as_ref().is_none_or(|kind| TYPES.contains(&kind.to_ascii_lowercase().as_str()))
}
