//! The program as it is called.

#![allow(clippy::expect_used, reason = "a test may stop at a bad fixture")]

mod support;

use std::fs;
use std::process::ExitCode;

use clap::Parser;
use redress_reporter::cli::{Cli, Steps};
use support::small::{ID, UNKNOWN, landlord};

/// Runs the program with these words after its name; gives what it wrote and said.
fn run(words: &[&str]) -> (String, String) {
    let (_, out, errors) = run_with_code(words);
    (out, errors)
}

/// The same, with the exit code before it.
fn run_with_code(words: &[&str]) -> (ExitCode, String, String) {
    let cli = Cli::try_parse_from([&["redress-reporter"], words].concat()).expect("arguments");
    let (mut out, mut errors) = (Vec::new(), Vec::new());
    let code = cli.run(&mut out, &mut errors, &Steps::default());
    (code, String::from_utf8(out).expect("text"), String::from_utf8(errors).expect("text"))
}

#[test]
fn both_reports_are_written_and_their_paths_printed() {
    let mut fixture = landlord();
    fixture.landlord("other", "Other Homes");
    let (database, out) = (fixture.file(), fixture.out());
    let (database, out) = (database.to_string_lossy(), out.to_string_lossy());
    let place = ["--as-of", "2026-01-20", "--database", &*database, "--out", &*out];
    let (paths, errors) = run(&[&["annual", "--all", "--year", "2025-26"], &place[..]].concat());
    assert_eq!(errors, format!("warning: northgate: {UNKNOWN}\nwarning: other: {UNKNOWN}\n"));
    assert_eq!(paths, format!("{out}/northgate-annual-2025-26.html\n{out}/other-annual-2025-26.html\n"));
    let page = fs::read_to_string(format!("{out}/northgate-annual-2025-26.html")).expect("the report");
    assert_eq!(page.matches(".comply\">To be confirmed<").count(), 72);

    let (paths, _) = run(&[&["committee", "--landlord", ID, "--quarter", "2025-Q3"], &place[..]].concat());
    assert_eq!(paths, format!("{out}/northgate-committee-2025-26-Q3.html\n"));
    let range = ["committee", "--landlord", ID, "--from", "2025-10-01", "--to", "2025-10-31"];
    let (paths, _) = run(&[&range, &place[..]].concat());
    assert_eq!(paths, format!("{out}/northgate-committee-2025-10-01-to-2025-10-31.html\n"));
    let (_, errors) = run(&[&["annual", "--landlord", "nobody", "--year", "2025-26"], &place[..]].concat());
    assert_eq!(errors, "error: there is no landlord \"nobody\" in the database\n");
}

#[test]
fn a_period_that_has_not_begun_has_no_report_and_leaves_the_last_one_in_its_place() {
    let fixture = landlord();
    let (database, out) = (fixture.file(), fixture.out());
    let (database, out) = (database.to_string_lossy(), out.to_string_lossy());
    let place = ["--database", &*database, "--out", &*out];
    let of = |as_of: &str| {
        let words = ["committee", "--landlord", ID, "--month", "2025-10", "--as-of", as_of];
        run_with_code(&[&words, &place[..]].concat())
    };
    let (_, paths, _) = of("2025-10-01");
    let page = fs::read(paths.trim()).expect("the report");
    let (code, paths, errors) = of("2025-09-30");
    assert_eq!((code, paths.as_str()), (ExitCode::from(2), ""));
    let said = "the period begins on 1 October 2025, which is after the report's date, 30 September 2025";
    assert!(errors.contains(said), "{errors}");
    assert_eq!(
        fs::read(format!("{out}/northgate-committee-2025-10-01-to-2025-10-31.html")).expect("it"),
        page
    );
    let next_year =
        ["--landlord", ID, "--year", "2026-27", "--as-of", "2026-03-31", "--database", &*database];
    for command in [
        &["annual"][..],
        &["self-assessment"],
        &["answers"],
        &["tsm"],
        &["what-if", "--policy", "model-2024"],
    ] {
        let (code, written, errors) = run_with_code(&[command, &next_year].concat());
        assert_eq!((code, written.as_str()), (ExitCode::from(2), ""), "{command:?}");
        let said = "the period begins on 1 April 2026, which is after the report's date, 31 March 2026";
        assert!(errors.contains(said), "{command:?}: {errors}");
    }
}

