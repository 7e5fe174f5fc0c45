//! A history becomes cases.

use chrono::{DateTime, TimeDelta, Utc};
use redress_service::access::{Role, Scope};
use redress_service::storage::Connection;
use redress_service::storage::imports as store;
use redress_service::storage::write::once;
use serde_json::{Value, json};

use super::{HISTORY, MAPPING, bring_in, case, counts, done, ready, wrong};
use crate::api::access::issue;
use crate::api::samples;
use crate::api::server::{NOW, Server};
use crate::api::tables::{connect, dump};
use crate::api::upkeep::look;

#[test]
fn a_history_becomes_cases_with_the_dates_that_it_has() {
    let server = Server::start();
    let import = bring_in(&server, MAPPING, HISTORY);
    assert_eq!((&import["state"], &import["percent"]), (&json!("done"), &json!(100)));
    assert_eq!(counts(&import), [5, 0, 5, 0, 0]);
    let first = case(&server, "C-1");
    assert_eq!(first["phase"], "closed");
    assert_eq!(first["received_at"], "2025-03-03T09:30:00Z");
    assert_eq!(first["facts"]["categories"], json!(["Lifts", "Repairs"]));
    assert_eq!(first["stages"][0]["acknowledged_at"], "2025-03-05T12:00:00Z");
    assert_eq!(first["stages"][0]["handler"]["id"], "officer-1");
    assert_eq!(
        (&first["remedies"][0]["pence"], &first["remedies"][0]["accepted_at"]),
        (&json!(15_050), &json!("2025-03-20T12:00:00Z"))
    );
    let second = case(&server, "C-2");
    // Summer time: noon in London.
    assert_eq!(second["stages"][0]["responded_at"], "2025-05-30T11:00:00Z");
    assert_eq!(second["stages"][1]["outcome"], "partly-upheld");
    assert_eq!(second["escalation"]["late"], false);
    // Decided after the date that it would have extended: it moves none.
    assert_eq!(second["stages"][0]["extensions"][0]["moves_policy"], true);
    let third = case(&server, "C-3");
    assert_eq!((&third["phase"], &third["channel"]), (&json!("refused"), &json!("other")));
    assert_eq!(case(&server, "C-4")["phase"], "settled");
    assert_eq!(look(&server, false).1, []);
}

#[test]
fn what_came_with_a_history_says_so_and_nothing_closed_is_due() {
    let server = Server::start();
    bring_in(&server, MAPPING, HISTORY);
    let events = server.get("/v1/events?limit=500").done();
    let lines = events["events"].as_array().unwrap();
    assert!(lines.len() > 20);
    for line in lines {
        assert_eq!((&line["event"]["imported"], &line["event"]["actor"]), (&json!(true), &json!("import")));
        assert_eq!(line["event"]["recorded_at"], NOW);
    }
    let due = server.get("/v1/due?within_days=30").done();
    let open = case(&server, "C-5")["id"].clone();
    assert!(!due["due"].as_array().unwrap().is_empty(), "{due}");
    assert!(due["due"].as_array().unwrap().iter().all(|line| line["case_id"] == open), "{due}");
}

#[test]
fn an_open_case_goes_on_from_where_its_history_leaves_it() {
    let server = Server::start();
    bring_in(&server, MAPPING, HISTORY);
    let open = case(&server, "C-5")["id"].as_str().unwrap().to_owned();
    server.command(&open, "acknowledge", &samples::acknowledgement()).problem(409, "already-done");
    server.command(&open, "respond", &samples::response()).done();
    let last =
        server.get("/v1/events?limit=500").done()["events"].as_array().unwrap().last().unwrap().clone();
    assert_eq!((&last["type"], &last["event"]["imported"]), (&json!("answered"), &Value::Null));
    server.command(&open, "close", &json!({ "reason": "answered" })).done();
    assert_eq!(look(&server, false).1, []);
}

