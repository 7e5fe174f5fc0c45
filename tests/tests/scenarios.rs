//! Every scenario of every landlord, through HTTP, and every proof that the clause registers promise.
#![allow(clippy::unwrap_used, reason = "a test says what went wrong by panicking")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{TimeZone as _, Utc};
use redress_shared::policy::Register;
use redress_tests::database::{Backend, Database};
use redress_tests::scenario::{Outcome, Scenario, load_folder, parse, run};
use redress_tests::server::Server;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios")
}

/// Scenarios are told in the past of this day.
fn server() -> Server {
    let now = Utc.with_ymd_and_hms(2026, 11, 20, 12, 0, 0).unwrap();
    let database = Database::fresh(Backend::Sqlite).unwrap();
    Server::start(database, "127.0.0.1:0", Arc::new(move || now)).unwrap()
}

fn read(folder: &Path) -> Vec<(String, Scenario)> {
    load_folder(folder).unwrap().into_iter().map(|(name, scenario)| (name, scenario.unwrap())).collect()
}

fn check(landlord: &str, at_least: usize) {
    let server = server();
    let scenarios = read(&folder().join(landlord));
    assert!(scenarios.len() >= at_least, "{landlord} has {} scenarios", scenarios.len());
    let mut report = Vec::new();
    for (name, scenario) in &scenarios {
        assert_eq!(scenario.landlord, landlord, "{name} is in another landlord's folder");
        let outcome = run(&server.url(), scenario)
            .unwrap_or_else(|error| Outcome { surprises: vec![format!("{error:#}")] });
        report.extend(outcome.surprises.into_iter().map(|surprise| format!("{landlord}/{name}: {surprise}")));
    }
    assert!(report.is_empty(), "{}", report.join("\n"));
}

#[test]
fn hartlepool() {
    check("hartlepool", 15);
}

#[test]
fn bradford() {
    check("bradford", 15);
}

#[test]
fn portsmouth() {
    check("portsmouth", 15);
}

#[test]
fn housing_solutions() {
    check("housing-solutions", 15);
}

#[test]
fn cheshire_west() {
    check("cheshire-west", 15);
}

#[test]
fn model() {
    check("model", 3);
}

/// A clause is proved by a scenario that exists, is that landlord's, and says that it shows the clause.
#[test]
fn every_proof_in_the_registers_is_there() {
    let scenarios = read(&folder());
    let mut wrong = Vec::new();
    for register in Register::embedded().unwrap() {
        for (row, proof) in register.proofs().filter(|(_, proof)| !proof.starts_with("report:")) {
            match scenarios.iter().find(|(name, _)| name == proof) {
                None => {
                    wrong.push(format!("{} {}: there is no scenario {proof}", register.policy, row.clause))
                }
                Some((_, scenario)) if !scenario.clauses.contains(&row.clause) => {
                    wrong.push(format!(
                        "{} {}: {proof} does not name the clause",
                        register.policy, row.clause
                    ));
                }
                Some(_) => {}
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A scenario names only clauses that the register has, so that neither runs ahead of the other.
#[test]
fn every_clause_that_a_scenario_names_is_in_the_register() {
    let clauses: BTreeSet<(String, String)> = Register::embedded()
        .unwrap()
        .iter()
        .flat_map(|register| register.clauses.iter().map(|clause| (register.policy.clone(), clause.clone())))
        .collect();
    let policy_of = |landlord: &str| {
        clauses.iter().map(|(policy, _)| policy.clone()).find(|policy| policy.starts_with(landlord))
    };
    let mut wrong = Vec::new();
    for (name, scenario) in read(&folder()) {
        let Some(policy) = policy_of(&scenario.landlord) else { continue };
        for clause in &scenario.clauses {
            if !clauses.contains(&(policy.clone(), clause.clone())) {
                wrong.push(format!("{name}: {policy} has no clause {clause}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A false expectation of any kind is a surprise; otherwise the scenarios would prove nothing.
#[test]
fn every_false_expectation_is_told() {
    let server = server();
    for (expect, part) in [
        ("phase = 'closed'", "the phase is"),
        ("refused = { code = 'extension-over-cap' }", "should have been refused"),
        ("due = { 'policy acknowledge-1' = '2025-04-16' }", "due is 2025-04-17"),
        ("due = { 'policy acknowledge-9' = '2025-04-16' }", "there is no deadline"),
        ("clock = { 'policy acknowledge-1' = 'late' }", "standing is open"),
        ("explained = { 'policy acknowledge-1' = ['never said'] }", "is not in"),
        ("letter = { kind = 'final-answer' }", "there is no letter"),
        ("cautions = ['1.1']", "the cautions are"),
        ("shows = { '/kind' = 'enquiry' }", "/kind is"),
        ("spawned = 'B'", "no complaint came of it"),
    ] {
        let text = format!(
            "title = 'T'\nlandlord = 'hartlepool'\nclauses = []\nstory = 'S'\n\
             [[step]]\non = '2025-04-10 09:30'\ndo = 'receive'\n\
             with = {{ kind = 'complaint', channel = 'email', about = 'Damp.', stock_type = 'lcra', \
             residents = [{{ person = {{ name = 'Resident A' }} }}] }}\nexpect = {{ {expect} }}\n"
        );
        let outcome = run(&server.url(), &parse(&text).unwrap()).unwrap();
        assert!(outcome.surprises.iter().any(|said| said.contains(part)), "{expect}: {outcome:?}");
    }
}
