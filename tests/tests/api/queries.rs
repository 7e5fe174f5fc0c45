//! Addresses, methods and query strings that are not there: always a problem document.

use crate::api::server::Server;

const HERE: &str = "/v1/landlords/hartlepool";

/// Every address with the methods that it has.
fn addresses(case: &str) -> Vec<(String, Vec<&'static str>)> {
    let record = "01890a5d-ac96-774b-bcce-b302099a8057";
    vec![
        ("/health/live".to_owned(), vec!["GET"]),
        ("/health/ready".to_owned(), vec!["GET"]),
        ("/v1/landlords".to_owned(), vec!["GET"]),
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
            assert_eq!(problem["detail"], format!("{method} is not a method of this address"));
            assert_eq!(answer.allow.as_deref(), Some(allowed.join(", ").as_str()), "{address}");
        }
        assert_eq!(server.send("HEAD", &address, "").status, 405);
    }
}

#[test]
fn an_unknown_address_is_a_problem_too() {
    let server = Server::start();
    let case = server.case();
    for address in [
        "/",
        "/v1",
        "/v2/landlords",
        "/v1/landlords/",
        "/v1//landlords",
        "/v1/landlords/hartlepool",
        "/v1/landlords/hartlepool/cases/",
        "/v1/landlords/hartlepool/stock",
        "/favicon.ico",
        "/%00",
        "/%FF%FE",
    ] {
        for method in ["GET", "POST", "PUT", "DELETE"] {
            server.send(method, address, "{}").problem(404, "not-found");
        }
    }
    for landlord in ["%FF", "hartlepool%00", "hartlepool%2F..", "%20hartlepool"] {
        server.get(&format!("/v1/landlords/{landlord}/cases")).problem(404, "not-found");
    }
    server.get(&format!("{HERE}/cases/{case}/history/1")).problem(404, "not-found");
    server.get(&format!("{HERE}/cases/{case}/records")).problem(405, "method-not-allowed");
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
    for (query, part) in [
        ("cases?colour=red", "unknown field `colour`, expected one of `phase`, `kind`, `reference`, `after`"),
        ("cases?phase=asleep", "expected one of `received`"),
        ("cases?kind=rant", "expected one of `complaint`"),
        ("cases?after=yesterday", "`after` is the `next` of another answer"),
        ("cases?phase=open&phase=closed", "duplicate field `phase`"),
        ("cases?reference=crm:1&phase=open", "`reference` stands alone"),
        ("due?as_of=2026-13-02", "an instant 2026-11-02T09:30:00Z"),
        ("due?within_days=-1", "digit"),
        ("due?within_days=367", "`within_days` is at most 366"),
        ("due?skip=-1", "`skip` at least 0"),
        ("due?skip=x", "digit"),
        ("due?days=3", "unknown field `days`"),
        ("cases/{case}?as_of=tomorrow", "an instant 2026-11-02T09:30:00Z"),
        ("cases/{case}/deadlines?asof=2026-11-02T09:30:00Z", "unknown field `asof`"),
        ("policies/hartlepool-2024/check?edition=2024", "unknown field `edition`"),
    ] {
        let query = query.replace("{case}", &case);
        let problem = server.get(&format!("{HERE}/{query}")).problem(422, "malformed");
        assert!(problem["detail"].as_str().unwrap().contains(part), "{query}: {problem}");
    }
    server.get(&format!("{HERE}/policies/hartlepool-2024/check?code=1999")).problem(404, "not-found");
}

/// A date is the end of that London day; in summer that is an hour before midnight, universal time.
#[test]
fn a_date_to_look_from_is_the_end_of_that_london_day() {
    let server = Server::start();
    let case = server.case();
    for query in ["due".to_owned(), format!("cases/{case}/deadlines")] {
        let by_date = server.get(&format!("{HERE}/{query}?as_of=2025-04-20")).done();
        assert_eq!(by_date["as_of"], "2025-04-20T22:59:59Z", "{query}");
        let by_instant = server.get(&format!("{HERE}/{query}?as_of=2025-04-20T22:59:59Z")).done();
        assert_eq!(by_date, by_instant, "{query}");
    }
    let by_date = server.get(&format!("{HERE}/cases/{case}?as_of=2027-04-20")).done();
    assert_eq!(by_date, server.get(&format!("{HERE}/cases/{case}?as_of=2027-04-20T22:59:59Z")).done());
}
