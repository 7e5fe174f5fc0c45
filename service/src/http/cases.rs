//! Cases: one, and many.

use actix_web::{HttpResponse, web};
use chrono::{DateTime, NaiveDate, Utc};
use redress_shared::calendar::CalendarError;
use redress_shared::case::Rules;
use redress_shared::case::deadline::{self, Deadline, Standing};
use redress_shared::case::obligation::obligations;
use redress_shared::case::state::Case;
use redress_shared::case::words::{Kind, Phase};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

use super::moment::Moment;
use super::{case_id, known_landlord, read};
use crate::application::State;
use crate::problem::Problem;
use crate::storage::read::{self as lists, CaseFilter};
use crate::storage::{Connection, events};
use crate::use_cases::execute::ExecuteError;

/// The most cases in one answer.
const PAGE: i64 = 200;

/// What to list.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Listing {
    phase: Option<Phase>,
    kind: Option<Kind>,
    /// A reference of the CRM's, as `system:value`.
    reference: Option<String>,
    /// The `next` of the answer before.
    after: Option<String>,
}

/// `GET /v1/landlords/{landlord}/cases`: in order of receipt; `next` is there while there are more.
pub async fn list(
    state: web::Data<State>,
    landlord: web::Path<String>,
    listing: web::Query<Listing>,
) -> Result<HttpResponse, Problem> {
    known_landlord(&state, &landlord)?;
    let listing = listing.into_inner();
    if let Some(reference) = listing.reference {
        if listing.phase.is_some() || listing.kind.is_some() || listing.after.is_some() {
            return Err(Problem::malformed("`reference` stands alone: it finds one case or none", None));
        }
        return referred(state, landlord.into_inner(), reference).await;
    }
    let filter = CaseFilter {
        phase: listing.phase.map(|phase| phase.to_string()),
        kind: listing.kind.map(|kind| kind.to_string()),
        after: listing.after.as_deref().map(cursor).transpose()?,
    };
    let mut lines =
        read(state, move |_, connection| lists::cases(connection, &landlord, &filter, PAGE + 1)).await?;
    let page = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let more = lines.len() > page;
    lines.truncate(page);
    let next = lines.last().filter(|_| more).map(|line| format!("{}_{}", line.received_on, line.id));
    Ok(HttpResponse::Ok().json(json!({ "cases": lines, "next": next })))
}

fn cursor(text: &str) -> Result<(NaiveDate, String), Problem> {
    let parts = text.split_once('_').and_then(|(date, id)| Some((date.parse().ok()?, id.to_owned())));
    parts.ok_or_else(|| Problem::malformed("`after` is the `next` of another answer", None))
}

async fn referred(
    state: web::Data<State>,
    landlord: String,
    reference: String,
) -> Result<HttpResponse, Problem> {
    let Some((system, value)) =
        reference.split_once(':').map(|(system, value)| (system.to_owned(), value.to_owned()))
    else {
        return Err(Problem::malformed("`reference` is `system:value`", None));
    };
    let found =
        read(state, move |_, connection| events::by_reference(connection, &landlord, &system, &value))
            .await?;
    let cases: Vec<Value> = found.into_iter().map(|id| json!({ "id": id })).collect();
    Ok(HttpResponse::Ok().json(json!({ "cases": cases, "next": null })))
}

/// A landlord's case with the rules that it falls under.
pub fn load(
    state: &State,
    connection: &mut Connection,
    landlord: &str,
    case: &str,
) -> Result<(Case, Arc<Rules>), Problem> {
    let id = case_id(case)?;
    let log = events::load(connection, landlord, id)?;
    let case = log.case(id)?.ok_or_else(|| Problem::not_found("case"))?;
    let rules = state.rulebook.of(&case.policy, &case.code)?;
    Ok((case, rules))
}

/// The instant, or the day's end, to look from.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AsOf {
    as_of: Option<Moment>,
}

/// `GET /v1/landlords/{landlord}/cases/{case}`: the case as its events have left it, with its deadlines.
pub async fn show(
    state: web::Data<State>,
    path: web::Path<(String, String)>,
    query: web::Query<AsOf>,
) -> Result<HttpResponse, Problem> {
    let as_of = query.as_of.map_or_else(|| state.now(), |moment| moment.0);
    let shown = read(state, move |state, connection| {
        let (case, rules) = load(state, connection, &path.0, &path.1)?;
        view(&case, &rules, as_of)
    })
    .await?;
    Ok(HttpResponse::Ok().json(shown))
}

/// `GET /v1/landlords/{landlord}/cases/{case}/deadlines`: every due date of both clocks, explained.
pub async fn deadlines(
    state: web::Data<State>,
    path: web::Path<(String, String)>,
    query: web::Query<AsOf>,
) -> Result<HttpResponse, Problem> {
    let as_of = query.as_of.map_or_else(|| state.now(), |moment| moment.0);
    let shown = read(state, move |state, connection| {
        let (case, rules) = load(state, connection, &path.0, &path.1)?;
        due(&case, &rules, as_of).map_err(beyond_calendar)
    })
    .await?;
    Ok(HttpResponse::Ok().json(json!({ "as_of": as_of, "deadlines": shown })))
}

fn beyond_calendar(error: CalendarError) -> Problem {
    Problem::from(ExecuteError::from(error))
}

/// A case as the API shows it: its state, its deadlines, what else is owed, and the date that staff work to.
///
/// # Errors
/// When a due date lies past the calendar.
pub fn view(case: &Case, rules: &Rules, as_of: DateTime<Utc>) -> Result<Value, Problem> {
    let all = deadline::deadlines(case, rules).map_err(beyond_calendar)?;
    let owed = |deadline: &&Deadline| matches!(deadline.standing(as_of), Standing::Open | Standing::Overdue);
    let response = |deadline: &&Deadline| deadline.name != deadline::DeadlineName::EscalateBy;
    let work_to = all.iter().filter(owed).filter(response).min_by_key(|deadline| deadline.due.date());
    let mut value = serde_json::to_value(case).unwrap_or_default();
    if let Some(object) = value.as_object_mut() {
        object.insert("deadlines".to_owned(), json!(shown(&all, as_of)));
        object.insert("obligations".to_owned(), json!(obligations(case, rules).map_err(beyond_calendar)?));
        object.insert("work_to".to_owned(), json!(work_to.map(Deadline::sentence)));
    }
    Ok(value)
}

fn due(case: &Case, rules: &Rules, as_of: DateTime<Utc>) -> Result<Vec<Value>, CalendarError> {
    Ok(shown(&deadline::deadlines(case, rules)?, as_of))
}

fn shown(all: &[Deadline], as_of: DateTime<Utc>) -> Vec<Value> {
    let one = |deadline: &Deadline| {
        let mut value = serde_json::to_value(deadline).unwrap_or_default();
        if let Some(object) = value.as_object_mut() {
            object.insert("standing".to_owned(), json!(deadline.standing(as_of)));
            object.insert("due_on".to_owned(), json!(deadline.due.date()));
            object.insert("clause".to_owned(), json!(deadline.citation.to_string()));
            object.insert("sentence".to_owned(), json!(deadline.sentence()));
        }
        value
    };
    all.iter().map(one).collect()
}
