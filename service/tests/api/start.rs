//! What the service must not start with, and what it says then.

use diesel::connection::SimpleConnection as _;
use std::path::Path;
use std::time::Instant;

use crate::server::{Server, refused_start};
use crate::tables;

fn model() -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/policies/hartlepool-2024.toml");
    std::fs::read_to_string(file).unwrap()
}

#[test]
fn a_database_in_a_folder_that_is_not_there_is_refused_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let began = Instant::now();
    let error = refused_start(&folder.path().join("none/redress.db"), None);
    assert!(error.contains("the folder") && error.contains("does not exist"), "{error}");
    assert!(began.elapsed().as_secs() < 5, "it took {:?}", began.elapsed());
    assert!(!folder.path().join("none").exists());
}

#[test]
fn what_is_no_database_is_refused_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let text = folder.path().join("notes.txt");
    std::fs::write(&text, "This is no database, though it is long enough to be taken for one. ".repeat(20))
        .unwrap();
    let before = std::fs::read(&text).unwrap();
    let began = Instant::now();
    let error = refused_start(&text, None);
    assert!(error.contains("not a database"), "{error}");
    assert_eq!(std::fs::read(&text).unwrap(), before);
    let error = refused_start(folder.path(), None);
    assert!(error.contains("is a folder"), "{error}");
    let error = refused_start(Path::new(":memory:"), None);
    assert!(error.contains("file"), "{error}");
    assert!(began.elapsed().as_secs() < 5, "it took {:?}", began.elapsed());
}

#[test]
fn a_schema_newer_than_this_program_is_refused_and_left_alone() {
    let server = Server::start();
    server.accepted();
    let database = server.database();
    tables::connect(&database)
        .batch_execute("INSERT INTO __diesel_schema_migrations (version) VALUES ('20991231000001')")
        .unwrap();
    let before = tables::dump(&database);
    let error = refused_start(&database, None);
    assert!(error.contains("20991231000001") && error.contains("newer"), "{error}");
    assert_eq!(before, tables::dump(&database));
}

#[test]
fn a_folder_of_policies_with_broken_files_names_every_error_and_makes_no_database() {
    let folder = tempfile::tempdir().unwrap();
    let policies = folder.path().join("policies");
    std::fs::create_dir(&policies).unwrap();
    std::fs::write(policies.join("one.toml"), "this is not TOML").unwrap();
    std::fs::write(policies.join("two.toml"), "[landlord]\nid = \"two\"\n").unwrap();
    std::fs::write(policies.join("three.toml"), b"name = \"caf\xe9\"").unwrap();
    let good = model()
        .replace("id = \"hartlepool-2024\"", "id = \"other-2024\"")
        .replace("id = \"hartlepool\"", "id = \"other\"");
    std::fs::write(policies.join("other-2024.toml"), good).unwrap();
    std::fs::write(policies.join("notes.txt"), "not a policy").unwrap();
    let database = folder.path().join("redress.db");
    let error = refused_start(&database, Some(&policies));
    for file in ["one.toml", "two.toml", "three.toml"] {
        assert!(error.contains(file), "{file} is not named: {error}");
    }
    assert!(!error.contains("other-2024.toml"), "{error}");
    assert!(!database.exists(), "a database was made all the same");
}

#[test]
fn a_folder_of_policies_that_is_not_there_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let policies = folder.path().join("none");
    let error = refused_start(&folder.path().join("redress.db"), Some(&policies));
    assert!(error.contains("none"), "{error}");
}

#[test]
fn a_policy_of_ones_own_is_added_to_the_built_in_ones() {
    let folder = tempfile::tempdir().unwrap();
    let good = model()
        .replace("id = \"hartlepool-2024\"", "id = \"other-2024\"")
        .replace("id = \"hartlepool\"", "id = \"other\"");
    std::fs::write(folder.path().join("other-2024.toml"), good).unwrap();
    let library = redress_service::application::library(Some(folder.path())).unwrap();
    let landlords: Vec<&str> = library.landlords().collect();
    assert!(landlords.contains(&"other") && landlords.contains(&"hartlepool"), "{landlords:?}");
}
