//! The calendar that dates are counted on.

use actix_web::HttpResponse;
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use redress_shared::calendar::{Convention, Count, Reckoning, Unit, london, reckon, words};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::caller::Scope;
use super::contract::{Answer, Call, Nothing, Operation, Tag};
use crate::problem::{FieldError, Problem};
use crate::storage::{Connection, StorageError, calendars};
use crate::use_cases::bank_holidays::RELEASE;

/// Which days.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Stretch {
    /// From this London day on; from the beginning of this year where it is not given.
    from: Option<NaiveDate>,
    /// Up to and including this London day; to the end of what is known where it is not given.
    to: Option<NaiveDate>,
}

/// Days that are not worked.
#[derive(Debug, Serialize, JsonSchema)]
struct Days {
    /// The version of the calendar, which every date that was counted on it names.
    version: String,
    /// The first day of the years of which every bank holiday is known.
    known_from: NaiveDate,
    /// The last such day.
    known_to: NaiveDate,
    /// Where the calendar comes from, and how old it is.
    origin: Origin,
    /// The bank holidays, in order.
    bank_holidays: Vec<Holiday>,
    /// When the landlord itself is closed, by the policy that says so. They count on the policy's clock alone.
    closures: Vec<Closed>,
}

/// Where a calendar comes from, and how old it is.
#[derive(Debug, Serialize, JsonSchema)]
struct Origin {
    /// Where what was new in it came from: an address, a file, or `release` for what came with the program.
    source: String,
    /// Since when it holds.
    fetched_at: DateTime<Utc>,
    /// How many seconds ago it was last known to be all that there is: when a source last answered, or else since when it holds.
    age_seconds: u64,
    /// How asking for newer bank holidays went; null where nobody has ever been asked.
    last_attempt: Option<Attempt>,
}

/// How asking for bank holidays went.
#[derive(Debug, Serialize, JsonSchema)]
struct Attempt {
    /// Who was asked.
    source: String,
    /// When.
    at: DateTime<Utc>,
    /// When it last answered with what could be used.
    answered_at: Option<DateTime<Utc>>,
    /// Why it could not be used this time: `unreachable`, `too-slow`, `status`, `too-long` or `unreadable`; null where it could.
    error: Option<String>,
    /// The bank holidays that are kept although the source lists their year without them. Either the source is at fault, or a day was
    /// moved, and somebody has to correct the calendar.
    unlisted: Vec<NaiveDate>,
}

/// A bank holiday.
#[derive(Debug, Serialize, JsonSchema)]
struct Holiday {
    /// The day.
    date: NaiveDate,
    /// Its name.
    title: String,
    /// What the government remarks on it; often empty.
    notes: String,
}

/// A time for which a landlord is closed.
#[derive(Debug, Serialize, JsonSchema)]
struct Closed {
    /// The policy version.
    policy: String,
    /// What it is called.
    name: String,
    /// The first day closed.
    first_day: NaiveDate,
    /// The last day closed.
    last_day: NaiveDate,
}

/// What to count.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Counted {
    /// The London day to count from.
    from: NaiveDate,
    /// How many.
    #[schemars(range(min = 0, max = 3660))]
    count: u32,
    /// Of what; working days where it is not given.
    unit: Option<CountedUnit>,
    /// Which day is the first; as the landlord's policy of that day has it where it is not given.
    convention: Option<Convention>,
}

/// What days can be counted in.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum CountedUnit {
    /// Monday to Friday, less bank holidays and the landlord's closures.
    WorkingDays,
    /// Days as they come.
    Days,
    /// Calendar months.
    Months,
}

/// A date that was counted.
#[derive(Debug, Serialize, JsonSchema)]
struct CountedDate {
    /// The date.
    due_on: NaiveDate,
    /// The date and how it came about, in a sentence.
    sentence: String,
    /// How it was counted.
    reckoning: Reckoning,
}

/// `GET /v1/calendar`.
pub fn days() -> Operation {
    Operation::get("/v1/calendar", "getCalendar", Tag::Landlord)
        .says(
            "The days that are not worked",
            "Bank holidays of England and Wales, and the landlord's own closures.",
        )
        .needs(Scope::CasesRead)
        .answers(Answer::json::<Days>(200, "The days."))
        .handled(listed)
}

