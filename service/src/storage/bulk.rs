//! Many cases at once, as a history brings them. PostgreSQL takes many rows in one statement, where each by itself would be a journey;
//! SQLite is a call away, and keeps one prepared statement for all of them.

use redress_shared::case::CaseId;

use super::append::{self, Stored};
use super::records::{PendingRecord, PendingRecords};
use super::rows::{CaseRow, Details, Rows};
use super::{Connection, StorageError};

/// Inserts a `Vec` of references to rows into a table, by whatever way is quickest for the database.
macro_rules! insert_all {
    ($connection:expr, $table:expr, $rows:expr) => {{
        use diesel::prelude::RunQueryDsl as _;
        let rows = $rows;
        match $connection {
            $crate::storage::Connection::Sqlite(sqlite) => {
                for row in rows {
                    diesel::insert_into($table).values(row).execute(sqlite)?;
                }
            }
            $crate::storage::Connection::Postgres(postgres) => {
                // A statement takes 65,535 values, and no table here has more than 60 columns. For one row there is a statement that
                // is prepared already.
                for some in rows.chunks(1000) {
                    match some {
                        [row] => diesel::insert_into($table).values(*row).execute(postgres)?,
                        rows => diesel::insert_into($table).values(rows.to_vec()).execute(postgres)?,
                    };
                }
            }
        }
    }};
}
pub(crate) use insert_all;

/// A whole case that is not there yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCase {
    /// Its id.
    pub id: CaseId,
    /// Its log.
    pub events: Vec<Stored>,
    /// The words that its log refers to.
    pub records: Vec<PendingRecord>,
    /// What lists and reports read of it.
    pub rows: Rows,
}

/// Writes whole cases with their logs, words and rows, within the caller's write transaction. That none of their references is another
/// case's is for the caller to see to.
///
/// # Errors
/// When the database fails.
pub fn insert(connection: &mut Connection, landlord: &str, cases: &[&NewCase]) -> Result<(), StorageError> {
    if cases.is_empty() {
        return Ok(());
    }
    let rows: Vec<&CaseRow> = cases.iter().map(|case| &case.rows.case).collect();
    CaseRow::insert_all(connection, &rows)?;
    let details: Vec<&Details> = cases.iter().map(|case| &case.rows.details).collect();
    Details::insert_all(connection, &details)?;
    let records: Vec<(String, &[PendingRecord])> =
        cases.iter().map(|case| (case.id.to_string(), case.records.as_slice())).collect();
    PendingRecords::store_all(connection, landlord, &records)?;
    let logs: Vec<(String, &[Stored])> =
        cases.iter().map(|case| (case.id.to_string(), case.events.as_slice())).collect();
    append::append_all(connection, landlord, &logs)
}
