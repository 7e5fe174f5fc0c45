//! Why a token gives nothing.

/// Why a token gives nothing. No message repeats anything of the token: it is a secret, and it may be anybody's text.
///
/// All but [`TokenError::KeysUnavailable`] are the caller's to mend; that one is ours, and passes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// Too long, not a JSON Web Token, of another type, signed in a way that nothing here knows (as `none`), or with a claim missing or
    /// of the wrong kind.
    #[error("the token is not a signed JSON Web Token that can be read")]
    Malformed,
    /// Issued by somebody that the configuration does not name.
    #[error("the token's issuer is not one that is trusted here")]
    UnknownIssuer,
    /// Signed with a key that the issuer does not publish, or that the token does not name.
    #[error("the token does not name a key that its issuer publishes")]
    UnknownKey,
    /// The signature is not the key's, or not of a kind that is allowed for the issuer.
    #[error("the token's signature is not valid")]
    BadSignature,
    /// Its time is over.
    #[error("the token has expired")]
    Expired,
    /// Its time has not come, or it says that it was issued in the future.
    #[error("the token is not valid yet")]
    NotYet,
    /// Meant for another service.
    #[error("the token is not meant for this service")]
    WrongAudience,
    /// Good, but no grant fits it.
    #[error("the token is valid, but nothing is granted to whoever it was issued to")]
    NotGranted,
    /// The issuer could not be asked for its keys, so that nobody can tell.
    #[error("the keys of the token's issuer cannot be read at the moment")]
    KeysUnavailable,
}
