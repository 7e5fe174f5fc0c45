//! Reports from another system's file, by a mapping.

#![allow(clippy::expect_used, reason = "a test may stop at a bad fixture")]

#[path = "mapped/columns.rs"]
mod columns;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser;
use redress_reporter::cli::{Cli, Steps};
use redress_reporter::source::mapped::{Counts, Mapped};
use redress_reporter::source::{Case, Held, Origin, Snapshot, Stage};
use redress_shared::policy::Library;

const LANDLORD: &str = "hartlepool";

/// Runs the program with these words after its name; gives its exit code, what it wrote and what it said.
fn run(words: &[&str]) -> (ExitCode, String, String) {
    let cli = Cli::try_parse_from([&["redress-reporter"], words].concat()).expect("arguments");
    let (mut out, mut errors) = (Vec::new(), Vec::new());
    let code = cli.run(&mut out, &mut errors, &Steps::default());
    (code, String::from_utf8(out).expect("text"), String::from_utf8(errors).expect("text"))
}

/// A mapping or an example that comes with the project.
fn shipped(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../service/mappings").join(name)
}

fn text_of(name: &str) -> String {
    fs::read_to_string(shipped(name)).expect("a file")
}

/// Reads a file by a mapping on a day in November 2026.
fn read(place: &Path, mapping: &Path) -> redress_reporter::Result<(Held, Counts)> {
    let mapped = Mapped {
        place: place.to_owned(),
        mapping: mapping.to_owned(),
        landlord_id: LANDLORD.to_owned(),
        stock: None,
        no_cases: false,
    };
    mapped.read(Library::embedded().expect("the policies"), "2026-11-02T12:00:00Z".parse().expect("a time"))
}

/// What is wrong with an altered spreadsheet.
fn refused(file: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path().join("complaints.csv");
    fs::write(&place, file).expect("a file");
    let error = read(&place, &shipped("spreadsheet.toml")).expect_err("a fault");
    assert_eq!(error.exit_code(), 4, "{error}");
    error.to_string()
}

fn case<'a>(held: &'a Held, reference: &str) -> &'a Case {
    let is = |case: &&Case| case.reference.as_deref() == Some(reference);
    held.report_cases.iter().find(is).expect("the case")
}

fn stage<'a>(held: &'a Held, reference: &str, number: i32) -> &'a Stage {
    let id = &case(held, reference).case_id;
    let is = |stage: &&Stage| stage.case_id == *id && stage.stage == number;
    held.report_stages.iter().find(is).expect("the stage")
}

#[test]
fn every_system_that_has_a_mapping_has_its_reports() {
    for (mapping, example, rows) in [
        ("dynamics-365.toml", "dynamics-365.example.ndjson", 2),
        ("salesforce.toml", "salesforce.example.ndjson", 2),
        ("spreadsheet.toml", "spreadsheet.example.csv", 5),
    ] {
        let out = tempfile::tempdir().expect("a folder");
        let (place, mapping) = (shipped(example), shipped(mapping));
        let words = [
            "annual",
            "--landlord",
            LANDLORD,
            "--year",
            "2025-26",
            "--as-of",
            "2026-06-30",
            "--mapped",
            &place.to_string_lossy(),
            "--mapping",
            &mapping.to_string_lossy(),
            "--variant",
            "committee",
            "--out",
            &out.path().to_string_lossy(),
        ];
        let (code, paths, said) = run(&words);
        assert_eq!(code, ExitCode::SUCCESS, "{example}: {said}");
        assert!(said.starts_with(&format!("{}: {rows} rows, {rows} cases\n", place.display())), "{said}");
        assert!(paths.ends_with("hartlepool-annual-2025-26-with-references.html\n"), "{paths}");
    }
}

