//! Every text of a document with its place, as a reader would look for it.

use serde_json::Value;

/// Shows every text of a document, with the way to it: [`place`] says where that is.
pub(super) fn each_text(document: &Value, show: &mut impl FnMut(&[String], &str)) {
    walk(document, &mut Vec::new(), show);
}

fn walk(value: &Value, way: &mut Vec<String>, show: &mut impl FnMut(&[String], &str)) {
    match value {
        Value::String(text) if !text.is_empty() && !is_drawing(way, text) => show(way, text),
        Value::Array(items) => items.iter().for_each(|item| walk(item, way, show)),
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
                let is_further = way.last() != Some(&step);
                if is_further {
                    way.push(step);
                }
                walk(field, way, show);
                if is_further {
                    way.pop();
                }
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

/// Where a way leads, as a reader would look for it.
pub(super) fn place(way: &[String]) -> String {
    let told = way.iter().filter(|step| !["tables", "rows", "cells", "columns"].contains(&step.as_str()));
    told.map(String::as_str).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{each_text, place};

    #[test]
    fn a_cell_is_found_by_its_table_row_and_column() {
        let document = json!({
            "tables": { "learning": { "id": "learning", "rows": [
                { "key": "1", "cells": [{ "figure": "learning.1.improvement", "text": "A text" }] } ] } },
            "assessment": { "sections": [{ "rows": [{ "number": "6.2", "requirement": "x", "commentary": ["Said"] }] }] },
            "charts": { "months": [{ "points": "0 0 1234567 90" }] },
        });
        let mut texts = Vec::new();
        each_text(&document, &mut |way, text| texts.push((place(way), text.to_owned())));
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
