//! Who does something to a case, by an id.

use std::borrow::Cow;

use redress_shared::case::record::LABEL_LIMIT;
use redress_shared::schema::patterns::{ACTOR, NO_ACTOR};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;

/// An id of the landlord's for a member of staff or a system. It stands in the log for ever, where no erasure reaches it, so that what
/// looks like a name or an email address is none: only letters from A to Z, digits and `.`, `_`, `-`, `:` make one.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Actor(String);

/// Something that is no id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{NO_ACTOR}")]
pub struct NotAnActor;

impl TryFrom<String> for Actor {
    type Error = NotAnActor;

    fn try_from(text: String) -> Result<Self, NotAnActor> {
        let fits = (1..=LABEL_LIMIT).contains(&text.len());
        let plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-:".contains(&byte));
        if fits && plain { Ok(Self(text)) } else { Err(NotAnActor) }
    }
}

impl Actor {
    /// The id.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl JsonSchema for Actor {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Actor".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "maxLength": LABEL_LIMIT,
            "pattern": ACTOR,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Actor;

    #[test]
    fn a_name_and_an_email_address_are_no_ids() {
        for id in ["crm", "officer-7", "S-204", "dynamics:4f1d-0a", "a.b_c"] {
            assert_eq!(Actor::try_from(id.to_owned()).unwrap().as_str(), id);
        }
        let long = "a".repeat(81);
        for none in ["", " ", "Jane Smith", "jane@example.org", "o'neill", "Zo\u{eb}", "a/b", "a\n", &long] {
            assert!(Actor::try_from(none.to_owned()).is_err(), "{none}");
        }
    }
}
