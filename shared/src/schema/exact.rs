//! What the derived schemas leave out: the limits of numbers, the spelling of instants, lists of words as lists.

use schemars::Schema;
use serde_json::{Map, Value, json};

/// Dates and instants begin with a year from 1000 to 2999: a year beyond that is a slip, and an instant near year 0 or 10000
/// could not be written in four digits once it is told in UTC.
const DATE: &str = "^[12][0-9]{3}-[0-9]{2}-[0-9]{2}$";

/// RFC 3339 in capitals, with at most nanoseconds, and without leap seconds, which the clocks here do not tell.
const INSTANT: &str =
    "^[12][0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-5][0-9](\\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})$";

/// Everything that the derived schema of a plain type leaves open.
pub(super) fn exact(schema: &mut Schema) {
    let Some(object) = schema.as_object_mut() else { return };
    without_default(object);
    if let Some(Value::String(description)) = object.get_mut("description") {
        *description = readable(description);
    }
    let Some(format) = object.get("format").and_then(Value::as_str).map(str::to_owned) else { return };
    match format.as_str() {
        "date" => drop(object.entry("pattern").or_insert(DATE.into())),
        "date-time" => drop(object.entry("pattern").or_insert(INSTANT.into())),
        "uint8" => whole(object, "int32", u8::MAX.into()),
        "uint16" => whole(object, "int32", u16::MAX.into()),
        "uint32" => whole(object, "int64", u32::MAX.into()),
        "uint" | "uint64" => whole(object, "int64", i64::MAX.into()),
        _ => {}
    }
}

/// The documentation of a type without what only a reader of the code wants: examples in Rust, and links.
fn readable(documentation: &str) -> String {
    let words = documentation.split("\n\n```").next().unwrap_or_default();
    words.replace("[`", "`").replace("`]", "`")
}

/// An unsigned integer by the formats that OpenAPI knows, with the largest value of its type where it has no smaller one.
fn whole(object: &mut Map<String, Value>, format: &str, largest: Value) {
    object.insert("format".to_owned(), format.into());
    object.entry("minimum").or_insert(json!(0));
    object.entry("maximum").or_insert(largest);
}

/// What is given has no defaults, and is left out rather than null where it can be left out.
pub(super) fn as_given(schema: &mut Schema) {
    let Some(object) = schema.as_object_mut() else { return };
    object.remove("default");
    let required = object.get("required").cloned().unwrap_or_default();
    let is_required =
        |name: &String| required.as_array().is_some_and(|all| all.iter().any(|one| one == name));
    let Some(Value::Object(properties)) = object.get_mut("properties") else { return };
    for (_, property) in properties.iter_mut().filter(|(name, _)| !is_required(name)) {
        if let Value::Object(property) = property {
            without_null(property);
        }
    }
}

/// `X or null` as `X`, for places where what may be absent is left out.
pub(crate) fn without_null(object: &mut Map<String, Value>) {
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
}

/// `default: null` and `default: []` say no more than that the key may be left out.
pub(crate) fn without_default(object: &mut Map<String, Value>) {
    if object.get("default").is_some_and(|value| value.is_null() || *value == json!([])) {
        object.remove("default");
    }
}

/// A closed list of documented words comes as one `const` a word; written as an `enum`, an error can list all of them.
/// What each word means goes into the description.
pub(crate) fn plain_enum(schema: &mut Schema) {
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
