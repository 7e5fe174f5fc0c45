//! Lists: filtered, sorted, in pages, and each landlord its own.

use serde_json::{Value, json};

use crate::api::reading::Instances;
use crate::api::samples::{acknowledgement, complaint, response, with};

fn ids(answer: &Value) -> Vec<&str> {
    answer["cases"].as_array().unwrap().iter().map(|case| case["id"].as_str().unwrap()).collect()
}

/// Three cases: received on the first, the second and the third of October; the second is taken on.
fn three(service: &Instances) -> Vec<String> {
    let one = |number: u32| {
        let content =
            with(complaint(), "references", json!([{ "system": "crm", "value": format!("C:{number}") }]));
        let content = with(content, "area", json!(format!("Area {number}")));
        let content = with(content, "event_on", json!("2026-09-01"));
        service.received(0, &format!("2026-10-0{number}T09:00:00Z"), &content)
    };
    let cases: Vec<String> = (1..=3).map(one).collect();
    service.command(0, &cases[1], "accept", &json!({}));
    cases
}

#[test]
fn a_list_goes_on_where_it_was() {
    let service = Instances::start(1);
    let cases = three(&service);
    for (sort, wanted) in
        [("received", [0, 1, 2]), ("-received", [2, 1, 0]), ("due", [0, 1, 2]), ("-due", [2, 1, 0])]
    {
        let mut seen: Vec<String> = Vec::new();
        let mut address = format!("/v1/cases?sort={sort}&limit=1&count=true");
        loop {
            let page = service.get(&address);
            assert_eq!(page["total"], 3);
            seen.extend(ids(&page).into_iter().map(str::to_owned));
            let Some(next) = page["next"].as_str() else { break };
            address = format!("/v1/cases?sort={sort}&limit=1&count=true&after={next}");
        }
        assert_eq!(seen, wanted.map(|number: usize| cases[number].clone()), "{sort}");
    }
    let next = service.get("/v1/cases?limit=1")["next"].as_str().unwrap().to_owned();
    assert_eq!(service.get(&format!("/v1/cases?limit=2&after={next}"))["next"], Value::Null);
    for other in
        [format!("phase=received&after={next}"), format!("sort=due&after={next}"), "after=x".to_owned()]
    {
        assert_eq!(service.refused(&format!("/v1/cases?{other}")), "after");
    }
    let (status, answer) = service.ask(0, "bradford", &format!("/v1/cases?limit=1&after={next}"));
    assert_eq!((status, &answer["code"]), (422, &json!("malformed")));
    assert_eq!(service.refused("/v1/cases?limit=201&text=lighting&sort=id&stage=3"), "limit sort stage text");
}

#[test]
fn filters_hold_together() {
    let service = Instances::start(1);
    let cases = three(&service);
    for (filter, wanted) in [
        ("phase=received", vec![0, 2]),
        ("stage=1", vec![1]),
        ("open=false", vec![]),
        ("area=Area%202", vec![1]),
        ("category=Communal%20areas&area=Area%203", vec![2]),
        ("reference=crm:C:1", vec![0]),
        ("reference=crm:C:1&phase=stage-1", vec![]),
        ("reference=crm:C:9", vec![]),
        ("overdue=true", vec![0, 1, 2]),
        ("due_before=2026-10-02", vec![]),
        ("handler=officer-1", vec![]),
    ] {
        let wanted: Vec<&str> = wanted.into_iter().map(|number: usize| cases[number].as_str()).collect();
        assert_eq!(ids(&service.get(&format!("/v1/cases?{filter}"))), wanted, "{filter}");
    }
    assert_eq!(service.ask(0, "bradford", "/v1/cases?count=true").1["total"], 0);
    let line = &service.get("/v1/cases?phase=stage-1")["cases"][0];
    assert_eq!(line["references"], json!([{ "system": "crm", "value": "C:2" }]));
    assert_eq!(
        (&line["categories"], &line["overdue"], &line["stage"]),
        (&json!(["Communal areas"]), &json!(true), &json!(1))
    );
}

const SEARCH: &str = "/v1/cases/search";

