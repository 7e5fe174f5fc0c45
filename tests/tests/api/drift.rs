//! The tables say what the events say: written anew from the log alone, they come out the same to the byte.

use redress_service::application::library;
use redress_service::rulebook::Rulebook;
use redress_service::storage::rows::{Details, Rows};
use redress_service::storage::{events, landlords};
use redress_shared::calendar::Calendar;
use redress_shared::case::{CaseId, Command, replay};

use serde_json::json;

use crate::api::play;
use crate::api::samples;
use crate::api::server::{self, Server};
use crate::api::tables::{self, Dump};

/// What is not made from events.
const NOT_PROJECTED: &[&str] = &[
    "case_holds",
    "documents",
    "erased_records",
    "erasures",
    "personal_access",
    "case_events",
    "case_records",
    "feed",
    "feed_heads",
    "feed_waiting",
    "notices",
    "leases",
    "webhook_endpoints",
    "webhook_deliveries",
    "api_keys",
    "kept_answers",
    "issued_letters",
    "calendars",
    "calendar_sources",
    "duty_marks",
    "imports",
    "import_chunks",
    "import_errors",
    "imported_cases",
    "documents",
    "erasures",
    "erased_records",
    "case_holds",
    "personal_access",
];

fn rulebook() -> Rulebook {
    Rulebook::new(library(None).unwrap(), &Calendar::england_and_wales().unwrap()).unwrap()
}

/// The tables of a new database, written from the events of another.
fn rebuilt(server: &Server) -> Dump {
    let database = server::empty();
    let rulebook = rulebook();
    let (from, to) = (server.database().open().unwrap(), database.open().unwrap());
    let (mut from, mut to) = (from.connection().unwrap(), to.connection().unwrap());
    for landlord in rulebook.library().landlords() {
        landlords::store(&mut to, rulebook.library().versions(landlord).last().unwrap()).unwrap();
    }
    let cases = tables::lines(
        &mut tables::connect(server.database()),
        "SELECT DISTINCT landlord_id || ' ' || case_id AS line FROM case_events ORDER BY line",
    );
    assert!(!cases.is_empty());
    for line in cases {
        let (landlord, case) = line.split_once(' ').unwrap();
        let id: CaseId = case.parse().unwrap();
        let log = events::load(&mut from, landlord, id).unwrap();
        let case = replay(id, &log.events).unwrap();
        let rules = rulebook.of(&case.policy, &case.code).unwrap();
        let stamp = rulebook.stamp(&case.policy, &case.code);
        let rows = Rows::of(landlord, &case, &rules, stamp).unwrap();
        rows.case.insert(&mut to).unwrap();
        rows.details.replace(&mut to, &Details::default()).unwrap();
    }
    tables::dump_of(&database)
}

fn projected(mut dump: Dump) -> Dump {
    dump.retain(|table, _| !NOT_PROJECTED.contains(&table.as_str()) && !table.starts_with("__"));
    dump
}

/// Fails with the first line that differs, not with two databases.
fn same(left: &Dump, right: &Dump) {
    assert_eq!(left.keys().collect::<Vec<_>>(), right.keys().collect::<Vec<_>>());
    for (table, lines) in left {
        let other = &right[table];
        for (one, two) in lines.iter().zip(other) {
            assert_eq!(one, two, "{table}");
        }
        assert_eq!(lines.len(), other.len(), "{table}");
    }
}

/// A resident's name put right, an action promised outside a response, and a failure order with what came of it.
fn what_no_scenario_has(server: &Server) -> Vec<String> {
    let occurred_at = "2026-11-02T11:00:00Z";
    let case = server.receive_at(occurred_at, &samples::complaint()).case();
    let action = json!({ "what": "Mend the lights.", "due_on": "2026-12-01", "owner": "Repairs" });
    let corrected = json!({ "resident": 1, "person": { "name": "Resident A", "email": "new@example.org" }, "reason": "Asked for." });
    let steps = [
        (
            "correct-resident",
            json!({ "resident": 1, "person": { "name": "Resident B" }, "reason": "A slip." }),
        ),
        ("accept", json!({})),
        ("correct-resident", corrected),
        ("add-action", json!({ "action": action })),
        ("record-failure-order", json!({ "reference": "CHFO-1", "kind": 1, "due_on": "2026-12-01" })),
        ("comply-with-failure-order", json!({ "failure_order": 1 })),
    ];
    steps
        .into_iter()
        .map(|(verb, content)| {
            server.command(&case, verb, &content).done();
            verb.to_owned()
        })
        .collect()
}

#[test]
fn every_scenario_of_every_landlord_leaves_tables_that_its_events_give_again() {
    let server = Server::at(play::TOLD_ON);
    let mut done = play::all(&server);
    done.extend(what_no_scenario_has(&server));
    let never: Vec<_> = Command::VERBS.iter().filter(|verb| !done.contains(**verb)).collect();
    assert!(never.is_empty(), "no scenario carries out {never:?}");
    let kept = projected(tables::dump(&server));
    for (table, rows) in &kept {
        assert!(!rows.is_empty() || table == "stock", "nothing was written to {table}");
    }
    same(&kept, &projected(rebuilt(&server)));
    crate::api::drift_chain::whole(server.database());
}

#[test]
fn every_fact_that_can_be_put_right_is_put_right_in_the_tables() {
    let server = Server::start();
    let case = server.accepted();
    let facts = [
        json!({ "fact": "received-at", "at": "2026-10-30T09:00:00Z" }),
        json!({ "fact": "stock-type", "is": "leasehold" }),
        json!({ "fact": "channel", "is": "letter" }),
        json!({ "fact": "categories", "are": ["Lifts", "Lifts", "Damp"] }),
        json!({ "fact": "service-area", "is": "Repairs" }),
        json!({ "fact": "contractor", "is": "Contractor C" }),
    ];
    for fact in facts {
        let content = json!({ "correct": fact, "reason": "Taken down wrongly." });
        server.command(&case, "correct", &content).done();
    }
    let kept = projected(tables::dump(&server));
    let row = &kept["cases"][0];
    for part in [
        "received_on='2026-10-30'",
        "stock_type='leasehold'",
        "channel='letter'",
        "contractor='Contractor C'",
    ] {
        assert!(row.contains(part), "{part}: {row}");
    }
    assert_eq!(kept["case_categories"].len(), 2);
    same(&kept, &projected(rebuilt(&server)));
}