#[test]
fn what_is_due_is_ruled_by_the_policy_and_the_code() {
    let (held, counts) =
        read(&shipped("spreadsheet.example.csv"), &shipped("spreadsheet.toml")).expect("cases");
    assert_eq!(counts, Counts { rows: 5, cases: 5, again: 0 });
    let day = |text: &str| Some(text.parse().expect("a day"));
    // Acknowledged within time on 9 April; ten working days from there leave out Good Friday and Easter Monday.
    assert_eq!(stage(&held, "24/001", 1).code_respond_due_on, day("2025-04-25"));
    // The extension was decided in time, with the Ombudsman's details.
    assert_eq!(stage(&held, "24/002", 1).extensions, 1);
    assert!(stage(&held, "24/002", 1).code_extended_due_on.is_some());
    assert_eq!(stage(&held, "24/002", 2).requested_on, day("2025-06-16").expect("a day"));
    // Acknowledged on the ninth working day: the time to answer began on the fifth all the same.
    let late = stage(&held, "24/004", 1);
    assert_eq!(late.code_acknowledge_due_on, day("2025-08-26"));
    assert!(late.code_respond_due_on < late.code_respond_due_as_acknowledged_on);
    assert_eq!((case(&held, "24/003").triage.as_str(), held.report_refusals.len()), ("refused", 1));
    assert_eq!(case(&held, "24/005").closed_on, None);
    assert_eq!(held.report_remedies.iter().map(|remedy| remedy.pence).collect::<Vec<_>>(), [Some(12_000)]);
}

#[test]
fn everything_that_is_wrong_is_named_at_once_by_row_and_column_and_never_by_what_stands_there() {
    let file = text_of("spreadsheet.example.csv")
        .replace("22/04/2025,Upheld", "next Tuesday,Uphold")
        .replace("27/05/2025,11/06/2025", "27/05/2027,11/06/2025")
        .replace("02/06/25,Letter", "02/06/25,Pigeon")
        .replace("18/08/2025,Web", "18/08/2015,Pigeon")
        .replace(",Open,", ",Lost,");
    let said = refused(&file);
    let lines: Vec<&str> = said.lines().collect();
    for wanted in [
        "- complaints.csv, row 1, column `S1 answered`, stage_1.responded: not a date",
        "- complaints.csv, row 1, column `S1 outcome`, stage_1.outcome: the word is not one of",
        "- complaints.csv, row 2, column `S1 extended on`, stage_1.extensions.0.on: ",
        "- complaints.csv, rows 3-4, column `How received`, channel: the word is not one of",
        "- complaints.csv, row 5, column `Status`, closed.on: the mapping does not say",
    ] {
        assert!(lines.iter().any(|line| line.starts_with(wanted)), "{wanted}\n{said}");
    }
    // Row 2 is named once more: it was answered before the extension that is said to be to come.
    assert!(lines[0].contains(" 6 faults ") && lines.len() == 7, "{said}");
    for cell in ["next Tuesday", "Uphold", "Pigeon", "Lost"] {
        assert!(!said.contains(cell), "{cell}: {said}");
    }
    // What can be read and cannot be: from before any policy that is known, and with one reference for two complaints.
    let file = text_of("spreadsheet.example.csv")
        .replace("18/08/2025,Web", "18/08/2015,Web")
        .replace("24/002,", "24/001,");
    let said = refused(&file);
    assert!(
        said.contains("row 2, column `Ref`, references.0.value: another row has this reference"),
        "{said}"
    );
    assert!(
        said.contains("row 4, column `Date received`, received: ") && said.contains("(no-rules)"),
        "{said}"
    );
}

#[test]
fn a_row_is_named_for_what_is_wrong_with_it_and_not_for_what_follows_from_that() {
    let file = text_of("spreadsheet.example.csv")
        .replace("24/001,07/04/2025,Phone", "24/001,07/04/2025,Pigeon")
        .replace("24/002,", "24/001,")
        .replace("24/003,02/06/25", ",")
        .replace("24/004,", "24/004,one too many,");
    let said = refused(&file);
    for wanted in [
        "- complaints.csv, row 1, column `How received`, channel: the word is not one of",
        "- complaints.csv, row 2, column `Ref`, references.0.value: another row has this reference, and says otherwise",
        "- complaints.csv, row 3, column `Date received`, received: the column has nothing, and without it there is no case",
        "- complaints.csv, row 3, column `Ref`, references: the column has nothing, and without it there is no case",
        "- complaints.csv, row 4: it has 24 columns, and the first line 23 (unreadable)",
    ] {
        assert!(said.contains(wanted), "{wanted}\n{said}");
    }
    assert!(said.contains(" 5 faults "), "{said}");
}

