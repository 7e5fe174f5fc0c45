//! One row of a file as one case, as JSON: each column put where its mapping says, with everything that is wrong with it.

use serde_json::{Map, Value, json};

use super::RowError;
use super::condition::{Condition, Said};
use super::convert::{converted, is_empty};
use super::fields::{self, Kind};
use super::mapping::{Format, Mapping, Wrong};
use super::place::{constant, put, without_gaps};

/// Something of a row cannot be read as what its field holds.
pub const UNREADABLE: &str = "unreadable";
/// Something of a row is not as the field wants it, or is missing.
pub const MALFORMED: &str = "malformed";
/// A field is to be filled, by what another column says, and its own column has nothing.
pub const MISSING: &str = "missing";

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
    /// When it counts, with the place of the column that says so.
    when: Option<(&'a Condition, usize)>,
}

/// The place in a line of CSV of the column with that name; NDJSON has none.
fn place(format: Format, header: &[String], source: &str) -> Result<usize, String> {
    if format == Format::Ndjson {
        return Ok(0);
    }
    let mut places = (0..).zip(header).filter(|(_, name)| name.trim() == source.trim());
    match (places.next(), places.next()) {
        (Some((place, _)), None) => Ok(place),
        (None, _) => Err(format!("the file has no column `{source}`")),
        _ => Err(format!("the file has more than one column `{source}`")),
    }
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
            let when = mapping.when.get(field);
            let places = place(mapping.format, header, source).and_then(|place_of| {
                let when = when.map(|when| place(mapping.format, header, &when.column).map(|at| (when, at)));
                Ok((place_of, when.transpose()?))
            });
            let (place, when) = match places {
                Ok(places) => places,
                Err(detail) => {
                    wrong.push((format!("columns.{field}"), detail));
                    continue;
                }
            };
            if let Some(kind) = fields::kind_of(field) {
                columns.push(Column { field, kind, source, place, when });
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
        if !counts(column, raw, errors) {
            return;
        }
        let mut filled = false;
        let mut take = |field: &str, found: Result<Value, String>| match found {
            Ok(Value::Null) => {}
            Ok(value) => {
                filled = true;
                put(case, &field.split('.').collect::<Vec<_>>(), value);
            }
            Err(detail) => {
                filled = true;
                errors.push(RowError::of(field, Some(column.source.to_owned()), UNREADABLE, &detail));
            }
        };
        match raw {
            Raw::Columns(columns) => {
                let text = columns.get(column.place).map_or("", String::as_str);
                take(column.field, converted(self.mapping, column.field, &column.kind, text));
            }
            Raw::Object(object) => match column.source.split_once("/*") {
                Some((list, item)) => {
                    let items = match object.pointer(list) {
                        None | Some(Value::Null) => &[],
                        Some(Value::Array(items)) => items.as_slice(),
                        // What it holds would be passed over, and the names in it not looked for.
                        Some(_) => return take(column.field, Err("expected a list".to_owned())),
                    };
                    for (index, object) in items.iter().enumerate() {
                        let field = column.field.replacen('*', &index.to_string(), 1);
                        let value = object.pointer(item).unwrap_or(&Value::Null);
                        take(&field, self.of_json(column, value));
                    }
                }
                None => take(column.field, self.of_json(column, found(object, column.source))),
            },
            Raw::Unreadable(_) => {}
        }
        if let Some((when, _)) = column.when.filter(|(when, _)| when.needed && !filled) {
            let detail = format!("`{}` says that there is one, and the column has nothing", when.column);
            errors.push(RowError::of(column.field, Some(column.source.to_owned()), MISSING, &detail));
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

/// Whether a column counts in this row.
fn counts(column: &Column<'_>, raw: &Raw, errors: &mut Vec<RowError>) -> bool {
    let Some((when, place)) = column.when else { return true };
    let text = match raw {
        Raw::Columns(columns) => columns.get(place).cloned().unwrap_or_default(),
        Raw::Object(object) => match found(object, &when.column) {
            Value::Null => String::new(),
            plain => text_of(plain),
        },
        Raw::Unreadable(_) => return false,
    };
    match when.said(&text) {
        Said::Filled => true,
        Said::Empty => false,
        Said::Unknown => {
            let detail = "the mapping does not say what this means for the field";
            errors.push(RowError::of(column.field, Some(when.column.clone()), UNREADABLE, detail));
            false
        }
    }
}

/// What a line of NDJSON has under a name or a pointer; null where it has nothing.
fn found<'a>(object: &'a Value, source: &str) -> &'a Value {
    let found = match source.starts_with('/') {
        true => object.pointer(source),
        false => object.get(source),
    };
    found.unwrap_or(&Value::Null)
}

fn text_of(plain: &Value) -> String {
    plain.as_str().map_or_else(|| plain.to_string(), str::to_owned)
}

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
