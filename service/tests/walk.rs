//! The walk that the README tells, from an empty folder to a closed case: its own lines, run by a shell.
#![allow(clippy::unwrap_used, reason = "a test")]

use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// The lines of the README between ```` ```sh walk ```` and the fence that ends it.
fn walk() -> String {
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../README.md")).unwrap();
    let (_, after) = readme.split_once("```sh walk\n").unwrap();
    after.split_once("```").unwrap().0.to_owned()
}

/// A port that nobody listens on, so that walks and services side by side do not meet.
fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

fn answer(folder: &Path, file: &str) -> Value {
    let text = std::fs::read_to_string(folder.join(file)).unwrap();
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{file}: {error}: {text}"))
}

#[test]
fn the_readme_leads_from_an_empty_folder_to_a_closed_case() {
    let folder = tempfile::tempdir().unwrap();
    let programs = Path::new(env!("CARGO_BIN_EXE_redress-service")).parent().unwrap();
    let path = format!("{}:{}", programs.display(), std::env::var("PATH").unwrap());
    let script =
        format!("set -eum\n{}", walk()).replace("127.0.0.1:8080", &format!("127.0.0.1:{}", free_port()));
    let walked = Command::new("bash")
        .args(["-c", &script])
        .current_dir(folder.path())
        .env("PATH", path)
        .env("REDRESS_OPERATIONS_LISTEN", "127.0.0.1:0")
        .output()
        .unwrap();
    let log = std::fs::read_to_string(folder.path().join("log")).unwrap_or_default();
    assert!(walked.status.success(), "{walked:?}\n{log}");
    let closed = answer(folder.path(), "closed");
    assert_eq!(closed["case"]["phase"], "closed");
    let refused = answer(folder.path(), "refused");
    assert_eq!((&refused["status"], &refused["clause"].is_string()), (&Value::from(409), &true), "{refused}");
    let deadlines = answer(folder.path(), "deadlines");
    assert!(deadlines["deadlines"][0]["sentence"].is_string(), "{deadlines}");
    let events = answer(folder.path(), "events");
    assert_eq!(events["events"].as_array().unwrap().len(), 5, "{events}");
}
