//! The program as it is called.

#![allow(clippy::expect_used, reason = "a test may stop at a bad fixture")]

mod support;

use clap::Parser;
use redress_reporter::cli::Cli;
use support::small::{ID, landlord};

/// Runs the program with these words after its name; gives what it wrote and said.
fn run(words: &[&str]) -> (String, String) {
    let cli = Cli::try_parse_from([&["redress-reporter"], words].concat()).expect("arguments");
    let (mut out, mut errors) = (Vec::new(), Vec::new());
    let _ = cli.run(&mut out, &mut errors);
    (String::from_utf8(out).expect("text"), String::from_utf8(errors).expect("text"))
}

#[test]
fn both_reports_are_written_and_their_paths_printed() {
    let mut fixture = landlord();
    fixture.landlord("other", "Other Homes");
    let (database, out) = (fixture.database(), fixture.out());
    let (database, out) = (database.to_string_lossy(), out.to_string_lossy());
    let place = ["--as-of", "2026-01-20", "--database", &*database, "--out", &*out];
    let (paths, errors) = run(&[&["annual", "--all", "--year", "2025-26"], &place[..]].concat());
    assert_eq!(errors, "");
    assert_eq!(paths, format!("{out}/northgate-annual-2025-26.html\n{out}/other-annual-2025-26.html\n"));
    let page = std::fs::read_to_string(format!("{out}/northgate-annual-2025-26.html")).expect("the report");
    assert_eq!(page.matches(".comply\">To be confirmed<").count(), 72);

    let (paths, _) = run(&[&["committee", "--landlord", ID, "--quarter", "2025-Q3"], &place[..]].concat());
    assert_eq!(paths, format!("{out}/northgate-committee-2025-26-Q3.html\n"));
    let range = ["committee", "--landlord", ID, "--from", "2025-10-01", "--to", "2025-10-31"];
    let (paths, _) = run(&[&range, &place[..]].concat());
    assert_eq!(paths, format!("{out}/northgate-committee-2025-10-01-to-2025-10-31.html\n"));
    let (_, errors) = run(&[&["annual", "--landlord", "nobody", "--year", "2025-26"], &place[..]].concat());
    assert_eq!(errors, "error: there is no landlord \"nobody\" in the database\n");
}

#[test]
fn a_database_that_is_not_there_is_not_made() {
    let folder = tempfile::tempdir().expect("a folder");
    let database = folder.path().join("none.sqlite");
    let out = folder.path().join("out");
    let (_, errors) = run(&[
        "annual",
        "--all",
        "--year",
        "2025-26",
        "--as-of",
        "2026-01-20",
        "--database",
        &database.to_string_lossy(),
        "--out",
        &out.to_string_lossy(),
    ]);
    assert!(errors.contains("there is no such file"), "{errors}");
    assert!(!database.exists() && !out.exists());
}

#[test]
fn what_cannot_be_meant_is_refused() {
    for words in [
        vec!["annual", "--year", "2025-27"],
        vec!["annual", "--year", "2025-26"],
        vec!["committee", "--quarter", "2025-Q5"],
        vec!["annual", "--year", "2025-26", "--left-out", "TP09:lcra"],
        vec!["committee", "--from", "2025-10-01"],
    ] {
        let place = ["--as-of", "2026-01-20", "--database", "x", "--out", "y"];
        let landlord: &[&str] = if words == ["annual", "--year", "2025-26"] { &[] } else { &["--all"] };
        let words = [&["redress-reporter"], &words[..], &place, landlord].concat();
        assert!(Cli::try_parse_from(&words).is_err(), "{words:?}");
    }
}
