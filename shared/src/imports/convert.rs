//! From what stands in a column to what a field holds. What is wrong is said without saying back what stood there.

use chrono::{DateTime, Datelike as _, NaiveDate, NaiveDateTime, Utc};
use serde_json::{Value, json};

use super::fields::Kind;
use super::mapping::{Mapping, Money};
use crate::calendar::london;

/// What a text of a column is as a field of that kind holds it; null where it stands for nothing.
///
/// # Errors
/// Why it cannot be.
pub fn converted(mapping: &Mapping, field: &str, kind: &Kind, text: &str) -> Result<Value, String> {
    let text = text.trim();
    if is_empty(mapping, text) {
        return Ok(Value::Null);
    }
    if let Kind::List(item) = kind {
        let items = text.split(mapping.list_separator.as_str());
        let items: Result<Vec<Value>, String> =
            items.map(|text| converted(mapping, field, item, text)).collect();
        return Ok(items?.into_iter().filter(|item| !item.is_null()).collect());
    }
    let meanings = mapping.values.get(field);
    let meant = meanings.and_then(|meanings| meanings.get(text));
    let said_otherwise = meant.is_none();
    let text = meant.map_or(text, String::as_str);
    match kind {
        Kind::Word(words) if !words.iter().any(|word| word == text) => {
            match meanings.and_then(|meanings| meanings.get("*")).filter(|_| said_otherwise) {
                Some(fallback) => Ok(json!(fallback)
                    .as_str()
                    .filter(|word| !word.is_empty())
                    .map_or(Value::Null, Value::from)),
                None if text.is_empty() => Ok(Value::Null),
                None => Err(format!(
                    "the word is not one of {}, and `values` does not say what it means",
                    words.join(", ")
                )),
            }
        }
        Kind::Text | Kind::Word(_) if text.is_empty() => Ok(Value::Null),
        Kind::Text | Kind::Word(_) => Ok(json!(text)),
        Kind::Day => day(mapping, text).map(|day| json!(day)),
        Kind::When => when(mapping, text),
        Kind::Number => text.parse::<u64>().map(Value::from).map_err(|_| "not a whole number".to_owned()),
        Kind::Pence => pence(mapping.money, text).map(Value::from),
        Kind::Flag => flag(mapping, text).map(Value::from),
        Kind::List(_) => Err("not one value".to_owned()),
    }
}

/// Whether a text stands for nothing.
#[must_use]
pub fn is_empty(mapping: &Mapping, text: &str) -> bool {
    text.is_empty() || mapping.empty.iter().any(|empty| empty == text)
}

fn flag(mapping: &Mapping, text: &str) -> Result<bool, String> {
    let among = |own: &[String], usual: [&str; 2]| own.iter().any(|one| one == text) || usual.contains(&text);
    match (among(&mapping.yes, ["true", "1"]), among(&mapping.no, ["false", "0"])) {
        (true, _) => Ok(true),
        (_, true) => Ok(false),
        _ => Err("neither yes nor no; `yes` and `no` say how they are written".to_owned()),
    }
}

const NO_DATE: &str = "not a date in any of `date_formats`, nor one such as 2025-06-30";
const SHORT_YEAR: &str = "a year of two digits, which `%y` reads in `date_formats`, and `%Y` does not";
const NO_TIME: &str = "London's clocks have no such time on that day";

/// What a text can be read as.
enum Read {
    Day(NaiveDate),
    /// A time of London's clocks.
    Local(NaiveDateTime),
    At(DateTime<Utc>),
}

impl Read {
    fn by(format: &str, text: &str) -> Option<Self> {
        if let Ok(instant) = DateTime::parse_from_str(text, format) {
            return Some(Self::At(instant.to_utc()));
        }
        if let Ok(local) = NaiveDateTime::parse_from_str(text, format) {
            return Some(Self::Local(local));
        }
        NaiveDate::parse_from_str(text, format).ok().map(Self::Day)
    }

    fn year(&self) -> i32 {
        match self {
            Self::Day(day) => day.year(),
            Self::Local(local) => local.year(),
            Self::At(instant) => instant.year(),
        }
    }

    fn value(self) -> Result<Value, String> {
        match self {
            Self::Day(day) => Ok(json!(day)),
            Self::Local(local) => {
                london::instant(local).map(|instant| json!(instant)).ok_or_else(|| NO_TIME.to_owned())
            }
            Self::At(instant) => Ok(json!(instant)),
        }
    }
}

/// A day alone, or an instant: what the text has, by the first way to read it. `%Y` takes two digits for a year of the first century: that is
/// no way to read it.
fn when(mapping: &Mapping, text: &str) -> Result<Value, String> {
    let usual = ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"];
    let formats = mapping.date_formats.iter().map(String::as_str).chain(usual);
    let plain = text.parse().ok().map(Read::Day);
    let instant = DateTime::parse_from_rfc3339(text).ok().map(|instant| Read::At(instant.to_utc()));
    let mut ways = plain
        .into_iter()
        .chain(instant)
        .chain(formats.filter_map(|format| Read::by(format, text)))
        .peekable();
    let wrong = if ways.peek().is_some() { SHORT_YEAR } else { NO_DATE };
    ways.find(|read| read.year() >= 1000).ok_or_else(|| wrong.to_owned())?.value()
}

fn day(mapping: &Mapping, text: &str) -> Result<NaiveDate, String> {
    let value = when(mapping, text)?;
    let text = value.as_str().unwrap_or_default();
    if let Ok(day) = text.parse() {
        return Ok(day);
    }
    let instant = DateTime::parse_from_rfc3339(text).map_err(|_| NO_DATE.to_owned())?;
    Ok(london::date_of(instant.to_utc()))
}