#[test]
fn what_came_with_a_history_calls_for_no_letter_and_what_happens_here_does() {
    let server = Server::start();
    bring_in(&server, MAPPING, HISTORY);
    let id = |reference: &str| case(&server, reference)["id"].as_str().unwrap().to_owned();
    let letters = |case: &str| server.get(&format!("/v1/cases/{case}/letters")).done()["letters"].clone();
    for reference in ["C-1", "C-2", "C-3", "C-4", "C-5"] {
        assert_eq!(letters(&id(reference)), json!([]), "{reference}");
    }
    // What the history says of it is no reason to write to anybody now.
    let first = id("C-1");
    let last = case(&server, "C-1")["version"].as_u64().unwrap();
    for sequence in 1..=last {
        let letter = format!("/v1/cases/{first}/letters/{sequence}/issue");
        server.post(&letter, &json!({})).problem(404, "not-found");
    }
    let open = id("C-5");
    server.command(&open, "respond", &samples::response()).done();
    let now = letters(&open);
    let kinds: Vec<&Value> = now.as_array().unwrap().iter().map(|letter| &letter["kind"]).collect();
    assert_eq!(kinds, ["response"]);
}

#[test]
fn a_dry_run_tells_all_and_keeps_nothing() {
    let server = Server::start();
    let import = ready(&server, MAPPING, &HISTORY.replace("Not upheld", "Lost"));
    let before = dump(&server);
    let tried = done(&server, &import, true);
    assert_eq!((&tried["state"], counts(&tried)), (&json!("tried"), [5, 1, 4, 0, 1]));
    let after = dump(&server);
    for (table, rows) in &before {
        assert!(
            ["imports", "import_errors", "leases"].contains(&table.as_str()) || &after[table] == rows,
            "{table}"
        );
    }
    // The same file, for good this time: the errors are those of this time.
    let done = done(&server, &import, false);
    assert_eq!((&done["state"], counts(&done)), (&json!("done"), [5, 1, 4, 0, 1]));
    assert_eq!(dump(&server)["import_chunks"], Vec::<String>::new());
}

#[test]
fn errors_name_row_field_and_column_and_not_what_stood_there() {
    let server = Server::start();
    let file = HISTORY
        .replace("03/03/2025 09:30", "33/03/2025")
        .replace("£150.50", "Mrs Smith")
        .replace("05/06/2025", "01/06/2025")
        .replace("Too old", "Mrs Smith")
        .replace("11/06/2025", "11/06/2027")
        .replace("C-5,", ",");
    let import = bring_in(&server, MAPPING, &file);
    assert_eq!(counts(&import), [5, 5, 0, 0, 6]);
    let said = wrong(&server, &import);
    let said: Vec<(i64, &str, &str)> =
        said.iter().map(|(row, field, code)| (*row, field.as_str(), code.as_str())).collect();
    assert_eq!(
        said,
        [
            (1, "received", "unreadable"),
            (1, "stage_1.remedies.0.pence", "unreadable"),
            (2, "stage_2.acknowledged", "out-of-order"),
            (3, "refused.ground", "unreadable"),
            (4, "closed.on", "in-the-future"),
            (5, "references", "malformed"),
        ],
        "{said:?}"
    );
    let text = server.get(&format!("/v1/imports/{}/errors", import["id"].as_str().unwrap())).text;
    assert!(!text.contains("Smith") && text.contains("S1 Compensation"), "{text}");
    assert_eq!(server.get("/v1/cases").done()["cases"], json!([]));
    assert_eq!(dump(&server)["case_records"], Vec::<String>::new());
}

#[test]
fn a_history_wants_its_scope_and_special_category_data_wants_another() {
    let server = Server::start();
    let (officer, _) = issue(&server, "hartlepool", Role::Manager, &[]);
    let (administrator, _) = issue(&server, "hartlepool", Role::Administrator, &[]);
    let post = |key: &str, body: &Value| {
        let bearer = format!("Bearer {key}");
        let headers = [("Authorization", bearer.as_str()), ("Content-Type", "application/json")];
        server.send_bare("POST", "/v1/imports", &headers, body.to_string())
    };
    let plain = json!({ "mapping_toml": MAPPING });
    post(&officer, &plain).problem(403, "scope-missing");
    assert_eq!(post(&administrator, &plain).status, 201);
    let special = MAPPING.replace("about =", "\"residents.0.adjustments\" =");
    let special = json!({ "mapping_toml": special });
    let problem = post(&administrator, &special).problem(403, "scope-missing");
    assert!(problem["detail"].as_str().unwrap().contains(Scope::SpecialCategory.as_str()));
}

