//! What the service keeps, as it stood at one moment.

use diesel::sql_types::Text;
use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, QueryableByName, RunQueryDsl};
use redress_shared::database::Address;

use super::connection::EitherConnection;
use super::contract::{
    Column, KeptCalendar, VIEWS, View, report_actions, report_calendar, report_cases, report_categories,
    report_equality, report_escalations, report_extensions, report_failure_orders, report_findings,
    report_landlords, report_learning, report_orders, report_refusals, report_remedies, report_restrictions,
    report_risks, report_stages, report_stock, report_surveys,
};
use super::{Calendar, Landlord, Source};
use crate::error::{Error, Result};

/// A database opened for reading. Everything that is read of it, of however many landlords, is as it stood when it was opened.
pub struct Snapshot(EitherConnection);

macro_rules! rows_of {
    ($connection:expr, $landlord_id:ident, $view:ident) => {
        $view::table
            .filter($view::landlord_id.eq($landlord_id))
            .load($connection)
            .map_err(|error| Error::View { view: stringify!($view), error })?
    };
}

impl Snapshot {
    pub(super) const fn connection(&mut self) -> &mut EitherConnection {
        &mut self.0
    }

    /// Opens a database and holds its views against the contract, before a row is read.
    ///
    /// # Errors
    /// When it cannot be opened, or lacks columns of the contract: all of them are named.
    pub fn open(address: &Address) -> Result<Self> {
        let mut connection = EitherConnection::open(address)?;
        check(&mut connection)?;
        Ok(Self(connection))
    }

    /// The landlords, in the order of their ids.
    ///
    /// # Errors
    /// When reading fails.
    pub fn landlords(&mut self) -> Result<Vec<Landlord>> {
        let mut landlords: Vec<Landlord> = report_landlords::table.load(&mut self.0)?;
        // Each database has an order of its own for text.
        landlords.sort_by(|one, other| one.landlord_id.cmp(&other.landlord_id));
        Ok(landlords)
    }

    /// All rows of one landlord.
    ///
    /// # Errors
    /// When it is not known, or a value is of the wrong form.
    pub fn source(&mut self, landlord_id: &str) -> Result<Source> {
        let connection = &mut self.0;
        let landlord = report_landlords::table
            .filter(report_landlords::landlord_id.eq(landlord_id))
            .first::<Landlord>(connection)
            .optional()?
            .ok_or_else(|| Error::NoSuchLandlord(landlord_id.to_owned()))?;
        Ok(Source {
            landlord,
            stock: rows_of!(connection, landlord_id, report_stock),
            cases: rows_of!(connection, landlord_id, report_cases),
            stages: rows_of!(connection, landlord_id, report_stages),
            categories: rows_of!(connection, landlord_id, report_categories),
            refusals: rows_of!(connection, landlord_id, report_refusals),
            escalations: rows_of!(connection, landlord_id, report_escalations),
            remedies: rows_of!(connection, landlord_id, report_remedies),
            actions: rows_of!(connection, landlord_id, report_actions),
            findings: rows_of!(connection, landlord_id, report_findings),
            orders: rows_of!(connection, landlord_id, report_orders),
            failure_orders: rows_of!(connection, landlord_id, report_failure_orders),
            learning: rows_of!(connection, landlord_id, report_learning),
            surveys: rows_of!(connection, landlord_id, report_surveys),
            risks: rows_of!(connection, landlord_id, report_risks),
            extensions: rows_of!(connection, landlord_id, report_extensions),
            restrictions: rows_of!(connection, landlord_id, report_restrictions),
            equality: rows_of!(connection, landlord_id, report_equality),
            calendar: calendar(&rows_of!(connection, landlord_id, report_calendar))?,
        })
    }
}

/// The calendar that the service keeps; the one built in where it has kept none yet.
fn calendar(kept: &[KeptCalendar]) -> Result<Calendar> {
    let read = match kept.iter().max_by_key(|kept| kept.number) {
        Some(kept) => Calendar::from_json(&kept.body),
        None => Calendar::england_and_wales(),
    };
    read.map_err(|error| Error::Calendar(error.to_string()))
}

#[derive(QueryableByName)]
struct Named {
    #[diesel(sql_type = Text)]
    name: String,
}

/// Names every column of the contract that is missing.
fn check(connection: &mut EitherConnection) -> Result<()> {
    let mut missing = Vec::new();
    for View { name, columns } in VIEWS {
        let there = columns_of(connection, name)?;
        let is_missing = |column: &&Column| !there.iter().any(|known| known.name == column.name);
        missing.extend(columns.iter().filter(is_missing).map(|column| format!("{name}.{}", column.name)));
    }
    if missing.is_empty() { Ok(()) } else { Err(Error::Schema(missing)) }
}

/// The columns of a view, where the queries would find it; none where there is no such view.
fn columns_of(connection: &mut EitherConnection, view: &str) -> Result<Vec<Named>> {
    Ok(match connection {
        EitherConnection::Sqlite(sqlite) => {
            diesel::sql_query("SELECT name FROM pragma_table_info(?)").bind::<Text, _>(view).load(sqlite)?
        }
        EitherConnection::Postgres(postgres) => diesel::sql_query(
            "SELECT CAST(attname AS TEXT) AS name FROM pg_attribute \
             WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped",
        )
        .bind::<Text, _>(view)
        .load(postgres)?,
    })
}
