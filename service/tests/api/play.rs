//! The landlords' scenarios, played for what they leave behind.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use chrono::{NaiveDateTime, TimeZone as _, Utc};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::server::Server;

/// The day in whose past the scenarios are told.
pub const TOLD_ON: &str = "2026-11-20T12:00:00Z";

#[derive(Deserialize)]
struct Scenario {
    landlord: String,
    #[serde(rename = "step")]
    steps: Vec<Step>,
}

#[derive(Deserialize)]
struct Step {
    on: String,
    #[serde(rename = "do")]
    verb: String,
    #[serde(default)]
    case: Option<String>,
    #[serde(default)]
    with: Option<Value>,
    #[serde(default)]
    expect: Value,
}

/// Plays every scenario of every landlord, and says which commands were done at least once.
pub fn all(server: &Server) -> BTreeSet<String> {
    let mut done = BTreeSet::new();
    let files = files();
    assert!(files.len() > 100, "{} scenarios", files.len());
    for file in files {
        let scenario: Scenario = toml::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
        play(server, &file, &scenario, &mut done);
    }
    done
}

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/scenarios");
    let inside = |folder: &Path| -> Vec<PathBuf> {
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect()
    };
    let landlords = inside(&folder).into_iter().filter(|path| path.is_dir());
    let mut files: Vec<PathBuf> = landlords.flat_map(|landlord| inside(&landlord)).collect();
    files.sort();
    files
}

fn play(server: &Server, file: &Path, scenario: &Scenario, done: &mut BTreeSet<String>) {
    let mut cases: BTreeMap<String, String> = BTreeMap::new();
    for step in scenario.steps.iter().filter(|step| step.verb != "look") {
        let label = step.case.as_deref().unwrap_or("A");
        let address = format!("/v1/landlords/{}/cases", scenario.landlord);
        let address = match step.verb.as_str() {
            "receive" => address,
            verb => format!("{address}/{}/{verb}", cases[label]),
        };
        let content = step.with.clone().unwrap_or_else(|| json!({}));
        let body = json!({ "occurred_at": instant(&step.on), "actor": "crm", "content": content });
        let answer = server.post(&address, &body);
        let refused = !step.expect["refused"].is_null();
        let what = format!("{}: {} {}: {}", file.display(), step.on, step.verb, answer.text);
        assert_eq!(refused, !(200..300).contains(&answer.status), "{what}");
        if refused {
            continue;
        }
        done.insert(step.verb.clone());
        if step.verb == "receive" {
            cases.insert(label.to_owned(), answer.case());
        }
        if let (Some(label), Value::String(id)) =
            (step.expect["spawned"].as_str(), &answer.json()["complaint"])
        {
            cases.insert(label.to_owned(), id.clone());
        }
    }
}

/// `2025-04-10 09:30` in London.
fn instant(on: &str) -> chrono::DateTime<Utc> {
    let local = NaiveDateTime::parse_from_str(on, "%Y-%m-%d %H:%M").unwrap();
    chrono_tz::Europe::London.from_local_datetime(&local).earliest().unwrap().with_timezone(&Utc)
}
