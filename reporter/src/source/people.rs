//! Who and which cases are on record, for one purpose: that nothing published names them. No report is made from it, and no extract has it.

use diesel::sql_types::Text;
use diesel::{QueryableByName, RunQueryDsl as _};
use redress_shared::case::command::intake::Person;

use super::connection::EitherConnection;
use super::snapshot::{Kept, Snapshot};
use crate::error::{Error, Result};

/// A view of texts, as each database is asked for a landlord's.
struct Texts {
    view: &'static str,
    sqlite: &'static str,
    postgres: &'static str,
}

const PEOPLE: Texts = Texts {
    view: "report_people",
    sqlite: "SELECT person AS text FROM report_people WHERE landlord_id = ?",
    postgres: "SELECT person AS text FROM report_people WHERE landlord_id = $1",
};

const REFERENCES: Texts = Texts {
    view: "report_references",
    sqlite: "SELECT value AS text FROM report_references WHERE landlord_id = ? ORDER BY 1",
    postgres: "SELECT value AS text FROM report_references WHERE landlord_id = $1 ORDER BY 1",
};

#[derive(QueryableByName)]
struct Recorded {
    #[diesel(sql_type = Text)]
    text: String,
}

impl Texts {
    fn of(&self, connection: &mut EitherConnection, landlord_id: &str) -> Result<Vec<String>> {
        let query = |text| diesel::sql_query(text).bind::<Text, _>(landlord_id);
        let read: Vec<Recorded> = match connection {
            EitherConnection::Sqlite(connection) => query(self.sqlite).load(connection),
            EitherConnection::Postgres(connection) => query(self.postgres).load(connection),
        }
        .map_err(|error| Error::View { view: self.view, error })?;
        Ok(read.into_iter().map(|row| row.text).collect())
    }
}

impl Snapshot {
    /// A landlord's residents and those who spoke for them; none where the cases came without.
    ///
    /// # Errors
    /// When reading fails, or a record is of no person; what is in it is not repeated.
    pub fn people(&mut self, landlord_id: &str) -> Result<Option<Vec<Person>>> {
        let read = match &mut self.0 {
            Kept::Database(connection) => PEOPLE.of(connection, landlord_id)?,
            Kept::Extract(_) => return Ok(None),
            Kept::Held(held) => return Ok(held.people.clone()),
        };
        let unfit = || Error::Unreconciled(vec!["report_people: a record is of no person".to_owned()]);
        let people = read.iter().map(|person| serde_json::from_str(person).map_err(|_| unfit()));
        people.collect::<Result<Vec<Person>>>().map(Some)
    }

    /// All references of a landlord's cases, of which a case's own row has the first; none where the cases came as an extract.
    ///
    /// # Errors
    /// When reading fails.
    pub fn references(&mut self, landlord_id: &str) -> Result<Vec<String>> {
        match &mut self.0 {
            Kept::Database(connection) => REFERENCES.of(connection, landlord_id),
            Kept::Extract(_) => Ok(Vec::new()),
            Kept::Held(held) => Ok(held.references.clone()),
        }
    }
}