/// The names of the people in it would not be looked for in what is published.
#[test]
fn what_should_be_a_list_and_is_none_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let [place, mapping] = ["cases.ndjson", "mapping.toml"].map(|name| folder.path().join(name));
    let text = "format = \"ndjson\"\n[columns]\n\"references.0.value\" = \"id\"\nreceived = \"on\"\n\
        \"residents.*.person.name\" = \"/people/*/name\"\n[constants]\n\"references.0.system\" = \"crm\"\nstock_type = \"lcra\"\n";
    fs::write(&mapping, text).expect("a file");
    let rows = r#"{"id":"1","on":"2025-06-02","people":[{"name":"Ada Archer"}]}
{"id":"2","on":"2025-06-02","people":{"name":"Bea Baker"}}"#;
    fs::write(&place, rows).expect("a file");
    let said = read(&place, &mapping).expect_err("a fault").to_string();
    let wanted = "row 2, column `/people/*/name`, residents.*.person.name: expected a list (unreadable)";
    assert!(said.contains(wanted) && said.contains(" 1 fault "), "{said}");
}

#[test]
fn a_column_that_is_not_there_is_named_with_what_is_wrong_besides() {
    let file = text_of("spreadsheet.example.csv")
        .replacen("S1 answered", "S1 replied", 1)
        .replacen("Tenure", "Notes", 1)
        .replace("07/04/2025,Phone", "7 April,Phone");
    let said = refused(&file);
    assert!(
        said.contains("- complaints.csv, columns.stage_1.responded: the file has no column `S1 answered`"),
        "{said}"
    );
    assert!(said.contains("- complaints.csv, columns.stock_type: the file has no column `Tenure`"), "{said}");
    assert!(said.contains("row 1, column `Date received`, received: not a date"), "{said}");
    // Of NDJSON, a name that no row has; a mapping that is none; a file that is not there.
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path().join("cases.ndjson");
    let example = text_of("salesforce.example.ndjson").replace("Stage_1_Responded__c", "Stage_1_Answered__c");
    fs::write(&place, example).expect("a file");
    let said = read(&place, &shipped("salesforce.toml")).expect_err("a fault").to_string();
    assert!(said.contains("columns.stage_1.responded: no row has `Stage_1_Responded__c`"), "{said}");
    let mapping = folder.path().join("mapping.toml");
    fs::write(&mapping, text_of("salesforce.toml").replace("stage_1.responded", "stage_1.answered"))
        .expect("a file");
    let error = read(&place, &mapping).expect_err("a fault");
    assert!(
        error.exit_code() == 4 && error.to_string().contains("there is no field `stage_1.answered`"),
        "{error}"
    );
    let error = read(&folder.path().join("none.csv"), &shipped("spreadsheet.toml")).expect_err("no file");
    assert_eq!(error.exit_code(), 4);
}

/// Each row would have nothing there, and nothing of a name that is written otherwise would be missed.
#[test]
fn a_pointer_that_no_row_has_is_a_column_that_is_not_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let mapping = folder.path().join("mapping.toml");
    let misspelt = text_of("dynamics-365.toml")
        .replace("/customerid_contact/fullname", "/customerid_contact/name")
        .replace("Resolutions/0/actualend", "Resolutions/0/endedon");
    fs::write(&mapping, misspelt).expect("a file");
    let said = read(&shipped("dynamics-365.example.ndjson"), &mapping).expect_err("a fault").to_string();
    for wanted in [
        "columns.residents.0.person.name: no row has `/customerid_contact/name`",
        "columns.closed.on: no row has `/Incident_IncidentResolutions/0/endedon`",
    ] {
        assert!(said.contains(wanted), "{said}");
    }
    assert!(said.contains(" 2 faults "), "{said}");
}

