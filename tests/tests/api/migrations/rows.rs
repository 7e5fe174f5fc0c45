//! What stands in the tables when a migration comes.

use std::collections::{BTreeMap, BTreeSet};

use redress_service::storage::Connection;
use redress_tests::tables::{cells, names};
use serde_json::json;

use super::{Step, migrate};
use crate::api::documents::attach;
use crate::api::personal_data::{administrator, ended, erase, hold, marked, resident};
use crate::api::play;
use crate::api::server::Server;
use crate::api::tables;
use crate::api::timers::tell;
use crate::api::transfers::{HISTORY, MAPPING, bring_in, ready};
use crate::api::upkeep::look;

/// What a row is: the values of its columns, by their names.
type Row = BTreeMap<String, String>;

/// Tables of the first migration that hold what stands in no log.
const FROM_THE_FIRST: [&str; 2] = ["landlords", "stock"];

/// Rows of tables that are empty while nothing is in hand.
const IN_HAND: &str = "INSERT INTO leases VALUES ('timers', 'one', '2026-11-20 12:00:00');
    INSERT INTO duty_marks VALUES ('renewal', 'all', 'some', NULL);
    INSERT INTO calendar_sources VALUES ('feed', '2026-11-20 12:00:00', NULL, NULL, NULL, '[]');
    INSERT INTO feed_waiting SELECT landlord_id, case_id, sequence, case_id, kind, '2026-11-20 12:00:00' FROM case_events
    WHERE landlord_id = 'hartlepool'";

/// A database with something in every table.
fn full() -> Server {
    let server = Server::at(play::TOLD_ON);
    play::all(&server);
    server.put("/v1/stock/2026", r#"{"lcra":1200}"#).done();
    bring_in(&server, MAPPING, &HISTORY.replace("/2025", "/never"));
    ready(&server, MAPPING, HISTORY);
    let webhook = server.post("/v1/webhooks", &json!({ "url": "https://8.8.8.8/a" })).done();
    let webhook = webhook["webhook"]["id"].as_str().unwrap();
    server
        .send_with("POST", &format!("/v1/webhooks/{webhook}/test"), &[("Idempotency-Key", "one")], "")
        .done();
    let case = ended(&server, &marked(json!([resident("Ann")])));
    server.post(&format!("/v1/cases/{case}/letters/3/issue"), &json!({})).done();
    attach(&server, &case, "a.pdf").done();
    erase(&server, &case, 1).done();
    hold(&server, &case, Some("legal-claim"));
    administrator(&server, "POST", "/v1/residents/search", &json!({ "name": "Ann" }), &[]).done();
    tell(&server);
    server.get("/v1/events").done();
    tables::execute(&mut tables::connect(server.database()), IN_HAND);
    server
}

/// Every row of every table of ours.
fn all(connection: &mut Connection) -> BTreeMap<String, Vec<Row>> {
    let tables = names(connection).unwrap().into_iter().filter(|table| !table.starts_with("__"));
    let tables: Vec<String> = tables.collect();
    let pair = |cell: &String| cell.split_once('=').map(|(name, value)| (name.to_owned(), value.to_owned()));
    let mut rows = |table: &str| -> Vec<Row> {
        cells(connection, table).unwrap().iter().map(|row| row.iter().filter_map(pair).collect()).collect()
    };
    tables.into_iter().map(|table| (table.clone(), rows(&table))).collect()
}

/// The rows by these columns alone, in order.
fn by(rows: &[Row], columns: &BTreeSet<&String>) -> Vec<Row> {
    let of = |row: &Row| row.clone().into_iter().filter(|(name, _)| columns.contains(name)).collect();
    let mut rows: Vec<Row> = rows.iter().map(of).collect();
    rows.sort_unstable();
    rows
}

/// Fails where rows are not there any more, or another value stands in one of their columns.
fn kept(before: &BTreeMap<String, Vec<Row>>, after: &BTreeMap<String, Vec<Row>>, but: &str) {
    for (table, rows) in before {
        let columns: BTreeSet<&String> =
            rows.iter().flat_map(Row::keys).filter(|name| *name != but).collect();
        assert_eq!(by(&after[table], &columns), by(rows, &columns), "{table}");
    }
}

#[test]
fn each_migration_keeps_the_rows_that_it_finds() {
    let server = full();
    let mut connection = tables::connect(server.database());
    let mut before = all(&mut connection);
    let empty: Vec<&String> =
        before.iter().filter(|(_, rows)| rows.is_empty()).map(|(table, _)| table).collect();
    assert_eq!(empty, Vec::<&String>::new(), "nothing is tried by a table with nothing in it");
    let steps =
        tables::lines(&mut connection, "SELECT version AS line FROM __diesel_schema_migrations").len();
    for _ in 1..steps {
        migrate(&mut connection, Step::Down);
        let found = all(&mut connection);
        migrate(&mut connection, Step::Up);
        kept(&found, &all(&mut connection), "");
        migrate(&mut connection, Step::Down);
    }
    migrate(&mut connection, Step::AllUp);
    look(&server, true);
    // What the first migration made is as it was; what the log gives has been made anew, but not what has been told of it.
    before.retain(|table, _| {
        FROM_THE_FIRST.contains(&table.as_str()) || table.starts_with("case") && table != "case_holds"
    });
    assert!(before.len() > 20, "{:?}", before.keys());
    kept(&before, &all(&mut connection), "untold_below");
    tables::execute(&mut connection, "DELETE FROM feed_waiting WHERE landlord_id = 'hartlepool'");
    // That records were erased stands in a later table.
    let found: Vec<String> = look(&server, false).1.into_iter().map(|found| found.what).collect();
    assert!(found.iter().all(|what| what.ends_with("is not there, and was not erased")), "{found:?}");
}
