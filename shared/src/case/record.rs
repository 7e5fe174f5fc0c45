//! What people say, and how the log refers to it without holding it.
//!
//! A command carries words; an event carries a [`RecordRef`]: the record's id and a salted digest. Erasing the
//! record leaves the chain of events whole, and the digest, whose salt goes with the record, says nothing of what was there.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The longest text that one field takes, in characters.
pub const TEXT_LIMIT: usize = 10_000;

/// Not blank, and no control characters but line breaks and tabs. Reads the same in ECMAScript, Python and Rust, and in
/// linear time.
const TEXT_PATTERN: &str = "^[\\t\\n\\r \\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]*\
    [^\\u0000-\\u0020\\u007f-\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]\
    [^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f]*$";

/// Free text as somebody gave it: not blank, at most 10000 characters, no control characters but line breaks and tabs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String", extend("minLength" = 1, "maxLength" = TEXT_LIMIT, "pattern" = TEXT_PATTERN))]
pub struct Text(String);

/// Why a text or label was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Nothing but white space.
    #[error("the text is blank; leave the field out, or say something")]
    Blank,
    /// Longer than the limit.
    #[error("the text has {0} characters; at most {1} are kept, attach the rest as a document")]
    TooLong(usize, usize),
    /// A character that text does not have.
    #[error("the text has the control character U+{0:04X}; only line breaks and tabs are allowed")]
    Control(u32),
}

impl TryFrom<String> for Text {
    type Error = TextError;

    fn try_from(text: String) -> Result<Self, TextError> {
        check(&text, TEXT_LIMIT)?;
        Ok(Self(text))
    }
}

impl From<Text> for String {
    fn from(text: Text) -> Self {
        text.0
    }
}

impl Text {
    /// The words.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A short label that may be published: a category, a service area, a contractor, a job title. At most 80 characters, one line.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String", extend("minLength" = 1, "maxLength" = LABEL_LIMIT, "pattern" = LABEL_PATTERN))]
pub struct Label(String);

/// The longest label, in characters.
pub const LABEL_LIMIT: usize = 80;

/// One line that is not blank; the white space around it, which is cut off, may be of any kind.
const LABEL_PATTERN: &str = "^[\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]*\
    [^\\u0000-\\u0020\\u007f-\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]\
    ([^\\u0000-\\u001f\\u007f-\\u009f]*[^\\u0000-\\u0020\\u007f-\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000])?\
    [\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]*$";

impl TryFrom<String> for Label {
    type Error = TextError;

    fn try_from(text: String) -> Result<Self, TextError> {
        let line = text.trim();
        check(line, LABEL_LIMIT)?;
        match line.chars().find(|character| character.is_control()) {
            Some(control) => Err(TextError::Control(u32::from(control))),
            None => Ok(Self(line.to_owned())),
        }
    }
}

impl From<Label> for String {
    fn from(label: Label) -> Self {
        label.0
    }
}

impl Label {
    /// A label of the program's own, known to be one.
    pub(crate) fn from_static(label: &'static str) -> Self {
        Self(label.to_owned())
    }

    /// The label.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn check(text: &str, limit: usize) -> Result<(), TextError> {
    let length = text.chars().count();
    if length > limit {
        return Err(TextError::TooLong(length, limit));
    }
    if text.chars().all(|character| character.is_whitespace() || character.is_control()) {
        return Err(TextError::Blank);
    }
    match text.chars().find(|character| character.is_control() && !matches!(character, '\n' | '\r' | '\t')) {
        Some(control) => Err(TextError::Control(u32::from(control))),
        None => Ok(()),
    }
}

/// What kind of thing a record holds: it decides who may read it and how long it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RecordKind {
    /// Somebody's name and contact details.
    Person,
    /// Health, disability, ethnicity, vulnerability: special-category data.
    SpecialCategory,
    /// What was said.
    Narrative,
}

/// How an event refers to a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct RecordRef {
    /// The record's id.
    pub record: super::RecordId,
    /// The salted SHA-256 of the record.
    pub digest: Digest,
}