#[test]
fn what_is_wrong_with_the_mapping_the_homes_and_the_file_is_told_together() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).expect("a file");
        path
    };
    let homes = "year_start,stock_type,homes\n2025-04-02,lcra,7100\n2025-04-01,castle,1\n2025,lcho,many\n";
    let stock = write("homes.csv", homes);
    let place = write("complaints.csv", &text_of("spreadsheet.example.csv").replace("Phone", "Pigeon"));
    let misspelt = text_of("spreadsheet.toml").replacen("stage_1.responded", "stage_1.answered", 1);
    let misspelt = write("mapping.toml", &misspelt);
    let said = |place: &Path, mapping: &Path| {
        let mapped = Mapped {
            place: place.to_owned(),
            mapping: mapping.to_owned(),
            landlord_id: LANDLORD.to_owned(),
            stock: Some(stock.clone()),
            no_cases: false,
        };
        let now = "2026-11-02T12:00:00Z".parse().expect("a time");
        let error = mapped.read(Library::embedded().expect("the policies"), now).expect_err("faults");
        assert_eq!(error.exit_code(), 4, "{error}");
        error.to_string()
    };
    let of_homes = [
        "homes.csv, line 2: year_start is the 1 April",
        "homes.csv, line 3: stock_type is one of",
        "homes.csv, line 4: year_start is the 1 April on which the year began, as 2025-04-01; homes is a whole number",
    ];
    let none = folder.path().join("none.csv");
    for (place, mapping, others) in [
        (&place, shipped("spreadsheet.toml"), ["complaints.csv, row 1, column `How received`", ""]),
        (&none, misspelt, ["there is no field `stage_1.answered`", "none.csv: "]),
    ] {
        let said = said(place, &mapping);
        for wanted in of_homes.iter().chain(&others) {
            assert!(said.contains(wanted), "{wanted}\n{said}");
        }
    }
}

/// An empty file would make a report that says that nobody complained.
#[test]
fn a_file_without_a_row_is_refused_unless_there_are_said_to_be_no_cases() {
    let folder = tempfile::tempdir().expect("a folder");
    let (place, out) = (folder.path().join("complaints.csv"), folder.path().join("out"));
    let whole = text_of("spreadsheet.example.csv");
    fs::write(&place, whole.lines().next().expect("the names")).expect("a file");
    let mapping = shipped("spreadsheet.toml");
    let [place, mapping, to] = [&place, &mapping, &out].map(|path| path.to_string_lossy().into_owned());
    let whose = ["annual", "--year", "2025-26", "--as-of", "2026-06-30", "--landlord", LANDLORD];
    let from = ["--mapped", &*place, "--mapping", &*mapping, "--out", &*to];
    let words = [&whose[..], &from].concat();
    let (code, _, said) = run(&words);
    assert!(code == ExitCode::from(4) && said.contains("there is no row in it"), "{said}");
    assert!(!out.exists());
    let (code, _, said) = run(&[&words[..], &["--no-cases"]].concat());
    assert_eq!(code, ExitCode::SUCCESS, "{said}");
}

/// What comes of publishing a year from an extract of Dynamics.
fn published(place: &Path, out: &Path) -> (ExitCode, String) {
    let (code, _, said) = run(&[
        "annual",
        "--landlord",
        LANDLORD,
        "--year",
        "2025-26",
        "--as-of",
        "2026-06-30",
        "--mapped",
        &place.to_string_lossy(),
        "--mapping",
        &shipped("dynamics-365.toml").to_string_lossy(),
        "--out",
        &out.to_string_lossy(),
    ]);
    (code, said)
}

#[test]
fn the_people_of_a_file_are_known_so_that_nothing_published_names_them() {
    let (held, _) =
        read(&shipped("dynamics-365.example.ndjson"), &shipped("dynamics-365.toml")).expect("cases");
    let mut snapshot = Snapshot::open(Origin::Held(Arc::new(held))).expect("the rows");
    let people = snapshot.people(LANDLORD).expect("people").expect("the file has them");
    let said = serde_json::to_string(&people).expect("JSON");
    assert!(people.len() == 2 && said.contains("Resident A") && said.contains("01632 960002"), "{said}");
    // What is for everybody is looked through for them: "a fair chance" stands in a provision of the Code, too.
    let place = shipped("dynamics-365.example.ndjson");
    let named = fs::read_to_string(&place).expect("the example").replace("Resident A", "Fair Chance");
    let folder = tempfile::tempdir().expect("a folder");
    let renamed = folder.path().join("complaints.ndjson");
    fs::write(&renamed, named).expect("a file");
    let (code, said) = published(&renamed, folder.path());
    assert!(code == ExitCode::from(3) && said.contains("somebody's name"), "{said}");
    let (code, said) = published(&place, folder.path());
    assert!(code == ExitCode::SUCCESS, "{said}");
    // They are in no row.
    let rows = snapshot.source(LANDLORD).expect("the rows");
    assert!(!format!("{rows:?}").contains("Resident A"));
}

