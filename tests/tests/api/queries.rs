//! Addresses, methods and query strings that are not there: always a problem document.

use serde_json::{Value, json};

use crate::api::samples::{acknowledgement, complaint, with};
use crate::api::server::Server;

const HERE: &str = "/v1";

/// Every address with the methods that it has.
fn addresses(case: &str) -> Vec<(String, Vec<&'static str>)> {
    let record = "01890a5d-ac96-774b-bcce-b302099a8057";
    vec![
        ("/livez".to_owned(), vec!["GET"]),
        ("/readyz".to_owned(), vec!["GET"]),
        ("/v1/landlord".to_owned(), vec!["GET"]),
        ("/openapi.json".to_owned(), vec!["GET"]),
        ("/problems".to_owned(), vec!["GET"]),
        (format!("{HERE}/policies/hartlepool-2024"), vec!["GET"]),
        (format!("{HERE}/policies/hartlepool-2024/check"), vec!["GET"]),
        (format!("{HERE}/stock/2026"), vec!["GET", "PUT"]),
        (format!("{HERE}/due"), vec!["GET"]),
        (format!("{HERE}/cases"), vec!["GET", "POST"]),
        (format!("{HERE}/cases/{case}"), vec!["GET"]),
        (format!("{HERE}/cases/{case}/deadlines"), vec!["GET"]),
        (format!("{HERE}/cases/{case}/history"), vec!["GET"]),
        (format!("{HERE}/cases/{case}/letters"), vec!["GET"]),
        (format!("{HERE}/cases/{case}/letters/1"), vec!["GET"]),
        (format!("{HERE}/cases/{case}/letters/1/issue"), vec!["POST"]),
        (format!("{HERE}/cases/{case}/issued-letters"), vec!["GET"]),
        (format!("{HERE}/cases/{case}/issued-letters/{record}"), vec!["GET"]),
        (format!("{HERE}/cases/{case}/issued-letters/{record}/reissue"), vec!["POST"]),
        (format!("{HERE}/cases/{case}/records/{record}"), vec!["GET"]),
        (format!("{HERE}/cases/{case}/accept"), vec!["POST"]),
    ]
}

#[test]
fn a_wrong_method_is_named_with_the_right_ones() {
    let server = Server::start();
    for (address, allowed) in addresses(&server.case()) {
        for method in ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"] {
            if allowed.contains(&method) {
                continue;
            }
            let answer = server.send(method, &address, "{}");
            let problem = answer.problem(405, "method-not-allowed");
            // Only what everybody knows for a method is said back.
            let said = if method == "BREW" { "that" } else { method };
            assert_eq!(problem["detail"], format!("{said} is not a method of this address"));
            let allowed = allowed.join(", ").replace("GET", "GET, HEAD");
            assert_eq!(answer.header("allow"), Some(allowed.as_str()), "{address}");
        }
        if !allowed.contains(&"GET") {
            assert_eq!(server.send("HEAD", &address, "").status, 405, "{address}");
        }
    }
}

/// HEAD is answered wherever GET is, with the same status and headers and without the body.
#[test]
fn head_is_a_get_without_its_body() {
    let server = Server::start();
    for (address, allowed) in addresses(&server.case()) {
        if !allowed.contains(&"GET") {
            continue;
        }
        let (get, head) = (server.get(&address), server.send("HEAD", &address, ""));
        assert_eq!((head.status, head.text.as_str()), (get.status, ""), "{address}");
        let but_its_own = |answer: &crate::api::server::Answer| {
            let headers = answer.headers.clone().into_iter();
            headers.filter(|(name, _)| name != "x-request-id").collect::<Vec<_>>()
        };
        assert_eq!(but_its_own(&head), but_its_own(&get), "{address}");
    }
    assert_eq!(server.send("HEAD", "/v1/export/events", "").status, 200);
    assert_eq!(server.send_bare("HEAD", "/v1/cases", &[], "").status, 401);
}

