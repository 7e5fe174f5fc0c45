//! The schemas say what is taken and what is given, no less and, as far as a schema can, no more.

mod given;
mod names;
mod taken;
mod words;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jsonschema::Validator;
use redress_shared::case::Command;
use redress_shared::schema::Schemas;
use serde_json::{Map, Value, json};

/// A validator as the service has it: with formats asserted.
pub fn validator(schema: Value, definitions: &Map<String, Value>) -> Validator {
    let mut whole = json!({ "$defs": definitions });
    whole.as_object_mut().unwrap().extend(schema.as_object().cloned().unwrap_or_default());
    jsonschema::draft202012::options().should_validate_formats(true).build(&whole).unwrap()
}

/// The validator of every command's content, by verb.
pub static CONTENTS: LazyLock<BTreeMap<&'static str, Validator>> = LazyLock::new(|| {
    let mut schemas = Schemas::at("/$defs");
    let content: Vec<_> = Command::VERBS.iter().map(|verb| (*verb, schemas.content(verb).unwrap())).collect();
    let definitions = schemas.into_definitions();
    content.into_iter().map(|(verb, schema)| (verb, validator(schema.to_value(), &definitions))).collect()
});

/// What serde makes of a command's content.
pub fn read(verb: &str, content: &Value) -> Result<Command, String> {
    let mut content = content.clone();
    redress_shared::schema::whole_numbers(&mut content);
    serde_json::from_value(json!({ verb: content })).map_err(|error| error.to_string())
}

/// Everything that the schema has against an instance, a line each.
#[track_caller]
pub fn expect_valid(validator: &Validator, instance: &Value) {
    let errors: Vec<String> =
        validator.iter_errors(instance).map(|error| format!("{} {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}\n{instance:#}");
}
