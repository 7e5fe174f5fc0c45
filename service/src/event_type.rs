//! The words for everything that can stand in the feed: what events and notices are asked for and told by.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use redress_shared::case::Event;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize};

use crate::notices::Noticed;

/// The word for an event or a notice, as `type` has it in the feed. No other word is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct EventType(&'static str);

/// A word that nothing in the feed has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("it is the type of no event or notice")]
pub struct NoSuchType;

impl EventType {
    /// Every word, events first.
    pub fn all() -> impl Iterator<Item = &'static str> {
        Event::WORDS.iter().chain(Noticed::WORDS).copied()
    }

    /// The word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.0
    }
}

impl FromStr for EventType {
    type Err = NoSuchType;

    fn from_str(word: &str) -> Result<Self, NoSuchType> {
        Self::all().find(|known| *known == word).map(Self).ok_or(NoSuchType)
    }
}

impl<'de> Deserialize<'de> for EventType {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Cow::<str>::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl fmt::Display for EventType {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.0)
    }
}

impl JsonSchema for EventType {
    fn schema_name() -> Cow<'static, str> {
        "EventType".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let words: Vec<&str> = Self::all().collect();
        json_schema!({
            "type": "string",
            "enum": words,
            "description": "The type of an event of a case, or of a notice, as `type` has it in the feed.",
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::EventType;
    use crate::notices::Noticed;

    #[test]
    fn every_word_is_there_once_and_reads_as_it_is_written() {
        let all: Vec<&str> = EventType::all().collect();
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len());
        for word in all {
            let read: EventType = word.parse().unwrap();
            assert_eq!(serde_json::to_value(read).unwrap(), word);
            assert_eq!(serde_json::from_value::<EventType>(word.into()).unwrap(), read);
        }
        assert!("opened ".parse::<EventType>().is_err());
    }

    /// What serde writes as a notice's `type` is among the words.
    #[test]
    fn the_words_of_the_notices_are_theirs() {
        let schema = schemars::schema_for!(Noticed).to_value();
        let variants = schema["oneOf"].as_array().unwrap();
        let written = variants.iter().map(|variant| variant["properties"]["type"]["const"].as_str().unwrap());
        assert_eq!(written.collect::<BTreeSet<_>>(), Noticed::WORDS.iter().copied().collect());
    }
}
