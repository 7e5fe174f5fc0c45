//! The fields that a history can fill, from the schema of a past case: one place says what there is, what the published description has
//! and what a mapping may name.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde_json::{Map, Value};

use crate::case::history::PastCase;
use crate::schema::{Checker, Schemas};

/// What a field holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// One of these.
    Word(Vec<String>),
    /// A London day.
    Day,
    /// A London day, or an instant.
    When,
    /// A whole number.
    Number,
    /// A sum of money, in pence.
    Pence,
    /// Yes or no.
    Flag,
    /// Several of them.
    List(Box<Kind>),
}

/// The schema of a past case, and what holds a value against it.
struct Fields {
    schema: Value,
    definitions: Map<String, Value>,
    checker: Result<Checker, String>,
}

static FIELDS: LazyLock<Fields> = LazyLock::new(|| {
    let mut schemas = Schemas::at("/components/schemas");
    let schema = schemas.taken::<PastCase>().to_value();
    let mut definitions = schemas.into_definitions();
    definitions.values_mut().for_each(without_null);
    let checker = Checker::new(&schema, &Value::Object(definitions.clone()));
    Fields { schema, definitions, checker }
});

/// Says of a schema and all below it that nothing is null: what is empty is left out of a row, and what is wrong with the rest can be said
/// plainly.
fn without_null(schema: &mut Value) {
    let is_null = |choice: &Value| choice.get("type").is_some_and(|kind| kind == "null");
    if let Some(choices) = schema.get_mut("anyOf").and_then(Value::as_array_mut) {
        choices.retain(|choice| !is_null(choice));
        if let [only] = choices.as_slice() {
            *schema = only.clone();
        }
    }
    if let Some(kinds) = schema.get_mut("type").filter(|kinds| kinds.is_array()) {
        let named = kinds.as_array().and_then(|kinds| kinds.iter().find(|kind| *kind != "null")).cloned();
        *kinds = named.unwrap_or_default();
    }
    match schema {
        Value::Object(members) => members.values_mut().for_each(without_null),
        Value::Array(items) => items.iter_mut().for_each(without_null),
        _ => {}
    }
}

/// Everything that is wrong with a past case as JSON, by the schema: the field, and what.
///
/// # Errors
/// When the schema itself is none, which the tests see.
pub fn wrong_with(value: &Value) -> Result<Vec<(String, String)>, &'static str> {
    let checker = FIELDS.checker.as_ref().map_err(String::as_str)?;
    let named = |(pointer, detail): (String, String)| (dotted(&pointer), detail);
    Ok(checker.errors(value).into_iter().map(named).collect())
}

/// `/stage_1/updates/0` as a field's name: `stage_1.updates.0`.
#[must_use]
pub fn dotted(pointer: &str) -> String {
    pointer.trim_start_matches('/').replace('/', ".")
}

/// What the field of that name holds; none where there is no such field, or where it holds other fields. A number, or `*` for all of
/// them, stands for an item of a list.
#[must_use]
pub fn kind_of(name: &str) -> Option<Kind> {
    let mut schema = resolved(&FIELDS.schema);
    for part in name.split('.') {
        schema = below(schema, part)?;
    }
    kind(schema, name.rsplit('.').next().unwrap_or_default())
}