#[test]
fn what_an_earlier_run_left_in_another_format_is_named() {
    let fixture = landlord();
    let (database, out) = (fixture.file(), fixture.out());
    let (database, out) = (database.to_string_lossy(), out.to_string_lossy());
    let words = ["committee", "--landlord", ID, "--quarter", "2025-Q3", "--as-of", "2026-01-20"];
    let of = |formats: &str| {
        run(&[&words, &["--database", &*database, "--out", &*out, "--format", formats][..]].concat()).1
    };
    assert!(!of("html,csv,json").contains("an earlier run"));
    let errors = of("html");
    for left in ["northgate-committee-2025-26-Q3.json", "northgate-committee-2025-26-Q3"] {
        assert!(errors.contains(&format!("{out}/{left} is of an earlier run")), "{errors}");
    }
    assert_eq!(errors.matches("an earlier run").count(), 2, "{errors}");
    assert!(!of("csv,json,html").contains("an earlier run"));
}

#[test]
fn a_database_that_is_not_there_is_not_made() {
    let folder = tempfile::tempdir().expect("a folder");
    let database = folder.path().join("none.sqlite");
    let out = folder.path().join("out");
    let (_, errors) = run(&[
        "annual",
        "--all",
        "--year",
        "2025-26",
        "--as-of",
        "2026-01-20",
        "--database",
        &database.to_string_lossy(),
        "--out",
        &out.to_string_lossy(),
    ]);
    assert!(errors.contains("there is no such file"), "{errors}");
    assert!(!database.exists() && !out.exists());
}

#[test]
fn a_report_is_written_in_every_format_asked_for_and_each_says_the_same() {
    let fixture = landlord();
    let (database, out) = (fixture.file(), fixture.out());
    let (database, out) = (database.to_string_lossy(), out.to_string_lossy());
    let words = ["annual", "--landlord", ID, "--year", "2025-26", "--as-of", "2026-01-20"];
    let place = ["--database", &*database, "--out", &*out];
    let (paths, errors) = run(&[&words, &place[..], &["--format", "json,csv,html,csv"]].concat());
    assert_eq!(errors, format!("warning: {ID}: {UNKNOWN}\n"));
    let stem = format!("{out}/northgate-annual-2025-26");
    assert_eq!(paths, format!("{stem}.html\n{stem}\n{stem}.json\n"));
    let read = |path: &str| fs::read_to_string(format!("{stem}{path}")).expect("a file");
    let tables = read("/tsm.csv");
    let lines: Vec<&str> = tables.lines().take(2).collect();
    assert_eq!(lines[0], "row,heading,lcra,lcra.counted,lcra.out-of,lcho");
    assert_eq!(lines[1], "ch01-1,\"CH01(1): stage 1 complaints per 1,000 homes\",7.1,29,4100,[Z]");
    let document: serde_json::Value = serde_json::from_str(&read(".json")).expect("JSON");
    let cell = &document["tables"]["tsm"]["rows"][0]["cells"][0];
    assert_eq!((&cell["figure"], &cell["plain"]), (&"tsm.ch01-1.lcra".into(), &"7.1".into()));
    assert_eq!((&cell["numerator"], &cell["denominator"]), (&29.into(), &4100.into()));
    let page = read(".html");
    assert!(page.contains("<span class=\"value\">7.1</span></a> <span class=\"of\">29 of 4,100</span>"));
    let files = fs::read_dir(&stem).expect("the tables").count();
    let more = ["headlines", "assessment"].len();
    assert_eq!(files, document["tables"].as_object().expect("tables").len() + more);
}

#[test]
fn one_landlord_that_fails_does_not_stop_the_others_and_is_named_at_the_end() {
    let mut fixture = landlord();
    fixture.landlord("aller", "Aller Homes");
    fixture.landlord("zeal", "Zeal Homes");
    fixture.case("aller", "grumble", "lcra", "2025-10-15", "");
    let (database, out) = (fixture.file(), fixture.out());
    let (database, out) = (database.to_string_lossy(), out.to_string_lossy());
    let place = ["--as-of", "2026-01-20", "--database", &*database, "--out", &*out];
    let (code, paths, errors) =
        run_with_code(&[&["annual", "--all", "--year", "2025-26"], &place[..]].concat());
    assert_eq!(code, ExitCode::from(3));
    assert_eq!(paths, format!("{out}/northgate-annual-2025-26.html\n{out}/zeal-annual-2025-26.html\n"));
    let first = format!("warning: aller: {UNKNOWN}\nerror: aller: the figures do not add up");
    assert!(errors.starts_with(&first), "{errors}");
    assert!(errors.ends_with("error: 1 of 3 landlords have no new report: aller\n"), "{errors}");
}

