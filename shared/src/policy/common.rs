//! What holds everywhere in a profile, whatever the rule: a source for each, no empty text, nothing twice in a list.

use std::collections::BTreeMap;

use serde_json::Value;

use super::document::{item, join};
use super::errors::Problems;
use super::schema::resolved;

/// Keys that describe an item of a list without making it another item: two grounds of the same word are the same ground,
/// however their texts differ.
const DESCRIBING: [&str; 10] = [
    "clause",
    "reading",
    "covers",
    "unless",
    "discretionary",
    "handling",
    "cadence",
    "says",
    "note",
    "respond",
];

/// Lists of lines, in which a line may well come twice.
const LINES: [&str; 2] = ["address", "address.value"];

/// Finds every value without a clause and without a reading, every empty text and every repetition.
pub(super) fn check(root: &Value, value: &Value, problems: &mut Problems) {
    let mut walk = Walk { root, problems };
    walk.value(value, root, "");
}

struct Walk<'a> {
    root: &'a Value,
    problems: &'a mut Problems,
}

impl Walk<'_> {
    fn value(&mut self, value: &Value, schema: &Value, key: &str) {
        let schema = resolved(self.root, schema);
        match value {
            Value::String(text) => self.text(text, key),
            Value::Array(items) => {
                let none = Value::Null;
                let each = schema.get("items").unwrap_or(&none);
                for (place, value) in items.iter().enumerate() {
                    self.value(value, each, &item(key, place));
                }
                if !LINES.iter().any(|lines| key.ends_with(lines)) {
                    self.repeated(items, is_cited(resolved(self.root, each)), key);
                }
            }
            Value::Object(object) => {
                self.source(object, schema, key);
                for (name, value) in object {
                    if let Some(property) = schema.get("properties").and_then(|known| known.get(name)) {
                        self.value(value, property, &join(key, name));
                    }
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    fn text(&mut self, text: &str, key: &str) {
        if text.trim().is_empty() {
            self.problems.add(key, "it is empty: leave the key out, or say something");
        } else if text.trim() != text {
            self.problems.add(key, "it begins or ends with a space or an empty line");
        }
    }

    /// A rule stands on a clause or on a reading.
    fn source(&mut self, object: &serde_json::Map<String, Value>, schema: &Value, key: &str) {
        if is_cited(schema) && !object.contains_key("clause") && !object.contains_key("reading") {
            self.problems.add_allowed(
                key,
                "it has no source",
                "give the `clause` that it comes from, or the `reading` taken where the text is silent",
            );
        }
    }

    fn repeated(&mut self, items: &[Value], are_rules: bool, key: &str) {
        let mut first_places: BTreeMap<String, usize> = BTreeMap::new();
        for (place, value) in items.iter().enumerate() {
            let identity = if are_rules { identity(value) } else { value.to_string() };
            if let Some(first) = first_places.get(&identity) {
                let problem = format!("it repeats {}", item(key, *first));
                self.problems.add_allowed(item(key, place), problem, "say it once");
            } else {
                first_places.insert(identity, place);
            }
        }
    }
}

/// Whether what a schema describes is a rule with its source.
fn is_cited(schema: &Value) -> bool {
    ["clause", "reading"]
        .iter()
        .all(|name| schema.get("properties").is_some_and(|known| known.get(name).is_some()))
}

/// What makes a rule in a list the rule that it is.
fn identity(value: &Value) -> String {
    let Some(object) = value.as_object() else { return value.to_string() };
    let own = object.iter().filter(|(name, _)| !DESCRIBING.contains(&name.as_str()));
    own.map(|(name, value)| format!("{name}={value};")).collect()
}
