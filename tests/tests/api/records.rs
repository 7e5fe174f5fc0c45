//! Words belong to the case whose events refer to them.

use serde_json::json;

use crate::api::samples::{complaint, with};
use crate::api::server::Server;

fn about(server: &Server, case: &str) -> String {
    let history = server.get(&format!("/v1/cases/{case}/history")).done();
    history["events"][0]["event"]["event"]["received"]["about"]["record"].as_str().unwrap().to_owned()
}

#[test]
fn the_words_of_one_case_are_not_found_under_another() {
    let server = Server::start();
    let one = server.case();
    let content = with(complaint(), "about", json!("Something else."));
    let other = server.receive_at("2026-11-02T11:00:00Z", &content).case();
    let record = about(&server, &one);
    let asked = |case: &str| server.get(&format!("/v1/cases/{case}/records/{record}"));
    assert_eq!(asked(&one).done()["body"], "The stair lighting fails every week.");
    asked(&other).problem(404, "not-found");
}

#[test]
fn what_is_no_record_id_is_no_record() {
    let server = Server::start();
    let case = server.case();
    for record in ["x", "01890a5d-ac96-774b-bcce-b302099a8057", "%00", "' OR 1=1 --"] {
        let asked = server.get(&format!("/v1/cases/{case}/records/{record}"));
        asked.problem(404, "not-found");
    }
}
