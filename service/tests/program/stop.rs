//! Told to stop while it answers.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::time::Duration;

use crate::process::{Process, complaint, until};

fn begun_request_is_answered(signal: &str) {
    let mut process = Process::start(&[]);
    let whole = complaint();
    let body = whole.to_string();
    let (first, rest) = body.split_at(body.len() / 2);
    let mut caller = TcpStream::connect(&process.address).unwrap();
    caller.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let head = process.head("POST", "/v1/cases", &whole);
    caller.write_all(format!("{head}{first}").as_bytes()).unwrap();
    std::thread::sleep(Duration::from_millis(300));
    process.signal(signal);
    // It has heard of it before the rest of the request comes.
    until(&mut process.log, "asked to stop");
    caller.write_all(rest.as_bytes()).unwrap();
    let mut answer = String::new();
    let _ = BufReader::new(caller).read_line(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 201"), "{signal}: {answer:?}");
    assert!(process.child.wait().unwrap().success(), "{signal}");
}

#[test]
fn a_request_that_has_begun_is_answered_when_the_service_is_interrupted() {
    begun_request_is_answered("-INT");
}

#[test]
fn a_request_that_has_begun_is_answered_when_the_service_is_terminated() {
    begun_request_is_answered("-TERM");
}

#[test]
fn it_says_at_once_that_it_is_not_ready_and_answers_until_the_notice_is_over() {
    let mut process = Process::start(&[("REDRESS_DRAIN_NOTICE_SECONDS", "3")]);
    assert_eq!(process.operate("/readyz").0, 200);
    process.signal("-TERM");
    until(&mut process.log, "asked to stop");
    let (status, problem) = process.operate("/readyz");
    assert_eq!(status, 503);
    assert!(problem.contains("not-ready") && problem.contains("about to stop"), "{problem}");
    assert_eq!(process.operate("/livez").0, 200);
    assert_eq!(process.ask("GET", "/readyz", &serde_json::Value::Null).0, 503);
    assert_eq!(process.ask("POST", "/v1/cases", &complaint()).0, 201);
    assert!(process.child.wait().unwrap().success());
}
