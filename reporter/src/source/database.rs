//! The database, opened for reading only.

use std::path::Path;

use diesel::connection::SimpleConnection;

use diesel::sql_types::Text;
use diesel::{
    Connection, ExpressionMethods, OptionalExtension, QueryDsl, QueryableByName, RunQueryDsl,
    SqliteConnection,
};

use super::contract::{
    self, KeptCalendar, VIEWS, View, report_actions, report_calendar, report_cases, report_categories,
    report_equality, report_escalations, report_extensions, report_failure_orders, report_findings,
    report_landlords, report_learning, report_orders, report_refusals, report_remedies, report_restrictions,
    report_risks, report_stages, report_stock, report_surveys,
};
use super::{Calendar, Landlord, Source};
use crate::error::{Error, Result};

/// The landlords of a database, in the order of their ids.
///
/// # Errors
/// When the database cannot be opened or lacks columns of the contract.
pub fn landlords(database: &Path) -> Result<Vec<Landlord>> {
    let mut connection = open(database)?;
    connection.transaction(|connection| {
        check(connection)?;
        Ok(report_landlords::table.order(report_landlords::landlord_id).load(connection)?)
    })
}

/// All rows of one landlord.
///
/// # Errors
/// When the database cannot be opened, lacks columns of the contract, holds a value of the wrong form, or does not know
/// the landlord.
pub fn read(database: &Path, landlord_id: &str) -> Result<Source> {
    let mut connection = open(database)?;
    connection.transaction(|connection| {
        check(connection)?;
        rows(connection, landlord_id)
    })
}

macro_rules! rows_of {
    ($connection:ident, $landlord_id:ident, $view:ident) => {
        $view::table
            .filter($view::landlord_id.eq($landlord_id))
            .load($connection)
            .map_err(|error| Error::View { view: stringify!($view), error })?
    };
}

fn rows(connection: &mut SqliteConnection, landlord_id: &str) -> Result<Source> {
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

/// The calendar that the service keeps; the one built in where it has kept none yet.
fn calendar(kept: &[KeptCalendar]) -> Result<Calendar> {
    let read = match kept.iter().max_by_key(|kept| kept.number) {
        Some(kept) => Calendar::from_json(&kept.body),
        None => Calendar::england_and_wales(),
    };
    read.map_err(|error| Error::Calendar(error.to_string()))
}

/// Opens an existing file for reading. A landlord's cases must not change because a report was asked for, so both the
/// file and the connection refuse to write.
fn open(database: &Path) -> Result<SqliteConnection> {
    let no_database = |reason: String| Error::Database { path: database.to_owned(), reason };
    let path = std::path::absolute(database).map_err(|error| no_database(error.to_string()))?;
    if !path.is_file() {
        return Err(no_database("there is no such file".to_owned()));
    }
    let uri = format!("file:{}?mode=ro", percent_encoded(&path.to_string_lossy()));
    let mut connection = SqliteConnection::establish(&uri).map_err(|error| no_database(error.to_string()))?;
    connection
        .batch_execute("PRAGMA busy_timeout = 5000; PRAGMA query_only = ON;")
        .map_err(|error| no_database(error.to_string()))?;
    Ok(connection)
}

/// A path inside a `file:` address, where `?`, `#` and `%` would mean something else.
fn percent_encoded(path: &str) -> String {
    path.replace('%', "%25").replace('?', "%3f").replace('#', "%23")
}

#[derive(QueryableByName)]
struct Column {
    #[diesel(sql_type = Text)]
    name: String,
}

/// Names every column of the contract that is missing, before a row is read.
fn check(connection: &mut SqliteConnection) -> Result<()> {
    let mut missing = Vec::new();
    for View { name, columns } in VIEWS {
        let present: Vec<Column> = diesel::sql_query("SELECT name FROM pragma_table_info(?)")
            .bind::<Text, _>(*name)
            .load(connection)?;
        let is_missing = |column: &&contract::Column| !present.iter().any(|known| known.name == column.name);
        missing.extend(columns.iter().filter(is_missing).map(|column| format!("{name}.{}", column.name)));
    }
    if missing.is_empty() { Ok(()) } else { Err(Error::Schema(missing)) }
}
