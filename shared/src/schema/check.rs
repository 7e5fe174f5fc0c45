//! Holding a value against the schema that is published for it, and saying what is wrong in our own words.
//!
//! A schema with alternatives fails with every reason of every alternative. What the caller meant is guessed from the tag and
//! the type, and only that alternative's reasons are given.

use std::collections::BTreeSet;

use jsonschema::error::ValidationErrorKind as Kind;
use jsonschema::{ValidationError, Validator};
use serde_json::{Value, json};

use super::said::{expected_words, said, wanted};
use super::wording::{is_name, type_name};

/// A schema, compiled.
#[derive(Debug)]
pub struct Checker(Validator);

impl Checker {
    /// Compiles a schema with the components that it refers to. Formats are asserted.
    ///
    /// # Errors
    /// When it is no schema, or refers to what is not there.
    pub fn new(schema: &Value, components: &Value) -> Result<Self, String> {
        let mut root = schema.clone();
        if let Some(root) = root.as_object_mut() {
            root.insert("components".to_owned(), json!({ "schemas": components }));
        }
        let validator = jsonschema::draft202012::options()
            .should_validate_formats(true)
            .build(&root)
            .map_err(|error| format!("a schema does not compile: {error}"))?;
        Ok(Self(validator))
    }

    /// Everything that is wrong with a value: pointer and detail.
    #[must_use]
    pub fn errors(&self, value: &Value) -> Vec<(String, String)> {
        if self.0.is_valid(value) {
            return Vec::new();
        }
        self.0.iter_errors(value).flat_map(|error| explain(&error)).collect()
    }
}

type Explained = Vec<(String, String)>;

fn explain(error: &ValidationError<'_>) -> Explained {
    let here = pointer(error.instance_path().as_str());
    let one = |detail: String| vec![(here.clone(), detail)];
    match error.kind() {
        Kind::AnyOf { context } | Kind::OneOfNotValid { context } => alternatives(&here, context),
        Kind::Required { property } => {
            let name = property.as_str().unwrap_or_default();
            vec![(format!("{here}/{name}"), format!("missing field `{name}`"))]
        }
        Kind::AdditionalProperties { unexpected } | Kind::UnevaluatedProperties { unexpected } => {
            unexpected.iter().map(|name| unknown_field(&here, name)).collect()
        }
        Kind::PropertyNames { error } => explain(error)
            .into_iter()
            .map(|(_, detail)| (here.clone(), format!("a field's name: {detail}")))
            .collect(),
        kind => one(said(kind, error.instance())),
    }
}

fn unknown_field(here: &str, name: &str) -> (String, String) {
    if is_name(name) {
        (format!("{here}/{name}"), format!("unknown field `{name}`"))
    } else {
        (here.to_owned(), "unknown field".to_owned())
    }
}

