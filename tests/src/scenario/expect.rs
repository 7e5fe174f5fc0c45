//! Holding what came of a step against what was expected.

use chrono::{DateTime, Utc};
use redress_shared::case::deadline::{DeadlineName, Due, Standing};
use serde_json::Value;

use super::format::{Expect, LetterExpect, Refused};
use crate::london;

/// A refusal, or its absence.
pub fn refusal(problem: &Value, expected: Option<&Refused>) -> Vec<String> {
    let text = |key: &str| problem.get(key).and_then(Value::as_str).unwrap_or_default();
    let Some(expected) = expected else {
        return vec![format!(
            "it was refused: {} {} [{}] ({})",
            text("code"),
            text("detail"),
            text("clause"),
            problem.pointer("/errors/0/pointer").and_then(Value::as_str).unwrap_or_default()
        )];
    };
    let mut surprises = Vec::new();
    if text("code") != expected.code {
        surprises.push(format!(
            "it was refused as `{}` ({}), not `{}`",
            text("code"),
            text("detail"),
            expected.code
        ));
    }
    if !text("clause").contains(&expected.clause) {
        surprises.push(format!("the refusal cites [{}], not {}", text("clause"), expected.clause));
    }
    surprises
}

/// The Code's provisions that an allowed step departs from.
pub fn cautions(answer: &Value, expected: Option<&[String]>) -> Vec<String> {
    let Some(expected) = expected else { return Vec::new() };
    let found = answer.get("cautions").and_then(Value::as_array).cloned().unwrap_or_default();
    let mut found: Vec<&str> =
        found.iter().filter_map(|caution| caution.get("provision").and_then(Value::as_str)).collect();
    found.sort_unstable();
    let mut wanted: Vec<&str> = expected.iter().map(String::as_str).collect();
    wanted.sort_unstable();
    if found == wanted { Vec::new() } else { vec![format!("the cautions are {found:?}, not {wanted:?}")] }
}

/// The case at a moment: its phase, its deadlines, its values. How a deadline stood then follows from when it was met; the service itself would say
/// what had been recorded then, which is nothing where the scenario is told long afterwards.
pub fn case(case: &Value, at: DateTime<Utc>, expected: &Expect) -> Vec<String> {
    let mut surprises = Vec::new();
    if let Some(phase) = &expected.phase
        && case.get("phase").and_then(Value::as_str) != Some(phase)
    {
        surprises.push(format!("the phase is {}, not {phase}", case.get("phase").unwrap_or(&Value::Null)));
    }
    for (name, date) in &expected.due {
        surprises.extend(deadline(case, name, |deadline| differs("due", &due_text(deadline), date)));
    }
    for (name, standing) in &expected.clock {
        surprises.extend(deadline(case, name, |deadline| {
            differs("standing", standing_at(deadline, at).unwrap_or_default(), standing)
        }));
    }
    for (name, parts) in &expected.explained {
        surprises.extend(deadline(case, name, |deadline| {
            let sentence = text(deadline, "sentence");
            let missing: Vec<&String> = parts.iter().filter(|part| !sentence.contains(*part)).collect();
            (!missing.is_empty()).then(|| format!("{missing:?} is not in: {sentence}"))
        }));
    }
    for (pointer, wanted) in &expected.shows {
        let found = case.pointer(pointer).unwrap_or(&Value::Null);
        if found != wanted {
            surprises.push(format!("{pointer} is {found}, not {wanted}"));
        }
    }
    surprises
}

/// How a deadline stood at a moment, by what is known of it now.
fn standing_at(deadline: &Value, at: DateTime<Utc>) -> Option<&'static str> {
    let member = |name: &str| deadline.get(name).cloned().unwrap_or_default();
    let name: DeadlineName = serde_json::from_value(member("name")).ok()?;
    let due: Due = serde_json::from_value(member("due")).ok()?;
    let moments =
        (serde_json::from_value(member("met_at")).ok()?, serde_json::from_value(member("ended_at")).ok()?);
    Some(Standing::of((name, due), moments, at).as_str())
}

fn text(value: &Value, key: &str) -> String {
    value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn differs(what: &str, found: &str, wanted: &str) -> Option<String> {
    (found != wanted).then(|| format!("{what} is {found}, not {wanted}"))
}

/// A date, or a London time where the policy counts hours.
fn due_text(deadline: &Value) -> String {
    let at =
        deadline.pointer("/due/at").and_then(Value::as_str).and_then(|at| at.parse::<DateTime<Utc>>().ok());
    at.map_or_else(|| text(deadline, "due_on"), london::local)
}

fn deadline(case: &Value, name: &str, check: impl FnOnce(&Value) -> Option<String>) -> Option<String> {
    let Some((clock, what)) = name.split_once(' ') else {
        return Some(format!("`{name}` is not a clock and a deadline, such as `policy respond-1`"));
    };
    let all = case.get("deadlines").and_then(Value::as_array).cloned().unwrap_or_default();
    let found =
        all.iter().find(|deadline| text(deadline, "clock") == clock && text(deadline, "name") == what);
    match found {
        None => Some(format!("there is no deadline `{name}`")),
        Some(deadline) => check(deadline).map(|problem| format!("{name}: {problem}")),
    }
}

/// What a letter has and lacks.
pub fn letter(text: &str, expected: &LetterExpect) -> Vec<String> {
    let missing = expected
        .has
        .iter()
        .filter(|words| !text.contains(*words))
        .map(|words| format!("the letter lacks `{words}`"));
    let surplus = expected
        .lacks
        .iter()
        .filter(|words| text.contains(*words))
        .map(|words| format!("the letter has `{words}`"));
    missing.chain(surplus).collect()
}
