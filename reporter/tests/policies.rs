//! A landlord whose policy changed within the year, from its own folder of policies.

#![allow(clippy::expect_used, reason = "a test may stop at a bad fixture")]

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use redress_reporter::cli::{Cli, Steps};
use support::{Ending, Fixture, Page, StageOf};

const HARTLEPOOL: &str = include_str!("../../shared/policies/hartlepool-2024.toml");

/// Runs the program; gives what it wrote. It must have nothing to complain of.
fn run(words: &[&str]) -> String {
    let cli = Cli::try_parse_from([&["redress-reporter"], words].concat()).expect("arguments");
    let (mut out, mut errors) = (Vec::new(), Vec::new());
    let code = cli.run(&mut out, &mut errors, &Steps::default());
    assert_eq!((code, &*String::from_utf8_lossy(&errors)), (ExitCode::SUCCESS, ""));
    String::from_utf8(out).expect("text")
}

fn file(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    fs::write(&path, text).expect("a file");
    path
}

/// Hartlepool's policy with one number of its own, from September 2025: seven working days to acknowledge.
fn slower() -> String {
    let replaced = HARTLEPOOL
        .replacen("[letterhead]", "[letterhead]\ncolours = { main = \"#5b2c6f\" }", 1)
        .replacen("id = \"hartlepool-2024\"", "id = \"hartlepool-2025\"", 1)
        .replacen("effective_from = { value = \"2024-04-01\"", "effective_from = { value = \"2025-09-01\"", 1)
        .replacen(
            "acknowledge = { count = 5, unit = \"working-days\", from = \"receipt\"",
            "acknowledge = { count = 7, unit = \"working-days\", from = \"receipt\"",
            1,
        );
    assert_eq!(replaced.matches("count = 7").count(), 1);
    replaced
}

#[test]
fn a_policy_that_changed_is_told_of_the_provisions_that_it_touches() {
    let mut fixture = Fixture::new();
    fixture.landlord("hartlepool", "Hartlepool");
    fixture.run("UPDATE report_landlords SET policy_id = 'hartlepool-2024'");
    for requested_on in ["2024-06-03", "2025-10-06"] {
        let case = fixture.case("hartlepool", "complaint", "lcra", requested_on, "");
        let stage = StageOf { stage: 1, requested_on, ending: Ending::InTime, outcome: "upheld" };
        fixture.stage("hartlepool", &case, stage);
    }
    let (database, out) = (fixture.database().to_string(), fixture.out());
    let folder = tempfile::tempdir().expect("a folder");
    file(folder.path(), "hartlepool-2025.toml", &slower());
    let answers = tempfile::tempdir().expect("a folder");
    let last = "landlord = 'hartlepool'\nyear = '2024-25'\ncode = '2024'\n[provisions.'6.2']\ncomply = 'yes'\n\
        confirmed_by = 'Head of Housing'\nconfirmed_on = 2025-06-30\n";
    let last = file(answers.path(), "last.toml", last);
    let (policies, last, out) =
        (folder.path().to_string_lossy(), last.to_string_lossy(), out.to_string_lossy());
    let words = [
        ["self-assessment", "--landlord", "hartlepool", "--year"],
        ["2025-26", "--as-of", "2026-07-20", "--database"],
        [&database, "--out", &out, "--policies"],
        [&policies, "--last-answers", &last, "--variant=committee"],
    ]
    .concat();
    let page = Page::read(run(&words).trim_end().as_ref());
    let why = page.figure("changes.6.2.why");
    assert!(why.starts_with("New in the policy: ") && why.contains('7'), "{why}");
    assert_eq!(page.figure("changes.6.2.before"), "Yes");
    assert!(!page.has("changes.6.11.why"), "stage 2 is as it was");
    // It looks as the policy has it that is in force on the day of the report.
    assert!(page.0.contains("--deep: #5b2c6f;"));
    // The policy of the year's last day is the one that is told.
    assert!(page.0.contains("acknowledged within 7 working days of receipt"));
}