#[test]
fn an_unknown_address_is_a_problem_too() {
    let server = Server::start();
    let case = server.case();
    for address in [
        "/",
        "/v1",
        "/v1/",
        "/v2/cases",
        "/v1/landlords",
        "/v1/landlords/hartlepool/cases",
        "/v1//cases",
        "/v1/cases/",
        "/v1/stock",
        "/health/live",
        "/favicon.ico",
        "/%00",
        "/%FF%FE",
    ] {
        for method in ["GET", "POST", "PUT", "DELETE"] {
            let problem = server.send(method, address, "{}").problem(404, "not-found");
            assert_eq!(problem["detail"], "there is no such address");
        }
    }
    for id in ["%FF", "x%00", "..%2Fdue", "%20", "%zz"] {
        server.get(&format!("{HERE}/cases/{id}")).problem(404, "not-found");
    }
    server.get(&format!("{HERE}/cases/{case}/history/1")).problem(404, "not-found");
    server.get(&format!("{HERE}/cases/{case}/records")).problem(404, "unknown-command");
}

#[test]
fn a_year_that_is_no_number_is_no_address() {
    let server = Server::start();
    for year in ["x", "2026.5", "99999999999", "%20", "2026x"] {
        server.get(&format!("{HERE}/stock/{year}")).problem(404, "not-found");
        server.send("PUT", &format!("{HERE}/stock/{year}"), "{}").problem(404, "not-found");
    }
}

#[test]
fn a_query_that_cannot_be_read_says_what_is_wrong() {
    let server = Server::start();
    let case = server.case();
    let unknown = "unknown parameter, expected one of";
    for (query, part) in [
        (
            "cases?colour=red",
            "unknown parameter, expected one of `after`, `area`, `as_of`, `category`, `count`, `due_before`, `handler`, `kind`, \
             `limit`, `open`, `overdue`, `phase`, `reference`, `sort`, `stage`",
        ),
        ("cases?phase=asleep", "expected one of `received`"),
        ("cases?kind=rant", "expected one of `complaint`"),
        ("cases?after=yesterday", "not the `next` of an answer to the same question"),
        ("cases?phase=open&phase=closed", "given twice"),
        ("cases?limit=0", "expected at least 1"),
        ("cases?limit=201", "expected at most 200"),
        ("due?as_of=2026-13-02", "a day is written 2026-11-02, an instant is written 2026-11-02T09:30:00Z"),
        ("due?within_days=-1", "expected at least 0"),
        ("due?within_days=367", "expected at most 366"),
        ("due?limit=0", "expected at least 1"),
        ("due?limit=501", "expected at most 500"),
        ("due?limit=x", "expected a whole number"),
        ("due?after=yesterday", "not the `next` of an answer to the same question"),
        ("due?skip=1", unknown),
        ("due?days=3", unknown),
        (
            "cases/{case}?as_of=2027-02-29",
            "a day is written 2026-11-02, an instant is written 2026-11-02T09:30:00Z",
        ),
        (
            "cases/{case}?as_of=tomorrow",
            "a day is written 2026-11-02, an instant is written 2026-11-02T09:30:00Z",
        ),
        ("cases/{case}/deadlines?asof=2026-11-02T09:30:00Z", unknown),
        (
            "cases/{case}/history?as_of=2026-13-02",
            "a day is written 2026-11-02, an instant is written 2026-11-02T09:30:00Z",
        ),
        ("cases/{case}/history?asof=2026-11-02", "unknown parameter, expected one of `as_of`"),
        ("cases/{case}/letters?as_of=2026-11-02", "unknown parameter: there are none here"),
        ("policies/hartlepool-2024/check?edition=2024", unknown),
        ("policies/hartlepool-2024/check?code=1999", "expected `2022` or `2024`"),
    ] {
        let query = query.replace("{case}", &case);
        let parameter = query.split(['?', '=']).nth(1).unwrap();
        let detail = server.get(&format!("{HERE}/{query}")).malformed(parameter);
        assert!(detail.contains(part), "{query}: {detail}");
    }
}

