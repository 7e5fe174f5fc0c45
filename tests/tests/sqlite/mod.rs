//! What is so of SQLite's files alone.

mod backups;

use std::time::Instant;

use redress_tests::database::Database;

use crate::api::server::refused_start;

#[test]
fn a_database_in_a_folder_that_is_not_there_is_refused_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let began = Instant::now();
    let error = refused_start(&Database::file(&folder.path().join("none/redress.db")), None);
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
    let error = refused_start(&Database::file(&text), None);
    assert!(error.contains("not a database"), "{error}");
    assert_eq!(std::fs::read(&text).unwrap(), before);
    let error = refused_start(&Database::file(folder.path()), None);
    assert!(error.contains("is a folder"), "{error}");
    assert!(began.elapsed().as_secs() < 5, "it took {:?}", began.elapsed());
}

#[test]
fn a_start_that_fails_makes_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("redress.db");
    let error = refused_start(&Database::file(&file), Some(&folder.path().join("none")));
    assert!(error.contains("none"), "{error}");
    assert!(!file.exists(), "a database was made all the same");
}
