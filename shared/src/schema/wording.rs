//! What a reader of JSON or of a query says is wrong, without saying back what it read.
//!
//! A CRM that maps a resident's name to the wrong field would otherwise find the name in the problem document, and whoever
//! reads its log or ours would too. So no value is ever said back, and the name of a field only where it has the form of
//! one: lower-case letters, `_` and `-`. The pointer says where to look.

/// The most characters of a field's name that are said back.
const NAME_LIMIT: usize = 40;

/// The same message with nothing in it that the caller wrote.
#[must_use]
pub fn without_input(message: &str) -> String {
    let (said, place) = message.rfind(" at line ").map_or((message, ""), |at| message.split_at(at));
    let reworded =
        mismatch(said).or_else(|| unknown_word(said)).or_else(|| field(said)).or_else(|| no_date(said));
    format!("{}{place}", reworded.unwrap_or_else(|| said.to_owned()))
}

/// Whether a key has the form of a field's name or of a word of ours.
#[must_use]
pub fn is_name(key: &str) -> bool {
    // Of the contract's names only those of the two stages have a digit.
    let letters = key.strip_suffix("_1").or_else(|| key.strip_suffix("_2")).unwrap_or(key);
    !letters.is_empty()
        && key.len() <= NAME_LIMIT
        && letters.bytes().all(|byte| byte.is_ascii_lowercase() || matches!(byte, b'_' | b'-'))
}

/// `` `a` ``, `` `a` or `b` ``, `` one of `a`, `b`, `c` ``; two as serde says them too.
#[must_use]
pub fn list_of_words(words: impl IntoIterator<Item = String>) -> String {
    let words: Vec<String> = words.into_iter().map(|word| format!("`{word}`")).collect();
    match words.as_slice() {
        [one, other] => format!("{one} or {other}"),
        [one] => one.clone(),
        many => format!("one of {}", many.join(", ")),
    }
}

/// What kind of JSON a value is.
#[must_use]
pub fn type_name(value: &serde_json::Value) -> &'static str {
    match value {
        serde_json::Value::Null => "null",
        serde_json::Value::Bool(_) => "true or false",
        serde_json::Value::Number(number) if number.is_f64() => "a number with a fraction",
        serde_json::Value::Number(_) => "a whole number",
        serde_json::Value::String(_) => "a string",
        serde_json::Value::Array(_) => "a list",
        serde_json::Value::Object(_) => "an object",
    }
}

/// `invalid type: string "…", expected u64`. What was expected comes last, so the caller's words cannot pass for it.
fn mismatch(said: &str) -> Option<String> {
    let rest = said.strip_prefix("invalid type: ").or_else(|| said.strip_prefix("invalid value: "))?;
    let (found, expected) = rest.rsplit_once(", expected ")?;
    Some(format!("expected {}, found {}", wanted(expected), kind(found)))
}

fn wanted(expected: &str) -> &str {
    match expected {
        "u8" | "u16" | "u32" | "u64" | "i32" | "i64" => "a whole number in its range",
        "a sequence" => "a list",
        "a map" => "an object",
        expected if expected.starts_with("struct ") => "an object",
        expected => expected,
    }
}

fn kind(found: &str) -> &'static str {
    let kind = found.split(['`', '"']).next().unwrap_or_default().trim();
    match kind {
        "string" | "character" => "a string",
        "integer" => "an integer",
        "floating point" => "a number with a fraction",
        "boolean" => "true or false",
        "null" | "unit value" => "null",
        "sequence" => "a list",
        "map" => "an object",
        _ => "something else",
    }
}

/// `` unknown variant `…`, expected one of `complaint`, `enquiry` ``.
fn unknown_word(said: &str) -> Option<String> {
    let rest = said.strip_prefix("unknown variant `")?;
    Some(format!("unknown word, {}", split_allowed(rest)?.1))
}

/// `` unknown field `…`, expected `a` or `b` ``, and a field given twice.
fn field(said: &str) -> Option<String> {
    if let Some(rest) = said.strip_prefix("unknown field `") {
        let (name, allowed) = split_allowed(rest)?;
        return Some(if is_name(name) {
            format!("unknown field `{name}`, {allowed}")
        } else {
            format!("unknown field, {allowed}")
        });
    }
    let name = said.strip_prefix("duplicate field `")?.strip_suffix('`')?;
    (!is_name(name)).then(|| "duplicate field".to_owned())
}

fn split_allowed(rest: &str) -> Option<(&str, &str)> {
    let at = rest.rfind("`, expected ").into_iter().chain(rest.rfind("`, there are no ")).max()?;
    Some((&rest[..at], &rest[at + "`, ".len()..]))
}

/// What chrono says of a date tells neither what a date is nor how it is written.
fn no_date(said: &str) -> Option<String> {
    let chrono = [
        "premature end of input",
        "input contains invalid characters",
        "input is out of range",
        "trailing input",
        "no possible date and time matching input",
        "input is not enough for unique date and time",
    ];
    chrono.contains(&said).then(|| {
        format!(
            "not a date or an instant: {said}; a date is written 2026-11-02, an instant 2026-11-02T09:30:00Z"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::without_input;

    #[test]
    fn what_the_caller_wrote_is_not_said_back() {
        for (said, wanted) in [
            (
                r#"invalid type: string "Resident A", expected u64"#,
                "expected a whole number in its range, found a string",
            ),
            (r#"invalid type: string "A, expected B", expected a map"#, "expected an object, found a string"),
            (
                "invalid value: integer `-5`, expected u16",
                "expected a whole number in its range, found an integer",
            ),
            (
                "invalid type: null, expected struct Staff at line 1 column 9",
                "expected an object, found null at line 1 column 9",
            ),
            (
                "unknown variant `Resident A`, expected one of `a`, `b`",
                "unknown word, expected one of `a`, `b`",
            ),
            ("unknown variant `x`, expected `y`, expected `a` or `b`", "unknown word, expected `a` or `b`"),
            ("unknown field `abuot`, expected `about`", "unknown field `abuot`, expected `about`"),
            ("unknown field `Resident A`, expected `about`", "unknown field, expected `about`"),
            ("unknown field `01234567890`, there are no fields", "unknown field, there are no fields"),
            ("duplicate field `actor`", "duplicate field `actor`"),
            ("duplicate field `Resident A` at line 1 column 2", "duplicate field at line 1 column 2"),
            ("missing field `kind`", "missing field `kind`"),
        ] {
            assert_eq!(without_input(said), wanted);
        }
    }
}
