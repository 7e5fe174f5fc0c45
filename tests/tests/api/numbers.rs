//! Money, counts and versions in the wrong form.

use serde_json::{Value, json};

use crate::api::server::{Answer, Server};
use crate::api::tables::dump;

fn offer(server: &Server, case: &str, pence: &str) -> Answer {
    let remedy = r#""kind":"financial","detail":"For the loss.","basis":"distress-and-inconvenience","due_on":"2026-12-01""#;
    let body = format!(r#"{{"actor":"crm","content":{{"remedy":{{{remedy},"pence":{pence}}}}}}}"#);
    server.send("POST", &format!("/v1/landlords/hartlepool/cases/{case}/offer-remedy"), body)
}

#[test]
fn money_is_whole_pence_and_nothing_else() {
    let server = Server::start();
    let case = server.accepted();
    offer(&server, &case, "12345").done();
    let before = dump(&server);
    assert!(before["case_remedies"][0].contains("pence=12345,"), "{:?}", before["case_remedies"]);
    for pence in ["-1", "100.5", "1e2", "100.0", "\"100\"", "true", "[]", "99999999999999999999999"] {
        let problem = offer(&server, &case, pence).problem(422, "malformed");
        assert_eq!(problem["pointer"], "/content/remedy/pence", "{pence}");
    }
    assert_eq!(before, dump(&server));
}

/// A sum that the database cannot hold must not be kept as a smaller one.
#[test]
fn a_sum_that_no_column_can_hold_is_refused_and_not_cut() {
    let server = Server::start();
    let case = server.accepted();
    let before = dump(&server);
    for pence in ["9223372036854775808", "18446744073709551615"] {
        let answer = offer(&server, &case, pence);
        assert!((400..500).contains(&answer.status), "{}", answer.text);
        assert_eq!(answer.media_type, "application/problem+json");
    }
    assert_eq!(before, dump(&server));
}

#[test]
fn homes_are_counted_in_whole_numbers_that_a_landlord_can_have() {
    let server = Server::start();
    let stock = "/v1/landlords/hartlepool/stock/2026";
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
        server.get(&format!("/v1/landlords/hartlepool/stock/{year}")).problem(422, "malformed");
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

#[test]
fn an_expected_version_guards_a_command() {
    let server = Server::start();
    let case = server.case();
    let accept = |version: Value| {
        let body = json!({ "actor": "crm", "expected_version": version, "content": {} });
        server.post(&format!("/v1/landlords/hartlepool/cases/{case}/accept"), &body)
    };
    for version in [json!(-1), json!("1"), json!(1.5), json!(4_294_967_296_u64)] {
        let problem = accept(version).problem(422, "malformed");
        assert_eq!(problem["pointer"], "/expected_version");
    }
    let problem = accept(json!(7)).problem(412, "stale");
    assert_eq!(problem["detail"], "the case is at version 1, not 7");
    accept(json!(1)).done();
    accept(json!(1)).problem(412, "stale");
}