#[test]
fn a_reference_and_the_other_filters_hold_together() {
    let server = Server::start();
    let case = server.receive_at(
        "2026-11-02T11:00:00Z",
        &with(complaint(), "references", json!([{ "system": "crm", "value": "1" }])),
    );
    server.case();
    let found = |query: &str| -> Vec<String> {
        let list = server.get(&format!("{HERE}/cases?{query}")).done();
        list["cases"].as_array().unwrap().iter().map(|line| line["id"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(found("reference=crm:1&phase=received"), [case.case()]);
    assert!(found("reference=crm:1&phase=open").is_empty());
    assert!(found("reference=crm:2&phase=received").is_empty());
}

/// A date is the end of that London day; in summer that is an hour before midnight, universal time.
#[test]
fn a_date_to_look_from_is_the_end_of_that_london_day() {
    let server = Server::start();
    let case = server.case();
    for query in ["due".to_owned(), "cases".to_owned(), format!("cases/{case}/deadlines")] {
        let by_date = server.get(&format!("{HERE}/{query}?as_of=2027-04-20")).done();
        assert_eq!(by_date["as_of"], "2027-04-20T22:59:59Z", "{query}");
        let by_instant = server.get(&format!("{HERE}/{query}?as_of=2027-04-20T22:59:59Z")).done();
        assert_eq!(by_date, by_instant, "{query}");
    }
    let by_date = server.get(&format!("{HERE}/cases/{case}?as_of=2027-04-20")).done();
    assert_eq!(by_date, server.get(&format!("{HERE}/cases/{case}?as_of=2027-04-20T22:59:59Z")).done());
}

/// Of the past a case says what had been recorded by then, whenever it happened; a list, which knows the present alone, says that it does not know.
#[test]
fn what_is_asked_of_the_past_is_what_had_been_recorded_by_then() {
    let server = Server::with_moving_clock("2026-11-02T12:00:00Z");
    let body = with(complaint(), "references", json!([{ "system": "crm", "value": "P-1" }]));
    let case = server.receive_at("2026-10-12T09:00:00Z", &body).case();
    server.move_to("2026-11-04T12:00:00Z");
    server.command(&case, "accept", &json!({})).done();
    server.command(&case, "acknowledge", &acknowledgement()).done();
    server.command(&case, "extend", &json!({
        "respond_by": "2026-11-16", "reason": "A part is awaited.", "ombudsman_details_given": true, "agreed": true,
        "discussed": true,
    })).done();
    let then = "as_of=2026-11-03T09:00:00Z";
    for address in [format!("cases/{case}"), "references/crm/P-1".to_owned()] {
        let shown = server.get(&format!("{HERE}/{address}?{then}")).done();
        assert_eq!((&shown["phase"], &shown["version"]), (&json!("received"), &json!(1)), "{address}");
    }
    let deadlines = server.get(&format!("{HERE}/cases/{case}/deadlines?{then}")).done();
    let of = |name: &str| {
        let all = deadlines["deadlines"].as_array().unwrap().clone();
        all.into_iter().find(|one| one["name"] == name && one["clock"] == "policy").unwrap()
    };
    assert_eq!(
        (&of("acknowledge-1")["standing"], &of("acknowledge-1")["met_at"]),
        (&json!("overdue"), &Value::Null)
    );
    assert_ne!(of("respond-1")["due_on"], "2026-11-16", "the extension was not known then");
    // It had been received, and nobody had told.
    server.get(&format!("{HERE}/cases/{case}?as_of=2026-10-20")).problem(404, "not-found");
    server.get(&format!("{HERE}/cases/{case}/deadlines?as_of=2026-10-20")).problem(404, "not-found");
    for list in ["due", "cases"] {
        let detail = server.get(&format!("{HERE}/{list}?as_of=2026-11-04T11:59:59Z")).malformed("as_of");
        assert!(detail.contains("past"), "{detail}");
        server.get(&format!("{HERE}/{list}?as_of=2026-11-04")).done();
    }
}
