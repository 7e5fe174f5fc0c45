//! The homes that a landlord owns at the end of a reporting year.

use std::collections::BTreeMap;

use actix_web::{HttpResponse, web};
use chrono::NaiveDate;
use redress_shared::case::words::StockType;
use serde_json::json;

use super::body::{self, Body};
use super::{known_landlord, read, write};
use crate::application::State;
use crate::problem::Problem;
use crate::storage::landlords;

/// `PUT /v1/landlords/{landlord}/stock/{year}`: the homes by stock type, for the year that starts on 1 April of `year`.
pub async fn put(
    state: web::Data<State>,
    path: web::Path<(String, i32)>,
    body: Body,
) -> Result<HttpResponse, Problem> {
    let (landlord, year) = path.into_inner();
    known_landlord(&state, &landlord)?;
    let homes: BTreeMap<StockType, u32> = body::json(body)?;
    if let Some((kind, _)) = homes.iter().find(|(_, homes)| i32::try_from(**homes).is_err()) {
        return Err(Problem::malformed("more homes than can be counted", Some(format!("/{kind}"))));
    }
    let start = year_start(year)?;
    let answer = json!({ "year_start": start, "homes": homes });
    write(state, move |_, connection| Ok(landlords::set_stock(connection, &landlord, start, &homes)?))
        .await?;
    Ok(HttpResponse::Ok().json(answer))
}

/// `GET /v1/landlords/{landlord}/stock/{year}`.
pub async fn get(state: web::Data<State>, path: web::Path<(String, i32)>) -> Result<HttpResponse, Problem> {
    let (landlord, year) = path.into_inner();
    known_landlord(&state, &landlord)?;
    let start = year_start(year)?;
    let known = read(state, move |_, connection| landlords::stock_of(connection, &landlord)).await?;
    let homes: BTreeMap<String, i32> = known
        .into_iter()
        .filter(|(from, _, _)| *from == start)
        .map(|(_, kind, homes)| (kind, homes))
        .collect();
    Ok(HttpResponse::Ok().json(json!({ "year_start": start, "homes": homes })))
}

fn year_start(year: i32) -> Result<NaiveDate, Problem> {
    NaiveDate::from_ymd_opt(year, 4, 1)
        .filter(|_| (2019..=2100).contains(&year))
        .ok_or_else(|| Problem::malformed("the year is the one in which the reporting year starts", None))
}
