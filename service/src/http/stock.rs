//! The homes that a landlord owns at the end of a reporting year.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use chrono::NaiveDate;
use redress_shared::case::words::StockType;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::caller::Scope;
use super::contract::{Answer, Call, Nothing, Operation, Tag};
use crate::problem::{FieldError, Problem};
use crate::storage::landlords;

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
        .answers(Answer::json::<Stock>(200, "The homes."))
        .handled(show)
}

/// `PUT /v1/stock/{year}`.
pub fn put() -> Operation {
    Operation::put(PATH, "putStock", Tag::Landlord)
        .says("The homes of a reporting year are told", "They take the place of what was told before.")
        .needs(Scope::LandlordWrite)
        .answers(Answer::json::<Stock>(200, "The homes as they are now."))
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
    let told = homes.iter().map(|(kind, homes)| (kind.to_string(), i64::from(*homes))).collect();
    let landlord = call.caller.landlord;
    super::write(call.state, move |_, connection| {
        Ok(landlords::set_stock(connection, &landlord, year_start, &homes)?)
    })
    .await?;
    Ok(HttpResponse::Ok().json(Stock { year_start, homes: told }))
}

async fn show(call: Call<YearPath, Nothing>) -> Result<HttpResponse, Problem> {
    let year_start = year_start(call.path.year)?;
    let landlord = call.caller.landlord;
    let known =
        super::read(call.state, move |_, connection| landlords::stock_of(connection, &landlord)).await?;
    let homes = known
        .into_iter()
        .filter(|(from, _, _)| *from == year_start)
        .map(|(_, kind, homes)| (kind, i64::from(homes)))
        .collect();
    Ok(HttpResponse::Ok().json(Stock { year_start, homes }))
}

fn year_start(year: i32) -> Result<NaiveDate, Problem> {
    NaiveDate::from_ymd_opt(year, 4, 1).ok_or_else(|| Problem::not_found("year"))
}
