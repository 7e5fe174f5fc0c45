//! Reads settings one by one out of what was set, noting what is wrong and going on.

use std::collections::BTreeSet;
use std::fmt::Display;
use std::ops::RangeInclusive;
use std::str::FromStr;

use config::{Value, ValueKind};

use super::Problem;

/// What was set, as far as it has been read.
pub struct Reader {
    root: Value,
    known: BTreeSet<&'static str>,
    problems: Vec<Problem>,
    shown: Vec<(&'static str, String)>,
}

impl Reader {
    /// Begins to read.
    pub fn new(root: Value) -> Self {
        Self { root, known: BTreeSet::new(), problems: Vec::new(), shown: Vec::new() }
    }

    /// A whole number.
    pub fn number<T>(&mut self, key: &'static str, range: RangeInclusive<T>, default: T) -> T
    where
        T: TryFrom<i64> + PartialOrd + Display + Copy,
    {
        let read = self.take(key).map(|value| {
            let number = match &value.kind {
                ValueKind::I64(number) => Some(*number),
                // The environment has only words.
                ValueKind::String(text) => text.trim().parse().ok(),
                _ => None,
            };
            number.and_then(|number| T::try_from(number).ok()).filter(|number| range.contains(number))
        });
        let number = match read {
            None => default,
            Some(Some(number)) => number,
            Some(None) => {
                let (least, most) = (range.start(), range.end());
                self.wrong(key, format!("must be a whole number from {least} to {most}"));
                default
            }
        };
        self.shown.push((key, number.to_string()));
        number
    }

    /// Yes or no.
    pub fn flag(&mut self, key: &'static str, default: bool) -> bool {
        let read = self.take(key).map(|value| match &value.kind {
            ValueKind::Boolean(flag) => Some(*flag),
            // The environment has only words.
            ValueKind::String(text) => text.trim().parse().ok(),
            _ => None,
        });
        if read == Some(None) {
            self.wrong(key, "must be true or false".to_owned());
        }
        let flag = read.flatten().unwrap_or(default);
        self.shown.push((key, flag.to_string()));
        flag
    }

    /// Something that is written as a string.
    pub fn parsed<T: FromStr + Display>(&mut self, key: &'static str, default: T) -> T
    where
        T::Err: Display,
    {
        let read = self.text_of(key).map(|text| text.parse::<T>());
        let value = match read {
            None => default,
            Some(Ok(value)) => value,
            Some(Err(error)) => {
                self.wrong(key, error.to_string());
                default
            }
        };
        self.shown.push((key, quoted(&value.to_string())));
        value
    }

    /// A string that may be left empty, or out.
    pub fn text(&mut self, key: &'static str, default: Option<&str>) -> Option<String> {
        let text = self.text_of(key).or_else(|| default.map(str::to_owned)).filter(|text| !text.is_empty());
        self.shown.push((key, quoted(text.as_deref().unwrap_or_default())));
        text
    }

    /// Words, each read by itself: a list in the file, and with commas between them in the environment.
    pub fn words<T: FromStr + Display>(&mut self, key: &'static str) -> Vec<T>
    where
        T::Err: Display,
    {
        let words: Option<Vec<String>> = match self.take(key).map(|value| value.kind) {
            None => Some(Vec::new()),
            Some(ValueKind::Array(items)) => items.into_iter().map(|item| item.into_string().ok()).collect(),
            Some(ValueKind::String(text)) => Some(text.split(',').map(str::to_owned).collect()),
            Some(_) => None,
        };
        let mut read = Vec::new();
        match words {
            None => self.wrong(key, "must be a list of strings".to_owned()),
            Some(words) => {
                for word in words.iter().map(|word| word.trim()).filter(|word| !word.is_empty()) {
                    match word.parse::<T>() {
                        Ok(word) => read.push(word),
                        Err(error) => self.wrong(key, error.to_string()),
                    }
                }
            }
        }
        let shown: Vec<String> = read.iter().map(|word| quoted(&word.to_string())).collect();
        self.shown.push((key, format!("[{}]", shown.join(", "))));
        read
    }

    /// The items of a list, each read by serde.
    pub fn list<T: serde::de::DeserializeOwned>(&mut self, key: &'static str) -> Vec<T> {
        let Some(value) = self.take(key) else { return Vec::new() };
        let ValueKind::Array(items) = value.kind else {
            self.wrong(key, "must be a list of tables".to_owned());
            return Vec::new();
        };
        let mut read = Vec::new();
        for (index, item) in items.into_iter().enumerate() {
            match item.try_deserialize() {
                Ok(item) => read.push(item),
                Err(error) => self.add(format!("{key}[{index}]"), None, plain(&error)),
            }
        }
        read
    }

    /// Notes that a setting is wrong.
    pub fn wrong(&mut self, key: &'static str, problem: String) {
        let origin = self.find(key).and_then(|value| value.origin().map(str::to_owned));
        self.add(key.to_owned(), origin, problem);
    }

    /// Notes what is wrong at a place of which only its name is known.
    pub fn add(&mut self, key: String, origin: Option<String>, problem: String) {
        self.problems.push(Problem { key, origin, problem });
    }

    /// Everything that is wrong, what nobody asked for included; and every setting as it holds.
    pub fn finish(mut self) -> (Vec<Problem>, Vec<(&'static str, String)>) {
        let mut unknown = Vec::new();
        leaves(&self.root, "", &self.known, &mut unknown);
        unknown.sort();
        for (key, origin) in unknown {
            let nearest = nearest(&key, &self.known);
            self.add(key, origin, format!("is no setting; the nearest is `{nearest}`"));
        }
        (self.problems, self.shown)
    }

    fn take(&mut self, key: &'static str) -> Option<Value> {
        self.known.insert(key);
        self.find(key).cloned()
    }

    fn text_of(&mut self, key: &'static str) -> Option<String> {
        match self.take(key)?.kind {
            ValueKind::String(text) => Some(text.trim().to_owned()),
            _ => {
                self.wrong(key, "must be a string".to_owned());
                None
            }
        }
    }

    fn find(&self, key: &str) -> Option<&Value> {
        key.split('.').try_fold(&self.root, |value, part| match &value.kind {
            ValueKind::Table(table) => table.get(part),
            _ => None,
        })
    }
}

/// A string as TOML writes it.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// What serde found, without the values that it says back.
fn plain(error: &config::ConfigError) -> String {
    crate::http::request::wording::without_input(&error.to_string())
}

/// Whatever is set and known to nobody.
fn leaves(
    value: &Value,
    at: &str,
    known: &BTreeSet<&'static str>,
    unknown: &mut Vec<(String, Option<String>)>,
) {
    if known.contains(at) {
        return;
    }
    let above = |key: &&str| at.is_empty() || key.strip_prefix(at).is_some_and(|rest| rest.starts_with('.'));
    match &value.kind {
        ValueKind::Table(table) if known.iter().any(above) => {
            for (name, value) in table {
                let below = if at.is_empty() { name.clone() } else { format!("{at}.{name}") };
                leaves(value, &below, known, unknown);
            }
        }
        _ => unknown.push((at.to_owned(), value.origin().map(str::to_owned))),
    }
}

/// The known key that shares the most letters with this one at its beginning and its end.
pub fn nearest(key: &str, known: &BTreeSet<&'static str>) -> &'static str {
    let alike = |other: &str| {
        let front = key.bytes().zip(other.bytes()).take_while(|(one, two)| one == two).count();
        let back = key.bytes().rev().zip(other.bytes().rev()).take_while(|(one, two)| one == two).count();
        front + back
    };
    known.iter().copied().max_by_key(|other| alike(other)).unwrap_or_default()
}
