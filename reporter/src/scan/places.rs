//! Every text of a document with its place, as a reader would look for it.

use serde_json::Value;

/// The texts of a document, each with its place.
pub(super) fn texts(document: &Value) -> Vec<(String, String)> {
    let mut texts = Vec::new();
    walk(document, &[], &mut texts);
    texts
}

fn walk(value: &Value, way: &[String], texts: &mut Vec<(String, String)>) {
    match value {
        Value::String(text) if !text.is_empty() && !is_drawing(way, text) => {
            texts.push((place(way), text.clone()));
        }
        Value::Array(items) => items.iter().for_each(|item| walk(item, way, texts)),
        Value::Object(fields) => {
            let named = name(value);
            for (key, field) in fields {
                // What has a name of its own needs no other.
                let own = if named.is_none() && name(field).is_some() {
                    way.last().cloned()
                } else {
                    named.clone()
                };
                let step = own.unwrap_or_else(|| key.replace('_', " "));
                let way = if way.last() == Some(&step) { way.to_vec() } else { [way, &[step]].concat() };
                walk(field, &way, texts);
            }
        }
        _ => {}
    }
}

/// What an object is called on the page, where it has a name.
fn name(value: &Value) -> Option<String> {
    let said = |key: &str| value.get(key).and_then(Value::as_str).filter(|said| !said.is_empty());
    if let Some(figure) = said("figure") {
        return Some(format!("figure {}", figure.split('.').next_back().unwrap_or(figure)));
    }
    if let Some(number) = said("number").filter(|_| value.get("requirement").is_some()) {
        return Some(format!("provision {number}"));
    }
    if let Some(key) = said("key").filter(|_| value.get("cells").is_some()) {
        return Some(format!("row {key}"));
    }
    said("id").filter(|_| value.get("rows").is_some()).map(|id| format!("table {id}"))
}

/// Points and paths are numbers in rows, in which anything can be seen.
fn is_drawing(way: &[String], text: &str) -> bool {
    let has_word = text.as_bytes().windows(2).any(|pair| pair.iter().all(u8::is_ascii_alphabetic));
    way.iter().any(|step| step == "charts") && !has_word
}

fn place(way: &[String]) -> String {
    let told = way.iter().filter(|step| !["tables", "rows", "cells", "columns"].contains(&step.as_str()));
    told.map(String::as_str).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::texts;

    #[test]
    fn a_cell_is_found_by_its_table_row_and_column() {
        let document = json!({
            "tables": { "learning": { "id": "learning", "rows": [
                { "key": "1", "cells": [{ "figure": "learning.1.improvement", "text": "A text" }] } ] } },
            "assessment": { "sections": [{ "rows": [{ "number": "6.2", "requirement": "x", "commentary": ["Said"] }] }] },
            "charts": { "months": [{ "points": "0 0 1234567 90" }] },
        });
        let texts = texts(&document);
        let place = |text: &str| &texts.iter().find(|(_, known)| known == text).unwrap().0;
        assert!(
            place("A text").ends_with("table learning, row 1, figure improvement"),
            "{}",
            place("A text")
        );
        assert!(place("Said").ends_with("provision 6.2"), "{}", place("Said"));
        assert!(!texts.iter().any(|(_, text)| text.starts_with("0 0")));
    }
}
