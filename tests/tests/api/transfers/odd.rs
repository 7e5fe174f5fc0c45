//! Histories as they are, and imports that cannot go on.

use std::path::Path;

use chrono::TimeDelta;
use redress_service::background::imports::round;
use redress_service::storage::write::once;
use redress_service::storage::{Connection, imports as store};
use serde_json::{Value, json};

use super::{HISTORY, MAPPING, bring_in, case, counts, done, made, put_file, ready, wrong};
use crate::api::server::{NOW, Server, fields};
use crate::api::tables::{connect, dump, execute, lines};
use crate::api::upkeep::look;

const NATIVE: &str = "format = \"ndjson\"";

fn native(reference: &str, more: &Value) -> String {
    let mut case = json!({ "references": [{ "system": "crm", "value": reference }], "stock_type": "lcra", "received": "2025-03-03" });
    case.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    format!("{case}\n")
}

#[test]
fn what_was_never_answered_comes_in_and_counts_as_such() {
    let server = Server::start();
    let closed = native("U-1", &json!({ "closed": { "on": "2025-09-01" } }));
    let skipped = native(
        "U-2",
        &json!({ "stage_1": { "acknowledged": "2025-03-05T08:30:00Z", "points": [{ "understanding": "Noise." }] },
            "escalation": { "requested": "2025-04-14" }, "stage_2": { "responded": "2025-06-02", "outcome": "upheld" },
            "closed": { "on": "2025-06-02T07:00:00Z" } }),
    );
    let points = native(
        "U-3",
        &json!({ "stage_1": { "responded": "2025-03-10", "outcome": "partly-upheld",
            "points": [{ "understanding": "Noise." }, { "understanding": "Dust.", "outcome": "not-upheld" }] },
            "closed": { "on": "2025-03-20" } }),
    );
    let import = bring_in(&server, NATIVE, &format!("{closed}{skipped}{points}"));
    assert_eq!((counts(&import), wrong(&server, &import)), ([3, 0, 3, 0, 0], vec![]));
    assert_eq!(case(&server, "U-1")["closing"]["reason"], "unanswered");
    let skipped = case(&server, "U-2");
    let answered: Vec<bool> =
        skipped["stages"].as_array().unwrap().iter().map(|stage| !stage["responded_at"].is_null()).collect();
    assert_eq!((answered, &skipped["phase"]), (vec![false, true], &json!("closed")));
    let points = case(&server, "U-3")["stages"][0]["points"].clone();
    assert_eq!(
        (&points[0]["outcome"], &points[1]["outcome"]),
        (&json!("partly-upheld"), &json!("not-upheld"))
    );
    // Each stage has its due date and no answer: reports count it as made, and not in time.
    let stages = super::taken_out(&server, "stages");
    let unanswered: Vec<&Value> = stages.iter().filter(|stage| stage["responded_on"].is_null()).collect();
    assert_eq!(unanswered.len(), 2, "{unanswered:?}");
    assert!(unanswered.iter().all(|stage| stage["code_respond_due_on"].is_string()), "{unanswered:?}");
    assert_eq!(server.get("/v1/due").done()["due"], json!([]));
    assert_eq!(look(&server, false).1, []);
}

/// The version that was in force before that of 2024, in a folder of its own.
fn earlier_version(folder: &Path) {
    let later = include_str!("../../../../shared/policies/hartlepool-2024.toml");
    let earlier = later
        .replacen("id = \"hartlepool-2024\"", "id = \"hartlepool-2022\"", 1)
        .replacen("effective_from = { value = \"2024-04-01\"", "effective_from = { value = \"2022-04-01\"", 1)
        .replacen("follows_code = { value = \"2024\"", "follows_code = { value = \"2022\"", 1);
    assert_eq!(later.lines().zip(earlier.lines()).filter(|(later, earlier)| later != earlier).count(), 3);
    std::fs::write(folder.join("hartlepool-2022.toml"), earlier).unwrap();
}

#[test]
fn a_case_that_no_version_covers_is_refused_until_the_version_is_there() {
    let old = native(
        "O-1",
        &json!({ "received": "2023-05-02", "stage_1": { "responded": "2023-05-15", "outcome": "upheld" }, "closed": { "on": "2023-05-15" } }),
    );
    let older = native("O-2", &json!({ "received": "2021-05-04", "closed": { "on": "2021-06-01" } }));
    let file = format!("{old}{older}");
    let server = Server::start();
    let import = bring_in(&server, NATIVE, &file);
    let refused = |row| (row, "received".to_owned(), "no-rules".to_owned());
    assert_eq!(wrong(&server, &import), [refused(1), refused(2)]);
    let errors = server.get(&format!("/v1/imports/{}/errors", import["id"].as_str().unwrap())).done();
    let detail = errors["errors"][0]["detail"].as_str().unwrap();
    assert!(detail.contains("2023-05-02") && detail.contains("--policies"), "{detail}");

    let folder = tempfile::tempdir().unwrap();
    earlier_version(folder.path());
    let server = Server::set(NOW, |settings| settings.rules.policies = Some(folder.path().to_owned()));
    let import = bring_in(&server, NATIVE, &file);
    assert_eq!((counts(&import), wrong(&server, &import)), ([2, 1, 1, 0, 1], vec![refused(2)]));
    let case = case(&server, "O-1");
    assert_eq!((&case["policy"], &case["code"]), (&json!("hartlepool-2022"), &json!("2022")), "{case}");
    let stage = &super::taken_out(&server, "stages")[0];
    assert!(
        stage["policy_respond_due_on"].is_string() && stage["code_respond_due_on"].is_string(),
        "{stage}"
    );
}

