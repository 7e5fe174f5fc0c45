//! Rows to read, put there without the cases that they would come of.

use diesel::connection::SimpleConnection;
use tempfile::TempDir;

use crate::storage::{Address, Connection, Database};

/// A database of a test's own, with two landlords; the folder goes with the test.
pub fn database() -> (TempDir, Database) {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::open(&Address::file(&folder.path().join("lists.db")), 4).unwrap();
    let connection: &mut Connection = &mut database.connection().unwrap();
    for landlord in ["one", "other"] {
        run(
            connection,
            &format!("INSERT INTO landlords VALUES ('{landlord}', '{landlord}', 'policy', 3, 31)"),
        );
    }
    (folder, database)
}

pub fn run(connection: &mut Connection, sql: &str) {
    connection.batch_execute(sql).unwrap();
}

/// A case: its landlord, id, phase, day of receipt, and the day on which something is due.
pub fn case(
    connection: &mut Connection,
    [landlord, id, phase, received_on]: [&str; 4],
    due_on: Option<&str>,
) {
    let due = due_on.map_or("NULL".to_owned(), |date| format!("'{date}'"));
    run(
        connection,
        &format!(
            "INSERT INTO cases (id, landlord_id, version, made_by, kind, phase, triage, next_due_on, policy_id, code_id, channel, \
             stock_type, residents, anonymous, represented, adjustments, vulnerable, hazard, became_complaint, received_on, \
             recorded_on, reopened, handler, area, service_area) \
             VALUES ('{id}', '{landlord}', 1, '', 'complaint', '{phase}', 'accepted', {due}, 'policy', '2024', 'form', 'lcra', 1, 0, \
             0, 0, 0, 0, 0, '{received_on}', '{received_on}', 0, 'officer-1', 'North', 'Repairs')"
        ),
    );
    if let Some(date) = due_on {
        run(
            connection,
            &format!(
                "INSERT INTO case_deadlines (case_id, landlord_id, clock, name, due_on, due_at, projected) \
                 VALUES ('{id}', '{landlord}', 'policy', 'respond-1', '{date}', NULL, 0)"
            ),
        );
    }
}
