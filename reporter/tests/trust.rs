//! Reports that can be made again, whose figures lead to their cases, and that name nobody where they are published.

#![allow(clippy::expect_used, reason = "a test may stop at a bad fixture")]

mod support;

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use clap::Parser;
use redress_reporter::cli::{Cli, Steps};
use support::Fixture;
use support::small::{ID, UNKNOWN, landlord};

/// Runs the program; gives its exit code, what it wrote and what it said.
fn run(words: &[&str]) -> (ExitCode, String, String) {
    let cli = Cli::try_parse_from([&["redress-reporter"], words].concat()).expect("arguments");
    let (mut out, mut errors) = (Vec::new(), Vec::new());
    let code = cli.run(&mut out, &mut errors, &Steps::default());
    (code, String::from_utf8(out).expect("text"), String::from_utf8(errors).expect("text"))
}

/// Writes the annual and the committee's report of the small landlord, in every format.
fn written(fixture: &Fixture, out: &Path, more: &[&str]) {
    let (database, out) = (fixture.file(), out.to_string_lossy());
    let place = ["--database", &*database.to_string_lossy(), "--out", &*out, "--format", "html,csv,json"];
    let whose = ["--landlord", ID, "--as-of", "2026-01-20"];
    for report in [
        &["annual", "--year", "2025-26"],
        &["committee", "--quarter", "2025-Q3"],
        &["tsm", "--year", "2025-26"],
    ] {
        let (code, _, errors) = run(&[report, &whose[..], &place[..], more].concat());
        assert_eq!(
            (format!("{code:?}"), errors),
            (format!("{:?}", ExitCode::SUCCESS), format!("warning: {ID}: {UNKNOWN}\n"))
        );
    }
}

fn verify(fixture: &Fixture, folder: &Path) -> (ExitCode, String, String) {
    run(&["verify", &folder.to_string_lossy(), "--database", &fixture.file().to_string_lossy()])
}

fn is(code: ExitCode, number: u8) -> bool {
    format!("{code:?}") == format!("{:?}", ExitCode::from(number))
}

#[test]
fn a_report_is_made_again_from_its_manifest_to_the_byte() {
    let fixture = landlord();
    let (one, other) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    written(&fixture, one.path(), &[]);
    written(&fixture, other.path(), &[]);
    let read = |folder: &Path| {
        fs::read_to_string(folder.join("northgate-annual-2025-26.manifest.json")).expect("a manifest")
    };
    assert_eq!(read(one.path()), read(other.path()), "no path and no moment is in it");
    let (code, said, errors) = verify(&fixture, one.path());
    assert_eq!(errors, "");
    assert!(is(code, 0) && said.ends_with("files of 3 reports are what their manifests say\n"), "{said}");
}

#[test]
fn what_was_changed_is_named_by_file_table_and_cell() {
    let fixture = landlord();
    let folder = tempfile::tempdir().expect("a folder");
    written(&fixture, folder.path(), &[]);
    let page = folder.path().join("northgate-annual-2025-26.html");
    let text = fs::read_to_string(&page).expect("a page");
    let cell = text.find("data-figure=\"tsm.ch01-1.lcra\"").expect("the figure");
    let value = cell + text[cell..].find("7.1").expect("its value");
    fs::write(&page, format!("{}8.1{}", &text[..value], &text[value + 3..])).expect("written");
    let table = folder.path().join("northgate-annual-2025-26/outcomes.csv");
    let lines = fs::read_to_string(&table).expect("a table");
    fs::write(&table, lines.replacen("upheld,Upheld,", "upheld,Upheld,9", 1)).expect("written");
    fs::remove_file(folder.path().join("northgate-tsm-2025-26.json")).expect("removed");
    let (code, _, errors) = verify(&fixture, folder.path());
    assert!(is(code, 4), "{errors}");
    for said in [
        "northgate-annual-2025-26.html: line ",
        "figure tsm.ch01-1.lcra: \"8.1\" there, \"7.1\" anew",
        "outcomes.csv: row upheld, column stage-1: \"9",
        "northgate-tsm-2025-26.json: it is missing",
    ] {
        assert!(errors.contains(said), "{said}\n{errors}");
    }
    assert_eq!(errors.lines().count(), 3, "{errors}");
}

