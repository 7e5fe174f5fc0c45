//! However often a history comes, and wherever it is cut off, each of its cases is there once.

use chrono::{DateTime, Utc};
use redress_service::background::imports::round;
use redress_service::imports::job::{self, Stepped};
use redress_service::storage::imports as store;
use redress_service::storage::write::once;
use serde_json::json;

use super::{HISTORY, MAPPING, bring_in, case, counts, done, made, put_file, ready, wrong};
use crate::api::samples;
use crate::api::server::{NOW, Server};
use crate::api::tables::{connect, dump};
use crate::api::upkeep::look;

/// A history of so many cases.
pub fn many(count: usize) -> String {
    let (header, rest) = HISTORY.split_once('\n').unwrap();
    let rows: Vec<&str> = rest.lines().collect();
    let row = |number: usize| {
        let row = rows[number % rows.len()];
        row.replacen(row.split(',').next().unwrap(), &format!("M-{number}"), 1)
    };
    let lines: Vec<String> = std::iter::once(header.to_owned()).chain((0..count).map(row)).collect();
    lines.join("\n")
}

#[test]
fn the_same_history_again_changes_nothing() {
    let server = Server::start();
    bring_in(&server, MAPPING, HISTORY);
    let before = dump(&server);
    // In another order, with other line ends, and with a row that stands there twice.
    let (header, rest) = HISTORY.split_once('\n').unwrap();
    let mut rows: Vec<&str> = rest.lines().rev().collect();
    rows.push(rows[0]);
    let again = bring_in(&server, MAPPING, &format!("{header}\r\n{}\r\n", rows.join("\r\n")));
    assert_eq!(counts(&again), [6, 0, 0, 6, 0]);
    let after = dump(&server);
    for (table, rows) in &before {
        assert!(["imports", "leases"].contains(&table.as_str()) || &after[table] == rows, "{table}");
    }
}

#[test]
fn a_case_that_is_there_otherwise_is_named_and_left_alone() {
    let server = Server::start();
    let mut body = samples::complaint();
    body["references"] = json!([{ "system": "crm", "value": "C-2" }]);
    server.receive_at("2026-11-02T11:00:00Z", &body).done();
    let one = HISTORY.lines().take(2).collect::<Vec<_>>().join("\n");
    bring_in(&server, MAPPING, &one);
    let before = dump(&server)["case_events"].clone();
    let again = bring_in(
        &server,
        MAPPING,
        &HISTORY.lines().take(3).collect::<Vec<_>>().join("\n").replace("Headland", "Owton"),
    );
    assert_eq!(counts(&again), [2, 2, 0, 0, 2]);
    let field = "references.0.value".to_owned();
    assert_eq!(
        wrong(&server, &again),
        [(1, field.clone(), "exists-differently".to_owned()), (2, field, "exists".to_owned())]
    );
    assert_eq!(dump(&server)["case_events"], before);
    assert_eq!(case(&server, "C-1")["facts"]["area"], "Headland");
}

#[test]
fn a_step_that_two_take_is_kept_once_and_one_that_is_lost_is_taken_again() {
    let server = Server::start();
    let import = ready(&server, MAPPING, &many(320));
    server.post(&format!("{import}/start"), &json!({})).json();
    let id = import.rsplit('/').next().unwrap().parse().unwrap();
    let now: DateTime<Utc> = NOW.parse().unwrap();
    let (mut one, mut other) = (connect(server.database()), connect(server.database()));
    let state = server.state();
    let kept = store::find(&mut one, "hartlepool", id).unwrap().unwrap();
    // Made ready, and never kept: what dies here leaves nothing.
    drop(job::next(&mut one, &state.rulebook(), &kept, now).unwrap());
    let first = job::next(&mut one, &state.rulebook(), &kept, now).unwrap();
    let same = job::next(&mut other, &state.rulebook(), &kept, now).unwrap();
    assert_eq!(once(&mut one, &|connection| job::keep(connection, &first)).unwrap(), Stepped::On);
    assert_eq!(once(&mut other, &|connection| job::keep(connection, &same)).unwrap(), Stepped::NotOurs);
    assert_eq!(once(&mut other, &|connection| job::keep(connection, &first)).unwrap(), Stepped::NotOurs);
    let half = server.get(&import).done();
    assert_eq!(
        (&half["state"], &half["rows_read"], &half["cases_made"]),
        (&json!("running"), &json!(250), &json!(250))
    );
    server.do_duty(round);
    assert_eq!(counts(&server.get(&import).done()), [320, 0, 320, 0, 0]);
    assert_eq!(server.get("/v1/cases?count=true&limit=1").done()["total"], 320);
    assert_eq!(look(&server, false).1, []);
}

#[test]
fn a_cancelled_import_stops_and_the_next_goes_on_where_it_ended() {
    let server = Server::start();
    let file = many(320);
    let import = ready(&server, MAPPING, &file);
    server.post(&format!("{import}/start"), &json!({})).json();
    let id = import.rsplit('/').next().unwrap().parse().unwrap();
    let connection = &mut connect(server.database());
    let state = server.state();
    let kept = store::find(connection, "hartlepool", id).unwrap().unwrap();
    let first = job::next(connection, &state.rulebook(), &kept, kept.created_at).unwrap();
    once(connection, &|connection| job::keep(connection, &first)).unwrap();
    let cancelled = server.send("POST", &format!("{import}/cancel"), "");
    assert_eq!(cancelled.done()["state"], "cancelled");
    assert_eq!(server.send("POST", &format!("{import}/cancel"), "").done(), cancelled.done());
    server.do_duty(round);
    assert_eq!(server.get(&import).done()["rows_read"], 250);
    assert_eq!(dump(&server)["import_chunks"], Vec::<String>::new());
    server.post(&format!("{import}/start"), &json!({})).problem(409, "import-state");
    put_file(&server, &import, HISTORY).problem(409, "import-state");
    assert_eq!(counts(&bring_in(&server, MAPPING, &file)), [320, 0, 70, 250, 0]);
    server.send("POST", &format!("{import}/cancel"), "").done();
}

#[test]
fn several_landlords_histories_come_side_by_side_and_each_sees_its_own() {
    let server = Server::start();
    let import = ready(&server, MAPPING, HISTORY);
    let theirs = server.of("bradford");
    let made_by = theirs.post("/v1/imports", &json!({ "mapping_toml": MAPPING }));
    let other = made_by.header("location").unwrap().to_owned();
    theirs.send_with("PUT", &format!("{other}/file"), &[("Content-Type", "text/csv")], HISTORY).done();
    theirs.post(&format!("{other}/start"), &json!({})).json();
    server.get(&other).problem(404, "not-found");
    done(&server, &import, false);
    assert_eq!(theirs.get(&other).done()["state"], "done");
    let list = theirs.get("/v1/imports").done();
    assert_eq!(list["imports"].as_array().unwrap().len(), 1);
    let made = made(&server, MAPPING);
    let page = server.get("/v1/imports?limit=1").done();
    let next = page["next"].as_str().unwrap();
    let rest = server.get(&format!("/v1/imports?after={next}")).done();
    assert!(made.ends_with(rest["imports"][0]["id"].as_str().unwrap()));
    assert_eq!(look(&server, false).1, []);
}