/// The cases that Hartlepool finds.
fn found(service: &Instances, body: &Value) -> Value {
    let (status, answer) = service.look_for("hartlepool", SEARCH, body);
    assert_eq!(status, 200, "{answer}");
    answer
}

#[test]
fn what_was_said_is_looked_for_in_the_body_with_the_filters_of_the_list() {
    let service = Instances::start(1);
    let cases = three(&service);
    for (body, wanted) in [
        (json!({ "text": "LIGHTING fails" }), vec![0, 1, 2]),
        (json!({ "text": "lighting", "sort": "-received", "phase": "received" }), vec![2, 0]),
        (json!({ "text": "lighting", "reference": "crm:C:2", "open": true, "stage": 1 }), vec![1]),
        (json!({ "text": "rea 3", "as_of": "2026-11-30", "overdue": true }), vec![2]),
        (json!({ "text": "Resident A" }), vec![]),
        (json!({ "text": "100%" }), vec![]),
    ] {
        let wanted: Vec<&str> = wanted.into_iter().map(|number: usize| cases[number].as_str()).collect();
        assert_eq!(ids(&found(&service, &body)), wanted, "{body}");
    }
    let all = found(&service, &json!({ "text": "lighting" }));
    assert_eq!(all["cases"], service.get("/v1/cases")["cases"]);
    let first = found(&service, &json!({ "text": "lighting", "limit": 2, "count": true }));
    assert_eq!((&first["total"], ids(&first).len()), (&json!(3), 2));
    let rest = found(&service, &json!({ "text": "lighting", "after": first["next"] }));
    assert_eq!((ids(&rest), &rest["next"]), (vec![cases[2].as_str()], &Value::Null));
    assert_eq!(service.look_for("bradford", SEARCH, &json!({ "text": "lighting" })).1["cases"], json!([]));
}

#[test]
fn what_is_wrong_with_a_search_is_said_where_it_is_in_the_body() {
    let service = Instances::start(1);
    three(&service);
    let next = found(&service, &json!({ "text": "lighting", "limit": 1 }))["next"].clone();
    for (body, wrong) in [
        (json!({}), "/text"),
        (json!({ "text": "ab" }), "/text"),
        (json!({ "text": "a\u{0}bc" }), "/text"),
        (json!({ "text": "lighting", "handler": "a\u{0}" }), "/handler"),
        (json!({ "text": "lighting", "reference": "C:\u{0}" }), "/reference"),
        (json!({ "text": "lighting", "colour": "red" }), "/colour"),
        (json!({ "text": "lighting", "limit": 201, "stage": 3 }), "/limit /stage"),
        (json!({ "text": "lighting", "as_of": "2026-10-01" }), "/as_of"),
        (json!({ "text": "another", "after": next }), "/after"),
    ] {
        let (status, problem) = service.look_for("hartlepool", SEARCH, &body);
        let errors = problem["errors"].as_array().unwrap().iter();
        let pointers: Vec<&str> = errors.map(|error| error["pointer"].as_str().unwrap()).collect();
        assert_eq!((status, pointers.join(" ").as_str()), (422, wrong), "{body}: {problem}");
    }
}

#[test]
fn what_is_owed_comes_in_pages_too() {
    let service = Instances::start(1);
    three(&service);
    let whole = service.get("/v1/due?count=true");
    let lines = whole["due"].as_array().unwrap();
    assert_eq!((whole["total"].as_u64().unwrap(), &whole["next"]), (lines.len() as u64, &Value::Null));
    assert!(
        lines.len() > 6 && lines[0]["references"][0]["value"].as_str().unwrap().starts_with("C:"),
        "{whole}"
    );
    let mut seen = Vec::new();
    let mut after = String::new();
    loop {
        let page = service.get(&format!("/v1/due?limit=2{after}"));
        seen.extend(page["due"].as_array().unwrap().clone());
        let Some(next) = page["next"].as_str() else { break };
        after = format!("&after={next}");
    }
    assert_eq!(&seen, lines);
    for clock in ["policy", "code"] {
        let some = service.get(&format!("/v1/due?clock={clock}"));
        let wanted: Vec<&Value> = lines.iter().filter(|line| line["clock"] == clock).collect();
        assert_eq!(some["due"].as_array().unwrap().iter().collect::<Vec<_>>(), wanted);
    }
    let late = service.get("/v1/due?overdue=true&count=true")["total"].as_u64().unwrap();
    let rest = service.get("/v1/due?overdue=false&count=true")["total"].as_u64().unwrap();
    assert_eq!(late + rest, lines.len() as u64);
    assert_eq!(late, lines.iter().filter(|line| line["overdue"] == true).count() as u64);
    assert_eq!(service.get("/v1/due?handler=officer-9")["due"], json!([]));
}

