//! The landlords that there are policies for, and their homes.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::prelude::{AsChangeset, ExpressionMethods, Insertable, QueryDsl, RunQueryDsl};
use redress_shared::case::words::StockType;
use redress_shared::policy::Profile;

use super::schema::{feed_heads, landlords, stock};
use super::{Connection, StorageError};

#[derive(Insertable, AsChangeset)]
#[diesel(table_name = landlords)]
struct NewLandlord<'a> {
    id: &'a str,
    name: &'a str,
    policy_id: &'a str,
    year_end_month: i32,
    year_end_day: i32,
}

#[derive(Insertable)]
#[diesel(table_name = stock)]
struct NewStock<'a> {
    landlord_id: &'a str,
    year_start: NaiveDate,
    stock_type: &'a str,
    homes: i32,
}

/// Writes what the reports need to know of a landlord, from the newest version of its policy.
///
/// # Errors
/// When the database fails.
pub fn store(connection: &mut Connection, profile: &Profile) -> Result<(), StorageError> {
    let (month, day) = profile.landlord.year_end();
    let row = NewLandlord {
        id: &profile.landlord.id,
        name: &profile.landlord.name,
        policy_id: &profile.policy.id,
        year_end_month: i32::try_from(month).unwrap_or(3),
        year_end_day: i32::try_from(day).unwrap_or(31),
    };
    if diesel::update(landlords::table.find(row.id)).set(&row).execute(connection)? == 0 {
        diesel::insert_into(landlords::table).values(&row).execute(connection)?;
        let head = (feed_heads::landlord_id.eq(row.id), feed_heads::last.eq(0));
        diesel::insert_into(feed_heads::table).values(head).execute(connection)?;
    }
    Ok(())
}

/// Takes hold of what belongs to the landlord as a whole until the transaction ends. SQLite has one writer at a time, and needs no more.
///
/// # Errors
/// When the database fails, or somebody else holds it for too long.
pub fn hold(connection: &mut Connection, landlord: &str) -> Result<(), StorageError> {
    if let Connection::Postgres(postgres) = connection {
        let row = landlords::table.find(landlord).select(landlords::id).for_no_key_update();
        let _held: String = row.first(postgres)?;
    }
    Ok(())
}

/// Replaces the homes of a reporting year.
///
/// # Errors
/// When the database fails.
pub fn set_stock(
    connection: &mut Connection,
    landlord: &str,
    year_start: NaiveDate,
    homes: &BTreeMap<StockType, u32>,
) -> Result<(), StorageError> {
    diesel::delete(
        stock::table.filter(stock::landlord_id.eq(landlord)).filter(stock::year_start.eq(year_start)),
    )
    .execute(connection)?;
    for (stock_type, homes) in homes {
        diesel::insert_into(stock::table)
            .values(NewStock {
                landlord_id: landlord,
                year_start,
                stock_type: stock_type.as_str(),
                homes: i32::try_from(*homes).unwrap_or(i32::MAX),
            })
            .execute(connection)?;
    }
    Ok(())
}

/// The homes of a landlord, year by year.
///
/// # Errors
/// When the database fails.
pub fn stock_of(
    connection: &mut Connection,
    landlord: &str,
) -> Result<Vec<(NaiveDate, String, i32)>, StorageError> {
    Ok(stock::table
        .filter(stock::landlord_id.eq(landlord))
        .order((stock::year_start, stock::stock_type))
        .select((stock::year_start, stock::stock_type, stock::homes))
        .load(connection)?)
}
