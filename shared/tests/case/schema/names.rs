//! One document holds all of the schemas: each has a name of its own, a description, and formats that everybody knows.

use redress_shared::case::deadline::{Deadline, Standing};
use redress_shared::case::obligation::Obligation;
use redress_shared::case::record::RecordKind;
use redress_shared::case::refusal::{Caution, Refusal};
use redress_shared::case::{Case, Command, Logged};
use redress_shared::code::Code;
use redress_shared::letter::{Letter, Missing};
use redress_shared::policy::{Change, Point, Profile};
use redress_shared::schema::Schemas;
use serde_json::{Map, Value, json};

/// Everything that goes over the API, in one document, as it is taken and as it is given.
fn everything() -> (Map<String, Value>, Map<String, Value>) {
    let mut schemas = Schemas::at("/$defs");
    for verb in Command::VERBS {
        schemas.content(verb).unwrap();
    }
    schemas.given::<Case>();
    schemas.given::<Logged>();
    schemas.given::<Deadline>();
    schemas.given::<Standing>();
    schemas.given::<Obligation>();
    schemas.given::<Caution>();
    schemas.given::<Refusal>();
    schemas.given::<RecordKind>();
    schemas.given::<Letter>();
    schemas.given::<Missing>();
    schemas.given::<Profile>();
    schemas.given::<Point>();
    schemas.given::<Change>();
    schemas.given::<Code>();
    schemas.into_both()
}

#[test]
fn no_two_types_have_the_same_name() {
    let (taken, given) = everything();
    for name in taken.keys().chain(given.keys()) {
        let stem = name.trim_end_matches(|last: char| last.is_ascii_digit());
        assert!(
            stem == name || !taken.contains_key(stem) && !given.contains_key(stem),
            "{name} is a second {stem}"
        );
    }
    let differ: Vec<&String> = taken
        .iter()
        .filter(|(name, schema)| given.get(*name).is_some_and(|other| other != *schema))
        .map(|(name, _)| name)
        .collect();
    // Its job title may be null where it is taken, and never is where it is given.
    assert_eq!(differ, ["Staff"]);
}

/// Every schema in a schema, itself included.
fn each(schema: &Value, look: &mut impl FnMut(&Map<String, Value>)) {
    match schema {
        Value::Object(members) => {
            look(members);
            members.iter().filter(|(name, _)| *name != "examples").for_each(|(_, member)| each(member, look));
        }
        Value::Array(items) => items.iter().for_each(|item| each(item, look)),
        _ => {}
    }
}

#[test]
fn formats_are_those_of_openapi_and_whole_numbers_have_their_ends() {
    let (taken, given) = everything();
    for schema in taken.values().chain(given.values()) {
        each(schema, &mut |schema| {
            if let Some(format) = schema.get("format").and_then(Value::as_str) {
                assert!(["date", "date-time", "uuid", "int32", "int64"].contains(&format), "{schema:?}");
            }
            if schema.get("type").is_some_and(|kind| kind == "integer" || kind == &json!(["integer", "null"]))
            {
                assert!(schema.contains_key("minimum") && schema.contains_key("maximum"), "{schema:?}");
            }
        });
    }
}

#[test]
fn everything_is_described_for_readers_of_the_api() {
    let (taken, given) = everything();
    for (name, schema) in taken.iter().chain(&given) {
        let description =
            schema["description"].as_str().unwrap_or_else(|| panic!("{name} has no description"));
        assert!(!description.contains("```") && !description.contains("[`"), "{name}: {description}");
    }
}

#[test]
fn whatever_comes_in_is_bounded() {
    let (taken, _) = everything();
    for (name, schema) in &taken {
        each(schema, &mut |schema| match schema.get("type").and_then(Value::as_str) {
            Some("object") => assert_eq!(schema.get("additionalProperties"), Some(&json!(false)), "{name}"),
            Some("array") => assert!(schema.contains_key("maxItems"), "{name}"),
            Some("string") => {
                let known = ["enum", "const", "maxLength", "format"];
                assert!(known.iter().any(|keyword| schema.contains_key(*keyword)), "{name}: {schema:?}");
            }
            _ => {}
        });
    }
}