/// Changes something in the manifest of the small landlord's annual report.
fn tamper(folder: &Path, change: impl FnOnce(&mut serde_json::Value)) {
    let path = folder.join("northgate-annual-2025-26.manifest.json");
    let mut manifest = serde_json::from_slice(&fs::read(&path).expect("a manifest")).expect("JSON");
    change(&mut manifest);
    fs::write(&path, serde_json::to_vec_pretty(&manifest).expect("JSON")).expect("written");
}

#[test]
fn what_a_manifest_says_of_rows_definitions_and_files_is_held_against_what_is_so() {
    let fixture = landlord();
    let folder = tempfile::tempdir().expect("a folder");
    written(&fixture, folder.path(), &[]);
    let whole = fs::read(folder.path().join("northgate-annual-2025-26.manifest.json")).expect("a manifest");
    for (path, value, code, said) in [
        ("/counts/report_cases/rows", 7, 4, "the manifest: /counts/report_cases/rows: \"7\" there, "),
        ("/definitions/CH01(1)", 9, 4, "the manifest: /definitions/CH01(1): \"9\" there, \"1\" anew"),
        ("/files/0/bytes", 1, 4, "is what is made anew, and not what the manifest says"),
        ("/inputs/newest", 0, 3, "the newest case: recorded 2020-01-01 then, 20"),
        ("/inputs/views/report_cases/rows", 7, 3, "report_cases: 7 rows then, "),
        ("/rules/templates_sha256", 0, 1, "the templates are not what they were"),
        ("/program", 0, 1, "made by 2020-01-01, and this is redress-reporter "),
    ] {
        tamper(folder.path(), |manifest| {
            let there = manifest.pointer_mut(path).unwrap_or_else(|| panic!("{path} is not there"));
            *there = if there.is_string() { "2020-01-01".into() } else { value.into() };
        });
        let (found, _, errors) = verify(&fixture, folder.path());
        assert!(is(found, code) && errors.contains(said), "{path}: {errors}");
        assert_eq!(errors.lines().count(), 1, "{errors}");
        fs::write(folder.path().join("northgate-annual-2025-26.manifest.json"), &whole).expect("written");
    }
}

#[test]
fn what_no_manifest_says_is_not_passed_over() {
    let fixture = landlord();
    let folder = tempfile::tempdir().expect("a folder");
    written(&fixture, folder.path(), &[]);
    let whole = fs::read(folder.path().join("northgate-annual-2025-26.manifest.json")).expect("a manifest");
    let given = |kind: &str| serde_json::json!([{ "kind": kind, "sha256": "0".repeat(64) }]);
    for (path, key, value, said) in [
        ("/request/choices", "more", 1.into(), "it says what no manifest says: /request/choices/more"),
        (
            "/request/period/year",
            "more",
            1.into(),
            "it says what no manifest says: /request/period/year/more",
        ),
        ("/request", "given", given("a letter"), "unknown variant `a letter`, expected one of `answers`"),
        ("/request", "given", given("survey"), "give the survey that the report was made with"),
    ] {
        tamper(folder.path(), |manifest| manifest.pointer_mut(path).expect("a place")[key] = value);
        let (code, _, errors) = verify(&fixture, folder.path());
        assert!(is(code, 4) && errors.contains(said), "{errors}");
        fs::write(folder.path().join("northgate-annual-2025-26.manifest.json"), &whole).expect("written");
    }
    fs::write(folder.path().join("northgate-annual-2025-26/planted.csv"), "row").expect("written");
    let (code, _, errors) = verify(&fixture, folder.path());
    let said =
        "northgate-annual-2025-26/planted.csv: it is in a folder of the report's, and no manifest names it";
    assert!(is(code, 4) && errors.contains(said), "{errors}");
}

#[test]
fn a_manifest_leads_to_no_file_outside_its_folder() {
    let fixture = landlord();
    let folder = tempfile::tempdir().expect("a folder");
    let within = folder.path().join("reports");
    written(&fixture, &within, &[]);
    fs::write(folder.path().join("secret.html"), "secret").expect("written");
    let absolute = folder.path().join("secret.html").to_string_lossy().into_owned();
    for name in ["../secret.html", "a/../../secret.html", &absolute, ""] {
        tamper(&within, |manifest| manifest["files"][0]["name"] = name.into());
        let (code, _, errors) = verify(&fixture, &within);
        assert!(is(code, 4) && errors.contains(&format!("{name:?} leads out of its folder")), "{errors}");
    }
}