/// A sum, exactly: no part of it is ever a fraction of a penny.
fn pence(money: Money, text: &str) -> Result<u64, String> {
    let wrong = || "not a sum of money; `money` says whether sums are in pounds or in pence".to_owned();
    let plain: String = text.chars().filter(|sign| !matches!(sign, '£' | ',' | ' ')).collect();
    let digits = |text: &str| {
        let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| text.parse::<u64>().ok()).flatten().ok_or_else(wrong)
    };
    if money == Money::Pence {
        return digits(&plain);
    }
    let (pounds, pence) = match plain.split_once('.') {
        None => (plain.as_str(), 0),
        Some((pounds, pence)) if pence.len() == 1 => (pounds, digits(pence)? * 10),
        // More decimals, as spreadsheets write them, as long as they are nothing.
        Some((pounds, pence)) if pence.len() >= 2 && pence.is_ascii() => {
            let (pence, rest) = pence.split_at(2);
            if !rest.bytes().all(|byte| byte == b'0') {
                return Err("a sum has no fractions of a penny".to_owned());
            }
            (pounds, digits(pence)?)
        }
        Some(_) => return Err(wrong()),
    };
    digits(pounds)?.checked_mul(100).and_then(|whole| whole.checked_add(pence)).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::converted;
    use crate::imports::fields::kind_of;
    use crate::imports::mapping::Mapping;

    fn check(field: &str, text: &str, expected: Result<Value, ()>) {
        let mapping: Mapping = toml::from_str(
            r#"
            format = "csv"
            date_formats = ["%d/%m/%Y %H:%M", "%d/%m/%Y", "%d %b %Y %z"]
            money = "pounds"
            empty = ["N/A"]
            yes = ["Yes"]
            no = ["No"]
            values."stage_1.outcome" = { Partially = "partly-upheld", Unknown = "" }
            values.channel = { Phone = "telephone", "*" = "other" }
            "#,
        )
        .unwrap();
        let found = converted(&mapping, field, &kind_of(field).unwrap(), text);
        assert_eq!(found.clone().map_err(drop), expected, "{field} {text:?}: {found:?}");
        if let Err(detail) = found {
            assert!(!detail.contains(text), "{detail}");
        }
    }

    #[test]
    fn dates_are_read_as_they_are_written_and_times_are_londons() {
        check("received", "30/06/2025", Ok(json!("2025-06-30")));
        check("received", "2025-06-30", Ok(json!("2025-06-30")));
        check("received", "30/06/2025 09:15", Ok(json!("2025-06-30T08:15:00Z")));
        check("received", "2025-01-30 09:15", Ok(json!("2025-01-30T09:15:00Z")));
        check("received", "2025-06-30T09:15:00+02:00", Ok(json!("2025-06-30T07:15:00Z")));
        check("event_on", "2025-06-30T23:30:00Z", Ok(json!("2025-07-01")));
        check("received", " N/A ", Ok(Value::Null));
        // The American way round, a day that is not there, an hour that London's clocks left out.
        check("received", "06/30/2025", Err(()));
        check("received", "30/02/2025", Err(()));
        check("received", "30/03/2025 01:30", Err(()));
    }

    #[test]
    fn a_year_of_two_digits_is_no_year_of_the_first_century() {
        let read = |formats: &str| {
            let mapping: Mapping =
                toml::from_str(&format!("format = \"csv\"\ndate_formats = [{formats}]")).unwrap();
            converted(&mapping, "received", &kind_of("received").unwrap(), "30/06/25")
        };
        assert_eq!(read("\"%d/%m/%Y\", \"%d/%m/%y\""), Ok(json!("2025-06-30")));
        assert!(read("\"%d/%m/%Y\"").unwrap_err().starts_with("a year of two digits"));
        assert!(read("").unwrap_err().starts_with("not a date"));
    }

    #[test]
    fn sums_are_exact() {
        check("stage_1.remedies.0.pence", "£1,234.50", Ok(json!(123_450)));
        check("stage_1.remedies.0.pence", "50", Ok(json!(5_000)));
        check("stage_1.remedies.0.pence", "0.1", Ok(json!(10)));
        check("stage_1.remedies.0.pence", "12.3400", Ok(json!(1_234)));
        for wrong in ["12.345", "-5", "1e3", "12.", ".5.1", "99999999999999999999", "ten"] {
            check("stage_1.remedies.0.pence", wrong, Err(()));
        }
    }

    #[test]
    fn words_mean_what_the_mapping_says() {
        check("stage_1.outcome", "upheld", Ok(json!("upheld")));
        check("stage_1.outcome", "Partially", Ok(json!("partly-upheld")));
        check("stage_1.outcome", "Unknown", Ok(Value::Null));
        check("stage_1.outcome", "Won", Err(()));
        check("channel", "Phone", Ok(json!("telephone")));
        check("channel", "Carrier pigeon", Ok(json!("other")));
        check("stage_1.resolved_at_first_contact", "Yes", Ok(json!(true)));
        check("stage_1.resolved_at_first_contact", "maybe", Err(()));
        check("categories", "Damp; Repairs;;", Ok(json!(["Damp", "Repairs"])));
        check("stage_1.updates", "01/02/2025;02/02/2025", Ok(json!(["2025-02-01", "2025-02-02"])));
    }
}