/// A SHA-256 digest, written in hexadecimal.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, JsonSchema)]
#[schemars(with = "String", extend("pattern" = "^[0-9a-f]{64}$"))]
pub struct Digest(pub [u8; 32]);

impl std::fmt::Display for Digest {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let mut hex = [0_u8; 64];
        for (pair, byte) in hex.chunks_exact_mut(2).zip(self.0) {
            pair.copy_from_slice(&[DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]);
        }
        formatter.write_str(std::str::from_utf8(&hex).unwrap_or_default())
    }
}

impl std::fmt::Debug for Digest {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Display::fmt(self, formatter)
    }
}

impl std::str::FromStr for Digest {
    type Err = NotADigest;

    fn from_str(hex: &str) -> Result<Self, NotADigest> {
        let nibble = |byte: u8| char::from(byte).to_digit(16).and_then(|value| u8::try_from(value).ok());
        let bytes = hex.as_bytes();
        let mut digest = [0; 32];
        if bytes.len() != 64 {
            return Err(NotADigest);
        }
        for (target, pair) in digest.iter_mut().zip(bytes.chunks_exact(2)) {
            let (Some(high), Some(low)) = (nibble(pair[0]), nibble(pair[1])) else { return Err(NotADigest) };
            *target = high << 4 | low;
        }
        Ok(Self(digest))
    }
}

/// Something other than 64 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a SHA-256 digest is 64 hexadecimal digits")]
pub struct NotADigest;

impl Serialize for Digest {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let hex = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        hex.parse().map_err(serde::de::Error::custom)
    }
}

/// Where records go while a command is decided. The implementation keeps them only if the command is accepted.
pub trait Vault {
    /// Takes a record in and says how the log may refer to it.
    fn keep(&self, kind: RecordKind, body: &str) -> RecordRef;
}

/// Turns what a command carries into what an event may hold: words become references, everything else stays as it is.
pub trait Keep {
    /// The form that an event holds.
    type Kept;

    /// Puts the words into the vault.
    fn keep(&self, vault: &dyn Vault) -> Self::Kept;
}

impl Keep for Text {
    type Kept = RecordRef;

    fn keep(&self, vault: &dyn Vault) -> RecordRef {
        vault.keep(RecordKind::Narrative, self.as_str())
    }
}

impl<T: Keep> Keep for Option<T> {
    type Kept = Option<T::Kept>;

    fn keep(&self, vault: &dyn Vault) -> Self::Kept {
        self.as_ref().map(|value| value.keep(vault))
    }
}

impl<T: Keep> Keep for Vec<T> {
    type Kept = Vec<T::Kept>;

    fn keep(&self, vault: &dyn Vault) -> Self::Kept {
        self.iter().map(|value| value.keep(vault)).collect()
    }
}

/// Says of plain types that an event holds them as the command did.
macro_rules! kept_as_is {
    ($($kind:ty),+ $(,)?) => {$(
        impl $crate::case::record::Keep for $kind {
            type Kept = Self;

            fn keep(&self, _vault: &dyn $crate::case::record::Vault) -> Self {
                self.clone()
            }
        }
    )+};
}
pub(crate) use kept_as_is;

kept_as_is!(bool, u8, u16, u32, u64, String, Label, chrono::NaiveDate, chrono::DateTime<chrono::Utc>);

/// Declares what a command carries and, from the same list of fields, what its event holds.
macro_rules! recorded {
    ($(#[$meta:meta])* $command:ident => $event:ident { $($(#[$field_meta:meta])* $field:ident: $kind:ty),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $command { $($(#[$field_meta])* pub $field: $kind,)* }

        #[doc = concat!("What the log holds of [`", stringify!($command), "`]: the same facts, with references in place of words.")]
        #[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
        pub struct $event { $($(#[$field_meta])* pub $field: <$kind as $crate::case::record::Keep>::Kept,)* }

        impl $crate::case::record::Keep for $command {
            type Kept = $event;

            #[allow(unused_variables)]
            fn keep(&self, vault: &dyn $crate::case::record::Vault) -> $event {
                $event { $($field: $crate::case::record::Keep::keep(&self.$field, vault),)* }
            }
        }
    };
}
pub(crate) use recorded;
