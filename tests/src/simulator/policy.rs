//! What a CRM's integration reads in a landlord's policy profile, so that it asks for nothing that the policy does not have.

use serde_json::Value;

use crate::client::Client;

/// A policy profile as the service gives it out.
#[derive(Debug, Clone)]
pub struct Policy(Value);

impl Policy {
    /// Asks the service for a landlord's profile.
    ///
    /// # Errors
    /// When the service cannot be reached or has no such policy.
    pub fn read(client: &Client, id: &str) -> anyhow::Result<Self> {
        Ok(Self(client.get(&format!("policies/{id}"))?))
    }

    /// The word at a place; empty where the policy is silent.
    #[must_use]
    pub fn word(&self, pointer: &str) -> &str {
        self.0.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
    }

    /// Whether the word at a place is this one.
    #[must_use]
    pub fn is(&self, pointer: &str, word: &str) -> bool {
        self.word(pointer) == word
    }

    /// Whether a yes-or-no rule is there and says yes.
    #[must_use]
    pub fn holds(&self, pointer: &str) -> bool {
        self.0.pointer(pointer).and_then(Value::as_bool).unwrap_or_default()
    }

    /// Whether the policy has anything at a place.
    #[must_use]
    pub fn has(&self, pointer: &str) -> bool {
        self.0.pointer(pointer).is_some_and(|value| !value.is_null())
    }

    /// The words under `key` in a list of rules.
    #[must_use]
    pub fn words(&self, pointer: &str, key: &str) -> Vec<String> {
        let rules = self.0.pointer(pointer).and_then(Value::as_array);
        let words = rules.into_iter().flatten().filter_map(|rule| rule.get(key).and_then(Value::as_str));
        words.map(str::to_owned).collect()
    }

    /// Whether a list of rules has one whose `key` is this word.
    #[must_use]
    pub fn lists(&self, pointer: &str, key: &str, word: &str) -> bool {
        self.words(pointer, key).iter().any(|known| known == word)
    }

    /// The rule in a list whose `key` is this word: another of its fields.
    #[must_use]
    pub fn beside(&self, pointer: &str, key: &str, word: &str, field: &str) -> Option<String> {
        let rules = self.0.pointer(pointer).and_then(Value::as_array)?;
        let rule = rules.iter().find(|rule| rule.get(key).and_then(Value::as_str) == Some(word))?;
        rule.get(field).and_then(Value::as_str).map(str::to_owned)
    }
}