#[test]
fn a_case_is_found_by_the_crms_reference() {
    let service = Instances::start(1);
    let cases = three(&service);
    let found = service.get("/v1/references/crm/C%3A2");
    assert_eq!(found, service.get(&format!("/v1/cases/{}", cases[1])));
    for (landlord, path) in
        [("hartlepool", "/v1/references/crm/C%3A9"), ("bradford", "/v1/references/crm/C%3A2")]
    {
        assert_eq!(service.ask(0, landlord, path).0, 404, "{path}");
    }
}

#[test]
fn the_people_of_a_case_are_read_with_what_they_have_told_of() {
    let service = Instances::start(1);
    let content = with(
        complaint(),
        "residents",
        json!([{ "person": { "name": "Resident A", "email": "a@example.org" }, "disabilities": ["Low vision"] }]),
    );
    let case = service.received(0, "2026-11-02T11:00:00Z", &content);
    let people = service.get(&format!("/v1/cases/{case}/residents"));
    let resident = &people["residents"][0];
    assert_eq!(resident["person"], json!({ "name": "Resident A", "email": "a@example.org" }));
    assert_eq!(resident["disabilities"], json!({ "number": 1, "words": ["Low vision"] }));
    assert_eq!(resident["adjustments"], json!({ "number": 0, "words": [] }));
    assert_eq!(service.ask(0, "bradford", &format!("/v1/cases/{case}/residents")).0, 404);
    assert_eq!(service.audit("/v1/cases").0, 200);
    let path = format!("/v1/cases/{case}/residents");
    for (status, problem) in [service.audit(&path), service.audit_for(SEARCH, &json!({ "text": "lighting" }))]
    {
        assert_eq!((status, &problem["code"]), (403, &json!("scope-missing")), "{problem}");
    }
}

#[test]
fn what_hangs_on_cases_is_listed_over_all_of_them() {
    let service = Instances::start(1);
    let case = service.case(0);
    let refused = service.case(0);
    service.command(0, &case, "accept", &json!({}));
    service.command(0, &case, "acknowledge", &acknowledgement());
    service.command(0, &case, "respond", &response());
    for (number, date) in [(1, "2026-12-01"), (2, "2026-11-20")] {
        let action = json!({ "what": format!("Step {number}."), "due_on": date, "owner": "Repairs" });
        service.command(0, &case, "add-action", &json!({ "action": action }));
    }
    service.command(0, &case, "complete-action", &json!({ "action": 2 }));
    let mut declined = json!({ "ground": "legal-proceedings-filed", "reasons": "A claim was filed.", "evidence": "The claim form." });
    declined["discretion_considered"] = json!("Its circumstances were weighed.");
    service.command(0, &refused, "refuse", &declined);
    let due = |query: &str| -> Vec<i64> {
        let list = service.get(&format!("/v1/actions?{query}"));
        list["items"].as_array().unwrap().iter().map(|item| item["action"].as_i64().unwrap()).collect()
    };
    assert_eq!(due(""), [2, 1]);
    assert_eq!(due("open=true"), [1]);
    assert_eq!(due("open=false"), [2]);
    assert_eq!(due("due_before=2026-12-01"), [2]);
    assert_eq!(due(&format!("case={refused}")), Vec::<i64>::new());
    let first = service.get("/v1/actions?limit=1&count=true");
    assert_eq!(first["total"], 2);
    assert_eq!(due(&format!("limit=1&after={}", first["next"].as_str().unwrap())), [1]);
    let refusals = service.get("/v1/refusals?from=2026-11-02&to=2026-11-02");
    assert_eq!(
        (&refusals["items"][0]["case_id"], &refusals["items"][0]["what"]),
        (&json!(refused), &json!("complaint"))
    );
    assert_eq!(service.get("/v1/refusals?from=2026-11-03")["items"], json!([]));
    for list in ["determinations", "orders", "failure-orders", "learning"] {
        assert_eq!(
            service.get(&format!("/v1/{list}?count=true")),
            json!({ "items": [], "next": null, "total": 0 })
        );
    }
    for list in ["actions", "refusals"] {
        assert_eq!(service.ask(0, "bradford", &format!("/v1/{list}?count=true")).1["total"], 0);
    }
}

