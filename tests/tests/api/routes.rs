//! Every address, used as it is meant to be.

use serde_json::json;

use crate::api::samples::{acknowledgement, complaint, contact, with};
use crate::api::server::Server;

const HERE: &str = "/v1";

#[test]
fn health_says_that_it_lives_and_that_it_is_ready() {
    let server = Server::start();
    assert_eq!(server.get("/livez").done(), json!({ "status": "live" }));
    assert_eq!(server.get("/readyz").done(), json!({ "status": "ready" }));
}

#[test]
fn a_landlord_comes_with_its_policies_and_the_days_that_those_cover() {
    let server = Server::start();
    assert_eq!(
        server.get("/v1/landlord").done(),
        json!({
            "id": "hartlepool", "name": "Hartlepool Borough Council Housing Management Service",
            "policies": [{ "policy": "hartlepool-2024", "from": "2024-04-01", "to": null }],
        })
    );
    assert_eq!(server.of("bradford").get("/v1/landlord").done()["id"], "bradford");
}

#[test]
fn the_description_and_what_problems_mean_are_for_everybody() {
    let server = Server::start();
    let open = |path: &str, headers: &[(&str, &str)]| server.send_bare("GET", path, headers, "");
    let description = open("/openapi.json", &[]);
    assert_eq!(description.done()["openapi"], "3.1.0");
    let tag = description.header("etag").unwrap();
    let again = open("/openapi.json", &[("If-None-Match", tag)]);
    assert_eq!((again.status, again.text.as_str()), (304, ""));
    let problems = open("/problems", &[]).done();
    for problem in problems["problems"].as_array().unwrap() {
        let code = problem["code"].as_str().unwrap();
        assert_eq!(open(&format!("/problems/{code}"), &[]).done(), *problem);
    }
    open("/problems/none", &[]).problem(404, "not-found");
    assert!(open("/docs/", &[]).text.contains("swagger"));
    assert_eq!(open("/docs/swagger-ui.css", &[]).header("content-type"), Some("text/css"));
    open("/docs/none.css", &[]).problem(404, "not-found");
}

/// A request is known by the caller's id where that can stand in a log, and by one of the service's own elsewhere.
#[test]
fn every_answer_says_which_request_it_is_to() {
    let server = Server::start();
    let id = |given: &[(&str, &str)]| {
        server.send_bare("GET", "/livez", given, "").header("x-request-id").unwrap().to_owned()
    };
    assert_eq!(id(&[("X-Request-Id", "crm-1.a_B")]), "crm-1.a_B");
    let (one, other) = (id(&[]), id(&[("X-Request-Id", "Resident A")]));
    assert!(one != other && one.len() == 36 && other.len() == 36, "{one} {other}");
}

#[test]
fn a_policy_is_shown_and_held_against_either_edition_of_the_code() {
    let server = Server::start();
    let policy = format!("{HERE}/policies/hartlepool-2024");
    assert_eq!(server.get(&policy).done()["policy"]["id"], "hartlepool-2024");
    assert_eq!(server.get(&format!("{policy}/check")).done()["code"], "2024");
    let older = server.get(&format!("{policy}/check?code=2022")).done();
    assert_eq!(older["code"], "2022");
    assert!(older["points"].is_array());
}

