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
        let asked = |landlord: &str, case: &str| server.of(landlord).get(&format!("/v1/cases/{case}{below}"));
        same(&asked("bradford", &case), &asked("bradford", NOBODYS), below);
        same(&asked("bradford", &case), &asked("hartlepool", NOBODYS), below);
    }
}

#[test]
fn the_words_of_a_case_of_another_landlord_are_not_there() {
    let server = Server::start();
    let case = server.case();
    let history = server.get(&format!("/v1/cases/{case}/history")).done();
    let record = history["events"][0]["event"]["event"]["received"]["about"]["record"].as_str().unwrap();
    let asked = |landlord: &str, case: &str, record: &str| {
        server.of(landlord).get(&format!("/v1/cases/{case}/records/{record}"))
    };
    asked("hartlepool", &case, record).done();
    same(&asked("bradford", &case, record), &asked("bradford", NOBODYS, record), "their case and record");
    let body = json!({ "occurred_at": "2026-11-02T11:00:00Z", "actor": "crm", "content": complaint() });
    let own = server.of("bradford").post("/v1/cases", &body).case();
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
    for (verb, content) in verbs::on_a_case() {
        let body = json!({ "actor": "crm", "content": content });
        let given = |landlord: &str, case: &str| server.of(landlord).order(case, verb, &body);
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
        let other = server.of("bradford").get(&format!("/v1/{list}")).done();
        assert_eq!((&other["cases"], &other["next"]), (&json!([]), &json!(null)), "{list}");
    }
    assert_eq!(server.of("bradford").get("/v1/due?within_days=366").done()["due"], json!([]));
    assert_eq!(server.get("/v1/due").done()["due"].as_array().unwrap().len(), 2);
}

#[test]
fn homes_and_policies_are_each_landlords_own() {
    let server = Server::start();
    server.put("/v1/stock/2026", r#"{"lcra":7}"#).done();
    assert_eq!(server.of("bradford").get("/v1/stock/2026").done()["homes"], json!({}));
    let other = server.of("bradford").get("/v1/policies/hartlepool-2024");
    same(&other, &server.of("bradford").get("/v1/policies/none"), "a policy of another landlord");
    let other = server.of("bradford").get("/v1/policies/hartlepool-2024/check");
    same(&other, &server.of("bradford").get("/v1/policies/none/check"), "its check");
}

/// Whoever has no key learns nothing: not which addresses there are below `/v1`, not whether a case is there.
#[test]
fn a_landlord_that_nobody_knows_is_let_in_nowhere() {
    let server = Server::start();
    let case = server.case();
    let nobody = server.of("nobody");
    let refused = nobody.get("/v1/landlord");
    refused.problem(401, "key-not-valid");
    let below = ["", "/deadlines", "/history", "/letters", "/letters/1"];
    for path in ["cases", "due", "stock/2026", "policies/x", "policies/x/check", "cases?colour=red"] {
        assert_eq!(nobody.get(&format!("/v1/{path}")), refused, "{path}");
    }
    for id in [&case, NOBODYS, "x"] {
        for below in below {
            assert_eq!(nobody.get(&format!("/v1/cases/{id}{below}")), refused, "{below}");
        }
        let body = json!({ "actor": "crm", "content": {} });
        assert_eq!(nobody.post(&format!("/v1/cases/{id}/accept"), &body), refused);
    }
    assert_eq!(nobody.send("POST", "/v1/cases", "{"), refused);
    assert_eq!(nobody.send("PUT", "/v1/stock/2026", "{}"), refused);
    let unnamed = server.send_bare("GET", "/v1/cases", &[("X-Request-Id", "suite")], "");
    unnamed.problem(401, "no-key");
}
