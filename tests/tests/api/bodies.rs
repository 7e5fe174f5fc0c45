//! Bodies that are not what they should be, each with the problem that it gets.

use serde_json::{Value, json};

use crate::api::samples::{complaint, with};
use crate::api::server::{Answer, Server, fields};
use crate::api::tables::dump;

const CASES: &str = "/v1/cases";

/// Receives a complaint with one member changed.
fn receive(server: &Server, member: &str, value: Value) -> Answer {
    server.receive_at("2026-11-02T11:00:00Z", &with(complaint(), member, value))
}

#[test]
fn what_is_asked_for_a_landlord_that_nobody_knows_is_not_let_in() {
    let server = Server::start();
    let body = json!({ "actor": "crm", "content": {} });
    let answer = server.of("nobody").post("/v1/cases", &body);
    assert_eq!(
        answer.problem(401, "key-not-valid"),
        json!({
            "type": "/problems/key-not-valid", "title": "Not a valid key", "status": 401, "code": "key-not-valid",
            "detail": "the key is not known, has expired or was revoked", "request_id": "suite",
            "hint": "send a key that is in force; an administrator of the landlord can issue one",
        })
    );
    let wanted = "Bearer realm=\"redress\", error=\"invalid_token\"";
    assert_eq!(answer.header("www-authenticate"), Some(wanted));
}

#[test]
fn an_unknown_case_id_or_verb_is_not_there() {
    let server = Server::start();
    let body = json!({ "actor": "crm", "content": {} });
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
    let answer = server.command(&case, "acept", &json!({}));
    let problem = answer.problem(404, "unknown-command");
    assert_eq!(problem["detail"], "that is not a command on a case");
    assert!(problem["hint"].as_str().unwrap().contains("/openapi.json"), "{problem}");
    assert!(!answer.text.contains("acept"), "{problem}");
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
        assert_eq!(server.send("POST", CASES, body).malformed(""), detail, "{body}");
    }
    let latin = server.send("POST", CASES, b"{\"actor\":\"caf\xe9\"}".to_vec()).malformed("");
    assert!(latin.contains("unicode"), "{latin}");
    let deep = format!("{{\"actor\":\"crm\",\"content\":{}{}}}", "[".repeat(5000), "]".repeat(5000));
    let deep = server.send("POST", CASES, deep).malformed("");
    assert!(deep.starts_with("nested deeper than 32 levels"), "{deep}");
}

#[test]
fn json_of_the_wrong_type_says_what_was_wanted_and_where() {
    let server = Server::start();
    for (body, found) in [
        ("[]", "a list"),
        ("\"text\"", "a string"),
        ("5", "a whole number"),
        ("null", "null"),
        ("true", "true or false"),
    ] {
        let detail = server.send("POST", CASES, body).malformed("");
        assert_eq!(detail, format!("expected an object, found {found}"));
    }
    let detail = server.post(CASES, &json!({ "actor": 5, "content": complaint() })).malformed("/actor");
    assert_eq!(detail, "expected a string, found a whole number");
    for content in [json!([]), json!("text"), json!(5), json!(true)] {
        server.receive_at("2026-11-02T11:00:00Z", &content).malformed("/content");
    }
    receive(&server, "residents", json!([{ "person": { "name": 5 } }]))
        .malformed("/content/residents/0/person/name");
}

#[test]
fn an_unknown_or_missing_field_is_named() {
    let server = Server::start();
    let problem = server.post(CASES, &json!({ "actor": "crm", "contents": {} })).problem(422, "malformed");
    let named = [("/content", "missing field `content`"), ("/contents", "unknown field `contents`")];
    assert_eq!(fields(&problem), named.map(|(place, detail)| (place.to_owned(), detail.to_owned())));
    assert_eq!(problem["detail"], "2 fields are wrong; `errors` names them");
    assert_eq!(receive(&server, "abuot", json!("x")).malformed("/content/abuot"), "unknown field `abuot`");
    let detail = server.post(CASES, &json!({ "content": complaint() })).malformed("/actor");
    assert_eq!(detail, "missing field `actor`");
    let detail = server.post(CASES, &json!({ "actor": "crm" })).malformed("/content");
    assert_eq!(detail, "missing field `content`");
    let mut content = complaint();
    content.as_object_mut().unwrap().remove("kind");
    let detail = server.receive_at("2026-11-02T11:00:00Z", &content).malformed("/content/kind");
    assert_eq!(detail, "missing field `kind`");
    let twice = r#"{"actor":"crm","actor":"crm","content":{}}"#;
    let detail = server.send("POST", CASES, twice).malformed("");
    assert_eq!(detail, "duplicate field `actor` at line 1 column 22");
}