#[test]
fn homes_are_put_read_and_replaced() {
    let server = Server::start();
    let stock = format!("{HERE}/stock/2026");
    assert_eq!(server.get(&stock).done(), json!({ "year_start": "2026-04-01", "homes": {} }));
    server.send("PUT", &stock, r#"{"lcra":1200}"#).problem(428, "version-required");
    server.put(&stock, r#"{"lcra":1200,"leasehold":3}"#).done();
    server.put(&stock, r#"{"lcra":1201}"#).done();
    assert_eq!(server.get(&stock).done(), json!({ "year_start": "2026-04-01", "homes": { "lcra": 1201 } }));
    assert_eq!(server.get(&format!("{HERE}/stock/2025")).done()["homes"], json!({}));
}

#[test]
fn a_complaint_is_received_found_and_shown_with_its_deadlines() {
    let server = Server::start();
    let body = with(complaint(), "references", json!([{ "system": "crm", "value": "C-1" }]));
    let answer = server.receive_at("2026-11-02T11:00:00Z", &body);
    assert_eq!(answer.status, 201);
    let case = answer.case();
    assert_eq!(answer.header("location"), Some(format!("/v1/cases/{case}").as_str()));

    let shown = server.get(&format!("{HERE}/cases/{case}")).done();
    assert_eq!((&shown["phase"], &shown["version"]), (&json!("received"), &json!(1)));
    let deadlines = server.get(&format!("{HERE}/cases/{case}/deadlines")).done();
    assert_eq!(shown["deadlines"], deadlines["deadlines"]);
    let acknowledge = &deadlines["deadlines"][0];
    assert_eq!((&acknowledge["due_on"], &acknowledge["standing"]), (&json!("2026-11-09"), &json!("open")));

    let late = server.get(&format!("{HERE}/cases/{case}/deadlines?as_of=2026-11-10T00:00:00Z")).done();
    assert_eq!(late["deadlines"][0]["standing"], "overdue");
    let tag = server.get(&format!("{HERE}/cases/{case}")).header("etag").unwrap().to_owned();
    let again = server.send_with("GET", &format!("{HERE}/cases/{case}"), &[("If-None-Match", &tag)], "");
    assert_eq!((again.status, again.text.as_str(), again.header("etag")), (304, "", Some(tag.as_str())));
    let listed = server.get(&format!("{HERE}/cases")).done();
    let found = server.get(&format!("{HERE}/cases?reference=crm:C-1")).done();
    let line = json!({
        "id": case, "version": 1, "kind": "complaint", "phase": "received", "stage": null,
        "received_on": "2026-11-02", "next_due_on": "2026-11-09", "overdue": false, "handler": null, "area": null,
        "service_area": null, "categories": ["Communal areas"],
        "references": [{ "system": "crm", "value": "C-1" }], "policy": "hartlepool-2024", "code": "2024",
    });
    assert_eq!(found, json!({ "as_of": "2026-11-02T12:00:00Z", "cases": [line], "next": null }));
    assert_eq!(listed, found);
}

#[test]
fn what_is_due_is_listed_until_it_is_met() {
    let server = Server::start();
    let case = server.accepted();
    let due = server.get(&format!("{HERE}/due")).done();
    let names = |due: &serde_json::Value| -> Vec<String> {
        due["due"].as_array().unwrap().iter().map(|line| line["name"].to_string()).collect()
    };
    assert!(names(&due).contains(&"\"acknowledge-1\"".to_owned()), "{due}");
    assert_eq!(due["due"][0]["overdue"], false);
    let later = server.get(&format!("{HERE}/due?as_of=2026-11-20T00:00:00Z")).done();
    assert_eq!(later["due"][0]["overdue"], true);
    server.command(&case, "acknowledge", &acknowledgement()).done();
    let due = server.get(&format!("{HERE}/due?within_days=60")).done();
    assert!(!names(&due).contains(&"\"acknowledge-1\"".to_owned()), "{due}");
}

#[test]
fn the_history_has_every_event_and_the_words_are_behind_it() {
    let server = Server::start();
    let case = server.accepted();
    let history = server.get(&format!("{HERE}/cases/{case}/history")).done();
    let events = history["events"].as_array().unwrap();
    let types: Vec<_> = events.iter().map(|line| line["event"]["event"]["type"].as_str().unwrap()).collect();
    assert_eq!(types, ["opened", "accepted"]);
    assert!(events.iter().all(|line| line["digest"].as_str().unwrap().len() == 64));
    let record = events[0]["event"]["event"]["received"]["about"]["record"].as_str().unwrap();
    let words = server.get(&format!("{HERE}/cases/{case}/records/{record}")).done();
    assert_eq!(
        words,
        json!({ "record": record, "kind": "narrative", "body": "The stair lighting fails every week.", "masked": false })
    );
}

#[test]
fn a_complaint_that_comes_of_a_request_is_a_case_whose_words_can_be_read() {
    let server = Server::start();
    let request = server.receive_at("2026-11-02T11:00:00Z", &contact("service-request")).case();
    let raised = json!({ "about": "Nobody came.", "dissatisfied": true, "channel": "email" });
    let answer = server.command(&request, "raise-complaint", &raised).done();
    let complaint = answer["complaint"].as_str().unwrap();
    let shown = server.get(&format!("{HERE}/cases/{complaint}")).done();
    assert_eq!((&shown["kind"], &shown["came_from"]), (&json!("complaint"), &json!(request)));
    let history = server.get(&format!("{HERE}/cases/{complaint}/history")).done();
    let received = &history["events"][0]["event"]["event"]["received"];
    for (record, part) in
        [(&received["about"], "Nobody came."), (&received["residents"][0]["person"], "Resident A")]
    {
        let record = record["record"].as_str().unwrap();
        let words = server.get(&format!("{HERE}/cases/{complaint}/records/{record}")).done();
        assert!(words["body"].as_str().unwrap().contains(part), "{words}");
    }
}

#[test]
fn a_list_is_given_in_pages_that_lose_and_repeat_nothing() {
    let server = Server::start();
    let mut sent: Vec<String> = (0..205)
        .map(|number| {
            let day = 1 + number % 28;
            server.receive_at(&format!("2026-10-{day:02}T09:00:00Z"), &contact("enquiry")).case()
        })
        .collect();
    let mut got = Vec::new();
    let mut after = String::new();
    let mut pages = Vec::new();
    loop {
        let page = server.get(&format!("{HERE}/cases?kind=enquiry&phase=open{after}")).done();
        got.extend(
            page["cases"].as_array().unwrap().iter().map(|line| line["id"].as_str().unwrap().to_owned()),
        );
        pages.push(page["cases"].as_array().unwrap().len());
        match page["next"].as_str() {
            Some(next) => after = format!("&after={next}"),
            None => break,
        }
    }
    sent.sort();
    got.sort();
    assert_eq!((pages, got), (vec![50, 50, 50, 50, 5], sent));
    assert_eq!(server.get(&format!("{HERE}/cases?kind=complaint")).done()["cases"], json!([]));
}

/// Most of what is owed has a date and no instant: it is not overdue, and asked for as such it must be there.
#[test]
fn what_is_not_overdue_is_listed_when_it_is_asked_for() {
    let server = Server::start();
    server.accepted();
    let all = server.get("/v1/due").done();
    let open = server.get("/v1/due?overdue=false&count=true").done();
    assert_eq!(open["due"], all["due"]);
    assert!(open["total"].as_u64().unwrap() >= 2, "{open}");
    assert_eq!(server.get("/v1/due?overdue=true").done()["due"], json!([]));
}
