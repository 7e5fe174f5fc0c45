//! Reading a query string into the JSON object that its parameters' schemas describe.

use serde_json::{Map, Number, Value};

use super::percent::decode;
use super::wording::is_name;
use crate::http::contract::Parameter;
use crate::http::limits::PARAMETERS;
use crate::problem::FieldError;

/// The parameters' values, each of the type that its schema has, without those that are unknown, given twice, or not of their type;
/// and what is wrong with those.
#[must_use]
pub fn read(query: &str, parameters: &[Parameter]) -> (Value, Vec<FieldError>) {
    let mut values = Map::new();
    let mut errors = Vec::new();
    let pairs: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty()).collect();
    if pairs.len() > PARAMETERS {
        errors.push(FieldError::parameter("", format!("a query has at most {PARAMETERS} parameters")));
        return (Value::Object(values), errors);
    }
    for pair in pairs {
        if let Err(error) = one(pair, parameters, &mut values) {
            errors.push(error);
        }
    }
    (Value::Object(values), errors)
}

fn one(pair: &str, parameters: &[Parameter], values: &mut Map<String, Value>) -> Result<(), FieldError> {
    let (name, text) = pair.split_once('=').unwrap_or((pair, ""));
    let name = decode(name, true).unwrap_or_default();
    let Some(parameter) = parameters.iter().find(|parameter| parameter.name == name) else {
        let said = if is_name(&name) { name } else { String::new() };
        return Err(FieldError::parameter(said, unknown(parameters)));
    };
    let wrong = |detail: &str| FieldError::parameter(&parameter.name, detail);
    let text = decode(text, true).ok_or_else(|| wrong("its percent-encoding is broken"))?;
    // Nothing that is kept has one; and PostgreSQL does not even take a NUL to look for.
    if text.chars().any(char::is_control) {
        return Err(wrong("it has a control character"));
    }
    if parameter.kind == "array" {
        let item = typed(&parameter.item_kind, text).map_err(|detail| wrong(&detail))?;
        match values.entry(parameter.name.clone()).or_insert_with(|| Value::Array(Vec::new())) {
            Value::Array(items) => items.push(item),
            _ => return Err(wrong("given twice")),
        }
        return Ok(());
    }
    if values.contains_key(&parameter.name) {
        return Err(wrong("given twice"));
    }
    let value = typed(&parameter.kind, text).map_err(|detail| wrong(&detail))?;
    values.insert(parameter.name.clone(), value);
    Ok(())
}

fn unknown(parameters: &[Parameter]) -> String {
    let names: Vec<String> = parameters.iter().map(|parameter| format!("`{}`", parameter.name)).collect();
    if names.is_empty() {
        return "unknown parameter: there are none here".to_owned();
    }
    format!("unknown parameter, expected one of {}", names.join(", "))
}

/// A value of a type from its text. Whole numbers are read in their one usual spelling.
///
/// # Errors
/// What was wanted instead.
pub fn typed(kind: &str, text: String) -> Result<Value, String> {
    match kind {
        "integer" => whole(&text).map(Value::Number).ok_or_else(|| "expected a whole number".to_owned()),
        "boolean" => match text.as_str() {
            "true" => Ok(Value::Bool(true)),
            "false" => Ok(Value::Bool(false)),
            _ => Err("expected `true` or `false`".to_owned()),
        },
        _ => Ok(Value::String(text)),
    }
}

fn whole(text: &str) -> Option<Number> {
    let number: i64 = text.parse().ok()?;
    (number.to_string() == text).then(|| number.into())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Parameter, read};

    fn parameters() -> Vec<Parameter> {
        [
            ("phase", json!({ "type": "string" })),
            ("limit", json!({ "type": "integer" })),
            ("open", json!({ "type": "boolean" })),
            ("tag", json!({ "type": "array", "items": { "type": "string" } })),
        ]
        .map(|(name, schema)| Parameter {
            name: name.to_owned(),
            kind: schema["type"].as_str().unwrap().to_owned(),
            item_kind: "string".to_owned(),
            schema,
            required: false,
        })
        .into()
    }

    #[test]
    fn every_parameter_gets_its_type() {
        assert_eq!(
            read("phase=a+b%2Fc&limit=-5&open=true&tag=x&tag=y&", &parameters()),
            (json!({ "phase": "a b/c", "limit": -5, "open": true, "tag": ["x", "y"] }), vec![])
        );
        assert_eq!(read("", &parameters()), (json!({}), vec![]));
    }

    #[test]
    fn a_control_character_is_no_part_of_any_value() {
        for query in ["phase=a%00b", "phase=%0A", "tag=x&tag=%7F", "phase=%C2%85"] {
            let (_, errors) = read(query, &parameters());
            assert_eq!(json!(errors[0])["detail"], "it has a control character", "{query}");
        }
    }

    #[test]
    fn everything_wrong_is_named_at_once_and_nothing_said_back() {
        let (values, errors) = read("limit=5x&open=yes&phase=a&phase=b&Zyx=1&colour=red", &parameters());
        assert_eq!(values, json!({ "phase": "a" }));
        let said = json!(errors);
        let expected = "unknown parameter, expected one of `phase`, `limit`, `open`, `tag`";
        assert_eq!(
            said,
            json!([
                { "parameter": "limit", "detail": "expected a whole number" },
                { "parameter": "open", "detail": "expected `true` or `false`" },
                { "parameter": "phase", "detail": "given twice" },
                { "parameter": "", "detail": expected },
                { "parameter": "colour", "detail": expected },
            ])
        );
    }
}
