//! What is written for other engines, and read again.

#![allow(clippy::expect_used, reason = "a test may stop at a bad fixture")]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use clap::Parser;
use redress_reporter::cli::{Cli, Steps};
use redress_reporter::output::Format;
use redress_reporter::source::{Address, Origin, Snapshot, VIEWS, extract};
use redress_reporter::{Request, write_report};
use support::small::{ID, landlord};
use support::{Fixture, twin};

const AS_OF: &str = "2026-01-20";

/// Runs the program with these words after its name; gives its exit code, what it wrote and what it said.
fn run(words: &[&str]) -> (ExitCode, String, String) {
    let cli = Cli::try_parse_from([&["redress-reporter"], words].concat()).expect("arguments");
    let (mut out, mut errors) = (Vec::new(), Vec::new());
    let code = cli.run(&mut out, &mut errors, &Steps::default());
    (code, String::from_utf8(out).expect("text"), String::from_utf8(errors).expect("text"))
}

/// Every file below a folder, by its path from there.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("below it").to_string_lossy().into_owned();
                found.insert(name, fs::read(path).expect("a file"));
            }
        }
    }
    found
}

fn extract_of(origin: impl Into<Origin>, folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut snapshot = Snapshot::open(origin).expect("the rows");
    extract::write(&mut snapshot, &[ID], folder).expect("an extract");
    files(folder)
}

#[test]
fn a_report_from_an_extract_is_the_report_from_its_database_to_the_byte() {
    let fixture = landlord();
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path().join("extract");
    extract_of(fixture.database(), &place);
    for request in [fixture.year(ID, 2025, AS_OF), fixture.quarter(ID, 2025, 3, AS_OF)] {
        let request = Request { formats: vec![Format::Html, Format::Csv, Format::Json], ..request };
        let made = |origin: Origin, out: &str| {
            let out = folder.path().join(out);
            write_report(&Request { origin, out: out.clone(), ..request.clone() }).expect("a report");
            files(&out)
        };
        let (expected, found) =
            (made(request.origin.clone(), "one"), made(Origin::Extract(place.clone()), "other"));
        assert!(expected.len() > 30);
        assert!(expected == found, "{}", request.stem());
    }
}

#[test]
fn the_same_rows_are_the_same_bytes_from_either_database_and_from_an_extract() {
    let fixture = landlord();
    let folder = tempfile::tempdir().expect("a folder");
    let first = extract_of(fixture.database(), &folder.path().join("first"));
    let again = extract_of(Origin::Extract(folder.path().join("first")), &folder.path().join("again"));
    assert!(first == again);
    if let Some(twin) = twin::of(&fixture.year(ID, 2025, AS_OF)) {
        assert!(first == extract_of(twin.origin, &folder.path().join("postgres")));
    }
    assert!(first.contains_key("report_stages/landlord=northgate/year=2024/part.parquet"));
    assert!(first.contains_key("report_landlords/landlord=northgate/part.parquet"));
}

#[test]
fn a_replica_is_read_as_its_server_is() {
    let fixture = landlord();
    let request = fixture.quarter(ID, 2025, 3, AS_OF);
    let Some((database, [_server, replica])) = twin::replicated(&request) else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let made = |address: Address, out: &str| {
        let out = folder.path().join(out);
        write_report(&Request { origin: address.into(), out: out.clone(), ..request.clone() })
            .expect("a report");
        files(&out)
    };
    let of_server = made(Address::Postgres(database.url().to_owned()), "server");
    let of_replica = made(Address::Postgres(replica.url(database.name())), "replica");
    assert!(!of_server.is_empty());
    assert!(of_server == of_replica);
}

#[test]
fn every_column_is_described() {
    let fixture = landlord();
    let folder = tempfile::tempdir().expect("a folder");
    let files = extract_of(fixture.database(), &folder.path().join("extract"));
    let text = |name: &str| String::from_utf8(files[name].clone()).expect("text");
    let (columns, readme) = (text("columns.csv"), text("README.md"));
    for view in VIEWS {
        assert!(readme.contains(&format!("## {}\n", view.name)), "{}", view.name);
        for column in view.columns {
            let lead = format!("{},{},{},", view.name, column.name, column.kind.word());
            let quoted = format!("{},{},\"{}\",", view.name, column.name, column.kind.word());
            assert!(columns.contains(&lead) || columns.contains(&quoted), "{lead}");
        }
    }
    assert!(
        columns.contains("report_stages,outcome,text,yes,\"`upheld`, `partly-upheld` or `not-upheld`.\"\n")
    );
}

