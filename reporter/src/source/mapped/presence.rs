//! Whether what a mapping names is there at all. A line of CSV has its names above it; of NDJSON, and of Parquet read as such, only the rows
//! themselves can say.

use std::collections::BTreeMap;

use redress_shared::imports::mapping::{Format, Wrong};
use redress_shared::imports::{Mapping, Raw};
use serde_json::Value;

use super::file::File;
use crate::error::Result;

/// What the rows so far say of a name. What is known of one row goes before what another leaves open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Presence {
    /// Nothing: what it would stand in is null, or a list without items.
    Open,
    /// What it would stand in is there, and does not have it.
    Lacking,
    /// It is there, if only as null.
    There,
}

/// What a mapping has of a file that no row of it has. Left alone, a name that is written otherwise would make every case one that was
/// never answered.
///
/// # Errors
/// When the file cannot be read.
pub(super) fn missing(mapping: &Mapping, file: &mut File) -> Result<Vec<Wrong>> {
    if mapping.format == Format::Csv {
        return Ok(Vec::new());
    }
    let of_columns = mapping.columns.iter();
    let of_when = mapping.when.iter().map(|(field, when)| (field, &when.column));
    let named: Vec<(&String, &String)> = of_columns.chain(of_when).collect();
    let mut known: BTreeMap<&str, Presence> =
        named.iter().map(|(_, source)| (source.as_str(), Presence::Open)).collect();
    file.each_row(mapping, |raw| {
        if let Raw::Object(object) = raw {
            for (source, presence) in known.iter_mut().filter(|(_, known)| **known != Presence::There) {
                *presence = (*presence).max(presence_in(object, source));
            }
        }
    })?;
    let lacking =
        named.into_iter().filter(|(_, source)| known.get(source.as_str()) == Some(&Presence::Lacking));
    let wrong = |(field, source): (&String, &String)| {
        let detail =
            format!("no row has `{source}`; what the system does not give is left out of the mapping");
        (format!("columns.{field}"), detail)
    };
    Ok(lacking.map(wrong).collect())
}

/// Whether one row has a name, or what a JSON pointer leads to.
fn presence_in(object: &Value, source: &str) -> Presence {
    match source.strip_prefix('/') {
        None => below(object, &[source.to_owned()]),
        Some(pointer) => {
            let steps: Vec<String> =
                pointer.split('/').map(|step| step.replace("~1", "/").replace("~0", "~")).collect();
            below(object, &steps)
        }
    }
}

fn below(value: &Value, steps: &[String]) -> Presence {
    let Some((step, rest)) = steps.split_first() else { return Presence::There };
    match value {
        Value::Null => Presence::Open,
        Value::Object(members) => members.get(step).map_or(Presence::Lacking, |value| below(value, rest)),
        Value::Array(items) if step == "*" => {
            items.iter().map(|item| below(item, rest)).max().unwrap_or(Presence::Open)
        }
        Value::Array(items) => match step.parse::<usize>() {
            Ok(index) => items.get(index).map_or(Presence::Open, |item| below(item, rest)),
            Err(_) => Presence::Lacking,
        },
        Value::Bool(_) | Value::Number(_) | Value::String(_) => Presence::Lacking,
    }
}

#[cfg(test)]
mod tests {
    use super::{Presence, presence_in};

    #[test]
    fn a_pointer_is_followed_to_its_last_step() {
        for (source, row, expected) in [
            ("a", r#"{"a":null}"#, Presence::There),
            ("a/b", r#"{"a/b":1}"#, Presence::There),
            ("b", r#"{"a":1}"#, Presence::Lacking),
            ("/a/b", r#"{"a":{"b":null}}"#, Presence::There),
            ("/a/b", r#"{"a":{"c":1}}"#, Presence::Lacking),
            ("/a/b", r#"{"a":"b"}"#, Presence::Lacking),
            ("/a/b", r#"{"a":null}"#, Presence::Open),
            ("/a~1b/c~0", r#"{"a/b":{"c~":1}}"#, Presence::There),
            ("/a/0/b", r#"{"a":[]}"#, Presence::Open),
            ("/a/0/b", r#"{"a":[{"c":1}]}"#, Presence::Lacking),
            ("/a/first", r#"{"a":[1]}"#, Presence::Lacking),
            ("/a/*/b", r#"{"a":[{"c":1},{"b":1}]}"#, Presence::There),
            ("/a/*/b", r#"{"a":[{"c":1}]}"#, Presence::Lacking),
            ("/a/*/b", r#"{"a":[]}"#, Presence::Open),
        ] {
            let row = serde_json::from_str(row).unwrap();
            assert_eq!(presence_in(&row, source), expected, "{source} in {row}");
        }
    }
}