fn below(schema: &'static Value, part: &str) -> Option<&'static Value> {
    if schema.get("type").is_some_and(|kind| kind == "array") {
        let counted = part == "*" || part.parse::<u8>().is_ok_and(|index| index.to_string() == part);
        return counted.then(|| schema.get("items").map(resolved)).flatten();
    }
    schema.get("properties")?.get(part).map(resolved)
}

/// What a schema refers to in the end.
fn resolved(schema: &'static Value) -> &'static Value {
    let mut schema = schema;
    while let Some(definition) = schema.get("$ref").and_then(Value::as_str).and_then(definition) {
        schema = definition;
    }
    schema
}

fn definition(reference: &str) -> Option<&'static Value> {
    FIELDS.definitions.get(reference.rsplit('/').next()?)
}

fn kind(schema: &'static Value, name: &str) -> Option<Kind> {
    if let Some(words) = schema.get("enum").and_then(Value::as_array) {
        return Some(Kind::Word(words.iter().filter_map(|word| word.as_str().map(str::to_owned)).collect()));
    }
    if let Some(choices) = ["anyOf", "oneOf"].into_iter().find_map(|word| schema.get(word)?.as_array()) {
        let formats: BTreeSet<&str> =
            choices.iter().filter_map(|choice| choice.get("format")?.as_str()).collect();
        if formats.contains("date-time") {
            return Some(Kind::When);
        }
        let words: Option<Vec<String>> =
            choices.iter().map(|choice| choice.get("const")?.as_str().map(str::to_owned)).collect();
        return words.map(Kind::Word);
    }
    let is = |wanted: &str| schema.get("type").is_some_and(|kind| kind == wanted);
    match schema.get("format").and_then(Value::as_str) {
        Some("date") => return Some(Kind::Day),
        Some("date-time") => return Some(Kind::When),
        _ => {}
    }
    if is("string") {
        return Some(Kind::Text);
    }
    if is("boolean") {
        return Some(Kind::Flag);
    }
    if is("integer") {
        return Some(if name.ends_with("pence") { Kind::Pence } else { Kind::Number });
    }
    let item = schema.get("items").filter(|_| is("array"))?;
    kind(resolved(item), name)
        .filter(|kind| !matches!(kind, Kind::List(_)))
        .map(|kind| Kind::List(Box::new(kind)))
}

/// The field whose name differs least from one that is none, where one is near.
#[must_use]
pub fn near(name: &str) -> Option<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut schema = resolved(&FIELDS.schema);
    for part in name.split('.') {
        let found = match below(schema, part) {
            Some(below) => Some((part.to_owned(), below)),
            None => {
                let names = schema.get("properties").and_then(Value::as_object)?.keys();
                let like = |known: &&String| known.starts_with(part) || part.starts_with(known.as_str());
                names.filter(like).find_map(|known| Some((known.clone(), below(schema, known)?)))
            }
        };
        let (part, below) = found?;
        parts.push(part);
        schema = below;
    }
    let near = parts.join(".");
    kind_of(&near).map(|_| near)
}

/// Whether what a field holds is special-category data, which wants a scope of its own.
#[must_use]
pub fn is_special_category(name: &str) -> bool {
    let mut parts = name.split('.');
    parts.next() == Some("residents")
        && parts.any(|part| ["adjustments", "vulnerabilities", "disabilities", "ethnicity"].contains(&part))
}

#[cfg(test)]
mod tests {
    use super::{Kind, kind_of, wrong_with};
    use serde_json::json;

    #[test]
    fn a_field_holds_what_the_schema_says() {
        assert_eq!(kind_of("received"), Some(Kind::When));
        assert_eq!(kind_of("event_on"), Some(Kind::Day));
        assert_eq!(kind_of("about"), Some(Kind::Text));
        assert_eq!(kind_of("references.0.value"), Some(Kind::Text));
        assert_eq!(kind_of("residents.*.person.name"), Some(Kind::Text));
        assert_eq!(kind_of("categories"), Some(Kind::List(Box::new(Kind::Text))));
        assert_eq!(kind_of("residents.0.adjustments"), Some(Kind::List(Box::new(Kind::Text))));
        assert_eq!(kind_of("stage_1.updates"), Some(Kind::List(Box::new(Kind::When))));
        assert_eq!(kind_of("stage_1.remedies.0.pence"), Some(Kind::Pence));
        assert_eq!(kind_of("stage_2.resolved_at_first_contact"), Some(Kind::Flag));
        assert_eq!(kind_of("ombudsman.failure_orders.0.kind"), Some(Kind::Number));
        let Some(Kind::Word(words)) = kind_of("stage_1.outcome") else { panic!("no words") };
        assert_eq!(words, ["upheld", "partly-upheld", "not-upheld"]);
        for none in [
            "",
            "stage_1",
            "residents",
            "stage_1.updates.x",
            "received.day",
            "references.01.value",
            "stage_3.logged",
        ] {
            assert_eq!(kind_of(none), None, "{none}");
        }
    }

    #[test]
    fn the_schema_holds_a_case_and_names_what_is_wrong() {
        let good = json!({
            "references": [{ "system": "crm", "value": "1" }], "stock_type": "lcra", "received": "2025-03-03",
            "stage_1": { "updates": ["2025-03-04T10:00:00Z"] },
        });
        assert_eq!(wrong_with(&good).unwrap(), []);
        let mut bad = good;
        bad["received"] = json!("2025-02-30");
        bad["stage_1"]["outcome"] = json!("won");
        bad["stock_type"] = json!(7);
        let fields: Vec<String> = wrong_with(&bad).unwrap().into_iter().map(|(field, _)| field).collect();
        for field in ["received", "stage_1.outcome", "stock_type"] {
            assert!(fields.contains(&field.to_owned()), "{field}: {fields:?}");
        }
    }
}