#[test]
fn history_is_shown_as_it_was_recorded_by_then() {
    let service = Instances::start(1);
    let case = service.case(0);
    let events = |query: &str| {
        service.get(&format!("/v1/cases/{case}/history{query}"))["events"].as_array().unwrap().len()
    };
    assert_eq!((events(""), events("?as_of=2026-11-02"), events("?as_of=2026-11-02T11:30:00Z")), (1, 1, 0));
}

#[test]
fn the_rules_can_be_read() {
    let service = Instances::start(1);
    let policies = service.get("/v1/policies");
    let in_force: Vec<&Value> =
        policies["policies"].as_array().unwrap().iter().filter(|one| one["in_force"] == true).collect();
    assert_eq!(in_force.len(), 1, "{policies}");
    let codes = service.get("/v1/codes");
    assert_eq!(codes["codes"][0]["id"], "2022");
    let code = service.get("/v1/codes/2024");
    assert!(code["sections"][0]["provisions"][0]["summary"].is_string(), "{code}");
    assert_eq!(service.ask(0, "hartlepool", "/v1/codes/1066").0, 404);
    let days = service.get("/v1/calendar?from=2026-12-01&to=2026-12-31");
    let titles: Vec<&str> =
        days["bank_holidays"].as_array().unwrap().iter().map(|day| day["title"].as_str().unwrap()).collect();
    assert_eq!(titles, ["Christmas Day", "Boxing Day"]);
    assert_eq!(service.refused("/v1/calendar?from=2026-12-02&to=2026-12-01"), "to");
    let due = service.get("/v1/calendar/due?from=2026-12-23&count=3");
    assert_eq!(due["due_on"], "2026-12-30");
    assert_eq!(
        due["sentence"],
        "Wednesday 30 December 2026, 3 working days after 23 December 2026 (Christmas Day and Boxing Day skipped)."
    );
    assert_eq!(service.refused("/v1/calendar/due?from=2026-12-23&count=3000"), "count");
}

/// Letters in lower case are the same on both databases: each by itself.
#[test]
fn a_text_is_found_whatever_its_letters_are() {
    let service = Instances::start(1);
    let content = with(
        complaint(),
        "about",
        json!("Die T\u{dc}R in der \u{130}stanbul Road, und \u{39f}\u{394}\u{39f}\u{3a3}."),
    );
    let case = service.received(0, "2026-10-01T09:00:00Z", &with(content, "event_on", json!("2026-09-01")));
    for text in [
        "istanbul",
        "\u{130}STANBUL",
        "t\u{fc}r",
        "\u{3bf}\u{3b4}\u{3bf}\u{3c3}",
        "\u{39f}\u{394}\u{39f}\u{3a3}",
    ] {
        assert_eq!(ids(&found(&service, &json!({ "text": text }))), [case.as_str()], "{text}");
    }
}

#[test]
fn a_control_character_in_a_filter_is_said_to_be_one() {
    let service = Instances::start(1);
    for filter in ["handler", "category", "area", "reference"] {
        assert_eq!(service.refused(&format!("/v1/cases?{filter}=a%00b")), filter);
    }
    assert_eq!(service.refused("/v1/due?handler=%00"), "handler");
}
