//! The homes that a landlord owns at the end of a reporting year.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use chrono::NaiveDate;
use redress_shared::case::words::StockType;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::caller::Scope;
use super::contract::{Answer, Call, Nothing, Operation, Tag};
use super::once::{Reply, answer_once, written};
use super::request::preconditions::{content_tag, tagged};
use crate::problem::{FieldError, Problem};
use crate::storage::{Connection, StorageError, landlords};

/// Which reporting year.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct YearPath {
    /// The calendar year in which the reporting year starts.
    #[schemars(range(min = 2019, max = 2100))]
    year: i32,
}

/// How many homes there are of each kind.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Homes {
    /// Low cost rental accommodation.
    #[schemars(range(max = 2_147_483_647))]
    lcra: Option<u32>,
    /// Low cost home ownership.
    #[schemars(range(max = 2_147_483_647))]
    lcho: Option<u32>,
    /// Leasehold.
    #[schemars(range(max = 2_147_483_647))]
    leasehold: Option<u32>,
    /// Anything else.
    #[schemars(range(max = 2_147_483_647))]
    other: Option<u32>,
}

/// The homes of a reporting year.
#[derive(Debug, Serialize, JsonSchema)]
struct Stock {
    /// The first day of the reporting year.
    year_start: NaiveDate,
    /// The homes by kind; what was not said is not there.
    homes: BTreeMap<String, i64>,
}

const PATH: &str = "/v1/stock/{year}";

/// `GET /v1/stock/{year}`.
pub fn get() -> Operation {
    Operation::get(PATH, "getStock", Tag::Landlord)
        .says("The homes of a reporting year", "By kind; rates per thousand homes are made of them.")
        .needs(Scope::CasesRead)
        .takes_none_match()
        .answers(
            Answer::json::<Stock>(200, "The homes.").header("ETag", "What changes with them, for If-Match."),
        )
        .answers(
            Answer::other(304, "They are still as the caller has them.", "application/json")
                .header("ETag", "The same as for 200."),
        )
        .handled(show)
}

/// `PUT /v1/stock/{year}`.
pub fn put() -> Operation {
    Operation::put(PATH, "putStock", Tag::Landlord)
        .says(
            "The homes of a reporting year are told",
            "They take the place of what was told before: of that which has the ETag in `If-Match`, or, with `If-None-Match: *`, of \
             nothing.",
        )
        .needs(Scope::LandlordWrite)
        .requires_version()
        .takes_none_match()
        .answers(
            Answer::json::<Stock>(200, "The homes as they are now.")
                .header("ETag", "What changes with them, for If-Match."),
        )
        .handled(replace)
}

impl Homes {
    fn by_kind(self) -> impl Iterator<Item = (StockType, u32)> {
        let all = [
            (StockType::Lcra, self.lcra),
            (StockType::Lcho, self.lcho),
            (StockType::Leasehold, self.leasehold),
            (StockType::Other, self.other),
        ];
        all.into_iter().filter_map(|(kind, homes)| Some((kind, homes?)))
    }
}

async fn replace(call: Call<YearPath, Nothing, Homes>) -> Result<HttpResponse, Problem> {
    let homes: BTreeMap<StockType, u32> = call.body.by_kind().collect();
    if let Some((kind, _)) = homes.iter().find(|(_, homes)| i32::try_from(**homes).is_err()) {
        let error = FieldError::at(format!("/{kind}"), "more homes than can be counted");
        return Err(Problem::malformed(vec![error]));
    }
    let year_start = year_start(call.path.year)?;
    let Call { state, caller, preconditions, repeat, .. } = call;
    answer_once(state, repeat, move |_, connection| {
        landlords::hold(connection, &caller.landlord)?;
        let there = Stock::load(connection, &caller.landlord, year_start)?;
        let tag = content_tag(&written(&there)?);
        if !preconditions.hold(Some(tag.as_str()).filter(|_| there.is_told() || !preconditions.must_be_new()))
        {
            return Err(Problem::stale("the homes are not what the request says that they are", &tag).into());
        }
        landlords::set_stock(connection, &caller.landlord, year_start, &homes)?;
        let told = homes.iter().map(|(kind, homes)| (kind.to_string(), i64::from(*homes))).collect();
        let now = Stock { year_start, homes: told };
        let tag = content_tag(&written(&now)?);
        Ok(Reply::json(StatusCode::OK, &now)?.tag(&tag))
    })
    .await
}

async fn show(call: Call<YearPath, Nothing>) -> Result<HttpResponse, Problem> {
    let year_start = year_start(call.path.year)?;
    let landlord = call.caller.landlord;
    let stock =
        super::read(call.state, move |_, connection| Stock::load(connection, &landlord, year_start)).await?;
    let shown = written(&stock)?;
    let tag = content_tag(&shown);
    Ok(tagged(&call.preconditions, &tag, shown))
}

impl Stock {
    fn load(
        connection: &mut Connection,
        landlord: &str,
        year_start: NaiveDate,
    ) -> Result<Self, StorageError> {
        let known = landlords::stock_of(connection, landlord)?;
        let of_year = known.into_iter().filter(|(from, _, _)| *from == year_start);
        Ok(Self { year_start, homes: of_year.map(|(_, kind, homes)| (kind, i64::from(homes))).collect() })
    }

    fn is_told(&self) -> bool {
        !self.homes.is_empty()
    }
}

fn year_start(year: i32) -> Result<NaiveDate, Problem> {
    NaiveDate::from_ymd_opt(year, 4, 1).ok_or_else(|| Problem::not_found("year"))
}
