//! How the columns of a CRM's file become the fields of a case.
//!
//! A mapping is a file in TOML, or the same in JSON. It is held against the fields that there are as a whole, before a row is read:
//!
//! ```toml
//! format = "csv"                       # or "ndjson": one JSON object a line
//! delimiter = ","                      # of CSV; "\t" and ";" are common too
//! date_formats = ["%d/%m/%Y %H:%M", "%d/%m/%Y"]   # tried in order; 2025-06-30 and RFC 3339 are always read
//! list_separator = ";"                 # between the items of a list in one column
//! money = "pounds"                     # "£1,234.50"; "pence" where it is not said
//! empty = ["N/A", "-"]                 # what stands for nothing, besides nothing
//! yes = ["Yes", "Y"]                   # besides true and 1
//! no = ["No", "N"]                     # besides false and 0
//!
//! [columns]                            # field = column; in NDJSON, a name or a JSON pointer: "/customer/name"
//! "references.0.value" = "Case Number"
//! received = "Date Received"
//! "stage_1.outcome" = "Stage 1 Decision"
//! "residents.*.person.name" = "/contacts/*/name"  # `*` on both sides: each item of a list, in NDJSON
//!
//! [constants]                          # what stands where the row has nothing
//! "references.0.system" = "dynamics"
//! stock_type = "lcra"
//!
//! [values."stage_1.outcome"]           # what words mean; "*" is all others
//! "Partially Upheld" = "partly-upheld"
//!
//! [when."closed.on"]                   # the column counts only where another says so, and then it must have something
//! column = "Status"
//! is = ["Closed"]
//! otherwise = ["New", "Open"]          # anything else is an error of the row
//! ```
//!
//! A field is named by its way through the case, the items of lists counted from 0. `references.0.system`, `references.0.value`,
//! `received` and `stock_type` must come from somewhere. A constant fills a field of a part of the case only where the row has something
//! of that part: `stage_2.handler.role = "manager"` opens no stage 2. Times are London's unless they say otherwise. NDJSON without
//! `columns` is taken as it is: each line a case by those very fields.

use std::collections::BTreeMap;

use chrono::format::{Item, StrftimeItems};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::condition::Condition;
use super::control;
use super::fields::{self, Kind};

/// What a file is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// Comma-separated values, with a first line of names.
    Csv,
    /// One JSON object a line.
    Ndjson,
}

/// How the letters of a text are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub enum Encoding {
    /// As nearly everything writes them.
    #[default]
    #[serde(rename = "utf-8")]
    Utf8,
    /// As older spreadsheets do that save plain CSV.
    #[serde(rename = "windows-1252")]
    Windows1252,
}

/// What sums of money are counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Money {
    /// Whole pence.
    #[default]
    Pence,
    /// Pounds, with or without a sign, commas and pence.
    Pounds,
}

/// How the columns of a file become the fields of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "ImportMapping")]
pub struct Mapping {
    /// What the file is written in.
    pub format: Format,
    /// How the letters of its text are written.
    #[serde(default)]
    pub encoding: Encoding,
    /// What stands between the columns of CSV: one character.
    #[serde(default = "comma")]
    #[schemars(length(min = 1, max = 1))]
    pub delimiter: String,
    /// How dates are written, by the letters of strftime; tried in order.
    #[serde(default)]
    #[schemars(length(max = 20), inner(length(min = 1, max = 80)))]
    pub date_formats: Vec<String>,
    /// What stands between the items of a list in one column.
    #[serde(default = "semicolon")]
    #[schemars(length(min = 1, max = 5))]
    pub list_separator: String,
    /// What sums of money are counted in.
    #[serde(default)]
    pub money: Money,
    /// What stands for nothing.
    #[serde(default)]
    #[schemars(length(max = 50), inner(length(max = 80)))]
    pub empty: Vec<String>,
    /// What stands for yes.
    #[serde(default)]
    #[schemars(length(max = 50), inner(length(max = 80)))]
    pub yes: Vec<String>,
    /// What stands for no.
    #[serde(default)]
    #[schemars(length(max = 50), inner(length(max = 80)))]
    pub no: Vec<String>,
    /// Which column fills a field.
    #[serde(default)]
    #[schemars(extend("maxProperties" = 500))]
    pub columns: BTreeMap<String, String>,
    /// What fills a field where the row has nothing.
    #[serde(default)]
    #[schemars(extend("maxProperties" = 500))]
    pub constants: BTreeMap<String, String>,
    /// What the words of a field's column mean.
    #[serde(default)]
    #[schemars(extend("maxProperties" = 500))]
    pub values: BTreeMap<String, BTreeMap<String, String>>,
    /// When a field's column counts.
    #[serde(default)]
    #[schemars(extend("maxProperties" = 500))]
    pub when: BTreeMap<String, Condition>,
}

/// Something that is wrong with a mapping: where, and what.
pub type Wrong = (String, String);

fn comma() -> String {
    ",".to_owned()
}

fn semicolon() -> String {
    ";".to_owned()
}

/// The fields without which there is no case.
const NEEDED: [&str; 4] = ["references.0.system", "references.0.value", "received", "stock_type"];

