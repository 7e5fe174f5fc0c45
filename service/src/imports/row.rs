//! One row of a file as one case, as JSON: each column put where its mapping says, with everything that is wrong with it.

use serde_json::{Map, Value, json};

use super::RowError;
use super::convert::{converted, is_empty};
use super::fields::{self, Kind};
use super::mapping::{Format, Mapping, Wrong};

/// Something of a row cannot be read as what its field holds.
pub const UNREADABLE: &str = "unreadable";
/// Something of a row is not as the field wants it, or is missing.
pub const MALFORMED: &str = "malformed";

/// A row as it stands in the file.
#[derive(Debug, Clone, PartialEq)]
pub enum Raw {
    /// The columns of a line of CSV.
    Columns(Vec<String>),
    /// A line of NDJSON.
    Object(Value),
    /// What cannot be read, and why.
    Unreadable(String),
}

/// A mapping made ready for the rows of one file.
pub struct Mapper<'a> {
    mapping: &'a Mapping,
    columns: Vec<Column<'a>>,
    constants: Vec<(&'a str, Value)>,
    width: usize,
}

struct Column<'a> {
    field: &'a str,
    kind: Kind,
    source: &'a str,
    /// Its place in a line of CSV.
    place: usize,
}

impl<'a> Mapper<'a> {
    /// Makes a mapping that is sound ready for a file with these names in its first line, which NDJSON has not.
    ///
    /// # Errors
    /// Every column that the file does not have, or has twice.
    pub fn new(mapping: &'a Mapping, header: &[String]) -> Result<Self, Vec<Wrong>> {
        let mut wrong = Vec::new();
        let mut columns = Vec::new();
        for (field, source) in &mapping.columns {
            let mut places = (0..).zip(header).filter(|(_, name)| name.trim() == source.trim());
            let place = match (mapping.format, places.next(), places.next()) {
                (Format::Ndjson, ..) => 0,
                (_, Some((place, _)), None) => place,
                (_, first, _) => {
                    let how = if first.is_some() { "more than one column" } else { "no column" };
                    wrong.push((format!("columns.{field}"), format!("the file has {how} `{source}`")));
                    continue;
                }
            };
            if let Some(kind) = fields::kind_of(field) {
                columns.push(Column { field, kind, source, place });
            }
        }
        let constant = |(field, text): (&'a String, &'a String)| {
            let kind = fields::kind_of(field)?;
            Some((field.as_str(), converted(mapping, field, &kind, text).ok()?))
        };
        let constants = mapping.constants.iter().filter_map(constant).collect();
        match wrong.is_empty() {
            true => Ok(Self { mapping, columns, constants, width: header.len() }),
            false => Err(wrong),
        }
    }

    /// The column that fills a field.
    #[must_use]
    pub fn source(&self, field: &str) -> Option<String> {
        self.mapping.columns.get(field).cloned()
    }

    /// A row as a case in JSON, with what could not be read of it.
    #[must_use]
    pub fn map(&self, raw: &Raw) -> (Value, Vec<RowError>) {
        let mut errors = Vec::new();
        let mut case = json!({});
        match raw {
            Raw::Unreadable(why) => errors.push(RowError::of("", None, UNREADABLE, why)),
            Raw::Object(object) if self.mapping.is_native() => case.clone_from(object),
            Raw::Columns(columns) if columns.len() != self.width => {
                let detail = format!("it has {} columns, and the first line {}", columns.len(), self.width);
                errors.push(RowError::of("", None, UNREADABLE, &detail));
            }
            raw => {
                for column in &self.columns {
                    self.fill(&mut case, raw, column, &mut errors);
                }
                for (field, value) in &self.constants {
                    constant(&mut case, &field.split('.').collect::<Vec<_>>(), value, true);
                }
            }
        }
        without_gaps(&mut case);
        (case, errors)
    }

    fn fill(&self, case: &mut Value, raw: &Raw, column: &Column<'_>, errors: &mut Vec<RowError>) {
        let mut take = |field: &str, found: Result<Value, String>| match found {
            Ok(Value::Null) => {}
            Ok(value) => put(case, &field.split('.').collect::<Vec<_>>(), value),
            Err(detail) => {
                errors.push(RowError::of(field, Some(column.source.to_owned()), UNREADABLE, &detail))
            }
        };
        match raw {
            Raw::Columns(columns) => {
                let text = columns.get(column.place).map_or("", String::as_str);
                take(column.field, converted(self.mapping, column.field, &column.kind, text));
            }
            Raw::Object(object) => match column.source.split_once("/*") {
                Some((list, item)) => {
                    let items = object.pointer(list).and_then(Value::as_array);
                    for (index, object) in items.into_iter().flatten().enumerate() {
                        let field = column.field.replacen('*', &index.to_string(), 1);
                        let value = object.pointer(item).unwrap_or(&Value::Null);
                        take(&field, self.of_json(column, value));
                    }
                }
                None => {
                    let found = match column.source.starts_with('/') {
                        true => object.pointer(column.source),
                        false => object.get(column.source),
                    };
                    take(column.field, self.of_json(column, found.unwrap_or(&Value::Null)));
                }
            },
            Raw::Unreadable(_) => {}
        }
    }

    fn of_json(&self, column: &Column<'_>, value: &Value) -> Result<Value, String> {
        let as_text = |kind: &Kind, text: &str| converted(self.mapping, column.field, kind, text);
        match (value, &column.kind) {
            (Value::Null, _) => Ok(Value::Null),
            (Value::Array(items), Kind::List(kind)) => {
                let one = |item: &Value| match item {
                    Value::Array(_) | Value::Object(_) => Err("expected plain values in the list".to_owned()),
                    item => as_text(kind, &text_of(item)),
                };
                let items: Vec<Value> = items.iter().map(one).collect::<Result<_, _>>()?;
                Ok(items.into_iter().filter(|item| !item.is_null()).collect())
            }
            (Value::Array(_) | Value::Object(_), _) => Err("expected one plain value".to_owned()),
            (plain, kind) if is_empty(self.mapping, &text_of(plain)) => Ok(as_text(kind, "")?),
            (plain, kind) => as_text(kind, &text_of(plain)),
        }
    }
}

fn text_of(plain: &Value) -> String {
    plain.as_str().map_or_else(|| plain.to_string(), str::to_owned)
}

/// Puts a value where the field is, making the way there.
fn put(at: &mut Value, parts: &[&str], value: Value) {
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
fn constant(at: &mut Value, parts: &[&str], value: &Value, root: bool) {
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
fn without_gaps(value: &mut Value) {
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

/// The names of the first line, where there is one.
pub type Header = Vec<String>;

/// Whether a case as JSON has anything of special-category data.
#[must_use]
pub fn has_special_category(case: &Value) -> bool {
    let residents = case.get("residents").and_then(Value::as_array);
    let told = |resident: &Value| {
        let members: Option<&Map<String, Value>> = resident.as_object();
        members.is_some_and(|members| {
            members.keys().any(|name| fields::is_special_category(&format!("residents.0.{name}")))
        })
    };
    residents.is_some_and(|residents| residents.iter().any(told))
}