#[test]
fn cases_that_were_changed_are_the_datas_fault_and_named_by_view() {
    let mut fixture = landlord();
    let folder = tempfile::tempdir().expect("a folder");
    written(&fixture, folder.path(), &[]);
    fixture.run("UPDATE report_stages SET outcome='upheld' WHERE outcome='not-upheld' AND case_id='case-24'");
    let (code, _, errors) = verify(&fixture, folder.path());
    assert!(is(code, 3), "{errors}");
    assert!(
        errors.contains("report_stages: ") && errors.contains("rows then and now, and not the same"),
        "{errors}"
    );
    assert!(errors.contains("outcomes.csv: row upheld, column stage-1: "), "{errors}");
}

#[test]
fn every_figure_of_the_committee_leads_to_its_cases_and_they_add_up() {
    let mut fixture = landlord();
    fixture.insert("report_equality", &format!("'{ID}','2025-10-06','ethnicity','White British',3"));
    let folder = tempfile::tempdir().expect("a folder");
    written(&fixture, folder.path(), &["--variant", "committee", "--evidence"]);
    let stem = "northgate-annual-2025-26-with-references";
    let lines_of = |stem: &str, file: &str| -> Vec<Vec<String>> {
        let path = folder.path().join(format!("{stem}-evidence/{file}"));
        let mut reader = csv::Reader::from_path(path).expect("a file");
        reader.records().map(|line| line.expect("a line").iter().map(str::to_owned).collect()).collect()
    };
    let lines = |file: &str| lines_of(stem, file);
    // What is ranked is not added up: its parts are the values that were ranked.
    let ranked = ["control-days.", "median", "ninetieth", "longest", "90th"];
    let of_the_quarter = lines_of("northgate-committee-2025-26-Q3-with-references", "figures.csv");
    let of_the_year = lines("figures.csv");
    assert!(of_the_year.len() > 100 && of_the_quarter.len() > 100);
    for figure in of_the_year.iter().chain(&of_the_quarter) {
        // What residents told of themselves leads to nobody.
        assert!(!figure[0].starts_with("equality."), "{figure:?}");
        let is_ranked = ranked.iter().any(|word| figure[0].contains(word));
        assert_eq!(figure[9], if is_ranked { "ranked" } else { "yes" }, "{figure:?}");
        assert_eq!(figure[8] != "0", !figure[10].is_empty(), "{figure:?}");
    }
    // 29 of 4,100 homes: 29 cases, and the homes are no case's.
    let behind = lines("tsm.ch01-1.lcra.csv");
    assert_eq!(behind.len(), 30);
    assert_eq!((behind[0][4].as_str(), behind[0][6].as_str()), ("(not about a case)", "4100"));
    assert_eq!(behind[1][1..3], ["CH01(1)".to_owned(), "1".to_owned()]);
    let page = fs::read_to_string(folder.path().join(format!("{stem}.html"))).expect("the page");
    assert!(page.contains(&format!("href=\"{stem}-evidence/tsm.ch01-1.lcra.csv\"")));
    assert!(page.contains("href=\"#definition-CH01-1\"") && page.contains("id=\"definition-CH01-1\""));
    let manifest = fs::read(folder.path().join(format!("{stem}.manifest.json"))).expect("a manifest");
    let manifest: serde_json::Value = serde_json::from_slice(&manifest).expect("JSON");
    let counts = manifest["counts"].as_object().expect("counts").values();
    let reasons = counts.flat_map(|view| view["excluded"].as_object().expect("reasons").values());
    let left_out: u64 = reasons.filter_map(serde_json::Value::as_u64).sum();
    assert_eq!(lines("left-out.csv").len() as u64, left_out);
}

