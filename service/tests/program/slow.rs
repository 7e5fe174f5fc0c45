//! Requests that do not come as they should: a body that stays away, and heads that nobody can read.

use std::io::{Read, Write};
use std::net::TcpStream;

use serde_json::json;

use crate::process::Process;

/// It would hold one of the places that all landlords share.
#[test]
fn a_body_that_does_not_come_is_not_waited_for() {
    let process = Process::start(&[("REDRESS_HEAD_SECONDS", "1")]);
    let mut stream = TcpStream::connect(&process.address).unwrap();
    let head = process.head("POST", "/v1/cases", &json!({ "actor": "crm", "content": {} }));
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(b"{").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
    assert!(answer.contains("\"too-slow\""), "{answer}");
}

/// Whoever likes could fill the log of errors with it.
#[test]
fn a_head_that_cannot_be_read_is_no_error_of_the_service() {
    let process = Process::start(&[]);
    // As much as is taken of a head, and not a byte more: what is not read could cost us the answer.
    let begun = "GET / HTTP/1.1\r\nHost: a\r\nX: ";
    let endless = begun.to_owned() + &"a".repeat(131_072 - begun.len());
    for (head, status) in [(endless.as_str(), "431"), ("GET / HTTP/1.1\r\nX y: a\r\n\r\n", "400")] {
        let mut stream = TcpStream::connect(&process.address).unwrap();
        stream.write_all(head.as_bytes()).unwrap();
        let mut status_line = [0; 12];
        stream.read_exact(&mut status_line).unwrap();
        assert_eq!(status_line, format!("HTTP/1.1 {status}").as_bytes());
    }
    let log = process.stop();
    assert!(!log.contains("\"ERROR\""), "{log}");
}
