//! The JSON Schema of a profile, generated from its types, and the check of a file against a schema.

use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema};
use serde_json::{Value, json};

use super::Profile;

/// The JSON Schema of a profile, as editors can use it; `shared/policies/profile.schema.json` is the same.
///
/// ```
/// let schema = redress_shared::policy::profile_schema();
/// assert_eq!(schema["title"], "Profile");
/// // Every closed list of words is an `enum`, so that an editor can offer them.
/// assert_eq!(schema["$defs"]["Says"]["enum"][0], "meets");
/// ```
#[must_use]
pub fn profile_schema() -> Value {
    schema_of::<Profile>()
}

/// The schema of a type as its file is written.
pub(super) fn schema_of<T: JsonSchema>() -> Value {
    let settings = SchemaSettings::draft2020_12()
        .for_deserialize()
        .with_transform(RecursiveTransform(without_null as fn(&mut Schema)))
        .with_transform(RecursiveTransform(plain_enum as fn(&mut Schema)));
    settings.into_generator().into_root_schema_for::<T>().to_value()
}

/// TOML has no null: what may be absent is left out, so that `X or null` is `X`.
fn without_null(schema: &mut Schema) {
    let Some(object) = schema.as_object_mut() else { return };
    if let Some(Value::Array(kinds)) = object.get_mut("type") {
        kinds.retain(|kind| kind != "null");
        if let [only] = kinds.as_slice() {
            let only = only.clone();
            object.insert("type".to_owned(), only);
        }
    }
    if let Some(Value::Array(choices)) = object.get("anyOf")
        && let [Value::Object(only), null] = choices.as_slice()
        && *null == json!({ "type": "null" })
    {
        let only = only.clone();
        object.remove("anyOf");
        for (keyword, value) in only {
            object.entry(keyword).or_insert(value);
        }
    }
    // `default: null` and `default: []` say no more than that the key may be left out.
    if object.get("default").is_some_and(|value| value.is_null() || *value == json!([])) {
        object.remove("default");
    }
}

/// A closed list of documented words comes as one `const` a word; written as an `enum`, an error can list all of them.
/// What each word means goes into the description.
fn plain_enum(schema: &mut Schema) {
    let Some(object) = schema.as_object_mut() else { return };
    let Some(Value::Array(choices)) = object.get("oneOf") else { return };
    let Some(words) = choices.iter().map(words_of).collect::<Option<Vec<_>>>() else { return };
    let meanings = choices.iter().zip(&words).filter_map(|(choice, words)| {
        let meaning = choice.get("description")?.as_str()?;
        Some(format!("{}: {meaning}", words.first()?.as_str()?))
    });
    let own = object.get("description").and_then(Value::as_str).map(str::to_owned);
    let description = own.into_iter().chain(meanings).collect::<Vec<_>>().join("\n");
    let words: Vec<Value> = words.into_iter().flatten().collect();
    object.remove("oneOf");
    object.insert("type".to_owned(), json!("string"));
    object.insert("enum".to_owned(), Value::Array(words));
    object.insert("description".to_owned(), Value::String(description));
}

/// The words of one choice of a closed list, or nothing where it is something else than a list of words.
fn words_of(choice: &Value) -> Option<Vec<Value>> {
    match (choice.get("const"), choice.get("enum")) {
        (Some(word), None) => Some(vec![word.clone()]),
        (None, Some(Value::Array(words))) => Some(words.clone()),
        _ => None,
    }
}

/// Follows `$ref` to where a schema is written.
pub(super) fn resolved<'a>(root: &'a Value, schema: &'a Value) -> &'a Value {
    let target = schema.get("$ref").and_then(Value::as_str).and_then(|target| target.strip_prefix('#'));
    target.and_then(|pointer| root.pointer(pointer)).unwrap_or(schema)
}
