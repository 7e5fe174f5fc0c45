//! API keys: `rdr_<prefix>_<secret>`. The prefix finds the key and may be shown; the secret is known to whoever was given it, and
//! here only by its digest.

use std::fmt;

use redress_shared::case::record::Digest;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

/// What every key begins with, so that one that has leaked can be found by a search.
pub const MARK: &str = "rdr_";
/// How many characters a prefix has: 60 random bits.
pub const PREFIX_LENGTH: usize = 12;
/// How many characters a secret has: 256 random bits.
pub const SECRET_LENGTH: usize = 52;

/// What prefix and secret are written in (RFC 4648, base 32, in small letters): no two characters that are easily taken for each
/// other, nothing that a shell or an address would have to quote.
const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

/// A key, with its secret. It is printed by [`Key::reveal`] alone.
#[derive(Clone, PartialEq, Eq)]
pub struct Key {
    prefix: String,
    secret: String,
}

impl fmt::Debug for Key {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Key({MARK}{}_…)", self.prefix)
    }
}

/// There was no randomness to be had from the system.
#[derive(Debug, thiserror::Error)]
#[error("the system gave no random numbers: {0}")]
pub struct NoRandomness(#[from] getrandom::Error);

impl Key {
    /// A new key.
    ///
    /// # Errors
    /// When the system gives no random numbers.
    pub fn generate() -> Result<Self, NoRandomness> {
        let (mut prefix, mut secret) = ([0; 8], [0; 32]);
        getrandom::fill(&mut prefix)?;
        getrandom::fill(&mut secret)?;
        let mut prefix = base32(&prefix);
        prefix.truncate(PREFIX_LENGTH);
        Ok(Self { prefix, secret: base32(&secret) })
    }

    /// Reads a key. Nothing, where it does not have a key's form to the letter.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let (prefix, secret) = text.strip_prefix(MARK)?.split_once('_')?;
        let fits =
            |part: &str, length| part.len() == length && part.bytes().all(|byte| ALPHABET.contains(&byte));
        if !fits(prefix, PREFIX_LENGTH) || !fits(secret, SECRET_LENGTH) {
            return None;
        }
        Some(Self { prefix: prefix.to_owned(), secret: secret.to_owned() })
    }

    /// What it is found by, and may be recognised by.
    #[must_use]
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// The whole key, for the one time that it is shown.
    #[must_use]
    pub fn reveal(&self) -> String {
        format!("{MARK}{}_{}", self.prefix, self.secret)
    }

    /// The digest of its secret. The secret is 256 random bits, which nobody tries out: a slow digest would add nothing.
    #[must_use]
    pub fn digest(&self) -> Digest {
        Digest(Sha256::digest(self.secret.as_bytes()).into())
    }

    /// Whether the digest is that of its secret, in a time that does not depend on how much of it is right. Where there is no key of
    /// that prefix there is no digest either, and it takes as long all the same.
    #[must_use]
    pub fn matches(&self, stored: Option<Digest>) -> bool {
        let digest = self.digest();
        // The digest of no secret that anybody has: a preimage would have to be found for it.
        let against = stored.unwrap_or(Digest([0; 32]));
        bool::from(digest.0.ct_eq(&against.0)) & stored.is_some()
    }
}

/// Bytes in base 32, without padding.
fn base32(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 8 / 5 + 1);
    let (mut held, mut bits) = (0_u16, 0_u16);
    let mut push = |five: u16| {
        text.extend(ALPHABET.get(usize::from(five & 31)).map(|byte| char::from(*byte)));
    };
    for byte in bytes {
        held = (held << 8) | u16::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            push(held >> bits);
        }
        held &= (1 << bits) - 1;
    }
    if bits > 0 {
        push(held << (5 - bits));
    }
    text
}

#[cfg(test)]
mod tests {
    use redress_shared::case::record::Digest;

    use super::{Key, base32};

    #[test]
    fn base_32_is_that_of_its_rfc() {
        for (plain, coded) in [
            ("", ""),
            ("f", "my"),
            ("fo", "mzxq"),
            ("foo", "mzxw6"),
            ("foob", "mzxw6yq"),
            ("fooba", "mzxw6ytb"),
            ("foobar", "mzxw6ytboi"),
        ] {
            assert_eq!(base32(plain.as_bytes()), coded);
        }
    }

    #[test]
    fn a_key_reads_as_it_was_revealed_and_no_two_are_alike() {
        let (one, other) = (Key::generate().unwrap(), Key::generate().unwrap());
        assert_eq!(one.reveal().len(), 69);
        assert_eq!(Key::read(&one.reveal()), Some(one.clone()));
        assert_ne!(one.prefix(), other.prefix());
        assert_ne!(one.digest(), other.digest());
    }

    #[test]
    fn what_is_not_a_key_to_the_letter_is_none() {
        let key = Key::generate().unwrap().reveal();
        let (prefix, secret) = key[4..].split_once('_').unwrap();
        for wrong in [
            String::new(),
            "rdr_".to_owned(),
            format!("rdr_{prefix}"),
            format!("rdr_{prefix}_"),
            format!("rdr_{prefix}_{}", &secret[1..]),
            format!("rdr_{}_{secret}", &prefix[1..]),
            format!("rdr_{prefix}_{secret}a"),
            format!("rdr_{prefix}_{secret} "),
            format!(" {key}"),
            key.to_uppercase(),
            format!("RDR_{prefix}_{secret}"),
            format!("rdr_{prefix}_{}1", &secret[1..]),
            format!("rdr_{prefix}_{}é", &secret[2..]),
        ] {
            assert_eq!(Key::read(&wrong), None, "{wrong:?}");
        }
    }

    #[test]
    fn a_key_is_never_printed_by_accident() {
        let key = Key::generate().unwrap();
        let printed = format!("{key:?}");
        assert!(printed.contains(key.prefix()) && !printed.contains(&key.secret), "{printed}");
    }

    #[test]
    fn a_key_fits_its_own_digest_alone() {
        let (one, other) = (Key::generate().unwrap(), Key::generate().unwrap());
        assert!(one.matches(Some(one.digest())));
        assert!(!one.matches(Some(other.digest())));
        assert!(!one.matches(None));
        let mut nearly = one.digest();
        nearly.0[31] ^= 1;
        assert!(!one.matches(Some(nearly)));
        assert!(!one.matches(Some(Digest([0; 32]))));
    }
}
