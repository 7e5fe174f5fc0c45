//! When things are said to have happened.

use serde_json::{Value, json};

use crate::api::samples::{acknowledgement, complaint, response, with};
use crate::api::server::{Answer, Server};
use crate::api::tables::dump;

fn received_on(server: &Server, occurred_at: &str) -> String {
    let content = with(complaint(), "event_on", json!("2024-03-01"));
    let case = server.receive_at(occurred_at, &content).case();
    crate::api::tables::lines(
        &mut crate::api::tables::connect(server.database()),
        &format!("SELECT CAST(received_on AS TEXT) AS line FROM cases WHERE id = '{case}'"),
    )
    .remove(0)
}

fn command_at(server: &Server, case: &str, verb: &str, occurred_at: &str, content: &Value) -> Answer {
    let body = json!({ "occurred_at": occurred_at, "actor": "crm", "content": content });
    server.of("hartlepool").order(case, verb, &body)
}

#[test]
fn the_day_of_receipt_is_londons() {
    let server = Server::start();
    for (occurred_at, day) in [
        ("2025-06-30T22:59:59Z", "2025-06-30"),
        ("2025-06-30T23:30:00Z", "2025-07-01"),
        ("2025-12-30T23:30:00Z", "2025-12-30"),
        // The hour that comes twice: both are the same day, and both exist.
        ("2025-10-26T01:30:00+01:00", "2025-10-26"),
        ("2025-10-26T01:30:00+00:00", "2025-10-26"),
        ("2025-10-25T23:30:00Z", "2025-10-26"),
        ("2025-03-30T00:59:59Z", "2025-03-30"),
        ("2025-03-30T23:30:00Z", "2025-03-31"),
        ("2025-07-01T08:30:00+09:00", "2025-07-01"),
    ] {
        assert_eq!(received_on(&server, occurred_at), day, "{occurred_at}");
    }
}

#[test]
fn the_29th_of_february_is_a_day_in_a_leap_year_alone() {
    let server = Server::at("2028-03-01T12:00:00Z");
    let receive = |at: &str, event_on: &str| {
        let content = with(complaint(), "event_on", json!(event_on));
        let body = json!({ "occurred_at": at, "actor": "crm", "content": content });
        server.of("cheshire-west").post("/v1/cases", &body)
    };
    receive("2024-02-29T12:00:00Z", "2024-02-29").done();
    receive("2025-02-28T12:00:00Z", "2024-02-29").done();
    receive("2025-02-28T12:00:00Z", "2025-02-29").malformed("/content/event_on");
    receive("2025-02-29T12:00:00Z", "2025-02-01").malformed("/occurred_at");
    receive("2028-02-29T12:00:00Z", "2028-02-01").problem(409, "beyond-calendar");
}

#[test]
fn nothing_happens_in_the_future_or_before_the_case() {
    let server = Server::start();
    let before = dump(&server);
    server.receive_at("2026-11-02T12:00:00.000001Z", &complaint()).problem(409, "in-the-future");
    server.receive_at("2030-01-01T00:00:00Z", &complaint()).problem(409, "in-the-future");
    assert_eq!(before, dump(&server));
    let case = server.case();
    let before = dump(&server);
    command_at(&server, &case, "accept", "2026-11-02T10:59:59Z", &json!({})).problem(409, "before-receipt");
    command_at(&server, &case, "accept", "2026-11-02T12:00:01Z", &json!({})).problem(409, "in-the-future");
    assert_eq!(before, dump(&server));
    command_at(&server, &case, "accept", "2026-11-02T11:00:00Z", &json!({})).done();
}

#[test]
fn a_day_that_no_policy_covers_has_no_rules() {
    let server = Server::start();
    let before = dump(&server);
    let content = with(complaint(), "event_on", json!("2024-01-01"));
    let problem = server.receive_at("2024-03-31T22:59:59Z", &content).problem(409, "no-rules-in-force");
    assert!(problem["detail"].as_str().unwrap().contains("hartlepool-2024 from 2024-04-01"), "{problem}");
    assert_eq!(before, dump(&server));
    // 1 April has begun in London, though not in Greenwich.
    assert_eq!(received_on(&server, "2024-03-31T23:00:00Z").as_str(), "2024-04-01");
}

#[test]
fn what_is_no_instant_is_not_readable() {
    let server = Server::start();
    for at in [
        "2026-11-02",
        "2026-11-02T12:00:00",
        "2026-11-02 12:00",
        "02/11/2026",
        "",
        "now",
        "2026-13-01T00:00:00Z",
        "2026-11-31T00:00:00Z",
        "2026-11-02T25:00:00Z",
        "2026-11-02T12:00:00+25:00",
    ] {
        server.receive_at(at, &complaint()).malformed("/occurred_at");
    }
    let body = json!({ "occurred_at": 1_793_620_800, "actor": "crm", "content": complaint() });
    server.post("/v1/cases", &body).malformed("/occurred_at");
}