impl Mapping {
    /// Reads a mapping file.
    ///
    /// # Errors
    /// What is wrong with the text, or everything that is wrong with the mapping.
    pub fn from_toml(text: &str) -> Result<Self, Vec<Wrong>> {
        let mapping: Self = toml::from_str(text).map_err(|error| {
            let line = error.span().map_or(1, |span| text[..span.start].matches('\n').count() + 1);
            vec![(format!("line {line}"), error.message().to_owned())]
        })?;
        let wrong = mapping.wrong();
        if wrong.is_empty() { Ok(mapping) } else { Err(wrong) }
    }

    /// Whether each line is a case as it is.
    #[must_use]
    pub fn is_native(&self) -> bool {
        self.format == Format::Ndjson && self.columns.is_empty() && self.constants.is_empty()
    }

    /// Whether it fills fields of special-category data; a file that is taken as it is may.
    #[must_use]
    pub fn has_special_category(&self) -> bool {
        self.columns.keys().chain(self.constants.keys()).any(|field| fields::is_special_category(field))
    }

    /// Everything that is wrong with it: `columns.stage_1.outcom`, and what.
    #[must_use]
    pub fn wrong(&self) -> Vec<Wrong> {
        let mut wrong = Vec::new();
        if !(self.delimiter.len() == 1 && self.delimiter.is_ascii())
            || ["\"", "\n", "\r"].contains(&self.delimiter.as_str())
        {
            wrong.push(("delimiter".to_owned(), "expected one plain character".to_owned()));
        }
        if self.list_separator.is_empty() {
            wrong.push(("list_separator".to_owned(), "expected at least one character".to_owned()));
        }
        for (index, format) in self.date_formats.iter().enumerate() {
            if StrftimeItems::new(format).any(|item| matches!(item, Item::Error)) {
                wrong.push((format!("date_formats.{index}"), "not a format such as `%d/%m/%Y`".to_owned()));
            }
        }
        for (field, column) in &self.columns {
            self.column(field, column, &mut wrong);
        }
        for (field, value) in &self.constants {
            self.constant(field, value, &mut wrong);
        }
        for (field, meanings) in &self.values {
            self.meanings(field, meanings, &mut wrong);
        }
        for (field, when) in &self.when {
            let place = format!("when.{field}");
            if field.contains('*') || !self.columns.contains_key(field) {
                wrong.push((
                    place,
                    "there is no column for this field, or it is of each item of a list".to_owned(),
                ));
            } else if let Some(detail) = when.wrong() {
                wrong.push((place, detail.to_owned()));
            }
        }
        wrong.extend(control::characters(self));
        if !self.is_native() {
            let there = |field: &str| self.columns.contains_key(field) || self.constants.contains_key(field);
            for field in NEEDED.into_iter().filter(|field| !there(field)) {
                wrong.push((
                    "columns".to_owned(),
                    format!("nothing fills `{field}`, without which there is no case"),
                ));
            }
        }
        wrong
    }

    fn column(&self, field: &str, column: &str, wrong: &mut Vec<Wrong>) {
        let place = format!("columns.{field}");
        let stars = |text: &str, sign: char| text.split(sign).filter(|part| *part == "*").count();
        let (wanted, given) = (stars(field, '.'), stars(column, '/'));
        if fields::kind_of(field).is_none() {
            wrong.push((place, unknown(field)));
        } else if column.trim().is_empty() {
            wrong.push((place, "expected the name of a column".to_owned()));
        } else if wanted > 1 || (wanted != given && (self.format == Format::Ndjson || wanted > 0)) {
            let detail =
                "a `*` stands once on both sides, in NDJSON, where the field is of each item of a list";
            wrong.push((place, detail.to_owned()));
        }
    }

    fn constant(&self, field: &str, value: &str, wrong: &mut Vec<Wrong>) {
        let place = format!("constants.{field}");
        match fields::kind_of(field) {
            None => wrong.push((place, unknown(field))),
            Some(kind) => {
                if let Err(detail) = super::convert::converted(self, field, &kind, value) {
                    wrong.push((place, detail));
                }
            }
        }
    }

    fn meanings(&self, field: &str, meanings: &BTreeMap<String, String>, wrong: &mut Vec<Wrong>) {
        let place = format!("values.{field}");
        if !self.columns.contains_key(field) {
            wrong.push((place, "there is no column for this field".to_owned()));
            return;
        }
        let kind = match fields::kind_of(field) {
            Some(Kind::List(item)) => Some(*item),
            kind => kind,
        };
        let Some(Kind::Word(words)) = kind else { return };
        for (said, meant) in meanings.iter().filter(|(_, meant)| !meant.is_empty() && !words.contains(meant))
        {
            let detail = format!("`{meant}` is not one of: {}", words.join(", "));
            wrong.push((format!("{place}.{said}"), detail));
        }
    }
}

fn unknown(field: &str) -> String {
    match fields::near(field) {
        Some(near) => format!("there is no field `{field}`; perhaps `{near}`"),
        None => format!("there is no field `{field}`"),
    }
}
