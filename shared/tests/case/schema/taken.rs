//! What comes in.

use jsonschema::error::{TypeKind, ValidationErrorKind};
use jsonschema::{JsonType, ValidationError};
use redress_shared::case::Command;
use redress_shared::case::command::limits;
use redress_shared::schema::Schemas;
use serde_json::{Map, Value, json};

use super::{CONTENTS, expect_valid, read};

#[test]
fn every_command_has_an_example_that_is_taken() {
    for verb in Command::VERBS {
        let example = Command::example(verb).unwrap_or_else(|| panic!("{verb} has no example"));
        expect_valid(&CONTENTS[verb], example);
        let command = read(verb, example).unwrap_or_else(|error| panic!("{verb}: {error}"));
        assert_eq!(command.verb(), *verb);
    }
}

#[test]
fn every_command_is_described() {
    let mut schemas = Schemas::at("/$defs");
    for verb in Command::VERBS {
        let summary = Command::summary(verb).unwrap();
        assert!(summary.ends_with('.') && !summary.starts_with(' '), "{summary}");
        schemas.content(verb).unwrap();
    }
    let definitions = schemas.into_definitions();
    assert_eq!(definitions["Close"]["title"], "close");
    assert_eq!(definitions["Close"]["description"], "The case is closed.");
    assert_eq!(definitions["Close"]["examples"][0]["reason"], "answered");
    assert_eq!((Command::summary("delete"), Command::example("delete")), (None, None));
}

/// What every member is replaced with in turn: other kinds, the ends of ranges, and spellings that readers differ about.
fn replacements() -> Vec<Value> {
    let strings = [
        "",
        " ",
        "\n",
        "a",
        "a\u{0}b",
        "a\nb",
        " a ",
        "1",
        "2",
        "yes",
        "email",
        "order",
        "none",
        "friend",
        "\u{1F525}",
        "2025-04-14",
        "2025-4-14",
        "+2025-04-14",
        "2025-02-29",
        "0000-01-01",
        "9999-12-31",
        "2025-04-14T10:00:00Z",
        "2025-04-14T10:00:00+01:00",
        "2025-04-14t10:00:00z",
        "2016-12-31T23:59:60Z",
        "2025-04-14 10:00:00Z",
        "2025-04-14T10:00Z",
        "0000-01-01T00:00:00+23:59",
    ];
    let texts = strings.into_iter().map(|text| json!(text));
    let long = [80, 81, 10_000, 10_001].into_iter().map(|length| json!("x".repeat(length)));
    let numbers = [
        json!(-1),
        json!(0),
        json!(1),
        json!(255),
        json!(256),
        json!(65_535),
        json!(65_536),
        json!(1_000_000_000),
        json!(1_000_000_001),
        json!(u64::MAX),
        json!(i64::MIN),
        json!(1.0),
        json!(-0.0),
        json!(1.5),
        json!(1e300),
    ];
    let others = [
        json!(null),
        json!(true),
        json!(false),
        json!([]),
        json!([null]),
        json!([{}]),
        json!({}),
        json!({ "a": 1 }),
        json!(["Damp"]),
        json!(vec!["Damp"; 201]),
        json!(["Damp", "Damp", 1]),
        json!({ "id": "anna", "role": "officer", "job_title": null }),
        json!({ "system": "crm", "value": "1", "more": 1 }),
    ];
    texts.chain(long).chain(numbers).chain(others).collect()
}

/// Every place in a value, as JSON pointers; the whole is the first.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Object(members) => {
            members.iter().for_each(|(name, value)| places(value, &format!("{at}/{name}"), found))
        }
        Value::Array(items) => {
            (0..).zip(items).for_each(|(place, value)| places(value, &format!("{at}/{place}"), found))
        }
        _ => {}
    }
}

/// The example of a command with every optional member that it lacks present as null, so that all have a place.
fn whole(verb: &str, definitions: &Map<String, Value>) -> Value {
    let mut example = Command::example(verb).unwrap().clone();
    let definition = definitions.values().find(|definition| definition["title"] == verb).unwrap();
    for (name, property) in definition["properties"].as_object().unwrap() {
        let takes_null = property.get("anyOf").is_some() || property["type"].is_array();
        if takes_null && example.get(name).is_none() {
            example[name] = Value::Null;
        }
    }
    example
}

