//! The migrations, up and down and up again.

use diesel::connection::SimpleConnection as _;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness as _, embed_migrations};

use redress_service::storage;

use crate::play;
use crate::server::Server;
use crate::tables;

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("../migrations/sqlite");

fn schema(connection: &mut diesel::SqliteConnection) -> Vec<String> {
    tables::lines(
        connection,
        "SELECT type || ' ' || name || ': ' || coalesce(sql, '') AS line FROM sqlite_schema
         WHERE name NOT LIKE 'sqlite_%' AND name NOT LIKE '\\_\\_%' ESCAPE '\\' ORDER BY type, name",
    )
}

#[test]
fn up_down_and_up_again_with_data_in_the_tables() {
    let server = Server::at(play::TOLD_ON);
    play::all(&server);
    let database = server.database();
    let mut connection = tables::connect(&database);
    connection.batch_execute("PRAGMA foreign_keys = ON").unwrap();
    let before = schema(&mut connection);
    assert!(before.iter().any(|line| line.starts_with("table cases: ")), "{before:?}");
    assert!(before.iter().any(|line| line.starts_with("view report_cases: ")), "{before:?}");
    connection.revert_all_migrations(MIGRATIONS).unwrap();
    assert_eq!(schema(&mut connection), Vec::<String>::new());
    connection.run_pending_migrations(MIGRATIONS).unwrap();
    assert_eq!(schema(&mut connection), before);
}

#[test]
fn each_migration_undoes_what_it_did_and_no_more() {
    let folder = tempfile::tempdir().unwrap();
    let mut connection = tables::connect(&folder.path().join("steps.db"));
    let mut steps = vec![schema(&mut connection)];
    while connection.has_pending_migration(MIGRATIONS).unwrap() {
        connection.run_next_migration(MIGRATIONS).unwrap();
        steps.push(schema(&mut connection));
    }
    assert!(steps.len() > 2);
    while let Some(step) = steps.pop() {
        assert_eq!(schema(&mut connection), step);
        if !steps.is_empty() {
            connection.revert_last_migration(MIGRATIONS).unwrap();
        }
    }
}

#[test]
fn every_view_of_the_reporter_can_be_read_on_a_database_in_use() {
    let server = Server::start();
    server.accepted();
    let mut connection = tables::connect(&server.database());
    let views = tables::lines(&mut connection, "SELECT name AS line FROM sqlite_schema WHERE type = 'view'");
    assert!(views.len() >= 14, "{views:?}");
    for view in views {
        tables::lines(&mut connection, &format!("SELECT count(*) || '' AS line FROM {view}"));
    }
}

#[test]
fn opening_a_database_again_keeps_what_is_in_it() {
    let server = Server::start();
    server.accepted();
    let before = tables::dump(&server.database());
    drop(storage::open(&server.database(), 8).unwrap());
    assert_eq!(before, tables::dump(&server.database()));
}

#[test]
fn many_services_that_start_at_once_on_a_new_file_all_start() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new.db");
    std::thread::scope(|scope| {
        for _ in 0..6 {
            scope.spawn(|| drop(storage::open(&path, 8).unwrap()));
        }
    });
    let mut connection = tables::connect(&path);
    assert!(!connection.has_pending_migration(MIGRATIONS).unwrap());
}
