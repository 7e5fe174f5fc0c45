//! Bodies that are not what they should be, each with the problem that it gets.

use serde_json::{Value, json};

use crate::api::samples::{complaint, with};
use crate::api::server::{Answer, Server};
use crate::api::tables::dump;

const CASES: &str = "/v1/landlords/hartlepool/cases";

/// Receives a complaint with one member changed.
fn receive(server: &Server, member: &str, value: Value) -> Answer {
    server.receive_at("2026-11-02T11:00:00Z", &with(complaint(), member, value))
}

#[test]
fn an_unknown_landlord_case_id_or_verb_is_not_there() {
    let server = Server::start();
    let body = json!({ "actor": "crm", "content": {} });
    let nobody = server.post("/v1/landlords/nobody/cases", &body).problem(404, "not-found");
    assert_eq!(
        nobody,
        json!({
            "type": "/problems/not-found", "title": "Not found", "status": 404, "code": "not-found",
            "detail": "there is no such landlord", "hint": "check the address",
        })
    );
    for case in [
        "01890a5d-ac96-774b-bcce-b302099a8057",
        "1",
        "not-an-id",
        "01890a5d",
        "%F0%9F%98%80",
        "+1890a5d-ac96-774b-bcce-b302099a8057",
    ] {
        let problem = server.post(&format!("{CASES}/{case}/accept"), &body).problem(404, "not-found");
        assert_eq!(problem["detail"], "there is no such case", "{case}");
    }
    let case = server.case();
    let problem = server.command(&case, "acept", &json!({})).problem(404, "unknown-command");
    assert_eq!(problem["detail"], "`acept` is not a command on a case");
    assert!(problem["hint"].as_str().unwrap().contains("accept, refuse"), "{problem}");
}

#[test]
fn what_is_not_json_says_where_it_stops_being_it() {
    let server = Server::start();
    for (body, detail) in [
        ("", "EOF while parsing a value at line 1 column 0"),
        ("{", "EOF while parsing an object at line 1 column 1"),
        ("hello", "expected value at line 1 column 1"),
        ("{\"actor\":\"crm\"} x", "trailing characters at line 1 column 17"),
        ("{'actor':'crm'}", "key must be a string at line 1 column 2"),
    ] {
        let problem = server.send("POST", CASES, body).problem(422, "malformed");
        assert_eq!(problem["detail"], detail, "{body}");
    }
    let latin = server.send("POST", CASES, b"{\"actor\":\"caf\xe9\"}".to_vec()).problem(422, "malformed");
    assert!(latin["detail"].as_str().unwrap().contains("unicode"), "{latin}");
    let deep = format!("{{\"actor\":\"crm\",\"content\":{}{}}}", "[".repeat(5000), "]".repeat(5000));
    let deep = server.send("POST", CASES, deep).problem(422, "malformed");
    assert!(deep["detail"].as_str().unwrap().contains("recursion limit"), "{deep}");
}

#[test]
fn json_of_the_wrong_type_says_what_was_wanted_and_where() {
    let server = Server::start();
    for body in ["[]", "\"text\"", "5", "null", "true"] {
        server.send("POST", CASES, body).problem(422, "malformed");
    }
    let problem =
        server.post(CASES, &json!({ "actor": 5, "content": complaint() })).problem(422, "malformed");
    assert_eq!(
        (&problem["detail"], &problem["pointer"]),
        (&json!("expected a string, found an integer"), &json!("/actor"))
    );
    for content in [json!([]), json!("text"), json!(5), json!(true)] {
        let problem = server.receive_at("2026-11-02T11:00:00Z", &content).problem(422, "malformed");
        assert_eq!(problem["pointer"], "/content", "{content}: {problem}");
    }
    let problem =
        receive(&server, "residents", json!([{ "person": { "name": 5 } }])).problem(422, "malformed");
    assert_eq!(problem["pointer"], "/content/residents/0/person/name");
}

#[test]
fn an_unknown_or_missing_field_is_named() {
    let server = Server::start();
    let problem = server.post(CASES, &json!({ "actor": "crm", "contents": {} })).problem(422, "malformed");
    assert_eq!(
        problem["detail"],
        "unknown field `contents`, expected one of `occurred_at`, `actor`, `expected_version`, `content`"
    );
    let problem = receive(&server, "abuot", json!("x")).problem(422, "malformed");
    assert!(
        problem["detail"].as_str().unwrap().starts_with("unknown field `abuot`, expected one of `kind`"),
        "{problem}"
    );
    let problem = server.post(CASES, &json!({ "content": complaint() })).problem(422, "malformed");
    assert_eq!(problem["detail"], "missing field `actor`");
    let problem = server.post(CASES, &json!({ "actor": "crm" })).problem(422, "malformed");
    assert_eq!(
        (&problem["detail"], &problem["pointer"]),
        (&json!("missing field `kind`"), &json!("/content"))
    );
    let twice = r#"{"actor":"crm","actor":"crm","content":{}}"#;
    let problem = server.send("POST", CASES, twice).problem(422, "malformed");
    assert_eq!(problem["detail"], "duplicate field `actor` at line 1 column 22");
}

#[test]
fn a_field_given_twice_inside_the_content_is_refused_too() {
    let server = Server::start();
    let case = server.case();
    let before = dump(&server);
    for content in [
        r#"{"answer":"neither","answer":"very-satisfied"}"#,
        r#"{"answer":"neither","comment":"x","comment":"y"}"#,
    ] {
        let body = format!(r#"{{"actor":"crm","content":{content}}}"#);
        let problem =
            server.send("POST", &format!("{CASES}/{case}/record-survey"), body).problem(422, "malformed");
        assert!(problem["detail"].as_str().unwrap().starts_with("duplicate field"), "{problem}");
    }
    assert_eq!(before, dump(&server));
}

#[test]
fn a_word_that_a_list_does_not_have_is_answered_with_the_list() {
    let server = Server::start();
    let problem = receive(&server, "stock_type", json!("LCRA")).problem(422, "malformed");
    assert_eq!(problem["detail"], "unknown word, expected one of `lcra`, `lcho`, `leasehold`, `other`");
    assert_eq!(problem["pointer"], "/content/stock_type");
    let case = server.case();
    let correction = json!({ "correct": { "fact": "weather", "is": "bad" }, "reason": "x" });
    let problem = server.command(&case, "correct", &correction).problem(422, "malformed");
    assert!(problem["detail"].as_str().unwrap().contains("expected one of `received-at`"), "{problem}");
}

#[test]
fn a_body_may_have_one_mebibyte_and_not_a_byte_more() {
    let server = Server::start();
    let padded = |length: usize| {
        let body = json!({ "occurred_at": "2026-11-02T11:00:00Z", "actor": "crm", "content": complaint() })
            .to_string();
        format!("{body}{}", " ".repeat(length - body.len()))
    };
    assert_eq!(server.send("POST", CASES, padded(1024 * 1024)).status, 201);
    let before = dump(&server);
    let problem = server.send("POST", CASES, padded(1024 * 1024 + 1)).problem(413, "too-large");
    assert_eq!(problem["detail"], "a body has at most 1048576 bytes");
    let chunked = reqwest::blocking::Body::new(std::io::Cursor::new(padded(1024 * 1024 + 1)));
    server.send("POST", CASES, chunked).problem(413, "too-large");
    server
        .send("PUT", "/v1/landlords/hartlepool/stock/2026", padded(1024 * 1024 + 1))
        .problem(413, "too-large");
    assert_eq!(before, dump(&server));
}
