//! How a token may be signed.

use jsonwebtoken::Algorithm;

/// Every algorithm that can be allowed. All have public keys: what the issuer publishes can check a token but not make one.
const KNOWN: [(&str, Algorithm); 4] = [
    ("RS256", Algorithm::RS256),
    ("PS256", Algorithm::PS256),
    ("ES256", Algorithm::ES256),
    ("EdDSA", Algorithm::EdDSA),
];

/// The algorithm of that name, if it can be allowed.
pub(super) fn named(name: &str) -> Option<Algorithm> {
    KNOWN.iter().find(|(known, _)| *known == name).map(|(_, algorithm)| *algorithm)
}

/// The names, as a message lists them.
pub(super) fn names() -> String {
    KNOWN.map(|(name, _)| name).join(", ")
}
