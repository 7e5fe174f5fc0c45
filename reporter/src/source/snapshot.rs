//! What is kept of the cases, as it stood at one moment.

use std::sync::Arc;

use diesel::sql_types::Text;
use diesel::{QueryableByName, RunQueryDsl};

use super::connection::EitherConnection;
use super::contract::{Column, Held, KeptCalendar, Row, VIEWS, View, report_landlords};
use super::extract::Extract;
use super::{Calendar, Landlord, Origin, Source};
use crate::error::{Error, Result};

/// Cases opened for reading. Everything that is read of them, of however many landlords, is as it stood when they were opened.
pub struct Snapshot(pub(super) Kept);

pub(super) enum Kept {
    Database(Box<EitherConnection>),
    Extract(Extract),
    Held(Arc<Held>),
}

impl Snapshot {
    /// Opens a database and holds its views against the contract before a row is read; or opens an extract, whose files are held against
    /// it one by one.
    ///
    /// # Errors
    /// When it cannot be opened, or a database lacks columns of the contract: all of them are named.
    pub fn open(origin: impl Into<Origin>) -> Result<Self> {
        Ok(Self(match origin.into() {
            Origin::Database(address) => {
                let mut connection = EitherConnection::open(&address)?;
                check(&mut connection)?;
                Kept::Database(Box::new(connection))
            }
            Origin::Extract(folder) => Kept::Extract(Extract::open(&folder)?),
            Origin::Held(held) => Kept::Held(held),
        }))
    }

    /// The landlords, in the order of their ids.
    ///
    /// # Errors
    /// When reading fails.
    pub fn landlords(&mut self) -> Result<Vec<Landlord>> {
        let mut landlords: Vec<Landlord> = match &mut self.0 {
            Kept::Database(connection) => report_landlords::table.load(&mut **connection)?,
            Kept::Extract(extract) => extract.landlords()?,
            Kept::Held(held) => held.report_landlords.clone(),
        };
        // Each database has an order of its own for text.
        landlords.sort_by(|one, other| one.landlord_id.cmp(&other.landlord_id));
        Ok(landlords)
    }

    /// A landlord's rows of one view, in no order.
    ///
    /// # Errors
    /// When a value is of the wrong form.
    pub fn rows<R: Row>(&mut self, landlord_id: &str) -> Result<Vec<R>> {
        match &mut self.0 {
            Kept::Database(connection) => {
                R::load(connection, landlord_id).map_err(|error| Error::View { view: R::VIEW.name, error })
            }
            Kept::Extract(extract) => extract.rows(landlord_id),
            Kept::Held(held) => Ok(held.rows(landlord_id)),
        }
    }

    /// All rows of one landlord.
    ///
    /// # Errors
    /// When it is not known, or a value is of the wrong form.
    pub fn source(&mut self, landlord_id: &str) -> Result<Source> {
        let landlord = self.rows::<Landlord>(landlord_id)?.into_iter().next();
        Ok(Source {
            landlord: landlord.ok_or_else(|| Error::NoSuchLandlord(landlord_id.to_owned()))?,
            stock: self.rows(landlord_id)?,
            cases: self.rows(landlord_id)?,
            stages: self.rows(landlord_id)?,
            categories: self.rows(landlord_id)?,
            refusals: self.rows(landlord_id)?,
            escalations: self.rows(landlord_id)?,
            remedies: self.rows(landlord_id)?,
            actions: self.rows(landlord_id)?,
            findings: self.rows(landlord_id)?,
            orders: self.rows(landlord_id)?,
            failure_orders: self.rows(landlord_id)?,
            learning: self.rows(landlord_id)?,
            surveys: self.rows(landlord_id)?,
            risks: self.rows(landlord_id)?,
            extensions: self.rows(landlord_id)?,
            restrictions: self.rows(landlord_id)?,
            equality: self.rows(landlord_id)?,
            calendar: calendar(&self.rows(landlord_id)?)?,
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
    for View { name, columns, .. } in VIEWS {
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
