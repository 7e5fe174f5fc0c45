//! A body that does not come.

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
