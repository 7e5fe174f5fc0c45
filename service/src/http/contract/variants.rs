//! Unions whose variants are told apart by a field.
//!
//! Their derived schema refers to what the variant has and puts the field beside the reference. That is good JSON Schema, but most
//! generators of clients read a reference and nothing beside it: their variants would have lost the field, and nothing would tell one
//! from another. So every variant becomes a schema of its own that has the field, and the union names the field that decides. A variant
//! that stands in the union itself is given a name too: the word that its field says, and the union's.

use serde_json::{Map, Value, json};

use super::api::references;
use super::schemas::{at, referred};

/// A variant as a schema of its own.
struct Variant {
    /// Its name among the schemas.
    name: String,
    /// The name of what it is without the field; none where it has no other.
    bare: Option<String>,
    /// The field.
    field: String,
    /// What the field says.
    word: String,
    /// The whole.
    schema: Value,
}

/// Gives every such union variants of their own; what they were made of goes where nothing else refers to it.
pub fn name_variants(components: &mut Map<String, Value>) {
    let mut bare = Vec::new();
    for (union, variants) in unions(components) {
        let Some(first) = variants.first() else { continue };
        let words = variants.iter().map(|variant| (variant.word.clone(), json!(at(&variant.name))));
        let mapping: Map<String, Value> = words.collect();
        let choices: Vec<Value> =
            variants.iter().map(|variant| json!({ "$ref": at(&variant.name) })).collect();
        let discriminator = json!({ "propertyName": first.field, "mapping": mapping });
        if let Some(Value::Object(schema)) = components.get_mut(&union) {
            schema.insert("oneOf".to_owned(), Value::Array(choices));
            schema.insert("discriminator".to_owned(), discriminator);
        }
        for variant in variants {
            components.insert(variant.name, variant.schema);
            bare.extend(variant.bare);
        }
    }
    let mut needed = Vec::new();
    components.values().for_each(|schema| references(schema, &mut needed));
    for name in bare.iter().filter(|name| !needed.contains(name)) {
        components.remove(name);
    }
}

/// The unions all of whose variants are such.
fn unions(components: &Map<String, Value>) -> Vec<(String, Vec<Variant>)> {
    let one = |(union, schema): (&String, &Value)| {
        let choices = schema.get("oneOf")?.as_array()?;
        let variants = choices.iter().map(|choice| variant(choice, union, components));
        Some((union.clone(), told_apart(variants.collect::<Option<_>>()?, union)))
    };
    components.iter().filter_map(one).collect()
}

/// Variants that are made of the same thing are called by their words: one name cannot stand for several.
fn told_apart(mut variants: Vec<Variant>, union: &str) -> Vec<Variant> {
    let made_of: Vec<Option<String>> = variants.iter().map(|variant| variant.bare.clone()).collect();
    for variant in &mut variants {
        if variant.bare.is_some() && made_of.iter().filter(|bare| **bare == variant.bare).count() > 1 {
            variant.name = format!("{}{union}", name_of(&variant.word));
        }
    }
    variants
}

/// A word as a name: `due-soon` is `DueSoon`.
fn name_of(word: &str) -> String {
    let capital = |part: &str| {
        let (first, rest) = part.split_at_checked(1).unwrap_or((part, ""));
        format!("{}{rest}", first.to_ascii_uppercase())
    };
    word.split('-').map(capital).collect()
}

fn variant(choice: &Value, union: &str, components: &Map<String, Value>) -> Option<Variant> {
    let Some(bare) = referred(choice) else { return standing(choice, union) };
    let (field, said) = choice.get("properties")?.as_object()?.iter().next()?;
    let mut schema = components.get(bare)?.clone();
    let object = schema.as_object_mut()?;
    object.entry("properties").or_insert(json!({})).as_object_mut()?.insert(field.clone(), said.clone());
    object.entry("required").or_insert(json!([])).as_array_mut()?.push(json!(field));
    if let Some(description) = choice.get("description") {
        object.insert("description".to_owned(), description.clone());
    }
    Some(Variant {
        name: format!("{bare}{union}"),
        bare: Some(bare.to_owned()),
        field: field.clone(),
        word: said.get("const")?.as_str()?.to_owned(),
        schema,
    })
}

