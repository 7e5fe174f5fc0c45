//! Cases are held back from erasure.

use redress_service::access::Role;
use redress_service::background::retention::erase as by_time;
use serde_json::{Value, json};

use super::{administrator, ended, erase, held, hold, marked, resident};
use crate::api::documents::{as_role, attach};
use crate::api::server::Server;

#[test]
fn nothing_of_a_case_on_hold_goes() {
    let server = Server::start();
    let case = ended(&server, &marked(json!([resident("Ann")])));
    let document = attach(&server, &case, "a.pdf").header("location").unwrap().to_owned();
    let path = format!("/v1/cases/{case}/hold");
    assert_eq!(server.get(&path).done(), json!({ "hold": null }));
    let placed = hold(&server, &case, Some("legal-claim"));
    assert_eq!(placed["hold"]["reason"], "legal-claim");
    assert_eq!(hold(&server, &case, Some("legal-claim"))["hold"]["placed_at"], placed["hold"]["placed_at"]);
    assert_eq!(hold(&server, &case, Some("ombudsman"))["hold"]["reason"], "ombudsman");
    erase(&server, &case, 1).problem(409, "on-hold");
    server.send("DELETE", &format!("{document}?reason=mistake"), "").problem(409, "on-hold");
    administrator(&server, "POST", &format!("/v1/cases/{case}/erase"), &json!({ "reason": "request" }), &[])
        .problem(409, "on-hold");
    as_role(&server, Role::Manager, &[], "DELETE", &path).problem(403, "scope-missing");
    for _ in 0..2 {
        assert_eq!(hold(&server, &case, None), json!({ "hold": null }));
    }
    erase(&server, &case, 1).done();
}

#[test]
fn a_hold_is_changed_and_lifted_by_whoever_has_seen_it() {
    let server = Server::start();
    let case = server.case();
    let path = format!("/v1/cases/{case}/hold");
    let place = |reason: &str, seen: &[(&str, &str)]| held(&server, &case, Some(reason), seen);
    place("ombudsman", &[]).problem(428, "version-required");
    place("ombudsman", &[("If-Match", "*")]).problem(428, "version-required");
    let first = place("ombudsman", &[("If-None-Match", "*")]);
    first.done();
    let seen = first.header("etag").unwrap();
    assert_eq!(server.get(&path).header("etag"), Some(seen));
    assert_eq!(server.send_with("GET", &path, &[("If-None-Match", seen)], "").status, 304);
    let blind = place("insurance", &[("If-None-Match", "*")]);
    blind.problem(412, "stale");
    assert_eq!(blind.header("etag"), Some(seen));
    place("legal-claim", &[("If-Match", seen)]).done();
    place("insurance", &[("If-Match", seen)]).problem(412, "stale");
    // Whoever has seen the first may not take away the second.
    held(&server, &case, None, &[]).problem(428, "version-required");
    held(&server, &case, None, &[("If-Match", seen)]).problem(412, "stale");
    assert_eq!(server.get(&path).done()["hold"]["reason"], "legal-claim");
    hold(&server, &case, None);
    held(&server, &case, None, &[("If-Match", seen)]).done();
    place("ombudsman", &[("If-None-Match", "*")]).done();
}

#[test]
fn what_is_due_by_time_stays_while_it_is_held() {
    let server = Server::start();
    let case = ended(&server, &marked(json!([resident("Ann")])));
    hold(&server, &case, Some("insurance"));
    let due = administrator(&server, "GET", "/v1/retention?on=2040-01-01", &Value::Null, &[]).done();
    assert_eq!((&due["cases"][0]["case"], &due["cases"][0]["hold"]), (&json!(case), &json!("insurance")));
    let state = server.state();
    let erased = actix_web::rt::System::new().block_on(by_time(&state)).unwrap();
    assert_eq!(erased, 0);
}
