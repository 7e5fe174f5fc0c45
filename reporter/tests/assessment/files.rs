//! The file of answers on its way from command to command.

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::small::{ID, landlord};
use crate::{AS_OF, HEAD, confirmed};
use clap::Parser;
use redress_reporter::cli::{Cli, Steps};

/// Runs the program; gives the exit code in words, what it wrote and what it said.
fn run(words: &[&str]) -> (String, String, String) {
    let cli = Cli::try_parse_from([&["redress-reporter"], words].concat()).expect("arguments");
    let (mut out, mut errors) = (Vec::new(), Vec::new());
    let code = cli.run(&mut out, &mut errors, &Steps::default());
    let text = |bytes| String::from_utf8(bytes).expect("text");
    (format!("{code:?}"), text(out), text(errors))
}

fn file(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    fs::write(&path, text).expect("a file");
    path
}

#[test]
fn a_file_of_answers_goes_from_the_one_command_to_the_others() {
    let mut fixture = landlord();
    fixture.run("UPDATE report_landlords SET policy_id = 'hartlepool-2024'");
    let (database, out) = (fixture.database(), fixture.out());
    let folder = tempfile::tempdir().expect("a folder");
    let (database, out) = (database.to_string(), out.to_string_lossy());
    let place = ["--landlord", ID, "--as-of", AS_OF, "--database", &*database, "--out", &*out];

    let last = [HEAD.replace("2025-26", "2024-25"), confirmed("4.1", "yes", "evidence = 'A team of three.'")]
        .concat();
    let last = file(folder.path(), "last.toml", &last);
    let last = last.to_string_lossy();
    let (_, ready, errors) = run(&[&["answers", "--year", "2025-26", "--last", &last], &place[..]].concat());
    assert_eq!(errors, "");
    assert!(ready.contains("carried_from = \"2024-25\"\nevidence = \"A team of three.\""), "{ready}");
    assert!(ready.contains("accountable_officer = \"Assistant Director for Development and Growth\""));
    assert!(ready.contains("# - Measured: 34 of 44 (77.3%) stage 1 complaints were answered within"));

    let answers = file(folder.path(), "answers.toml", &ready);
    let answers = answers.to_string_lossy();
    let given = ["--year", "2025-26", "--answers", &answers, "--last-answers", &last];
    let (_, paths, errors) = run(&[&["self-assessment"], &given[..], &place[..]].concat());
    assert_eq!((paths, errors), (format!("{out}/northgate-self-assessment-2025-26.html\n"), String::new()));
    let page = fs::read_to_string(format!("{out}/northgate-self-assessment-2025-26.html")).expect("the page");
    // Proposals that stand in the file confirm nothing.
    assert_eq!(page.matches(".comply\">To be confirmed<").count(), 72);
    assert!(page.contains("From 2024-25, not read again yet: A team of three."));
    assert!(page.contains("Since the year before"));

    let later = [HEAD.to_owned(), confirmed("1.2", "yes", "").replace("2026-06-30", "2030-01-01")].concat();
    let later = file(folder.path(), "later.toml", &later);
    let given = ["--year", "2025-26", "--answers", &*later.to_string_lossy()];
    let (code, _, errors) = run(&[&["self-assessment"], &given[..], &place[..]].concat());
    let said = "warning: northgate: confirmed only after the report's date, and so not answered in it: 1.2\n";
    assert_eq!((code, errors.as_str()), (format!("{:?}", std::process::ExitCode::SUCCESS), said));
}

#[test]
fn a_policy_that_did_not_hold_yet_stands_in_with_a_warning() {
    let mut fixture = landlord();
    fixture.run("UPDATE report_landlords SET policy_id = 'hartlepool-2024'");
    let (database, out) = (fixture.database().to_string(), fixture.out());
    let out = out.to_string_lossy();
    let place = ["--landlord", ID, "--as-of", AS_OF, "--database", &*database, "--out", &*out];
    let said = |year: &str| run(&[&["tsm", "--year", year], &place[..]].concat()).2;
    assert_eq!(said("2024-25"), "");
    let errors = said("2022-23");
    assert!(errors.starts_with("warning: northgate: ") && errors.contains("2023-03-31"), "{errors}");
    assert!(errors.contains("the report goes by the present one, hartlepool-2024"), "{errors}");
}

#[test]
fn files_that_do_not_fit_are_refused_with_what_to_do() {
    let mut fixture = landlord();
    fixture.run("UPDATE report_landlords SET policy_id = 'hartlepool-2024'");
    let (database, out) = (fixture.database(), fixture.out());
    let folder = tempfile::tempdir().expect("a folder");
    let place = [
        "--landlord",
        ID,
        "--as-of",
        AS_OF,
        "--database",
        &*database.to_string(),
        "--out",
        &*out.to_string_lossy(),
    ]
    .map(str::to_owned);
    for (option, text, problem) in [
        (
            "--answers",
            HEAD.replace("northgate", "southgate"),
            "landlord: it is about `southgate`, and the report is about `northgate`",
        ),
        (
            "--answers",
            HEAD.replace("2025-26", "2024-25"),
            "year: it is about `2024-25`, and the report is about `2025-26`",
        ),
        (
            "--answers",
            HEAD.replace("2024'", "2022'"),
            "it answers the form of 2022, and the year falls under that of 2024",
        ),
        ("--last-answers", HEAD.to_owned(), "year: it is about `2025-26`, and the report is about `2024-25`"),
        ("--answers", "landlord = ".to_owned(), "not TOML"),
        ("--code-wording", "number,text\n6.2,Words\n".to_owned(), "no row for 1.2, 1.3"),
    ] {
        let path = file(folder.path(), "given", &text);
        let words = [
            &[
                "annual".to_owned(),
                "--year".to_owned(),
                "2025-26".to_owned(),
                option.to_owned(),
                path.display().to_string(),
            ],
            &place[..],
        ]
        .concat();
        let (code, paths, errors) = run(&words.iter().map(String::as_str).collect::<Vec<_>>());
        assert!(errors.contains(problem) && errors.contains("given"), "{option}: {errors}");
        assert!(code.contains('4') && paths.is_empty(), "{code} {paths}");
    }
    assert!(!out.exists(), "nothing is written");
}
