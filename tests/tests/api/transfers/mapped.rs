//! The same file through the service's import, and read by the reporter itself: the same rows, and the same reports to the byte.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use redress_reporter::output::Format;
use redress_reporter::source::mapped::Mapped;
use redress_reporter::source::{Origin, Snapshot, Source};
use redress_reporter::{Request, Span, write_report};
use redress_shared::measure::{Quarter, ReportingYear};
use redress_shared::policy::Library;
use serde::Serialize;
use serde_json::Value;

use super::bring_in;
use crate::api::server::{NOW, Server};

const HARTLEPOOL: &str = "hartlepool";

/// Every report that these cases can be in, by the names of their files.
fn reports(origin: &Origin, out: &Path) -> BTreeMap<String, Vec<u8>> {
    let spans = [
        Span::Year(ReportingYear::parse("2024-25").unwrap()),
        Span::Year(ReportingYear::parse("2025-26").unwrap()),
        Span::Quarter(Quarter::parse("2025-Q1").unwrap()),
        Span::Quarter(Quarter::parse("2026-Q3").unwrap()),
    ];
    let mut files = BTreeMap::new();
    for span in spans {
        let new = Request::new(origin, out, HARTLEPOOL, span, "2026-11-02".parse().unwrap()).unwrap();
        let request = Request { formats: vec![Format::Html, Format::Json], ..new };
        for path in write_report(&request).unwrap() {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            files.insert(name, std::fs::read(path).unwrap());
        }
    }
    files
}

/// The rows with the case's reference in place of its id, which is another each time, and without when the service was told.
fn rows<T: Serialize>(source: &Source, rows: &[T]) -> Vec<String> {
    let references: BTreeMap<&str, &str> = source
        .cases
        .iter()
        .map(|case| (case.case_id.as_str(), case.reference.as_deref().unwrap_or_default()))
        .collect();
    let mut lines: Vec<String> = rows
        .iter()
        .map(|row| {
            let mut row = serde_json::to_value(row).unwrap();
            let members = row.as_object_mut().unwrap();
            let id = members.get("case_id").and_then(Value::as_str).map(str::to_owned);
            if let Some(id) = id {
                members.insert("case_id".to_owned(), Value::from(references[id.as_str()]));
            }
            if members.contains_key("phase") {
                members.remove("recorded_on");
            }
            row.to_string()
        })
        .collect();
    lines.sort();
    lines
}

fn assert_same(one: &Source, other: &Source) {
    macro_rules! each {
        ($($rows:ident),+) => {$(
            assert_eq!(rows(one, &one.$rows), rows(other, &other.$rows), stringify!($rows));
        )+};
    }
    each!(
        cases,
        stages,
        categories,
        refusals,
        escalations,
        remedies,
        actions,
        findings,
        orders,
        failure_orders,
        learning,
        surveys,
        risks,
        extensions,
        restrictions,
        equality
    );
    assert_eq!(one.landlord, other.landlord);
}

fn check(mapping: &str, example: &str) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let (mapping, example): (PathBuf, PathBuf) = (root.join(mapping), root.join(example));
    let server = Server::start();
    let file = std::fs::read_to_string(&example).unwrap();
    let import = bring_in(&server, &std::fs::read_to_string(&mapping).unwrap(), &file);
    assert_eq!(import["rows_failed"], 0, "{import}");
    let landlord_id = HARTLEPOOL.to_owned();
    let mapped = Mapped { place: example, mapping, landlord_id, stock: None, no_cases: false };
    let (held, counts) = mapped.read(Library::embedded().unwrap(), NOW.parse().unwrap()).unwrap();
    assert_eq!(import["cases_made"], counts.cases);
    let origins = [Origin::Database(server.database().address().clone()), Origin::Held(Arc::new(held))];
    let sources =
        origins.each_ref().map(|origin| Snapshot::open(origin).unwrap().source(HARTLEPOOL).unwrap());
    assert_same(&sources[0], &sources[1]);
    let out = tempfile::tempdir().unwrap();
    let [imported, read] = origins.each_ref().map(|origin| reports(origin, out.path()));
    assert_eq!(imported.len(), 8);
    for (name, file) in &imported {
        assert!(
            read.get(name) == Some(file),
            "{name} is another one from the file than from the import of it"
        );
    }
}

#[test]
fn incidents_of_dynamics_give_the_same_reports_imported_or_read() {
    check("service/mappings/dynamics-365.toml", "service/mappings/dynamics-365.example.ndjson");
}

#[test]
fn cases_of_salesforce_give_the_same_reports_imported_or_read() {
    check("service/mappings/salesforce.toml", "service/mappings/salesforce.example.ndjson");
}

#[test]
fn a_spreadsheet_gives_the_same_reports_imported_or_read() {
    check("service/mappings/spreadsheet.toml", "service/mappings/spreadsheet.example.csv");
}

#[test]
fn any_file_of_cases_gives_the_same_reports_imported_or_read() {
    check("tests/imports/simple.toml", "tests/imports/simple.csv");
}

/// Everything that a history can hold, not only what a CRM's columns do.
#[test]
fn whole_cases_give_the_same_reports_imported_or_read() {
    check("tests/imports/native.toml", "tests/imports/native.ndjson");
}