#[test]
fn one_figure_s_cases_are_printed_and_never_published() {
    let fixture = landlord();
    let database = fixture.file();
    let words =
        ["evidence", "--report", "annual", "--landlord", ID, "--year", "2025-26", "--as-of", "2026-01-20"];
    let place = ["--database", &*database.to_string_lossy()];
    let (code, said, errors) = run(&[&words[..], &place, &["--figure", "outcomes.upheld.stage-1"]].concat());
    assert!(is(code, 0), "{errors}");
    assert!(said.starts_with("figure,definition,version,case,reference,counted,out-of\n"), "{said}");
    let (code, _, errors) = run(&[&words[..], &place, &["--figure", "no.such.figure"]].concat());
    assert!(is(code, 2) && errors.contains("the report has no figure \"no.such.figure\""), "{errors}");
    let annual = ["annual", "--landlord", ID, "--year", "2025-26", "--as-of", "2026-01-20", "--evidence"];
    let (code, _, errors) = run(&[&annual[..], &place].concat());
    assert!(is(code, 2) && errors.contains("never published"), "{errors}");
}

/// A root cause is published in the landlord's own word, so that it is where a slip would go out.
fn with_lesson(cause: &str) -> Fixture {
    let mut fixture = landlord();
    fixture.run("UPDATE report_cases SET reference='NG-2025-0017' WHERE case_id='case-12'");
    fixture.insert(
        "report_learning",
        &format!("'{ID}','case-2',3,'repairs','{cause}','Rung before','J Bloggs','2025-11-14',NULL,NULL"),
    );
    let person = r#"{"name":"Mrs Persephone Quillfeather","address":"Flat 2, 4 Teasel Court, Hartlepool"}"#;
    fixture.run(&format!("INSERT INTO report_people (landlord_id, person) VALUES ('{ID}', '{person}')"));
    fixture.run("INSERT INTO report_people (landlord_id, person) VALUES ('other', 'none')");
    fixture.run(&format!(
        "INSERT INTO report_references (landlord_id, value) VALUES ('{ID}', 'CAS-77120'), ('other', 'fair')"
    ));
    fixture
}

#[test]
fn something_personal_stops_a_publication_and_is_not_repeated() {
    let known = tempfile::tempdir().expect("a folder");
    let names = known.path().join("names.txt");
    fs::write(&names, "17 Larkspur Rise\n\n").expect("written");
    for (slip, kind, hidden) in [
        ("We now ring 01234 567890 first", "a telephone number", "567890"),
        ("Write to someone@example.org", "an email address", "someone@"),
        ("Roof mended at TS24 8AY", "a postcode", "8AY"),
        ("As in NG 2025 0017", "a case's reference", "0017"),
        ("See cas 77120 of the CRM", "a case's reference", "77120"),
        ("J Bloggs rings before", "a member of staff", "Bloggs"),
        ("Ms Persephone  QUILLFEATHER was rung", "somebody's name", "uillfeather"),
        ("Drains of 4 Teasel Court", "somebody's address", "Teasel"),
        ("A new gate for 17, Larkspur Rise", "not to be published", "Larkspur"),
    ] {
        let fixture = with_lesson(slip);
        let out = fixture.out();
        let words = ["annual", "--landlord", ID, "--year", "2025-26", "--as-of", "2026-01-20"];
        let place = [
            "--database",
            &*fixture.file().to_string_lossy().into_owned(),
            "--out",
            &*out.to_string_lossy().into_owned(),
        ]
        .map(str::to_owned);
        let place: Vec<&str> = place.iter().map(String::as_str).collect();
        let known = ["--known", &*names.to_string_lossy()].map(str::to_owned);
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        let (code, _, errors) = run(&[&words[..], &place, &known].concat());
        assert!(is(code, 3), "{slip}: {errors}");
        assert!(errors.contains(kind) && errors.contains("table learning, row "), "{slip}: {errors}");
        assert!(!errors.to_lowercase().contains(&hidden.to_lowercase()), "{slip}: {errors}");
        assert!(!out.exists(), "nothing is written");
        // Its own committee may read it; and what is said to name nobody may go out.
        let (code, _, errors) = run(&[&words[..], &place, &known, &["--variant", "committee"]].concat());
        assert!(is(code, 0), "{slip}: {errors}");
    }
    let fixture = with_lesson("We now ring 01234 567890 first");
    let words = [
        "annual",
        "--landlord",
        ID,
        "--year",
        "2025-26",
        "--as-of",
        "2026-01-20",
        "--passed-over",
        "01234 567890",
    ];
    let (database, out) = (fixture.file(), fixture.out());
    let (code, _, errors) =
        run(&[&words[..], &["--database", &database.to_string_lossy(), "--out", &out.to_string_lossy()]]
            .concat());
    assert!(is(code, 0), "{errors}");
}
