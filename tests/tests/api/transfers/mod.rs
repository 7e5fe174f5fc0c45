//! A CRM's history brought in, and everything taken out.

mod again;
mod crms;
mod download;
mod export;
mod guide;
mod imports;
mod leaving;
mod mapped;
mod mapping;
mod odd;
mod rebuild;

use redress_service::background::imports::round;
use serde_json::{Value, json};

use crate::api::server::{Answer, Server};

pub const MAPPING: &str = include_str!("../../../imports/simple.toml");
pub const HISTORY: &str = include_str!("../../../imports/simple.csv");

/// An import with its mapping: its address.
pub fn made(server: &Server, mapping: &str) -> String {
    let made = server.post("/v1/imports", &json!({ "mapping_toml": mapping }));
    assert_eq!(made.done()["state"], "awaiting-file");
    made.header("location").unwrap().to_owned()
}

pub fn put_file(server: &Server, import: &str, file: &str) -> Answer {
    let kind = if file.starts_with('{') { "application/x-ndjson" } else { "text/csv" };
    server.send_with("PUT", &format!("{import}/file"), &[("Content-Type", kind)], file.to_owned())
}

/// An import that has its file: its address.
pub fn ready(server: &Server, mapping: &str, file: &str) -> String {
    let import = made(server, mapping);
    assert_eq!(put_file(server, &import, file).done()["state"], "ready");
    import
}

/// Starts an import, and has the service do all of it.
pub fn done(server: &Server, import: &str, dry_run: bool) -> Value {
    let started = server.post(&format!("{import}/start"), &json!({ "dry_run": dry_run }));
    assert_eq!((started.status, &started.json()["state"]), (202, &json!("running")));
    server.do_duty(round);
    server.get(import).done()
}

/// Brings a whole file in.
pub fn bring_in(server: &Server, mapping: &str, file: &str) -> Value {
    done(server, &ready(server, mapping, file), false)
}

/// What came of an import: rows, failed, made, unchanged, errors.
pub fn counts(import: &Value) -> [i64; 5] {
    ["rows_read", "rows_failed", "cases_made", "cases_unchanged", "errors"]
        .map(|name| import[name].as_i64().unwrap())
}

/// What is wrong with an import's rows: row, field, code.
pub fn wrong(server: &Server, import: &Value) -> Vec<(i64, String, String)> {
    let errors = server.get(&format!("/v1/imports/{}/errors", import["id"].as_str().unwrap())).done();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let one = |error: &Value| (error["row"].as_i64().unwrap(), text(&error["field"]), text(&error["code"]));
    errors["errors"].as_array().unwrap().iter().map(one).collect()
}

/// The case with a reference of the CRM's.
pub fn case(server: &Server, reference: &str) -> Value {
    server.get(&format!("/v1/references/crm/{reference}")).done()
}

/// A table, taken out.
pub fn taken_out(server: &Server, table: &str) -> Vec<Value> {
    let answer = server.get(&format!("/v1/export/{table}"));
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}