#[test]
fn a_file_that_nobody_starts_is_not_kept_for_ever() {
    let server = Server::start();
    let import = ready(&server, MAPPING, HISTORY);
    let now: DateTime<Utc> = NOW.parse().unwrap();
    let connection = &mut connect(server.database());
    let remove = |connection: &mut Connection, before| {
        once(connection, &|connection: &mut Connection| store::remove_left_files(connection, before, now))
            .unwrap()
    };
    assert_eq!(remove(connection, now), 0);
    assert_eq!(remove(connection, now + TimeDelta::seconds(1)), 1);
    assert_eq!(server.get(&import).done()["state"], "cancelled");
    assert_eq!(dump(&server)["import_chunks"], Vec::<String>::new());
}

#[test]
fn ndjson_is_taken_as_it_is_or_by_pointers_into_it() {
    let server = Server::start();
    let native = json!({
        "references": [{ "system": "crm", "value": "N-1" }], "received": "2025-01-06", "stock_type": "lcra",
        "residents": [{ "person": { "name": "Resident A" }, "adjustments": ["Large print"] }, { "person": { "name": "Resident B" } }],
        "stage_1": { "acknowledged": "2025-01-08", "responded": "2025-01-15T10:00:00Z", "outcome": "upheld", "reasons": null,
            "points": [{ "understanding": "Noise." }, { "understanding": "Dust.", "outcome": "not-upheld" }] },
        "closed": { "on": "2025-02-20" },
        "ombudsman": { "reference": "2025001", "referred": "2025-03-01", "determinations": [{ "on": "2025-06-02",
            "findings": [{ "issue": "Noise", "finding": "maladministration" }],
            "orders": [{ "kind": "order", "due_on": "2025-07-01", "complied": "2025-06-20" }] }] },
        "learning": [{ "on": "2025-02-25", "theme": "Noise", "root_cause": "Training", "improvement": "Quieter drills.", "owner": "Repairs" }],
        "surveys": [{ "on": "2025-02-21", "answer": "fairly-satisfied" }],
    });
    let import = bring_in(&server, "format = \"ndjson\"", &format!("{native}\n{{\"references\":[]}}\n"));
    assert_eq!(counts(&import), [2, 1, 1, 0, 3], "{:?}", wrong(&server, &import));
    let taken = case(&server, "N-1");
    assert_eq!(
        (&taken["phase"], taken["parties"]["residents"].as_array().unwrap().len()),
        (&json!("closed"), 2)
    );
    assert_eq!(taken["stages"][0]["points"][1]["outcome"], "not-upheld");
    assert_eq!(taken["ombudsman"]["orders"][0]["complied_at"], "2025-06-20T11:00:00Z");
    let mapping = r#"
        format = "ndjson"
        columns = { received = "created", "references.0.value" = "/ids/crm", "residents.*.person.name" = "/people/*/name", "stage_1.updates" = "calls" }
        constants = { stock_type = "lcra", "references.0.system" = "crm", "residents.*.person.preferred_contact" = "post", "stage_2.handler.role" = "manager" }
    "#;
    let line = json!({ "created": "2026-10-30T09:00:00Z", "ids": { "crm": 77 }, "people": [{ "name": "A" }, {}, { "name": "B" }], "calls": ["2026-10-31"] });
    let import = bring_in(&server, mapping, &line.to_string());
    assert_eq!(counts(&import), [1, 0, 1, 0, 0], "{:?}", wrong(&server, &import));
    let taken = case(&server, "77");
    assert_eq!(taken["parties"]["residents"].as_array().unwrap().len(), 2);
    assert_eq!((&taken["stages"][0]["updates"], taken["stages"].as_array().unwrap().len()), (&json!(1), 1));
    assert_eq!(look(&server, false).1, []);
}
