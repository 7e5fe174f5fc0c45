//! The migrations, up and down and up again.

mod rows;

use std::path::Path;

use diesel::backend::Backend;
use diesel_migrations::{FileBasedMigrations, MigrationHarness};
use redress_service::storage::Connection;

use crate::api::play;
use crate::api::server::{self, Server};
use crate::api::tables;

/// What is done with the migrations.
#[derive(Clone, Copy)]
enum Step {
    Up,
    AllUp,
    Down,
    AllDown,
}

fn schema(connection: &mut Connection) -> Vec<String> {
    redress_tests::tables::schema(connection).unwrap()
}

/// Does that, and says whether there are migrations still to do.
fn migrate(connection: &mut Connection, step: Step) -> bool {
    match connection {
        Connection::Sqlite(connection) => carry_out(connection, "sqlite", step),
        Connection::Postgres(connection) => carry_out(connection, "postgres", step),
    }
}

fn carry_out<B: Backend>(connection: &mut impl MigrationHarness<B>, backend: &str, step: Step) -> bool {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../migrations").join(backend);
    let migrations = || FileBasedMigrations::from_path(&folder).unwrap();
    match step {
        Step::Up => connection.run_next_migration(migrations()).map(drop).unwrap(),
        Step::AllUp => connection.run_pending_migrations(migrations()).map(drop).unwrap(),
        Step::Down => connection.revert_last_migration(migrations()).map(drop).unwrap(),
        Step::AllDown => connection.revert_all_migrations(migrations()).map(drop).unwrap(),
    }
    connection.has_pending_migration(migrations()).unwrap()
}

#[test]
fn up_down_and_up_again_with_data_in_the_tables() {
    let server = Server::at(play::TOLD_ON);
    play::all(&server);
    let mut connection = tables::connect(server.database());
    let before = schema(&mut connection);
    for part in ["table cases: ", "view report_cases: ", "index "] {
        assert!(before.iter().any(|line| line.starts_with(part)), "{part}: {before:?}");
    }
    migrate(&mut connection, Step::AllDown);
    assert_eq!(schema(&mut connection), Vec::<String>::new());
    migrate(&mut connection, Step::AllUp);
    assert_eq!(schema(&mut connection), before);
}

#[test]
fn each_migration_undoes_what_it_did_and_no_more() {
    let database = server::empty();
    let mut connection = tables::connect(&database);
    let mut steps = vec![schema(&mut connection)];
    loop {
        let more = migrate(&mut connection, Step::Up);
        steps.push(schema(&mut connection));
        if !more {
            break;
        }
    }
    assert!(steps.len() > 2);
    while let Some(step) = steps.pop() {
        assert_eq!(schema(&mut connection), step);
        if !steps.is_empty() {
            migrate(&mut connection, Step::Down);
        }
    }
}

#[test]
fn every_view_of_the_reporter_can_be_read_on_a_database_in_use() {
    let server = Server::start();
    server.accepted();
    let mut connection = tables::connect(server.database());
    let views = redress_tests::tables::views(&mut connection).unwrap();
    assert!(views.len() >= 14, "{views:?}");
    for view in views {
        tables::lines(&mut connection, &format!("SELECT count(*) || '' AS line FROM {view}"));
    }
}

#[test]
fn opening_a_database_again_keeps_what_is_in_it() {
    let server = Server::start();
    server.accepted();
    let before = tables::dump(&server);
    drop(server.database().open().unwrap());
    assert_eq!(before, tables::dump(&server));
}

#[test]
fn many_services_that_start_at_once_on_a_new_database_all_start() {
    let database = server::empty();
    std::thread::scope(|scope| {
        for _ in 0..6 {
            scope.spawn(|| drop(database.open().unwrap()));
        }
    });
    let before = schema(&mut tables::connect(&database));
    assert!(!migrate(&mut tables::connect(&database), Step::AllUp));
    assert_eq!(schema(&mut tables::connect(&database)), before);
}
