//! The program itself, told to stop while it answers: Cargo hands a program to the tests of its own package alone.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStderr, Command, Stdio};
use std::time::Duration;

use serde_json::json;

/// Starts the program on a free port: its process, its log from here on, and the address.
fn serve(database: &std::path::Path) -> (Child, BufReader<ChildStderr>, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_redress-service"))
        .arg("serve")
        .env("REDRESS_DATABASE_URL", format!("sqlite:{}", database.display()))
        .env("REDRESS_LISTEN", "127.0.0.1:0")
        .env("REDRESS_WORKERS", "1")
        .env("REDRESS_CONNECTIONS", "2")
        .env("NO_COLOR", "1")
        .env_remove("RUST_LOG")
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut log = BufReader::new(child.stderr.take().unwrap());
    let mut line = String::new();
    while !line.contains("listening") {
        line.clear();
        assert!(log.read_line(&mut line).unwrap() > 0, "it stopped before it listened");
    }
    let address = line.split("address=").nth(1).unwrap().split_whitespace().next().unwrap().to_owned();
    (child, log, address)
}

/// A key for Hartlepool, issued while the service runs.
fn key(database: &std::path::Path) -> String {
    let issued = Command::new(env!("CARGO_BIN_EXE_redress-service"))
        .args(["keys", "create", "--landlord", "hartlepool", "--role", "integration", "--name", "CRM"])
        .env("REDRESS_DATABASE_URL", format!("sqlite:{}", database.display()))
        .output()
        .unwrap();
    assert!(issued.status.success(), "{issued:?}");
    String::from_utf8(issued.stdout).unwrap().trim_end().to_owned()
}

fn begun_request_is_answered(signal: &str) {
    let folder = tempfile::tempdir().unwrap();
    let (mut child, mut log, address) = serve(&folder.path().join("redress.db"));
    let body = json!({
        "actor": "crm",
        "occurred_at": "2026-11-02T11:00:00Z",
        "content": {
            "kind": "complaint", "channel": "form", "about": "The stair lighting fails every week.",
            "stock_type": "lcra", "residents": [{ "person": { "name": "Resident A" } }],
        },
    })
    .to_string();
    let (first, rest) = body.split_at(body.len() / 2);
    let key = key(&folder.path().join("redress.db"));
    let mut caller = TcpStream::connect(&address).unwrap();
    caller.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let head = format!(
        "POST /v1/cases HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {key}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    caller.write_all(format!("{head}{first}").as_bytes()).unwrap();
    std::thread::sleep(Duration::from_millis(300));
    let id = child.id().to_string();
    assert!(Command::new("kill").args([signal, &id]).status().unwrap().success());
    // It has heard of it before the rest of the request comes.
    let mut line = String::new();
    while !line.contains("graceful shutdown") {
        line.clear();
        assert!(log.read_line(&mut line).unwrap() > 0, "{signal}: it stopped at once");
    }
    caller.write_all(rest.as_bytes()).unwrap();
    let mut answer = String::new();
    let _ = BufReader::new(caller).read_line(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 "), "{signal}: {answer:?}");
    assert!(answer.contains("201") || answer.contains("409"), "{signal}: {answer:?}");
    assert!(child.wait().unwrap().success(), "{signal}");
}

#[test]
fn a_request_that_has_begun_is_answered_when_the_service_is_interrupted() {
    begun_request_is_answered("-INT");
}

#[test]
fn a_request_that_has_begun_is_answered_when_the_service_is_terminated() {
    begun_request_is_answered("-TERM");
}
