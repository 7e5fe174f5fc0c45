//! Holds a file against its schema: unknown and missing keys, wrong kinds, words that no list has.

use jsonschema::error::{TypeKind, ValidationErrorKind};
use jsonschema::paths::LocationSegment;
use jsonschema::{ValidationError, Validator};
use serde_json::Value;

use super::document::{item, join};
use super::errors::Problems;
use super::schema::resolved;

/// How many edits apart two names may be for the one to be offered in place of the other; a third of a long name.
const NEAR: usize = 3;

/// A schema ready to hold files against.
pub(crate) struct Shape {
    schema: Value,
    validator: Option<Validator>,
}

impl Shape {
    /// Makes a schema ready. One that is itself wrong is found on first use, by [`Shape::check`]; the tests rule it out.
    pub(crate) fn new(schema: Value) -> Shape {
        let validator = jsonschema::options().should_validate_formats(true).build(&schema).ok();
        Shape { schema, validator }
    }

    /// The schema itself.
    pub(crate) fn schema(&self) -> &Value {
        &self.schema
    }

    /// Finds everything in which a value differs from the schema.
    pub(crate) fn check(&self, value: &Value, problems: &mut Problems) {
        let Some(validator) = &self.validator else {
            return problems.add("", "it cannot be checked: the schema built into the program is damaged");
        };
        for error in validator.iter_errors(value) {
            self.describe(&error, problems);
        }
    }

    fn describe(&self, error: &ValidationError<'_>, problems: &mut Problems) {
        let key = key_of(error);
        match error.kind() {
            ValidationErrorKind::AdditionalProperties { unexpected } => {
                let known = self.known_keys(error);
                for name in unexpected {
                    let allowed = nearest(name, &known);
                    problems.add_allowed(join(&key, name), "this key is not known", allowed);
                }
            }
            ValidationErrorKind::Required { property } => {
                let name = property.as_str().unwrap_or_default();
                let allowed = self.meaning_of(error, name);
                let key = join(&key, name);
                problems.0.push(super::errors::Problem { key, problem: "it is missing".to_owned(), allowed });
            }
            // Of something that is no word, its kind is wrong, and that is said already.
            ValidationErrorKind::Enum { .. } if !error.instance().is_string() => {}
            ValidationErrorKind::Enum { options } => {
                let problem = format!("{} is not one of its words", error.instance());
                problems.add_allowed(key, problem, format!("allowed are {}", words(options)));
            }
            ValidationErrorKind::Type { kind } => {
                let problem = format!("{} is not {}", short(error.instance()), article(kind));
                problems.add(key, problem);
            }
            other => problems.add(key, plain(other, error)),
        }
    }

    /// The keys that the table with an unknown key may have.
    fn known_keys(&self, error: &ValidationError<'_>) -> Vec<String> {
        let properties = self.table_of(error).and_then(|table| table.get("properties")?.as_object());
        properties.map(|properties| properties.keys().cloned().collect()).unwrap_or_default()
    }

    /// What a missing key is for, by the first sentence of its description.
    fn meaning_of(&self, error: &ValidationError<'_>, name: &str) -> Option<String> {
        let property = self.table_of(error)?.get("properties")?.get(name)?;
        let description =
            property.get("description").or_else(|| resolved(&self.schema, property).get("description"));
        let text = description?.as_str()?.lines().next()?;
        Some(text.trim_end_matches('.').to_owned())
    }

    /// The schema whose keyword an error comes from.
    fn table_of(&self, error: &ValidationError<'_>) -> Option<&Value> {
        let path = error.schema_path().as_str();
        self.schema.pointer(&path[..path.rfind('/')?])
    }
}

fn key_of(error: &ValidationError<'_>) -> String {
    error.instance_path().into_iter().fold(String::new(), |key, segment| match segment {
        LocationSegment::Property(name) => join(&key, &name),
        LocationSegment::Index(place) => item(&key, place),
    })
}

fn plain(kind: &ValidationErrorKind, error: &ValidationError<'_>) -> String {
    let value = short(error.instance());
    match kind {
        ValidationErrorKind::Minimum { limit } => format!("{value} is less than {limit}"),
        ValidationErrorKind::Maximum { limit } => format!("{value} is more than {limit}"),
        ValidationErrorKind::MinLength { limit } => format!("{value} has fewer than {limit} characters"),
        ValidationErrorKind::MaxLength { limit } => format!("{value} has more than {limit} characters"),
        ValidationErrorKind::Format { format } if format == "date" => {
            format!("{value} is not a date of the form 2024-04-01")
        }
        ValidationErrorKind::Pattern { pattern } => format!("{value} does not have the form {pattern}"),
        _ => error.to_string(),
    }
}

/// A value as an error quotes it: whole if it is a word or a number, else by its kind.
fn short(value: &Value) -> String {
    match value {
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "a table".to_owned(),
        Value::String(text) if text.chars().count() > 60 => {
            format!("\"{}…\"", text.chars().take(60).collect::<String>())
        }
        other => other.to_string(),
    }
}

fn article(kind: &TypeKind) -> String {
    let name = match kind {
        TypeKind::Single(kind) => kind.to_string(),
        TypeKind::Multiple(_) => return "of a kind that is allowed here".to_owned(),
    };
    match name.as_str() {
        "object" => "a table".to_owned(),
        "array" => "a list".to_owned(),
        "integer" => "a whole number".to_owned(),
        "string" => "text in quotes".to_owned(),
        "boolean" => "true or false".to_owned(),
        other => format!("a {other}"),
    }
}

fn words(options: &Value) -> String {
    let words: Vec<_> = options.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    words.join(", ")
}

/// The names nearest to one that is not known, or all of them where none is near.
#[must_use]
pub fn nearest(name: &str, known: &[String]) -> String {
    let mut near: Vec<(usize, &str)> = known
        .iter()
        .map(|candidate| (distance(name, candidate), candidate.as_str()))
        .filter(|(distance, candidate)| *distance <= NEAR.max(candidate.len() / 3))
        .collect();
    near.sort_unstable();
    if near.is_empty() {
        return format!("allowed are {}", known.join(", "));
    }
    let near: Vec<_> = near.into_iter().map(|(_, candidate)| format!("`{candidate}`")).collect();
    format!("did you mean {}?", near.join(" or "))
}

/// How many letters must be added, dropped or changed to make one word of the other.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (place, letter) in one.chars().enumerate() {
        let mut left = place + 1;
        let mut next = vec![left];
        for (pair, candidate) in row.windows(2).zip(&other) {
            left = (pair[0] + usize::from(letter != *candidate)).min(pair[1] + 1).min(left + 1);
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}
