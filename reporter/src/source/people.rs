//! The people on record, for one purpose: that nothing published names them. No report is made from them, and no extract has them.

use diesel::sql_types::Text;
use diesel::{QueryableByName, RunQueryDsl as _};
use redress_shared::case::command::intake::Person;

use super::snapshot::{Kept, Snapshot};
use crate::error::{Error, Result};

const QUERY: [&str; 2] = [
    "SELECT person FROM report_people WHERE landlord_id = ?",
    "SELECT person FROM report_people WHERE landlord_id = $1",
];

#[derive(QueryableByName)]
struct Recorded {
    #[diesel(sql_type = Text)]
    person: String,
}

impl Snapshot {
    /// A landlord's residents and those who spoke for them; none where the cases came without.
    ///
    /// # Errors
    /// When reading fails, or a record is of no person; what is in it is not repeated.
    pub fn people(&mut self, landlord_id: &str) -> Result<Option<Vec<Person>>> {
        let connection = match &mut self.0 {
            Kept::Database(connection) => connection,
            Kept::Extract(_) => return Ok(None),
            Kept::Held(held) => return Ok(held.people.clone()),
        };
        let [sqlite, postgres] = QUERY.map(|query| diesel::sql_query(query).bind::<Text, _>(landlord_id));
        let read: Vec<Recorded> = match &mut **connection {
            super::connection::EitherConnection::Sqlite(connection) => sqlite.load(connection),
            super::connection::EitherConnection::Postgres(connection) => postgres.load(connection),
        }
        .map_err(|error| Error::View { view: "report_people", error })?;
        let unfit = || Error::Unreconciled(vec!["report_people: a record is of no person".to_owned()]);
        let people = read.iter().map(|row| serde_json::from_str(&row.person).map_err(|_| unfit()));
        people.collect::<Result<Vec<Person>>>().map(Some)
    }
}