#[test]
fn the_exit_code_says_whose_fault_it_is() {
    let fixture = landlord();
    let (database, out) = (fixture.file(), fixture.out());
    let (database, out) = (database.to_string_lossy(), out.to_string_lossy());
    let annual = ["annual", "--year", "2025-26", "--as-of", "2026-01-20", "--out", &*out];
    let of = |words: &[&str]| run_with_code(&[&annual, words].concat()).0;
    assert_eq!(of(&["--all", "--database", &database]), ExitCode::SUCCESS);
    assert_eq!(of(&["--all", "--database", "nowhere.db"]), ExitCode::from(1));
    assert_eq!(of(&["--landlord", "nobody", "--database", &database]), ExitCode::from(2));
    fs::remove_dir_all(&*out).expect("the reports");
    fs::write(&*out, "in the way").expect("a file");
    assert_eq!(of(&["--all", "--database", &database]), ExitCode::from(1));
}

#[test]
fn policies_are_held_against_the_code_of_the_day() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().to_string_lossy();
    let check = |words: &[&str]| {
        run_with_code(
            &[&["code-check", "--as-of", "2024-04-01", "--out", &*out, "--format", "csv,json"], words]
                .concat(),
        )
    };
    let (code, paths, errors) = check(&["--landlord", "hartlepool"]);
    assert_eq!((code, errors.as_str()), (ExitCode::SUCCESS, ""));
    let stem = format!("{out}/hartlepool-code-check-hartlepool-2024-2024");
    assert_eq!(paths, format!("{stem}\n{stem}.json\n"));
    insta::assert_snapshot!(fs::read_to_string(format!("{stem}/limits.csv")).expect("a table"));
    let points = fs::read_to_string(format!("{stem}/points.csv")).expect("a table");
    assert!(
        points.contains("2.2,Ambiguity,2.2,\"A complaint may be declined on the ground called about-policy")
    );
    // The Code of 2022 is kept for its clocks alone; a policy is named by its id, or read from a file.
    let (_, paths, _) = check(&["--policy", "cheshire-west-2023", "--code", "2022"]);
    let read =
        fs::read_to_string(format!("{out}/cheshire-west-code-check-cheshire-west-2023-2022/limits.csv"));
    assert!(
        paths.contains("cheshire-west-2023-2022") && read.expect("a table").contains("Policy"),
        "{paths}"
    );
    let own = folder.path().join("own.toml");
    fs::write(&own, "[landlord]\nid = 3\n").expect("a file");
    let (code, _, errors) = check(&["--policy", &own.to_string_lossy()]);
    assert_eq!(code, ExitCode::from(4));
    assert!(errors.starts_with(&format!("error: {}: ", own.display())), "{errors}");
    let (code, _, errors) = check(&["--landlord", "nobody"]);
    assert_eq!(code, ExitCode::from(2));
    assert!(errors.starts_with("error: no policy of a landlord `nobody` is known"), "{errors}");
    let (_, paths, _) = check(&["--all"]);
    let landlords = redress_shared::policy::Library::embedded().expect("the policies").landlords().count();
    assert_eq!(paths.lines().count(), 2 * landlords, "{paths}");
}

#[test]
fn what_cannot_be_meant_is_refused() {
    for words in [
        vec!["annual", "--year", "2025-27"],
        vec!["annual", "--year", "2025-26"],
        vec!["committee", "--quarter", "2025-Q5"],
        vec!["annual", "--year", "2025-26", "--left-out", "TP09:lcra"],
        vec!["committee", "--from", "2025-10-01"],
    ] {
        let place = ["--as-of", "2026-01-20", "--database", "x", "--out", "y"];
        let landlord: &[&str] = if words == ["annual", "--year", "2025-26"] { &[] } else { &["--all"] };
        let words = [&["redress-reporter"], &words[..], &place, landlord].concat();
        assert!(Cli::try_parse_from(&words).is_err(), "{words:?}");
    }
}
