//! Of the events and the records that were taken out, everything can be made anew.

use std::collections::BTreeMap;

use redress_service::storage::append::stored;
use redress_service::storage::bulk::{self, NewCase};
use redress_service::storage::records::{PendingRecord, kind_of};
use redress_service::storage::rows::Rows;
use redress_service::storage::write::once;
use redress_shared::case::{CaseId, Logged, replay};
use serde_json::Value;

use super::taken_out;
use crate::api::play;
use crate::api::server::Server;
use crate::api::tables::{connect, dump};
use crate::api::upkeep::look;

fn text(row: &Value, name: &str) -> String {
    row[name].as_str().unwrap().to_owned()
}

fn record(row: &Value) -> PendingRecord {
    let hex = text(row, "salt");
    let byte = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).unwrap();
    PendingRecord {
        id: text(row, "record_id").parse().unwrap(),
        kind: kind_of(&text(row, "kind")),
        salt: (0..hex.len()).step_by(2).map(byte).collect(),
        body: text(row, "body"),
    }
}

/// The tables that stand nowhere else: no other is made of them, and they are made of no other.
const TAKEN_OUT_AS_IT_IS: [&str; 16] = [
    "landlords",
    "stock",
    "events",
    "records",
    "notices",
    "feed",
    "issued_letters",
    "documents",
    "holds",
    "erasures",
    "erased_records",
    "personal_access",
    "calendars",
    "imports",
    "import_errors",
    "imported_cases",
];

#[test]
fn of_events_and_records_every_table_is_made_anew() {
    let server = Server::at(play::TOLD_ON);
    play::all(&server);
    let mut logs: BTreeMap<CaseId, (Vec<Logged>, Vec<PendingRecord>)> = BTreeMap::new();
    for row in taken_out(&server, "events") {
        let log = logs.entry(text(&row, "case_id").parse().unwrap()).or_default();
        log.0.push(serde_json::from_value(row["event"].clone()).unwrap());
    }
    for row in taken_out(&server, "records") {
        logs.entry(text(&row, "case_id").parse().unwrap()).or_default().1.push(record(&row));
    }
    let anew = Server::at(play::TOLD_ON);
    let rulebook = &anew.state().rulebook();
    let case = |(id, (log, records)): (CaseId, (Vec<Logged>, Vec<PendingRecord>))| {
        let case = replay(id, &log).unwrap();
        let rules = rulebook.of(&case.policy, &case.code).unwrap();
        let rows = Rows::of("hartlepool", &case, &rules, rulebook.stamp(&case.policy, &case.code)).unwrap();
        let mut events = Vec::new();
        for logged in &log {
            let previous = events.last().map(|event: &redress_service::storage::append::Stored| event.digest);
            events.push(stored(id, previous.unwrap_or_default(), logged).unwrap());
        }
        NewCase { id, events, records, rows }
    };
    let cases: Vec<NewCase> = logs.into_iter().map(case).collect();
    assert!(cases.len() > 20);
    let connection = &mut connect(anew.database());
    let all: Vec<&NewCase> = cases.iter().collect();
    once(connection, &|connection| bulk::insert(connection, "hartlepool", &all)).unwrap();
    assert_eq!(look(&anew, false).1, []);
    let (before, after) = (dump(&server), dump(&anew));
    // The scenarios are of all landlords: the one that was taken out is compared.
    let own = |rows: &[String]| -> Vec<String> {
        rows.iter().filter(|row| row.contains("'hartlepool'")).cloned().collect()
    };
    let mut compared = 0;
    for (table, rows) in &before {
        if table == "cases" || table.starts_with("case_") {
            assert_eq!(own(&after[table]), own(rows), "{table}");
            compared += own(rows).len();
        }
    }
    assert!(compared > 500, "{compared}");
    let tables = server.get("/v1/export").done();
    let mut kept = Vec::new();
    for table in tables["tables"].as_array().unwrap() {
        let name = table["name"].as_str().unwrap();
        match table["derived"] == true {
            true => assert_eq!(taken_out(&anew, name), taken_out(&server, name), "{name}"),
            false => kept.push(name.to_owned()),
        }
    }
    assert_eq!(kept, TAKEN_OUT_AS_IT_IS);
}
