//! Money, counts and versions in the wrong form.

use redress_tests::client::NEED_VERSION;
use serde_json::{Value, json};

use crate::api::server::{Answer, Server};
use crate::api::tables::dump;

fn offer(server: &Server, case: &str, pence: &str) -> Answer {
    let remedy = r#""kind":"financial","detail":"For the loss.","basis":"distress-and-inconvenience","due_on":"2026-12-01""#;
    let body = format!(r#"{{"actor":"crm","content":{{"remedy":{{{remedy},"pence":{pence}}}}}}}"#);
    server.send("POST", &format!("/v1/cases/{case}/offer-remedy"), body)
}

#[test]
fn money_is_whole_pence_and_nothing_else() {
    let server = Server::start();
    let case = server.accepted();
    offer(&server, &case, "12345").done();
    let before = dump(&server);
    assert!(before["case_remedies"][0].contains("pence=12345,"), "{:?}", before["case_remedies"]);
    for pence in ["-1", "100.5", "\"100\"", "true", "[]", "99999999999999999999999"] {
        offer(&server, &case, pence).malformed("/content/remedy/pence");
    }
    assert_eq!(before, dump(&server));
    // JSON has one kind of number: these are written oddly, and are a hundred all the same.
    for pence in ["1e2", "100.0"] {
        offer(&server, &case, pence).done();
        assert!(dump(&server)["case_remedies"].last().unwrap().contains("pence=100,"), "{pence}");
    }
}

/// A sum that the database cannot hold must not be kept as a smaller one.
#[test]
fn a_sum_that_no_column_can_hold_is_refused_and_not_cut() {
    let server = Server::start();
    let case = server.accepted();
    let before = dump(&server);
    for pence in ["9223372036854775808", "18446744073709551615"] {
        let answer = offer(&server, &case, pence);
        answer.malformed("/content/remedy/pence");
    }
    assert_eq!(before, dump(&server));
}

#[test]
fn homes_are_counted_in_whole_numbers_that_a_landlord_can_have() {
    let server = Server::start();
    let stock = "/v1/stock/2026";
    server.send("PUT", stock, r#"{"lcra":2147483647}"#).done();
    for body in [
        r#"{"lcra":-1}"#,
        r#"{"lcra":1.5}"#,
        r#"{"lcra":"7"}"#,
        r#"{"lcra":2147483648}"#,
        r#"{"LCRA":7}"#,
        "[]",
        r#"{"lcra":1,"lcra":2}"#,
    ] {
        server.send("PUT", stock, body).problem(422, "malformed");
    }
    assert_eq!(server.get(stock).done()["homes"], json!({ "lcra": 2_147_483_647 }));
    for year in ["2018", "2101", "-5"] {
        server.get(&format!("/v1/stock/{year}")).problem(404, "not-found");
    }
}

#[test]
fn a_number_that_points_at_nothing_is_an_unknown_item() {
    let server = Server::start();
    let case = server.accepted();
    for number in [0, 1, 65535] {
        server.command(&case, "complete-action", &json!({ "action": number })).problem(409, "unknown-item");
    }
    for number in [json!(65536), json!(-1), json!("1"), Value::Null] {
        server.command(&case, "complete-action", &json!({ "action": number })).problem(422, "malformed");
    }
}

/// What was seen of a case, as `If-Match`.
#[test]
fn a_version_that_was_seen_guards_a_command() {
    let server = Server::start();
    let case = server.case();
    let accept = |seen: &str| {
        let body = json!({ "actor": "crm", "content": {} });
        server.of("hartlepool").order_at(seen, &case, "accept", &body)
    };
    let before = dump(&server);
    for seen in ["1", "\"-1\"", "\"1.5\"", "\"01\"", "\"4294967296\"", "W/\"1\"", "*", "\"1\", \"2\"", ""] {
        let detail = accept(seen).malformed("If-Match");
        assert_eq!(detail, "expected the ETag of one case, such as \"3\"", "{seen}");
    }
    let problem = accept("\"7\"").problem(412, "stale");
    assert_eq!(problem["detail"], "the case is at version 1, not 7");
    assert_eq!(before, dump(&server));
    assert_eq!(accept("\"1\"").header("etag"), Some("\"2\""));
    accept("\"1\"").problem(412, "stale");
}

/// What says how something is from now on is not taken from whoever has not said what they have seen.
#[test]
fn a_command_that_could_undo_anothers_needs_the_version_that_was_seen() {
    let server = Server::start();
    let case = server.accepted();
    let samples = crate::api::verbs::samples();
    let before = dump(&server);
    for (verb, content) in samples.iter().filter(|(verb, _)| NEED_VERSION.contains(verb)) {
        let body = json!({ "actor": "crm", "content": content });
        let blind = server.post(&format!("/v1/cases/{case}/{verb}"), &body).problem(428, "version-needed");
        assert!(blind["hint"].as_str().unwrap().contains("If-Match"), "{blind}");
        let stale = server.of("hartlepool").order_at("\"1\"", &case, verb, &body);
        stale.problem(412, "stale");
    }
    assert_eq!(before, dump(&server));
    let seen = server.get(&format!("/v1/cases/{case}"));
    assert_eq!(seen.header("etag"), Some("\"2\""));
    assert_eq!(seen.json()["version"], 2);
}
