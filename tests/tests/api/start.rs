//! What the service must not start with, and what it says then.

use std::path::Path;

use crate::api::server::{Server, empty, refused_start};
use crate::api::tables;

fn model() -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/policies/hartlepool-2024.toml");
    std::fs::read_to_string(file).unwrap()
}

#[test]
fn a_schema_newer_than_this_program_is_refused_and_left_alone() {
    let server = Server::start();
    server.accepted();
    let database = server.database();
    let newer = "INSERT INTO __diesel_schema_migrations (version) VALUES ('20991231000001')";
    tables::execute(&mut tables::connect(database), newer);
    let before = tables::dump(&server);
    let error = refused_start(database, None);
    assert!(error.contains("20991231000001") && error.contains("newer"), "{error}");
    assert_eq!(before, tables::dump(&server));
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
    let database = empty();
    let error = refused_start(&database, Some(&policies));
    for file in ["one.toml", "two.toml", "three.toml"] {
        assert!(error.contains(file), "{file} is not named: {error}");
    }
    assert!(!error.contains("other-2024.toml"), "{error}");
    assert!(tables::dump_of(&database).is_empty(), "tables were made all the same");
}

#[test]
fn a_folder_of_policies_that_is_not_there_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let policies = folder.path().join("none");
    let error = refused_start(&empty(), Some(&policies));
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
