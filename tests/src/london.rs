//! Times as people in an office write them.

use anyhow::{Context as _, anyhow};
use chrono::{DateTime, NaiveDateTime, TimeZone as _, Utc};
use chrono_tz::Europe::London;

/// Reads `2025-04-10 09:30` as London time. Of an hour that comes twice, the first is meant.
///
/// # Errors
/// When it is not such a time, or is in the hour that is skipped in spring.
pub fn instant(text: &str) -> anyhow::Result<DateTime<Utc>> {
    let local = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M")
        .with_context(|| format!("`{text}` is not a time such as 2025-04-10 09:30"))?;
    let found = London.from_local_datetime(&local).earliest();
    Ok(found.ok_or_else(|| anyhow!("`{text}` does not exist: the clocks went forward"))?.with_timezone(&Utc))
}

/// Writes an instant as London time, `2025-04-10 09:30`.
#[must_use]
pub fn local(instant: DateTime<Utc>) -> String {
    instant.with_timezone(&London).format("%Y-%m-%d %H:%M").to_string()
}
