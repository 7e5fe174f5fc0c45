//! Cases are held back from erasure.

use redress_service::access::Role;
use redress_service::background::retention::erase as by_time;
use serde_json::{Value, json};

use super::{administrator, ended, erase, marked, resident};
use crate::api::documents::{as_role, attach};
use crate::api::server::Server;

#[test]
fn nothing_of_a_case_on_hold_goes() {
    let server = Server::start();
    let case = ended(&server, &marked(json!([resident("Ann")])));
    let document = attach(&server, &case, "a.pdf").header("location").unwrap().to_owned();
    let path = format!("/v1/cases/{case}/hold");
    assert_eq!(server.get(&path).done(), json!({ "hold": null }));
    let place = |reason: &str| administrator(&server, "PUT", &path, &json!({ "reason": reason }), &[]).done();
    let placed = place("legal-claim");
    assert_eq!(placed["hold"]["reason"], "legal-claim");
    assert_eq!(place("legal-claim")["hold"]["placed_at"], placed["hold"]["placed_at"]);
    assert_eq!(place("ombudsman")["hold"]["reason"], "ombudsman");
    erase(&server, &case, 1).problem(409, "on-hold");
    server.send("DELETE", &format!("{document}?reason=mistake"), "").problem(409, "on-hold");
    administrator(&server, "POST", &format!("/v1/cases/{case}/erase"), &json!({ "reason": "request" }), &[])
        .problem(409, "on-hold");
    as_role(&server, Role::Manager, &[], "DELETE", &path).problem(403, "scope-missing");
    for _ in 0..2 {
        assert_eq!(
            administrator(&server, "DELETE", &path, &Value::Null, &[]).done(),
            json!({ "hold": null })
        );
    }
    erase(&server, &case, 1).done();
}

#[test]
fn what_is_due_by_time_stays_while_it_is_held() {
    let server = Server::start();
    let case = ended(&server, &marked(json!([resident("Ann")])));
    let path = format!("/v1/cases/{case}/hold");
    administrator(&server, "PUT", &path, &json!({ "reason": "insurance" }), &[]).done();
    let due = administrator(&server, "GET", "/v1/retention?on=2040-01-01", &Value::Null, &[]).done();
    assert_eq!((&due["cases"][0]["case"], &due["cases"][0]["hold"]), (&json!(case), &json!("insurance")));
    let state = server.state();
    let erased = actix_web::rt::System::new().block_on(by_time(&state)).unwrap();
    assert_eq!(erased, 0);
}
