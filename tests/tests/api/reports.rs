//! What the reporter makes of a database that the service has written, whichever kind it is.

use std::collections::BTreeMap;
use std::path::Path;

use redress_reporter::form::Assessment;
use redress_reporter::look::Looks;
use redress_reporter::output::Format;
use redress_reporter::source::{Address, Snapshot};
use redress_reporter::trust::{Known, Manifest, manifests, verify};
use redress_reporter::{Error, Instead, Request, Span, Variant, recount, what_if_of, write_report};
use redress_shared::code::Code;
use redress_shared::measure::{Quarter, ReportingYear};
use redress_shared::policy::Library;
use redress_tests::database::Backend;
use serde_json::{Value, json};

use crate::BACKEND;
use crate::api::play;
use crate::api::samples::{acknowledgement, complaint, response};
use crate::api::server::Server;
use crate::api::tables::{connect, execute};

/// Every landlord's reports, by the names of their files.
fn reports(address: &Address, out: &Path) -> BTreeMap<String, Vec<u8>> {
    let spans = [
        Span::Year(ReportingYear::parse("2025-26").unwrap()),
        Span::Year(ReportingYear::parse("2026-27").unwrap()),
        Span::Quarter(Quarter::parse("2026-Q2").unwrap()),
    ];
    let mut pages = BTreeMap::new();
    for landlord in Snapshot::open(address).unwrap().landlords().unwrap() {
        for span in &spans {
            let as_of = "2026-11-20".parse().unwrap();
            let new = Request::new(address, out, &landlord.landlord_id, span.clone(), as_of).unwrap();
            let request = Request { formats: vec![Format::Html, Format::Json], ..new };
            for path in write_report(&request).unwrap() {
                let name = path.file_name().unwrap().to_string_lossy().into_owned();
                pages.insert(name, std::fs::read(path).unwrap());
            }
        }
    }
    pages
}

fn nothing_else(library: &Library) -> Instead<'_> {
    Instead { library, policy: None, code: None }
}

/// Every stage of every scenario: what the service has written is what is counted from its log.
#[test]
fn counted_anew_by_its_own_rules_every_stage_is_what_it_is() {
    let server = Server::at(play::TOLD_ON);
    play::all(&server);
    let library = Library::embedded().unwrap();
    let mut snapshot = Snapshot::open(server.database().address()).unwrap();
    let mut stages = 0;
    for landlord in snapshot.landlords().unwrap() {
        let source = snapshot.source(&landlord.landlord_id).unwrap();
        let anew = recount(&mut snapshot, &source, nothing_else(library)).unwrap();
        assert_eq!(anew.stages, source.stages, "{}", landlord.landlord_id);
        stages += anew.stages.len();
    }
    assert!(stages > 100, "{stages}");
}

/// A complaint answered on the last day that its policy and its Code allow.
fn answered_on_the_last_day(server: &Server) -> String {
    let case = server.receive_at("2026-10-05T09:00:00Z", &complaint()).case();
    let order = |verb: &str, day: &str, content: &Value| {
        let occurred_at = format!("{day}T10:00:00Z");
        let body = json!({ "occurred_at": occurred_at, "actor": "crm", "content": content });
        server.of("hartlepool").order(&case, verb, &body).done();
    };
    order("accept", "2026-10-05", &json!({}));
    order("acknowledge", "2026-10-12", &acknowledgement());
    order("respond", "2026-10-26", &response());
    case
}