#[test]
fn nothing_is_written_where_a_row_does_not_fit() {
    let folder = tempfile::tempdir().expect("a folder");
    let (place, out) = (folder.path().join("complaints.csv"), folder.path().join("out"));
    fs::write(&place, text_of("spreadsheet.example.csv").replace("Phone", "Pigeon")).expect("a file");
    let (code, paths, said) = run(&[
        "annual",
        "--landlord",
        LANDLORD,
        "--year",
        "2025-26",
        "--as-of",
        "2026-06-30",
        "--mapped",
        &place.to_string_lossy(),
        "--mapping",
        &shipped("spreadsheet.toml").to_string_lossy(),
        "--out",
        &out.to_string_lossy(),
    ]);
    assert_eq!((code, paths.as_str()), (ExitCode::from(4), ""), "{said}");
    assert!(!out.exists());
}

#[test]
fn a_folder_is_read_whole_and_a_row_that_comes_again_counts_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let whole = text_of("spreadsheet.example.csv");
    let lines: Vec<&str> = whole.lines().collect();
    let part = |name: &str, rows: &[&str]| {
        fs::write(folder.path().join(name), [&[lines[0]], rows].concat().join("\r\n")).expect("a file");
    };
    part("2025.csv", &lines[1..4]);
    part("2026.csv", &lines[3..]);
    fs::write(folder.path().join(".hidden.txt"), "not cases").expect("a file");
    let (held, counts) = read(folder.path(), &shipped("spreadsheet.toml")).expect("cases");
    assert_eq!(counts, Counts { rows: 6, cases: 5, again: 1 });
    let (one, _) = read(&shipped("spreadsheet.example.csv"), &shipped("spreadsheet.toml")).expect("cases");
    assert_eq!(held, one);
    for others in ["2024.xlsx", "2023.csv.gz"] {
        fs::write(folder.path().join(others), "cases").expect("a file");
    }
    let refused =
        read(folder.path(), &shipped("spreadsheet.toml")).expect_err("files of other kinds").to_string();
    let named = |line: &str| line.contains("it is no file of CSV, NDJSON or Parquet");
    assert!(refused.lines().count() == 2 && refused.lines().all(named), "{refused}");
}

#[test]
fn an_extract_of_a_mapped_file_verifies_what_was_made_of_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let (stock, extract) = (folder.path().join("homes.csv"), folder.path().join("extract"));
    fs::write(&stock, "year_start,stock_type,homes\n2025-04-01,lcra,7100\n2025-04-01,lcho,40\n")
        .expect("a file");
    let (place, mapping) = (shipped("spreadsheet.example.csv"), shipped("spreadsheet.toml"));
    let (place, mapping) = (place.to_string_lossy(), mapping.to_string_lossy());
    let (stock, extract, out) =
        (stock.to_string_lossy(), extract.to_string_lossy(), folder.path().join("out"));
    let out = out.to_string_lossy();
    let mapped = ["--mapped", &*place, "--mapping", &*mapping, "--stock", &*stock];
    let (code, _, said) =
        run(&[&["extract", "--landlord", LANDLORD, "--output", &*extract], &mapped[..]].concat());
    assert_eq!(code, ExitCode::SUCCESS, "{said}");
    let all = ["all", "--as-of", "2026-06-30", "--out", &*out, "--mapped-landlord", LANDLORD];
    let (code, _, said) = run(&[&all, &mapped[..]].concat());
    assert_eq!(code, ExitCode::SUCCESS, "{said}");
    let (code, same, said) = run(&["verify", &*out, "--extract", &*extract]);
    assert_eq!(code, ExitCode::SUCCESS, "{said}");
    assert!(same.contains("are what their manifests say"), "{same}");
    let (code, _, said) = run(&[&["all", "--as-of", "2026-06-30", "--out", &*out], &mapped[..]].concat());
    assert_eq!(code, ExitCode::from(2), "{said}");
}