/// Dates at the ends of what a date can be: an answer, and never a failure.
#[test]
fn dates_at_the_edge_of_the_calendar_are_answered() {
    let server = Server::start();
    let ends = ["-262143-01-01", "0000-01-01", "0001-01-01", "9999-12-31", "+10000-01-01", "+262142-12-31"];
    let calm = |answer: Answer, what: &str| assert!(answer.status < 500, "{what}: {}", answer.text);
    for end in ends {
        calm(server.receive_at(&format!("{end}T23:59:59Z"), &complaint()), end);
        for member in ["event_on", "aware_on"] {
            calm(server.receive_at("2026-11-02T11:00:00Z", &with(complaint(), member, json!(end))), end);
        }
        let case = server.accepted();
        for (verb, content) in far(end) {
            calm(server.command(&case, verb, &content), &format!("{verb} {end}"));
            calm(server.get(&format!("/v1/cases/{case}")), &format!("after {verb} {end}"));
        }
        for query in ["cases/{}?as_of=", "cases/{}/deadlines?as_of=", "due?as_of="] {
            let query = query.replace("{}", &case);
            calm(server.get(&format!("/v1/{query}{}T23:59:59Z", end.replace('+', "%2B"))), end);
            calm(server.get(&format!("/v1/{query}{}", end.replace('+', "%2B"))), end);
        }
        calm(server.get("/v1/due?within_days=366"), "due");
        calm(server.get("/v1/cases"), "cases");
    }
}

fn far(end: &str) -> Vec<(&'static str, Value)> {
    let at = format!("{end}T23:59:59Z");
    let risk = json!({ "risk": { "kind": "emergency-hazard", "aware_at": at } });
    let action = json!({ "action": { "what": "Mend it.", "due_on": end, "owner": "Repairs" } });
    let remedy =
        json!({ "remedy": { "kind": "apology", "detail": "Sorry.", "due_on": end, "open_until": end } });
    let correct = |fact: Value| json!({ "correct": fact, "reason": "Wrong." });
    vec![
        ("flag-risk", risk),
        ("acknowledge", acknowledgement()),
        ("extend", json!({ "respond_by": end, "reason": "Parts.", "good_reason": "Parts.", "agreed": true })),
        ("offer-remedy", remedy),
        ("add-action", action),
        ("warn-no-contact", json!({ "contact_by": end })),
        ("correct", correct(json!({ "fact": "received-at", "at": at }))),
        ("correct", correct(json!({ "fact": "event-on", "on": end }))),
        ("record-failure-order", json!({ "reference": "CHFO-1", "kind": 1, "due_on": end })),
    ]
}

#[test]
fn commands_out_of_order_are_refused() {
    let server = Server::start();
    let case = server.case();
    let before = dump(&server);
    for (verb, content) in [
        ("respond", response()),
        ("accept-escalation", json!({})),
        ("reopen", json!({ "new_evidence": "A photograph." })),
        ("complete-action", json!({ "action": 1 })),
    ] {
        let answer = server.command(&case, verb, &content);
        assert_eq!(answer.status, 409, "{verb}: {}", answer.text);
        assert_eq!(before, dump(&server), "{verb}");
    }
    command_at(&server, &case, "accept", "2026-11-02T11:30:00Z", &json!({})).done();
    server.command(&case, "accept", &json!({})).problem(409, "wrong-phase");
    server.command(&case, "acknowledge", &acknowledgement()).done();
    let early = command_at(&server, &case, "respond", "2026-11-02T11:59:59Z", &response());
    early.problem(409, "out-of-order");
}

#[test]
fn what_is_told_late_counts_from_when_it_happened() {
    let server = Server::start();
    let case = server.receive_at("2026-10-26T09:00:00Z", &complaint()).case();
    let shown = server.get(&format!("/v1/cases/{case}")).done();
    assert_eq!(shown["deadlines"][0]["due_on"], "2026-11-02");
    let event = &server.get(&format!("/v1/cases/{case}/history")).done()["events"][0]["event"];
    assert_eq!(
        (event["occurred_at"].as_str(), event["recorded_at"].as_str()),
        (Some("2026-10-26T09:00:00Z"), Some("2026-11-02T12:00:00Z"))
    );
}

#[test]
fn what_is_told_late_is_answered_with_how_the_case_stands_now() {
    let server = Server::start();
    let told = server.receive_at("2026-10-12T09:00:00Z", &complaint()).done();
    let id = told["case"]["id"].as_str().unwrap();
    let acknowledgement = &told["case"]["deadlines"][0];
    assert_eq!(
        (acknowledgement["due_on"].as_str(), acknowledgement["standing"].as_str()),
        (Some("2026-10-19"), Some("overdue"))
    );
    let shown = server.get(&format!("/v1/cases/{id}")).done();
    assert_eq!(told["case"], shown);
}

#[test]
fn a_date_that_is_answered_can_be_asked_for_again() {
    let server = Server::at("2026-11-02T12:00:00.123456789Z");
    let case = server.case();
    let of = server.of("hartlepool");
    for path in [format!("/v1/cases/{case}/deadlines"), "/v1/cases".to_owned()] {
        let answer = of.get(&path).done();
        assert_eq!(answer["as_of"], "2026-11-02T12:00:00.123456Z", "{path}");
    }
}
