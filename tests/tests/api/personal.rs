//! Names, contacts, health and free text stand in their records and nowhere else.

use serde_json::{Value, json};

use crate::api::logs;
use crate::api::samples::{acknowledgement, complaint, response, with};
use crate::api::server::Server;
use crate::api::tables;

/// A word that nothing else in the process says.
const MARK: &str = "Zyxwombat";

/// The same body with the mark in every word of free text, contact or health.
fn marked() -> Value {
    let mark = |what: &str| json!(format!("{MARK} {what}"));
    let person = json!({
        "name": mark("Name"), "address": mark("Street"), "email": format!("{MARK}@example.org"),
        "telephone": mark("01234 567890"), "preferred_contact": mark("mornings"),
    });
    let resident = json!({
        "person": person, "adjustments": [mark("large print")], "vulnerabilities": [mark("alone")],
        "disabilities": [mark("sight")], "ethnicity": mark("ethnicity"),
    });
    let mut body = with(complaint(), "about", mark("about"));
    body["residents"] = json!([resident]);
    body["representative"] = json!({ "kind": "friend", "person": person, "consent": "written" });
    body["outcome_sought"] = mark("outcome");
    body["property"] = mark("property");
    let aware = "2026-11-02T11:00:00Z";
    body["risks"] = json!([{ "kind": "safeguarding", "aware_at": aware, "note": mark("note") }]);
    body
}

/// The tables that hold the mark.
fn holding(server: &Server) -> Vec<String> {
    let dump = tables::dump(server);
    let holds = |rows: &Vec<String>| rows.iter().any(|row| row.contains(MARK));
    dump.into_iter().filter(|(_, rows)| holds(rows)).map(|(table, _)| table).collect()
}

#[test]
fn personal_words_are_in_the_records_and_in_no_other_table() {
    let server = Server::start();
    let received = server.receive_at("2026-11-02T11:00:00Z", &marked());
    let case = received.case();
    server.command(&case, "accept", &json!({ "discretion": format!("{MARK} why") })).done();
    let mut acknowledgement = with(acknowledgement(), "outcomes_sought", json!(format!("{MARK} wants")));
    acknowledgement["points"][0]["understanding"] = json!(format!("{MARK} says"));
    acknowledgement["handler_contact"] = json!(format!("{MARK} 01234"));
    server.command(&case, "acknowledge", &acknowledgement).done();
    let mut response = with(response(), "sources", json!(format!("{MARK} file")));
    response["decisions"][0]["reasons"] = json!(format!("{MARK} reasons"));
    response["remedies"][0]["detail"] = json!(format!("{MARK} sorry"));
    server.command(&case, "respond", &response).done();
    let survey = json!({ "answer": "neither", "comment": format!("{MARK} comment") });
    server.command(&case, "record-survey", &survey).done();
    assert_eq!(holding(&server), ["case_records"]);
    let records = tables::dump(&server)["case_records"].clone();
    assert!(records.len() >= 18 && records.iter().all(|row| row.contains(MARK)), "{records:?}");
    for shown in ["", "/history", "/deadlines"] {
        let text = server.get(&format!("/v1/cases/{case}{shown}")).text;
        assert!(!text.contains(MARK), "{shown}: {text}");
    }
    assert!(!received.text.contains(MARK) && !received.header("location").unwrap().contains(MARK));
}

/// Bodies that put a resident's words where something else belongs.
fn misplaced() -> Vec<Value> {
    let name = json!(format!("{MARK}, of Flat 3"));
    let inner = |pointer: &str| {
        let mut body = json!({ "actor": "crm", "content": marked() });
        *body.pointer_mut(pointer).unwrap() = name.clone();
        body
    };
    let mut bodies: Vec<Value> = [
        "/content/residents",
        "/content/residents/0",
        "/content/residents/0/person",
        "/content/kind",
        "/content/channel",
        "/content/event_on",
        "/content/risks/0/aware_at",
        "/content/risks/0/kind",
        "/content/representative/kind",
        "/content/stock_type",
    ]
    .iter()
    .map(|pointer| inner(pointer))
    .collect();
    let member = |name: &str, value: Value| json!({ "actor": "crm", "content": with(marked(), name, value) });
    bodies.push(member("nominee", name.clone()));
    bodies.push(member("anonymous", name.clone()));
    bodies.push(member(&format!("{MARK} Smith"), json!(1)));
    bodies.push(member("categories", json!([{ "name": name }])));
    bodies.push(member("references", json!([{ "system": "crm", format!("{MARK} key"): name }])));
    bodies.push(member("about", json!(format!("{MARK} {}", "x".repeat(10_001)))));
    bodies.push(member("kind", json!(format!("x`, expected one of `{MARK}`, expected `{MARK}"))));
    bodies.push(json!({ "actor": { "name": name }, "content": marked() }));
    bodies.push(json!({ "actor": "crm", "occurred_at": name, "content": marked() }));
    bodies.push(json!({ "actor": "crm", "content": name }));
    bodies.push(json!({ "actor": "crm", format!("{MARK} field"): 1 }));
    bodies.push(name);
    bodies
}

#[test]
fn no_problem_document_says_a_residents_words_back() {
    let server = Server::start();
    for body in misplaced() {
        let answer = server.post("/v1/cases", &body);
        answer.problem(422, "malformed");
        assert!(!answer.text.contains(MARK), "{body}\n{}", answer.text);
    }
    let cut = format!("{{\"actor\":\"crm\",\"content\":{{\"about\":\"{MARK}\nline\"}}}}");
    let answer = server.send("POST", "/v1/cases", cut);
    assert!(!answer.text.contains(MARK), "{}", answer.text);
    answer.problem(422, "malformed");
    let stock = server.send("PUT", "/v1/stock/2026", format!("{{\"{MARK} Smith\":\"{MARK}\"}}"));
    stock.problem(422, "malformed");
    assert!(!stock.text.contains(MARK), "{}", stock.text);
    let query = server.get(&format!("/v1/cases?phase={MARK}"));
    query.problem(422, "malformed");
    assert!(!query.text.contains(MARK), "{}", query.text);
}

/// Reads the log after its own requests: whatever other tests log, none of them says this word.
#[test]
fn no_line_of_the_log_says_a_residents_words() {
    const LOGGED: &str = "Qvoxlantern";
    let swap =
        |body: &Value| -> Value { serde_json::from_str(&body.to_string().replace(MARK, LOGGED)).unwrap() };
    let server = Server::start();
    let case = server.receive_at("2026-11-02T11:00:00Z", &swap(&marked())).case();
    for body in misplaced() {
        server.post("/v1/cases", &swap(&body)).problem(422, "malformed");
    }
    server.command(&case, "refuse", &json!({ "ground": "not-its-service", "reasons": LOGGED }));
    server.command(&case, "settle", &json!({ "note": LOGGED })).problem(409, "wrong-phase");
    drop(server);
    let log = logs::so_far();
    let told = |line: &str| ["answered", &case, "wrong-phase"].iter().all(|part| line.contains(part));
    assert!(log.lines().any(told), "the log was captured, with the line of each request");
    let said: Vec<&str> = log.lines().filter(|line| line.contains(LOGGED)).collect();
    assert!(said.is_empty(), "{said:?}");
}