/// `GET /v1/calendar/due`.
pub fn due() -> Operation {
    Operation::get("/v1/calendar/due", "countDays", Tag::Landlord)
        .says(
            "A date, counted and explained",
            "By the policy and on the calendar that apply to what the landlord receives on that day.",
        )
        .needs(Scope::CasesRead)
        .can_be_refused()
        .answers(Answer::json::<CountedDate>(200, "The date."))
        .handled(counted)
}

async fn listed(call: Call<Nothing, Stretch>) -> Result<HttpResponse, Problem> {
    let this_year = london::date_of(call.state.now()).year();
    let rulebook = call.state.rulebook();
    let calendar = rulebook.calendar();
    let coverage = calendar.coverage();
    let new_year = NaiveDate::from_ymd_opt(this_year, 1, 1).unwrap_or_else(|| coverage.first_day());
    let from = call.query.from.unwrap_or(new_year);
    let to = call.query.to.unwrap_or_else(|| coverage.last_day());
    if from > to {
        return Err(Problem::malformed(vec![FieldError::parameter(
            "to",
            "expected a day on or after `from`",
        )]));
    }
    let holidays = calendar
        .bank_holidays()
        .filter(|day| (from..=to).contains(&day.date))
        .map(|day| Holiday { date: day.date, title: day.title.clone(), notes: day.notes.clone() });
    let versions = rulebook.library().versions(&call.caller.landlord).iter();
    let closures = versions.flat_map(|profile| {
        let days = profile.counting.closures.iter();
        days.filter(|days| days.first_day <= to && days.last_day >= from).map(|days| Closed {
            policy: profile.policy.id.clone(),
            name: days.name.clone(),
            first_day: days.first_day,
            last_day: days.last_day,
        })
    });
    let now = call.state.now();
    let origin =
        super::read(call.state, move |_, connection| Ok::<_, Problem>(origin(connection, now)?)).await?;
    Ok(HttpResponse::Ok().json(Days {
        origin,
        version: calendar.version().to_owned(),
        known_from: coverage.first_day(),
        known_to: coverage.last_day(),
        bank_holidays: holidays.collect(),
        closures: closures.collect(),
    }))
}

fn origin(connection: &mut Connection, now: DateTime<Utc>) -> Result<Origin, StorageError> {
    let (source, fetched_at) = calendars::origin(connection)?.unwrap_or((RELEASE.to_owned(), now));
    let asked = calendars::last_asked(connection)?;
    let attempt = asked.map(|asked| Attempt {
        unlisted: asked.unlisted(),
        at: asked.asked_at.and_utc(),
        answered_at: asked.answered_at.map(|at| at.and_utc()),
        source: asked.source,
        error: asked.failure,
    });
    let age = now - calendars::known_good_at(connection)?.unwrap_or(now);
    let age_seconds = u64::try_from(age.num_seconds()).unwrap_or(0);
    Ok(Origin { source, fetched_at, age_seconds, last_attempt: attempt })
}

async fn counted(call: Call<Nothing, Counted>) -> Result<HttpResponse, Problem> {
    let asked = call.query;
    let rules = call.state.rulebook().on(&call.caller.landlord, asked.from)?;
    let convention = asked.convention.unwrap_or(rules.profile.counting.convention.value);
    let unit = match asked.unit {
        Some(CountedUnit::Days) => Unit::Days,
        Some(CountedUnit::Months) => Unit::Months,
        Some(CountedUnit::WorkingDays) | None => Unit::WorkingDays,
    };
    let count = Count { count: asked.count, unit };
    let reckoning = reckon(&rules.policy_calendar, convention, asked.from, count)
        .map_err(|error| Problem::malformed(vec![FieldError::parameter("count", error.to_string())]))?;
    let sentence = format!("{}, {reckoning}.", words::weekday_date(reckoning.due));
    Ok(HttpResponse::Ok().json(CountedDate { due_on: reckoning.due, sentence, reckoning }))
}