/// The content with one place changed, in every way.
fn changes(content: &Value, replacements: &[Value]) -> Vec<Value> {
    let mut found = Vec::new();
    places(content, "", &mut found);
    let mut changed = Vec::new();
    for place in found {
        for replacement in replacements {
            let mut other = content.clone();
            *other.pointer_mut(&place).unwrap() = replacement.clone();
            changed.push(other);
        }
        let mut more = content.clone();
        if let Some(Value::Object(members)) = more.pointer_mut(&place) {
            members.insert("unknown".to_owned(), json!(1));
            changed.push(more);
        }
        let (above, name) = place.rsplit_once('/').unwrap_or_default();
        let mut less = content.clone();
        if let Some(Value::Object(members)) = less.pointer_mut(above) {
            members.remove(name);
            changed.push(less);
        }
    }
    changed
}

/// Whether the schema refuses on purpose what would be read: a year, a sum or a number of items beyond its limit, another
/// spelling of an instant, or an object spelt as a list.
fn on_purpose(kind: &ValidationErrorKind) -> bool {
    match kind {
        ValidationErrorKind::Pattern { pattern } => pattern.starts_with("^[12]"),
        ValidationErrorKind::Format { format } => format.starts_with("date"),
        ValidationErrorKind::Maximum { limit } => *limit == json!(limits::PENCE),
        ValidationErrorKind::MaxItems { .. } => true,
        ValidationErrorKind::Type { kind } => matches!(kind, TypeKind::Single(JsonType::Object)),
        ValidationErrorKind::OneOfNotValid { context } => {
            let of_another =
                |error: &ValidationError<'_>| matches!(error.kind(), ValidationErrorKind::Constant { .. });
            let this = context.iter().filter(|errors| !errors.iter().any(of_another));
            this.flatten().any(|error| on_purpose(error.kind()))
        }
        ValidationErrorKind::AnyOf { context } => {
            context.iter().flatten().any(|error| on_purpose(error.kind()))
        }
        _ => false,
    }
}

/// A correction of every fact that can be corrected.
fn corrections() -> impl Iterator<Item = Value> {
    let at = "2025-04-14T10:00:00Z";
    let facts = [
        json!({ "fact": "received-at", "at": at }),
        json!({ "fact": "logged-at", "stage": "1", "at": at }),
        json!({ "fact": "acknowledged-at", "stage": "2", "at": at }),
        json!({ "fact": "requested-at", "at": at }),
        json!({ "fact": "responded-at", "stage": "1", "at": at }),
        json!({ "fact": "event-on", "on": "2025-04-14" }),
        json!({ "fact": "aware-on", "on": "2025-04-14" }),
        json!({ "fact": "stock-type", "is": "lcra" }),
        json!({ "fact": "channel", "is": "letter" }),
        json!({ "fact": "categories", "are": ["Damp"] }),
        json!({ "fact": "service-area", "is": null }),
        json!({ "fact": "contractor", "is": "Warm Homes Ltd" }),
    ];
    facts.into_iter().map(|fact| json!({ "correct": fact, "reason": "It was mistyped." }))
}

/// Holds the schema of a command against what reads it, for a content that is taken and all its changes.
#[track_caller]
fn expect_agreement(verb: &str, content: &Value, replacements: &[Value]) {
    let schema = &CONTENTS[verb];
    expect_valid(schema, content);
    for content in changes(content, replacements) {
        match (schema.iter_errors(&content).next(), read(verb, &content)) {
            (None, Err(error)) => panic!("{verb}: {error}\n{content:#}"),
            (Some(error), Ok(_)) => assert!(on_purpose(error.kind()), "{verb}: {error}\n{content:#}"),
            _ => {}
        }
    }
}

#[test]
fn what_a_schema_takes_is_read_and_what_it_refuses_is_not() {
    let mut schemas = Schemas::at("/$defs");
    for verb in Command::VERBS {
        schemas.content(verb).unwrap();
    }
    let (definitions, replacements) = (schemas.into_definitions(), replacements());
    for verb in Command::VERBS {
        expect_agreement(verb, &whole(verb, &definitions), &replacements);
    }
    for correction in corrections() {
        expect_agreement("correct", &correction, &replacements);
    }
}

#[test]
fn a_correction_that_forgets_what_is_right_blanks_nothing() {
    let forgetful = json!({ "correct": { "fact": "contractor" }, "reason": "It was mistyped." });
    assert!(!CONTENTS["correct"].is_valid(&forgetful));
    assert!(read("correct", &forgetful).unwrap_err().contains("missing field `is`"));
}
