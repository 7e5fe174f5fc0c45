//! `redress-service calendar …`, as an operator uses it where there is no way to the internet.
#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::path::Path;
use std::process::Command;

use redress_service::storage::calendars::{latest, versions};
use redress_service::storage::{Address, Connection};
use redress_shared::calendar::Calendar;
use serde_json::{Value, json};

/// Whether it succeeded, and what was said.
fn update(folder: &Path, file: &str, more: &[&str]) -> (bool, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_redress-service"));
    let command = command.args(["calendar", "update", file]).args(more);
    let output = command.current_dir(folder).env_remove("REDRESS_DATABASE_URL").output().unwrap();
    (output.status.success(), String::from_utf8(output.stderr).unwrap())
}

fn calendar(folder: &Path) -> Calendar {
    let mut connection = Connection::open(&Address::file(&folder.join("redress.db"))).unwrap();
    latest(&mut connection).unwrap().unwrap().calendar
}

fn knows(folder: &Path, day: &str) -> bool {
    let day = day.parse().unwrap();
    calendar(folder).bank_holidays().any(|known| known.date == day)
}

/// The calendar of the program, as a file of Redress's, with one change.
fn own(version: &str, change: impl FnOnce(&mut Vec<Value>)) -> String {
    let mut file: Value =
        serde_json::from_str(&Calendar::england_and_wales().unwrap().to_json().unwrap()).unwrap();
    file["version"] = json!(version);
    change(file["bank_holidays"].as_array_mut().unwrap());
    file.to_string()
}

/// A database, as the first key makes it.
fn database(folder: &Path) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_redress-service"));
    let command =
        command.args(["keys", "create", "--landlord", "hartlepool", "--role", "auditor", "--name", "A"]);
    let made = command.current_dir(folder).env_remove("REDRESS_DATABASE_URL").output().unwrap();
    assert!(made.status.success());
}

#[test]
fn a_file_is_taken_in_once_and_an_operator_can_take_a_moved_day_away() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    database(path);
    let thanks = json!({ "date": "2026-11-06", "title": "Day of Thanks", "notes": "" });
    let feed = json!({ "england-and-wales": { "division": "england-and-wales", "events": [thanks] } });
    std::fs::write(path.join("feed.json"), feed.to_string()).unwrap();
    let (well, said) = update(path, "feed.json", &[]);
    assert!(well && said.contains("1 bank holidays added, 0 taken away"), "{said}");
    assert!(knows(path, "2026-11-06") && knows(path, "2026-12-25"));
    let (well, said) = update(path, "feed.json", &[]);
    assert!(well && said.contains("nothing is new"), "{said}");

    // The day was moved: the file that says so holds exactly.
    std::fs::write(path.join("own.json"), own("corrected", |_| {})).unwrap();
    let (well, said) = update(path, "own.json", &[]);
    assert!(well && said.contains("2026-11-06 is kept") && said.contains("nothing is new"), "{said}");
    let (well, said) = update(path, "own.json", &["--replace"]);
    assert!(well && said.contains("0 bank holidays added, 1 taken away"), "{said}");
    assert!(!knows(path, "2026-11-06"));
    assert_eq!(calendar(path).version(), "corrected");
    let mut connection = Connection::open(&Address::file(&path.join("redress.db"))).unwrap();
    assert_eq!(versions(&mut connection).unwrap().len(), 3);
}

#[test]
fn what_cannot_be_used_is_refused_with_its_reason_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    database(path);
    let built_in = Calendar::england_and_wales().unwrap().version().to_owned();
    std::fs::write(path.join("text.json"), "bank holidays").unwrap();
    let eight = own(&built_in, |days| days.retain(|day| day["title"] != "Summer bank holiday"));
    std::fs::write(path.join("few.json"), eight).unwrap();
    for (file, more, reason) in [
        ("away.json", &[][..], "away.json"),
        ("text.json", &[], "not a readable calendar"),
        ("few.json", &["--replace"], "at least 8 every year"),
    ] {
        let (well, said) = update(path, file, more);
        assert!(!well && said.contains(reason), "{file}: {said}");
    }
    std::fs::write(
        path.join("fewer.json"),
        own(&built_in, |days| days.retain(|day| day["date"] != "2022-06-03")),
    )
    .unwrap();
    let (well, said) = update(path, "fewer.json", &["--replace"]);
    assert!(!well && said.contains("name a new version"), "{said}");
    let mut short: Value = serde_json::from_str(&own("short", |days| {
        days.retain(|day| day["date"].as_str().is_some_and(|date| date > "2020"));
    }))
    .unwrap();
    short["first_year"] = json!(2020);
    std::fs::write(path.join("short.json"), short.to_string()).unwrap();
    let (well, said) = update(path, "short.json", &["--replace"]);
    assert!(!well && said.contains("every year that is known"), "{said}");
    // A file that lacks what is known takes nothing away.
    let (well, said) = update(path, "fewer.json", &[]);
    assert!(well && said.contains("2022-06-03 is kept although it is not listed"), "{said}");
    assert_eq!(calendar(path), Calendar::england_and_wales().unwrap());
}
