//! What another landlord has is not there at all: the answer is the one for an id that nobody has.

use serde_json::json;

use crate::api::samples::{complaint, with};
use crate::api::server::{Answer, Server};
use crate::api::tables::dump;
use crate::api::verbs;

const NOBODYS: &str = "01890a5d-ac96-774b-bcce-b302099a8057";

/// The same answer, whichever id it was asked for.
fn same(answer: &Answer, other: &Answer, what: &str) {
    answer.problem(404, "not-found");
    assert_eq!(answer, other, "{what}");
}

#[test]
fn reading_a_case_of_another_landlord_is_like_reading_one_that_is_not_there() {
    let server = Server::start();
    let case = server.accepted();
    for below in ["", "/deadlines", "/history", "/letters", "/letters/1", "?as_of=2026-11-02T12:00:00Z"] {
        let asked =
            |landlord: &str, case: &str| server.get(&format!("/v1/landlords/{landlord}/cases/{case}{below}"));
        same(&asked("bradford", &case), &asked("bradford", NOBODYS), below);
        same(&asked("bradford", &case), &asked("hartlepool", NOBODYS), below);
        same(&asked("nobody", &case), &asked("nobody", NOBODYS), below);
        same(&asked("nobody", &case), &asked("hartlepool", NOBODYS), below);
    }
}

#[test]
fn the_words_of_a_case_of_another_landlord_are_not_there() {
    let server = Server::start();
    let case = server.case();
    let history = server.get(&format!("/v1/landlords/hartlepool/cases/{case}/history")).done();
    let record = history["events"][0]["event"]["event"]["received"]["about"]["record"].as_str().unwrap();
    let asked = |landlord: &str, case: &str, record: &str| {
        server.get(&format!("/v1/landlords/{landlord}/cases/{case}/records/{record}"))
    };
    asked("hartlepool", &case, record).done();
    same(&asked("bradford", &case, record), &asked("bradford", NOBODYS, record), "their case and record");
    let body = json!({ "occurred_at": "2026-11-02T11:00:00Z", "actor": "crm", "content": complaint() });
    let own = server.post("/v1/landlords/bradford/cases", &body).case();
    same(
        &asked("bradford", &own, record),
        &asked("bradford", &own, NOBODYS),
        "their record on one's own case",
    );
}

#[test]
fn no_command_touches_a_case_of_another_landlord() {
    let server = Server::start();
    let case = server.case();
    let before = dump(&server);
    for (verb, content) in verbs::samples() {
        let body = json!({ "actor": "crm", "content": content });
        let given = |landlord: &str, case: &str| {
            server.post(&format!("/v1/landlords/{landlord}/cases/{case}/{verb}"), &body)
        };
        same(&given("bradford", &case), &given("bradford", NOBODYS), verb);
    }
    assert_eq!(before, dump(&server));
}

#[test]
fn lists_and_references_have_a_landlords_own_cases_alone() {
    let server = Server::start();
    let referred = with(complaint(), "references", json!([{ "system": "crm", "value": "C-1" }]));
    server.receive_at("2026-11-02T11:00:00Z", &referred).done();
    for list in ["cases", "cases?reference=crm:C-1", "cases?kind=complaint"] {
        let other = server.get(&format!("/v1/landlords/bradford/{list}")).done();
        assert_eq!(other, json!({ "cases": [], "next": null }), "{list}");
    }
    assert_eq!(server.get("/v1/landlords/bradford/due?within_days=366").done()["due"], json!([]));
    assert_eq!(server.get("/v1/landlords/hartlepool/due").done()["due"].as_array().unwrap().len(), 2);
}

#[test]
fn homes_and_policies_are_each_landlords_own() {
    let server = Server::start();
    server.send("PUT", "/v1/landlords/hartlepool/stock/2026", r#"{"lcra":7}"#).done();
    assert_eq!(server.get("/v1/landlords/bradford/stock/2026").done()["homes"], json!({}));
    let other = server.get("/v1/landlords/bradford/policies/hartlepool-2024");
    same(&other, &server.get("/v1/landlords/bradford/policies/none"), "a policy of another landlord");
    let other = server.get("/v1/landlords/bradford/policies/hartlepool-2024/check");
    same(&other, &server.get("/v1/landlords/bradford/policies/none/check"), "its check");
}

#[test]
fn a_landlord_that_nobody_knows_has_nothing() {
    let server = Server::start();
    let body = json!({ "actor": "crm", "content": complaint() });
    for path in ["cases", "due", "stock/2026", "policies/x", "policies/x/check"] {
        server.get(&format!("/v1/landlords/nobody/{path}")).problem(404, "not-found");
    }
    server.post("/v1/landlords/nobody/cases", &body).problem(404, "not-found");
    server.post(&format!("/v1/landlords/nobody/cases/{NOBODYS}/accept"), &body).problem(404, "not-found");
    server.send("PUT", "/v1/landlords/nobody/stock/2026", "{}").problem(404, "not-found");
}