/// Who did something is in the log for ever, so that it must be nobody's name.
#[test]
fn an_actor_that_looks_like_a_name_or_an_email_address_is_refused() {
    let server = Server::start();
    for actor in ["Mrs Jane Smith", "jane.smith@example.org", "Zo\u{eb}", "", " crm"] {
        let detail =
            server.post(CASES, &json!({ "actor": actor, "content": complaint() })).malformed("/actor");
        assert!(!detail.contains("Jane") && !detail.contains("jane"), "{detail}");
        if actor.contains("ane") {
            assert!(detail.contains("no name"), "{detail}");
        }
    }
    for actor in ["crm", "officer-7", "S.204_b", "dynamics:4f1d"] {
        server.post(CASES, &json!({ "actor": actor, "content": complaint() })).done();
    }
}

#[test]
fn everything_that_is_wrong_is_named_at_once() {
    let server = Server::start();
    let mut content = with(complaint(), "stock_type", json!("house"));
    content["event_on"] = json!("1 October");
    content["residents"][0]["person"]["nmae"] = json!("Resident A");
    content["residents"][0]["vulnerable"] = json!(true);
    let body = json!({ "occurred_at": "noon", "actor": "", "content": content });
    let problem = server.post(CASES, &body).problem(422, "malformed");
    let places: Vec<String> = fields(&problem).into_iter().map(|(place, _)| place).collect();
    assert_eq!(
        places,
        [
            "/actor",
            "/content/event_on",
            "/content/residents/0/person/nmae",
            "/content/residents/0/vulnerable",
            "/content/stock_type",
            "/occurred_at",
        ]
    );
}

/// A body is read where it says that it is JSON in UTF-8 and uncompressed, and only there.
#[test]
fn a_body_that_is_not_declared_to_be_json_is_not_read() {
    let server = Server::start();
    let before = dump(&server);
    let body = json!({ "actor": "crm", "content": complaint() }).to_string();
    for declared in ["text/plain", "text/json", "application/json; charset=iso-8859-1", "multipart/form-data"]
    {
        let answer = server.send_with("POST", CASES, &[("Content-Type", declared)], body.clone());
        answer.problem(415, "media-type");
        let stock = server.send_with("PUT", "/v1/stock/2026", &[("Content-Type", declared)], "{}");
        stock.problem(415, "media-type");
    }
    let packed = server.send_with("POST", CASES, &[("Content-Encoding", "gzip")], body.clone());
    packed.problem(415, "media-type");
    let identity = redress_tests::client::identity("hartlepool");
    let undeclared = server.send_bare("POST", CASES, &[(identity.0, &identity.1)], body.clone());
    undeclared.problem(415, "media-type");
    assert_eq!(before, dump(&server));
    for declared in ["application/json; charset=UTF-8", "application/vnd.crm+json", "Application/JSON"] {
        assert_eq!(server.send_with("POST", CASES, &[("Content-Type", declared)], body.clone()).status, 201);
    }
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
        let detail = server.send("POST", &format!("{CASES}/{case}/record-survey"), body).malformed("");
        assert!(detail.starts_with("duplicate field"), "{detail}");
    }
    assert_eq!(before, dump(&server));
}

#[test]
fn a_word_that_a_list_does_not_have_is_answered_with_the_list() {
    let server = Server::start();
    let detail = receive(&server, "stock_type", json!("LCRA")).malformed("/content/stock_type");
    assert_eq!(detail, "unknown word, expected one of `lcra`, `lcho`, `leasehold`, `other`");
    let case = server.case();
    let correction = json!({ "correct": { "fact": "weather", "is": "bad" }, "reason": "x" });
    let detail = server.command(&case, "correct", &correction).malformed("/content/correct/fact");
    assert!(detail.contains("expected one of `received-at`"), "{detail}");
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
    server.send("PUT", "/v1/stock/2026", padded(1024 * 1024 + 1)).problem(413, "too-large");
    assert_eq!(before, dump(&server));
}