/// A variant that stands in the union itself: an object with a field that says one word.
fn standing(choice: &Value, union: &str) -> Option<Variant> {
    let fields = choice.get("properties")?.as_object()?;
    let says = |said: &Value| Some(said.get("const")?.as_str()?.to_owned());
    let (field, word) = fields.iter().find_map(|(field, said)| Some((field.clone(), says(said)?)))?;
    let name = word.split('-').map(capital).collect::<String>() + union;
    Some(Variant { name, bare: None, field, word, schema: choice.clone() })
}

/// A word with its first letter large.
fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::name_variants;

    fn components(left: Value) -> serde_json::Map<String, Value> {
        let refers = |name: &str, word: &str| {
            json!({
                "$ref": format!("#/components/schemas/{name}"),
                "properties": { "type": { "const": word } }, "required": ["type"],
            })
        };
        let made = json!({
            "Happened": { "oneOf": [refers("Left", "left"), refers("Came", "came")] },
            "Left": left,
            "Came": { "type": "object", "properties": { "on": { "type": "string" } }, "required": ["on"] },
            "Guest": { "properties": { "came": { "$ref": "#/components/schemas/Came" } } },
        });
        made.as_object().unwrap().clone()
    }

    #[test]
    fn a_variant_has_the_field_that_tells_it_from_the_others() {
        let mut components = components(json!({ "type": "object" }));
        name_variants(&mut components);
        let names: Vec<&str> = components.keys().map(String::as_str).collect();
        assert_eq!(names, ["Came", "CameHappened", "Guest", "Happened", "LeftHappened"]);
        assert_eq!(
            components["Happened"],
            json!({
                "oneOf": [
                    { "$ref": "#/components/schemas/LeftHappened" }, { "$ref": "#/components/schemas/CameHappened" },
                ],
                "discriminator": { "propertyName": "type", "mapping": {
                    "left": "#/components/schemas/LeftHappened", "came": "#/components/schemas/CameHappened",
                } },
            })
        );
        assert_eq!(
            components["CameHappened"],
            json!({
                "type": "object", "required": ["on", "type"],
                "properties": { "on": { "type": "string" }, "type": { "const": "came" } },
            })
        );
    }

    #[test]
    fn a_variant_that_stands_in_the_union_gets_a_name() {
        let seen = json!({
            "type": "object", "properties": { "type": { "const": "far-away" }, "on": { "type": "string" } },
            "required": ["type", "on"],
        });
        let mut components = json!({ "Seen": { "oneOf": [seen] } }).as_object().unwrap().clone();
        name_variants(&mut components);
        let at = "#/components/schemas/FarAwaySeen";
        assert_eq!(components["FarAwaySeen"], seen);
        assert_eq!(
            components["Seen"],
            json!({
                "oneOf": [{ "$ref": at }],
                "discriminator": { "propertyName": "type", "mapping": { "far-away": at } },
            })
        );
    }

    #[test]
    fn variants_made_of_the_same_thing_are_called_by_their_words() {
        let mut components = components(json!({ "type": "object" }));
        let again = json!({
            "$ref": "#/components/schemas/Came",
            "properties": { "type": { "const": "came-back" } }, "required": ["type"],
        });
        components["Happened"]["oneOf"].as_array_mut().unwrap().push(again);
        name_variants(&mut components);
        let names: Vec<&str> = components.keys().map(String::as_str).collect();
        assert_eq!(names, ["Came", "CameBackHappened", "CameHappened", "Guest", "Happened", "LeftHappened"]);
        let word = |name: &str| components[name]["properties"]["type"]["const"].clone();
        assert_eq!((word("CameHappened"), word("CameBackHappened")), (json!("came"), json!("came-back")));
    }

    #[test]
    fn a_union_of_anything_else_is_left_alone() {
        let mut components = components(json!({ "type": "object" }));
        components["Happened"]["oneOf"][0] = json!({ "type": "string" });
        let before = components.clone();
        name_variants(&mut components);
        assert_eq!(components, before);
    }
}
