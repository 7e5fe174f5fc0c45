//! What is due and overdue.

use actix_web::{HttpResponse, web};
use chrono::{DateTime, Days, Utc};
use redress_shared::calendar::london;
use serde::Deserialize;
use serde_json::{Value, json};

use super::moment::Moment;
use super::{known_landlord, read};
use crate::application::State;
use crate::problem::Problem;
use crate::storage::read::{self as lists, DueLine};

/// How far to look.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Window {
    /// The instant, or the day's end, to look from; now where it is not given.
    as_of: Option<Moment>,
    /// How many calendar days ahead, at most 366; 10 where it is not given.
    within_days: Option<u64>,
    /// How many lines to leave out from the start.
    skip: Option<i64>,
}

/// The most lines in one answer.
const PAGE: i64 = 500;

/// `GET /v1/landlords/{landlord}/due`: what is owed, the oldest first, overdue lines marked. `more` says that there is another page.
pub async fn list(
    state: web::Data<State>,
    landlord: web::Path<String>,
    window: web::Query<Window>,
) -> Result<HttpResponse, Problem> {
    known_landlord(&state, &landlord)?;
    let as_of = window.as_of.map_or_else(|| state.now(), |moment| moment.0);
    let days = window.within_days.unwrap_or(10);
    let skip = window.skip.unwrap_or(0);
    if days > 366 || skip < 0 {
        return Err(Problem::malformed("`within_days` is at most 366, and `skip` at least 0", None));
    }
    let today = london::date_of(as_of);
    let until = today.checked_add_days(Days::new(days)).unwrap_or(today);
    let mut lines =
        read(state, move |_, connection| lists::due(connection, &landlord, until, (skip, PAGE + 1))).await?;
    let more = lines.len() > usize::try_from(PAGE).unwrap_or(usize::MAX);
    lines.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
    let lines: Vec<Value> = lines.iter().map(|line| shown(line, as_of)).collect();
    Ok(HttpResponse::Ok().json(json!({ "as_of": as_of, "until": until, "due": lines, "more": more })))
}

fn shown(line: &DueLine, as_of: DateTime<Utc>) -> Value {
    let overdue = match line.due_at {
        Some(instant) => as_of > instant.and_utc(),
        None => london::date_of(as_of) > line.due_on,
    };
    let mut value = serde_json::to_value(line).unwrap_or_default();
    if let Some(object) = value.as_object_mut() {
        object.insert("overdue".to_owned(), Value::Bool(overdue));
    }
    value
}
