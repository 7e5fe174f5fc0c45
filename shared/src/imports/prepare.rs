//! A row made into a case and the log of its past life, or everything that is wrong with it.

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::row::{MALFORMED, Mapper, Raw, has_special_category};
use super::{RowError, fields};
use crate::case::history::{self, PastCase};
use crate::case::record::Vault;
use crate::case::{Logged, Rules};
use crate::schema::wording::without_input;

/// No version of the policy, or no edition of the Code, covers the day of receipt.
pub const NO_RULES: &str = "no-rules";
/// A due date lies past the calendar.
pub const BEYOND_CALENDAR: &str = "beyond-calendar";

/// A row as a case of the history. `special_category` says whether special-category data may be brought in.
///
/// # Errors
/// Everything that cannot be read of it, or is not as a case wants it.
pub fn past_case(mapper: &Mapper<'_>, raw: &Raw, special_category: bool) -> Result<PastCase, Vec<RowError>> {
    let (value, mut errors) = mapper.map(raw);
    // Of a row that cannot be told apart into its columns nothing more is known.
    if errors.iter().any(|error| error.field.is_empty()) {
        return Err(errors);
    }
    if has_special_category(&value) && !special_category {
        let detail = "vulnerability, disability, ethnicity and adjustments want the scope `special-category`";
        errors.push(RowError::of("residents", None, "scope-missing", detail));
    }
    malformed(mapper, &value, &mut errors);
    if !errors.is_empty() {
        return Err(errors);
    }
    serde_json::from_value(value)
        .map_err(|error| vec![RowError::of("", None, MALFORMED, &without_input(&error.to_string()))])
}

/// Holds a case against its schema. What could not be read is not said to be missing too.
fn malformed(mapper: &Mapper<'_>, value: &Value, errors: &mut Vec<RowError>) {
    let said: Vec<String> = errors.iter().map(|error| error.field.clone()).collect();
    match fields::wrong_with(value) {
        Ok(wrong) => {
            for (field, detail) in wrong.into_iter().filter(|(field, _)| !said.contains(field)) {
                errors.push(
                    empty(mapper, &field)
                        .unwrap_or_else(|| RowError::of(&field, mapper.source(&field), MALFORMED, &detail)),
                );
            }
        }
        Err(error) => {
            let detail = format!("it cannot be held against its schema: {error}");
            errors.push(RowError::of("", None, MALFORMED, &detail));
        }
    }
}

/// The error of a column without which there is no case, where it has nothing; none for what is wrong with another field.
fn empty(mapper: &Mapper<'_>, field: &str) -> Option<RowError> {
    let filled = match field {
        "references" => "references.0.value",
        "received" | "stock_type" => field,
        _ => return None,
    };
    let source = mapper.source(filled)?;
    Some(RowError::of(
        field,
        Some(source),
        MALFORMED,
        "the column has nothing, and without it there is no case",
    ))
}

/// The log of a case's past life under the rules of its day of receipt.
///
/// # Errors
/// Everything that cannot be true of it, with the columns that say so.
pub fn logged(
    mapper: &Mapper<'_>,
    past: &PastCase,
    rules: &Rules,
    vault: &dyn Vault,
    now: DateTime<Utc>,
) -> Result<Vec<Logged>, Vec<RowError>> {
    history::log(past, rules, vault, now).map_err(|errors| {
        let said = |error: history::HistoryError| {
            RowError::of(&error.field, mapper.source(&error.field), error.code.as_str(), &error.detail)
        };
        errors.into_iter().map(said).collect()
    })
}
