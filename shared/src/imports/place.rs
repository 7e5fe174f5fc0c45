//! Where a field has its place in a case as JSON.

use serde_json::{Value, json};

/// Puts a value where the field is, making the way there.
pub fn put(at: &mut Value, parts: &[&str], value: Value) {
    let Some((part, rest)) = parts.split_first() else {
        *at = value;
        return;
    };
    if let Ok(index) = part.parse::<usize>() {
        if !at.is_array() {
            *at = json!([]);
        }
        if let Value::Array(items) = at {
            if items.len() <= index {
                items.resize(index + 1, Value::Null);
            }
            put(&mut items[index], rest, value);
        }
        return;
    }
    if !at.is_object() {
        *at = json!({});
    }
    if let Value::Object(members) = at {
        put(members.entry(*part).or_insert(Value::Null), rest, value);
    }
}

/// Fills a field with a constant where it is empty, and the part of the case that it belongs to is there.
pub fn constant(at: &mut Value, parts: &[&str], value: &Value, root: bool) {
    let there = root || !at.is_null();
    match (parts, at) {
        ([name], Value::Object(members)) if there => {
            let held = members.entry(*name).or_insert(Value::Null);
            if held.is_null() {
                *held = value.clone();
            }
        }
        (["*", rest @ ..], Value::Array(items)) => {
            items.iter_mut().for_each(|item| constant(item, rest, value, false));
        }
        ([part, rest @ ..], Value::Array(items)) => {
            if let Some(item) = part.parse::<usize>().ok().and_then(|index| items.get_mut(index)) {
                constant(item, rest, value, false);
            }
        }
        ([part, rest @ ..], Value::Object(members)) => {
            if let Some(below) = members.get_mut(*part) {
                constant(below, rest, value, false);
            }
        }
        _ => {}
    }
}

/// Takes out what is null, and items of lists that nothing filled.
pub fn without_gaps(value: &mut Value) {
    match value {
        Value::Array(items) => {
            items.retain(|item| !item.is_null());
            items.iter_mut().for_each(without_gaps);
        }
        Value::Object(members) => {
            members.retain(|_, member| !member.is_null());
            members.values_mut().for_each(without_gaps);
        }
        _ => {}
    }
}