#[test]
fn only_the_landlords_own_files_are_opened_and_a_file_that_is_not_whole_is_named() {
    let mut fixture = landlord();
    fixture.landlord("other", "Other Homes");
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path().join("extract");
    let mut snapshot = Snapshot::open(fixture.database()).expect("the rows");
    extract::write(&mut snapshot, &[ID, "other"], &place).expect("an extract");
    fs::write(place.join("report_calendar/landlord=other/part.parquet"), "no such thing").expect("a fault");
    let source = |landlord: &str| {
        Snapshot::open(Origin::Extract(place.clone())).expect("the extract").source(landlord)
    };
    assert_eq!(source(ID).expect("the rows").landlord.landlord_id, ID);
    let error = source("other").expect_err("a damaged file").to_string();
    assert!(error.contains("report_calendar/landlord=other/part.parquet"), "{error}");

    fs::copy(
        place.join("report_categories/landlord=northgate/year=2025/part.parquet"),
        place.join("report_stages/landlord=northgate/year=2025/part.parquet"),
    )
    .expect("a fault");
    let error = source(ID).expect_err("another table's file").to_string();
    for told in ["there is no column stage", "there is no column requested_on", "year=2025/part.parquet"] {
        assert!(error.contains(told), "{error}");
    }
    fs::copy(
        place.join("report_stages/landlord=northgate/year=2024/part.parquet"),
        place.join("report_stages/landlord=northgate/year=2025/part.parquet"),
    )
    .expect("a fault");
    let error = source(ID).expect_err("another year's file").to_string();
    assert!(error.contains("rows, but rows.csv lists"), "{error}");
    fs::remove_file(place.join("report_stages/landlord=northgate/year=2025/part.parquet")).expect("a fault");
    assert!(source(ID).expect_err("a file that is gone").to_string().contains("report_stages"));
}

#[test]
fn a_run_that_fails_leaves_the_last_extract_and_nothing_else_is_written_over() {
    let fixture = landlord();
    let database = fixture.file();
    let database = database.to_string_lossy();
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path().join("extract");
    let words = ["extract", "--all", "--database", &*database, "--output", &*place.to_string_lossy()];
    let (code, out, said) = run(&words);
    assert_eq!((code, out), (ExitCode::SUCCESS, format!("{}\n", place.display())), "{said}");
    assert!(said.contains(" rows of 1 landlords in "), "{said}");
    let good = files(&place);

    let mut broken = Fixture::new();
    broken.landlord("northgate", "Northgate Homes");
    broken.insert("report_stock", "'northgate','no day','lcra',1");
    let broken = broken.file();
    let broken = broken.to_string_lossy();
    let words = ["extract", "--all", "--database", &*broken, "--output", &*place.to_string_lossy()];
    let (code, _, errors) = run(&words);
    assert_eq!(code, ExitCode::from(3));
    assert!(errors.contains("report_stock holds a value that cannot be read"), "{errors}");
    assert!(files(&place) == good);
    assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 1, "nothing is left beside it");

    let mine = folder.path().join("mine");
    fs::create_dir(&mine).expect("a folder");
    fs::write(mine.join("letter.txt"), "dear").expect("a file");
    let words = ["extract", "--all", "--database", &*database, "--output", &*mine.to_string_lossy()];
    let (_, _, errors) = run(&words);
    assert!(errors.contains("something else than an extract"), "{errors}");
    assert!(mine.join("letter.txt").exists());

    let place = place.to_string_lossy();
    let (code, _, errors) = run(&[
        "committee",
        "--landlord",
        ID,
        "--quarter",
        "2025-Q3",
        "--as-of",
        AS_OF,
        "--extract",
        &*place,
        "--out",
        &folder.path().join("reports").to_string_lossy(),
    ]);
    assert_eq!(code, ExitCode::SUCCESS, "{errors}");
}
