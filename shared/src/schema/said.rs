//! What is wrong with one value, keyword by keyword, in our own words.

use jsonschema::error::{TypeKind, ValidationErrorKind as Kind};
use serde_json::Value;

use super::patterns;
use super::wording::{list_of_words, type_name};
use crate::case::record::{Label, Text, TextError};

/// What is wrong with one value, by the keyword that it fails.
#[must_use]
pub(super) fn said(kind: &Kind, found: &Value) -> String {
    match kind {
        Kind::Type { kind } => format!("expected {}, found {}", wanted(kind), type_name(found)),
        Kind::Constant { expected_value } => expected_words([expected_value.as_ref()]),
        Kind::Enum { options } => expected_words(options.as_array().into_iter().flatten()),
        Kind::Format { format } => format_said(format).to_owned(),
        Kind::MaxLength { limit } => format!("expected at most {limit} characters, found {}", length(found)),
        Kind::MinLength { limit: 1 } => TextError::Blank.to_string(),
        Kind::MinLength { limit } => format!("expected at least {limit} characters"),
        Kind::Maximum { limit } => format!("expected at most {limit}"),
        Kind::Minimum { limit } => format!("expected at least {limit}"),
        Kind::ExclusiveMaximum { limit } => format!("expected less than {limit}"),
        Kind::ExclusiveMinimum { limit } => format!("expected more than {limit}"),
        Kind::MaxItems { limit } => format!("expected at most {limit} items"),
        Kind::MinItems { limit: 1 } => "expected at least one item".to_owned(),
        Kind::MinItems { limit } => format!("expected at least {limit} items"),
        Kind::MaxProperties { limit } => format!("expected at most {limit} fields"),
        Kind::MinProperties { limit } => format!("expected at least {limit} fields"),
        Kind::UniqueItems => "expected no item twice".to_owned(),
        Kind::Pattern { pattern } => pattern_said(pattern, found),
        Kind::OneOfMultipleValid { .. } => "fits more than one of the alternatives".to_owned(),
        _ => "not as its schema has it".to_owned(),
    }
}

/// The types that were wanted.
#[must_use]
pub(super) fn wanted(kind: &TypeKind) -> String {
    let names: Vec<&str> = match kind {
        TypeKind::Single(kind) => vec![wanted_name(kind.as_str())],
        TypeKind::Multiple(kinds) => kinds.iter().map(|kind| wanted_name(kind.as_str())).collect(),
    };
    names.join(" or ")
}

fn wanted_name(kind: &str) -> &'static str {
    match kind {
        "array" => "a list",
        "boolean" => "true or false",
        "integer" => "a whole number",
        "null" => "null",
        "number" => "a number",
        "object" => "an object",
        _ => "a string",
    }
}

fn format_said(format: &str) -> &'static str {
    match format {
        "date" => "not a date; a date is written 2026-11-02",
        "date-time" => "not an instant; an instant is written 2026-11-02T09:30:00Z",
        "uuid" => "not an id; an id looks like 01890a5d-ac96-774b-bcce-b302099a8057",
        "uri" => "not an absolute address, such as https://crm.example/hooks",
        _ => "not of the form that it should have",
    }
}

/// What a pattern wants, where it is one that is used in many places; dates and instants have one beside their format.
fn pattern_said(pattern: &str, found: &Value) -> String {
    let found = || found.as_str().unwrap_or_default().to_owned();
    match pattern {
        text if text.starts_with("^[\\t\\n\\r ") => text_said(
            Text::try_from(found()).err(),
            "blank, or has control characters other than line breaks and tabs",
        ),
        label if label.starts_with("^[\\t-\\r ") => text_said(
            Label::try_from(found()).err(),
            "blank, or more than one line, or has control characters",
        ),
        patterns::REFERENCE => "expected `system:value`".to_owned(),
        patterns::NO_CONTROL => "it has a control character".to_owned(),
        patterns::ACTOR => patterns::NO_ACTOR.to_owned(),
        patterns::DAY_OR_INSTANT => patterns::NO_DAY_OR_INSTANT.to_owned(),
        date if date.starts_with("^[12][0-9]{3}-") && date.ends_with("[0-9]{2}$") => {
            format_said("date").to_owned()
        }
        instant if instant.starts_with("^[12][0-9]{3}-") => format_said("date-time").to_owned(),
        other => format!("expected text of the form {other}"),
    }
}

/// What is wrong with a text, as the type that it is read into says it; that it is too long is said beside.
fn text_said(error: Option<TextError>, otherwise: &str) -> String {
    match error {
        None | Some(TextError::TooLong(..)) => otherwise.to_owned(),
        Some(error) => error.to_string(),
    }
}

fn length(found: &Value) -> usize {
    found.as_str().map_or(0, |text| text.chars().count())
}

/// The words that there are.
#[must_use]
pub(super) fn expected_words<'a>(words: impl IntoIterator<Item = &'a Value>) -> String {
    let words = words.into_iter().map(|word| word.as_str().map_or_else(|| word.to_string(), str::to_owned));
    format!("unknown word, expected {}", list_of_words(words))
}