#[test]
fn an_import_that_cannot_go_on_ends_alone() {
    let server = Server::start();
    let start = |import: &str| server.post(&format!("{import}/start"), &json!({ "dry_run": false }));
    let poisoned = ready(&server, MAPPING, &HISTORY.replace("Not upheld", "Lost"));
    assert_eq!(start(&poisoned).status, 202);
    let id = poisoned.rsplit('/').next().unwrap();
    let unreadable = ready(&server, MAPPING, HISTORY);
    assert_eq!(start(&unreadable).status, 202);
    // The next error would get the number 0, which the database refuses, now and whenever it is tried again.
    let connection = &mut connect(server.database());
    execute(connection, &format!("UPDATE imports SET errors = -1 WHERE id = '{id}'"));
    let other_id = unreadable.rsplit('/').next().unwrap();
    execute(connection, &format!("UPDATE imports SET mapping = 'no JSON' WHERE id = '{other_id}'"));
    let other = server.of("bradford");
    let made = other.post("/v1/imports", &json!({ "mapping_toml": MAPPING }));
    let import = made.header("location").unwrap().to_owned();
    other.send_with("PUT", &format!("{import}/file"), &[("Content-Type", "text/csv")], HISTORY);
    assert_eq!(other.post(&format!("{import}/start"), &json!({ "dry_run": true })).status, 202);
    server.do_duty(round);
    assert_eq!(other.get(&import).done()["state"], "tried");
    assert_eq!(dump(&server)["import_chunks"].len(), 1, "of the one that was only tried");
    let failed = server.get(&poisoned).done();
    assert_eq!((&failed["state"], counts(&failed)), (&json!("failed"), [0, 0, 0, 0, -1]));
    assert!(failed["why"].as_str().unwrap().contains("log"), "{failed}");
    let states = lines(connection, "SELECT state AS line FROM imports WHERE landlord_id = 'hartlepool'");
    assert_eq!(states, ["failed", "failed"]);
}

#[test]
fn a_mapping_has_no_control_characters_and_its_conditions_are_sound() {
    let server = Server::start();
    let mapping = json!({
        "format": "ndjson", "empty": ["\u{0}"],
        "columns": { "received": "day\u{0}", "references.0.value": "id", "closed.on": "closed", "stock_type": "type" },
        "constants": { "references.0.system": "crm" },
        "values": { "stock_type": { "Flat\u{7}": "lcra" } },
        "when": {
            "closed.on": { "column": "state", "is": ["1"], "otherwise": ["1"] },
            "withdrawn.on": { "column": "state", "is": ["2"] },
        },
    });
    let problem = server.post("/v1/imports", &json!({ "mapping": mapping })).problem(422, "malformed");
    let mut places: Vec<String> = fields(&problem).into_iter().map(|(place, _)| place).collect();
    places.sort();
    let wanted = ["columns/received", "empty/0", "values/stock_type", "when/closed.on", "when/withdrawn.on"];
    assert_eq!(places, wanted.map(|place| format!("/mapping/{place}")));
}

#[test]
fn a_condition_of_csv_names_a_column_of_the_file() {
    let server = Server::start();
    let mapping = |column: &str| {
        format!(
            "{MAPPING}\n[when.\"closed.on\"]\ncolumn = \"{column}\"\nis = [\"Complaint\"]\notherwise = [\"Enquiry\"]\n"
        )
    };
    let import = made(&server, &mapping("State"));
    put_file(&server, &import, HISTORY).problem(422, "malformed");
    // C-1 and C-2 are complaints and closed; of the others, some have no day of closing.
    let done = done(&server, &ready(&server, &mapping("Type"), HISTORY), false);
    let said = wrong(&server, &done);
    assert!(
        said.iter().all(
            |(_, field, code)| field == "closed.on" && ["missing", "unreadable"].contains(&code.as_str())
        ),
        "{said:?}"
    );
    assert_eq!(case(&server, "C-1")["phase"], "closed");
    assert!(!said.is_empty());
}

#[test]
fn a_file_is_kept_for_seven_days_from_when_somebody_last_touched_it() {
    let server = Server::with_moving_clock(NOW);
    let import = made(&server, MAPPING);
    server.pass(TimeDelta::days(6));
    assert_eq!(put_file(&server, &import, HISTORY).done()["state"], "ready");
    server.pass(TimeDelta::days(6));
    server.do_duty(round);
    assert_eq!(server.get(&import).done()["state"], "ready", "its file came six days ago");
    assert_eq!(done(&server, &import, true)["state"], "tried");
    server.pass(TimeDelta::days(6));
    server.do_duty(round);
    assert_eq!(server.get(&import).done()["state"], "tried", "it was tried six days ago");
    server.pass(TimeDelta::days(2));
    server.do_duty(round);
    assert_eq!(server.get(&import).done()["state"], "cancelled");
    let connection = &mut connect(server.database());
    let removed = once(connection, &|connection: &mut Connection| {
        store::remove_left_files(connection, server.now(), server.now())
    });
    assert_eq!(removed.unwrap(), 0, "it is over");
}
