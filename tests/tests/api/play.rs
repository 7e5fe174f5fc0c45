//! The landlords' scenarios, played for what they leave behind.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use redress_tests::london;
use redress_tests::scenario::{Scenario, load_folder};
use serde_json::{Value, json};

use crate::api::server::Server;

/// The day in whose past the scenarios are told.
pub const TOLD_ON: &str = "2026-11-20T12:00:00Z";

/// Plays every scenario of every landlord, and says which commands were done at least once.
pub fn all(server: &Server) -> BTreeSet<String> {
    let mut done = BTreeSet::new();
    let scenarios = load_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios")).unwrap();
    assert!(scenarios.len() > 100, "{} scenarios", scenarios.len());
    for (name, scenario) in scenarios {
        play(server, &name, &scenario.unwrap(), &mut done);
    }
    done
}

fn play(server: &Server, name: &str, scenario: &Scenario, done: &mut BTreeSet<String>) {
    let mut cases: BTreeMap<String, String> = BTreeMap::new();
    for step in scenario.steps.iter().filter(|step| step.verb != "look") {
        let label = step.case.as_str();
        let content = if step.with.is_null() { json!({}) } else { step.with.clone() };
        let body =
            json!({ "occurred_at": london::instant(&step.on).unwrap(), "actor": "crm", "content": content });
        let asking = server.of(&scenario.landlord);
        let answer = match step.verb.as_str() {
            "receive" => asking.post("/v1/cases", &body),
            verb => asking.order(&cases[label], verb, &body),
        };
        let refused = step.expect.refused.is_some();
        let what = format!("{}: {} {}: {}", name, step.on, step.verb, answer.text);
        assert_eq!(refused, !(200..300).contains(&answer.status), "{what}");
        if refused {
            continue;
        }
        done.insert(step.verb.clone());
        if step.verb == "receive" {
            cases.insert(label.to_owned(), answer.case());
        }
        if let (Some(label), Value::String(id)) = (&step.expect.spawned, &answer.json()["complaint"]) {
            cases.insert(label.clone(), id.clone());
        }
    }
}
