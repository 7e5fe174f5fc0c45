//! What has been kept for long enough.

use actix_web::HttpResponse;
use chrono::NaiveDate;
use redress_shared::calendar::london;
use redress_shared::case::CaseId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::http::caller::Scope;
use crate::http::contract::{Answer, Call, Nothing, Operation, Tag};
use crate::http::limits;
use crate::problem::Problem;
use crate::storage::personal::holds::HoldReason;
use crate::use_cases::personal::retention::{due, kept_years};

/// By when, and which page.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ByWhen {
    /// The London day to look from; today where it is not given.
    on: Option<NaiveDate>,
    /// How many cases are looked at; fewer may be due.
    #[schemars(range(min = 1, max = limits::PAGE))]
    limit: Option<u32>,
    /// The case after which the page begins: `next` of the page before.
    after: Option<CaseId>,
}

/// What has been kept for long enough on a day.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "RetentionDue")]
struct DueView {
    /// The day.
    on: NaiveDate,
    /// For how many years after a case has ended its words are kept.
    years: u16,
    /// The clause of the landlord's policy that says so; null where none does, and the settings do.
    clause: Option<String>,
    /// Whether the service erases by itself what is due.
    applied: bool,
    /// The cases, in the order of their ids.
    cases: Vec<DueCase>,
    /// Cases of which nobody can say, since what is stored of them is damaged; nothing of them is erased until they are restored.
    damaged: Vec<CaseId>,
    /// Where the next page begins; null where this is the last.
    next: Option<CaseId>,
}

/// A case that has been kept for long enough.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "RetentionDueCase")]
struct DueCase {
    /// The case.
    case: CaseId,
    /// The day on which it ended.
    ended_on: NaiveDate,
    /// The first day on which nothing of it needs to be kept.
    erase_from: NaiveDate,
    /// Why it is kept all the same; null where it is not.
    hold: Option<HoldReason>,
    /// How many records would go.
    records: usize,
    /// How many documents would go.
    documents: usize,
}

/// `GET /v1/retention`.
pub fn operation() -> Operation {
    Operation::get("/v1/retention", "listRetention", Tag::Personal)
        .says(
            "What has been kept for long enough",
            "What the service erases by itself where it is set to, and what `redress-service retention --apply` erases; looked at \
             without being changed. Cases on hold are named, and stay.",
        )
        .needs(Scope::PersonalErase)
        .answers(Answer::json::<DueView>(200, "What is due."))
        .handled(list)
}

async fn list(call: Call<Nothing, ByWhen>) -> Result<HttpResponse, Problem> {
    let (landlord, asked, now) = (call.caller.landlord, call.query, call.state.now());
    let on = asked.on.unwrap_or_else(|| london::date_of(now));
    let limit = i64::from(asked.limit.unwrap_or(limits::PAGE).clamp(1, limits::PAGE));
    let settings = call.state.retention;
    let (years, clause) = kept_years(call.state.rulebook().library(), &landlord, on, settings.years);
    let page = crate::http::read(call.state, move |_, connection| {
        let after = asked.after.map(|case| case.to_string()).unwrap_or_default();
        due(connection, (&landlord, years), (on, now), &after, limit)
    })
    .await?;
    let one = |due: crate::use_cases::personal::retention::Due| DueCase {
        case: due.case,
        ended_on: due.ended_on,
        erase_from: due.erase_from,
        hold: due.hold,
        records: due.going.0,
        documents: due.going.1,
    };
    Ok(HttpResponse::Ok().json(DueView {
        on,
        years,
        clause,
        applied: settings.apply,
        cases: page.due.into_iter().map(one).collect(),
        damaged: page.damaged.into_iter().map(|(case, _)| case).collect(),
        next: page.next.and_then(|case| case.parse().ok()),
    }))
}
