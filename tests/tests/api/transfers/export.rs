//! Everything that a landlord has, taken out.

use std::collections::BTreeSet;

use redress_service::access::Role;
use redress_tests::database::Backend;
use serde_json::{Value, json};

use super::again::many;
use super::{HISTORY, MAPPING, bring_in, taken_out};
use crate::BACKEND;
use crate::api::access::issue;
use crate::api::play;
use crate::api::server::Server;
use crate::api::tables::{connect, lines};

#[test]
fn what_is_taken_out_is_what_lists_and_tables_have() {
    let server = Server::at(play::TOLD_ON);
    play::all(&server);
    let tables = server.get("/v1/export").done();
    let mut total = 0;
    for table in tables["tables"].as_array().unwrap() {
        let name = table["name"].as_str().unwrap();
        let rows = taken_out(&server, name);
        assert_eq!(table["rows"], rows.len(), "{name}");
        let columns: Vec<&str> = table["columns"]
            .as_array()
            .unwrap()
            .iter()
            .map(|column| column["name"].as_str().unwrap())
            .collect();
        for row in &rows {
            assert_eq!(row.as_object().unwrap().len(), columns.len(), "{row}");
            assert_eq!(row["landlord_id"], "hartlepool");
        }
        let key: Vec<&str> =
            table["key"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
        let places: BTreeSet<String> = rows
            .iter()
            .map(|row| json!(key.iter().map(|name| &row[*name]).collect::<Vec<_>>()).to_string())
            .collect();
        assert_eq!(places.len(), rows.len(), "{name}");
        total += rows.len();
    }
    assert!(total > 500, "{total}");
    let cases = taken_out(&server, "cases");
    assert_eq!(server.get("/v1/cases?count=true&limit=1").done()["total"], cases.len());
    let events = server.get("/v1/events?limit=500").done();
    assert_eq!(events["head"], taken_out(&server, "events").len());
    assert!(
        cases
            .iter()
            .any(|case| case["hazard"].is_boolean() && case["received_on"].as_str().unwrap().len() == 10)
    );
}

/// On PostgreSQL what happened waits for its number until somebody asks; so does whoever takes the feed out.
#[test]
fn what_happened_a_moment_ago_stands_in_the_feed_that_is_taken_out() {
    let server = Server::start();
    server.accepted();
    let numbers: Vec<Value> = taken_out(&server, "feed").iter().map(|line| line["feed"].clone()).collect();
    assert_eq!(numbers, [1, 2]);
    server.accepted();
    let tables = server.get("/v1/export").done();
    let feed = tables["tables"].as_array().unwrap().iter().find(|table| table["name"] == "feed").unwrap();
    assert_eq!(feed["rows"], 4);
}

/// The reporter reads these views: what is taken out has every column of theirs, by the same name.
#[test]
fn every_column_of_a_report_is_among_those_that_are_taken_out() {
    let server = Server::start();
    let tables = server.get("/v1/export").done();
    let mut seen = 0;
    for table in tables["tables"].as_array().unwrap() {
        let name = table["name"].as_str().unwrap();
        let query = match BACKEND {
            Backend::Sqlite => format!("SELECT name AS line FROM pragma_table_info('report_{name}')"),
            Backend::Postgres => format!(
                "SELECT CAST(column_name AS TEXT) AS line FROM information_schema.columns WHERE table_name = 'report_{name}'"
            ),
        };
        for column in lines(&mut connect(server.database()), &query) {
            seen += 1;
            let there = table["columns"].as_array().unwrap().iter().any(|known| known["name"] == column);
            assert!(there, "{name}.{column}");
        }
    }
    assert!(seen > 100, "{seen}");
}

#[test]
fn csv_says_what_ndjson_says() {
    let server = Server::start();
    bring_in(&server, MAPPING, &HISTORY.replace("The heating is off.", "=1+1, \"\"\"quoted\"\"\nand more"));
    for table in ["cases", "records", "stages", "events", "references"] {
        let answer = server.get(&format!("/v1/export/{table}?format=csv&cells=exact"));
        assert_eq!(answer.header("content-type"), Some("text/csv; charset=utf-8"));
        let mut reader = csv::Reader::from_reader(answer.text.as_bytes());
        let names = reader.headers().unwrap().clone();
        let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().unwrap();
        let other = taken_out(&server, table);
        assert_eq!(rows.len(), other.len());
        for (row, other) in rows.iter().zip(&other) {
            for (name, text) in names.iter().zip(row) {
                let same = match &other[name] {
                    Value::Null => text.is_empty(),
                    Value::String(words) => words == text,
                    Value::Object(_) => serde_json::from_str::<Value>(text).unwrap() == other[name],
                    plain => format!("{plain}") == text,
                };
                assert!(same, "{table}.{name}: {text} and {}", other[name]);
            }
        }
    }
}

/// What a resident wrote is not computed where staff open it; a program has it as it was.
#[test]
fn what_a_resident_wrote_is_no_formula_in_a_spreadsheet() {
    let server = Server::start();
    let formula = "=HYPERLINK(0)";
    bring_in(&server, MAPPING, &HISTORY.replace("The heating is off.", formula));
    let csv = |cells: &str| server.get(&format!("/v1/export/records?format=csv{cells}")).text;
    assert!(csv("").contains(&format!(",'{formula},")) && !csv("").contains(&format!(",{formula}")));
    assert!(csv("&cells=exact").contains(&format!(",{formula},")));
    let records = taken_out(&server, "records");
    assert!(records.iter().any(|record| record["body"] == formula));
}

#[test]
fn whoever_may_not_read_words_gets_none() {
    let server = Server::start();
    let native = json!({
        "references": [{ "system": "crm", "value": "N-1" }], "received": "2025-01-06", "stock_type": "lcra", "about": "The roof.",
        "residents": [{ "person": { "name": "Resident A" }, "adjustments": ["Large print"] }],
        "learning": [{ "on": "2025-02-25", "theme": "Roofs", "root_cause": "Age", "improvement": "New slates.", "owner": "Repairs" }],
    });
    bring_in(&server, "format = \"ndjson\"", &native.to_string());
    let read = |role: Role, table: &str| {
        let bearer = format!("Bearer {}", issue(&server, "hartlepool", role, &[]).0);
        server.send_bare("GET", &format!("/v1/export/{table}"), &[("Authorization", &bearer)], "")
    };
    let all = server.get("/v1/export/records").text;
    assert!(all.contains("Resident A") && all.contains("Large print"));
    let officers = read(Role::Officer, "records").text;
    assert!(officers.contains("Resident A") && !officers.contains("Large print"));
    let auditors = read(Role::Auditor, "records").text;
    for row in auditors.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()) {
        assert_eq!((&row["body"], &row["salt"]), (&Value::Null, &Value::Null));
    }
    assert_eq!(auditors.lines().count(), all.lines().count());
    assert!(!read(Role::Auditor, "learning").text.contains("slates"));
    for table in ["cases", "events", "feed"] {
        assert_eq!(read(Role::Auditor, table).text, server.get(&format!("/v1/export/{table}")).text);
    }
    read(Role::Officer, "feed").problem(403, "scope-missing");
    server.get("/v1/export/api_keys").problem(404, "not-found");
}

/// A text as a query takes it.
fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

#[test]
fn what_broke_off_goes_on_after_the_last_row_that_arrived() {
    let server = Server::start();
    bring_in(&server, MAPPING, &many(320));
    // On PostgreSQL an event has no number until somebody looks.
    server.get("/v1/events").done();
    for (table, key) in [
        ("cases", vec!["case_id"]),
        ("references", vec!["system", "value"]),
        ("stages", vec!["case_id", "stage"]),
        ("feed", vec!["feed"]),
    ] {
        let whole = taken_out(&server, table);
        assert!(whole.len() > 1_000 || table != "feed", "{table}: {}", whole.len());
        for cut in [1, 250, whole.len() - 1, whole.len()] {
            let last: Vec<&Value> = key.iter().map(|name| &whole[cut - 1][*name]).collect();
            let after = encoded(&json!(last).to_string());
            let rest = server.get(&format!("/v1/export/{table}?after={after}"));
            let rest: Vec<Value> =
                rest.text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
            assert_eq!(rest, whole[cut..], "{table} after {cut}");
        }
    }
    server.get("/v1/export/cases?after=[1]").malformed("after");
    server.get("/v1/export/stages?after=x%20").malformed("after");
}