#[test]
fn under_another_policy_or_code_an_answer_in_time_can_be_late() {
    let server = Server::at("2026-10-26T12:00:00Z");
    let case = answered_on_the_last_day(&server);
    let library = Library::embedded().unwrap();
    let address = server.database().address();
    let mut snapshot = Snapshot::open(address).unwrap();
    let source = snapshot.source("hartlepool").unwrap();
    let out = tempfile::tempdir().unwrap();
    let year = Span::Year(ReportingYear::parse("2026-27").unwrap());
    let new = Request::new(address, out.path(), "hartlepool", year, "2026-10-26".parse().unwrap()).unwrap();
    let assessment = Assessment::of(&new.span, None, library).unwrap();
    let published = Request { formats: vec![Format::Json], assessment, ..new };
    let request = Request { variant: Variant::Committee, ..published.clone() };
    let mut of = |request: &Request, instead: Instead<'_>| -> Value {
        let path = what_if_of(&mut snapshot, &source, request, instead).unwrap().remove(0);
        serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
    };
    let row = |document: &Value, place: usize| -> Vec<String> {
        let cells = document["tables"]["compared"]["rows"][place]["cells"].as_array().unwrap();
        cells.iter().map(|cell| cell["text"].as_str().unwrap().to_owned()).collect()
    };
    // Ten working days of receipt in place of ten of the acknowledgement; the Code's clock stands.
    let policy = library.by_id("bradford-draft").unwrap();
    let document = of(&request, Instead { policy: Some(policy), ..nothing_else(library) });
    assert_eq!(row(&document, 2), ["100%", "100%", "0", "0", "0"], "answered in the Code's time");
    assert_eq!(row(&document, 3), ["100%", "0%", "1", "1", "0"], "answered in the policy's time");
    let listed = &document["lists"]["differing"][0]["rows"];
    let of_answer =
        listed.as_array().unwrap().iter().find(|row| row["cells"][3]["text"] == "26 October 2026").unwrap();
    assert_eq!(of_answer["heading"], json!(case));
    assert_eq!(of_answer["cells"][1]["text"], "26 October 2026");
    assert_eq!(of_answer["cells"][2]["text"], "19 October 2026");
    // In public, how each counts is told, and not how few complaints the two tell apart.
    let document = of(&published, Instead { policy: Some(policy), ..nothing_else(library) });
    assert_eq!(row(&document, 3), ["100%", "0%", "[masked]", "[masked]", "[masked]"]);
    assert_eq!(document["lists"]["differing"], json!([]));
    // The Code of 2022 counts from the logging, and sets no time to acknowledge at all.
    let code = Code::embedded("2022").unwrap();
    let document = of(&request, Instead { code: Some(code), ..nothing_else(library) });
    assert_eq!(row(&document, 2), ["100%", "0%", "1", "1", "0"]);
    assert_eq!(row(&document, 3), ["100%", "100%", "0", "0", "0"]);
    // Each has its manifest, from which it is made again; whoever says that it was of other rules is told.
    let looks = Looks::default();
    let known = Known { library, looks: &looks, files: &[] };
    let paths = manifests(out.path()).unwrap();
    assert_eq!(paths.len(), 3, "{paths:?}");
    for path in paths {
        let mut manifest = Manifest::read(&path).unwrap();
        assert!(manifest.inputs.views["report_events"].rows > 0, "it was counted from the logs");
        let mut findings = |manifest: &Manifest| {
            verify((out.path(), manifest), (&mut snapshot, &source), &known).unwrap().verified.findings
        };
        assert_eq!(findings(&manifest), []);
        manifest.counts.clear();
        assert_eq!(findings(&manifest).len(), 1);
    }
    // A log that is not what it was is counted by nobody.
    let tamper = format!("UPDATE case_events SET digest = 'no' WHERE case_id = '{case}' AND sequence = 2");
    execute(&mut connect(server.database()), &tamper);
    let mut later = Snapshot::open(address).unwrap();
    let error = recount(&mut later, &source, nothing_else(library)).unwrap_err();
    assert!(matches!(&error, Error::Unreconciled(_)) && error.to_string().contains("event 2"), "{error}");
}

/// The same lives are played twice, each time with other ids: on this kind of database, and in a SQLite file.
#[test]
fn the_same_lives_give_the_same_reports_to_the_byte_from_either_database() {
    let first = Server::at(play::TOLD_ON);
    let second = Server::kept_in(Backend::Sqlite, play::TOLD_ON, |_| {});
    let out = tempfile::tempdir().unwrap();
    let made = [&first, &second].map(|server| {
        play::all(server);
        reports(server.database().address(), out.path())
    });
    assert!(made[0].len() >= 5 * 3 * 2, "{} files", made[0].len());
    for (name, page) in &made[0] {
        assert!(made[1].get(name) == Some(page), "{name} is another one from {BACKEND:?} than from a file");
    }
}