/// What is wrong with a value that fits none of several schemas.
fn alternatives(here: &str, branches: &[Vec<ValidationError<'static>>]) -> Explained {
    let of_type: Vec<_> =
        branches.iter().filter(|errors| !errors.iter().any(|e| is_at(e, here, "type"))).collect();
    if of_type.is_empty() {
        return types_wanted(here, branches);
    }
    if let Some(explained) = same_keyword(here, &of_type) {
        return explained;
    }
    let tagged: Vec<_> = of_type.iter().filter(|errors| wrong_tag(errors, here).is_none()).collect();
    if tagged.is_empty() {
        return tags_wanted(here, &of_type);
    }
    let nearest = tagged.iter().min_by_key(|errors| errors.len());
    nearest.map(|errors| errors.iter().flat_map(explain).collect()).unwrap_or_default()
}

fn is_at(error: &ValidationError<'_>, here: &str, keyword: &str) -> bool {
    error.kind().keyword() == keyword && pointer(error.instance_path().as_str()) == here
}

fn types_wanted(here: &str, branches: &[Vec<ValidationError<'static>>]) -> Explained {
    let errors = || branches.iter().flatten().filter(|error| is_at(error, here, "type"));
    let mut names = Vec::new();
    for error in errors() {
        if let Kind::Type { kind } = error.kind() {
            let name = wanted(kind);
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    let found = errors().next().map_or("something else", |error| type_name(error.instance()));
    vec![(here.to_owned(), format!("expected {}, found {found}", names.join(" or ")))]
}

/// Alternatives that are words, or formats, of one and the same value.
fn same_keyword(here: &str, branches: &[&Vec<ValidationError<'static>>]) -> Option<Explained> {
    let errors: Vec<_> = branches.iter().map(|errors| errors.first()).collect::<Option<_>>()?;
    let all = |keywords: &[&str]| {
        errors.iter().all(|error| keywords.iter().any(|keyword| is_at(error, here, keyword)))
    };
    if all(&["const", "enum"]) {
        let words: Vec<Value> = errors.iter().flat_map(|error| words_of(error.kind())).collect();
        return Some(vec![(here.to_owned(), expected_words(&words))]);
    }
    if all(&["format", "pattern"]) {
        let mut said: Vec<String> = errors.iter().map(|error| said(error.kind(), error.instance())).collect();
        said.dedup();
        return Some(vec![(here.to_owned(), said.join("; "))]);
    }
    None
}

fn words_of(kind: &Kind) -> Vec<Value> {
    match kind {
        Kind::Constant { expected_value } => vec![expected_value.as_ref().clone()],
        Kind::Enum { options } => options.as_array().cloned().unwrap_or_default(),
        _ => Vec::new(),
    }
}

/// The error that says that an object is another of the alternatives: a member that has to be another word, or is missing.
fn wrong_tag<'a>(errors: &'a [ValidationError<'static>], here: &str) -> Option<&'a ValidationError<'static>> {
    errors.iter().find(|error| {
        let path = pointer(error.instance_path().as_str());
        let member = path.strip_prefix(here).and_then(|rest| rest.strip_prefix('/'));
        error.kind().keyword() == "const" && member.is_some_and(|member| !member.contains('/'))
    })
}

/// Every alternative wants another tag: the words that there are.
fn tags_wanted(here: &str, branches: &[&Vec<ValidationError<'static>>]) -> Explained {
    let tags: Vec<_> = branches.iter().filter_map(|errors| wrong_tag(errors, here)).collect();
    let places: BTreeSet<String> = tags.iter().map(|error| pointer(error.instance_path().as_str())).collect();
    let words: Vec<Value> = tags.iter().flat_map(|error| words_of(error.kind())).collect();
    places.into_iter().map(|place| (place, expected_words(&words))).collect()
}

/// A pointer as far as the names on the way are names and not the caller's words.
fn pointer(path: &str) -> String {
    let said = |step: &&str| is_name(step) || step.bytes().all(|byte| byte.is_ascii_digit());
    path.split('/').skip(1).take_while(said).fold(String::new(), |pointer, step| format!("{pointer}/{step}"))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::Checker;

    fn schema() -> Value {
        json!({
            "type": "object",
            "required": ["kind", "on"],
            "additionalProperties": false,
            "properties": {
                "kind": { "oneOf": [{ "const": "complaint" }, { "const": "enquiry" }] },
                "on": { "type": "string", "format": "date" },
                "at": { "anyOf": [{ "type": "string", "format": "date-time" }, { "type": "null" }] },
                "homes": { "type": "integer", "minimum": 0 },
                "fact": { "oneOf": [
                    { "type": "object", "required": ["fact", "is"], "properties": {
                        "fact": { "const": "channel" }, "is": { "enum": ["letter", "email"] } } },
                    { "type": "object", "required": ["fact", "on"], "properties": {
                        "fact": { "const": "event-on" }, "on": { "type": "string", "format": "date" } } },
                ] },
                "person": { "anyOf": [{ "$ref": "#/components/schemas/Person" }, { "type": "null" }] },
            },
        })
    }

    fn check(value: &Value, wanted: &[(&str, &str)]) {
        let person = json!({ "Person": {
            "type": "object", "required": ["name"], "properties": { "name": { "type": "string", "maxLength": 3 } },
        } });
        let mut errors = Checker::new(&schema(), &person).unwrap().errors(value);
        errors.sort();
        let errors: Vec<_> = errors.iter().map(|(place, said)| (place.as_str(), said.as_str())).collect();
        assert_eq!(errors, wanted, "{value}");
    }

    fn with(member: &str, value: Value) -> Value {
        let mut whole = json!({ "kind": "complaint", "on": "2026-11-02" });
        whole[member] = value;
        whole
    }

    #[test]
    fn everything_wrong_is_said_at_once() {
        check(
            &json!({ "kind": "Resident A", "homes": -1, "colour": 1, "Resident A": 2 }),
            &[
                ("", "unknown field"),
                ("/colour", "unknown field `colour`"),
                ("/homes", "expected at least 0"),
                ("/kind", "unknown word, expected `complaint` or `enquiry`"),
                ("/on", "missing field `on`"),
            ],
        );
        check(&json!([]), &[("", "expected an object, found a list")]);
        check(&with("on", json!("yesterday")), &[("/on", "not a date; a date is written 2026-11-02")]);
        check(&with("homes", json!("5")), &[("/homes", "expected a whole number, found a string")]);
    }

    #[test]
    fn of_alternatives_the_one_that_was_meant_is_explained() {
        check(&with("at", json!(5)), &[("/at", "expected a string or null, found a whole number")]);
        check(
            &with("at", json!("noon")),
            &[("/at", "not an instant; an instant is written 2026-11-02T09:30:00Z")],
        );
        check(&with("person", json!({})), &[("/person/name", "missing field `name`")]);
        check(
            &with("person", json!({ "name": "long" })),
            &[("/person/name", "expected at most 3 characters, found 4")],
        );
    }

    #[test]
    fn a_tag_decides_between_objects() {
        check(
            &with("fact", json!({ "fact": "channel", "is": "owl" })),
            &[("/fact/is", "unknown word, expected `letter` or `email`")],
        );
        check(
            &with("fact", json!({ "fact": "weather" })),
            &[("/fact/fact", "unknown word, expected `channel` or `event-on`")],
        );
        check(&with("fact", json!({ "fact": "event-on" })), &[("/fact/on", "missing field `on`")]);
    }
}
