//! What the reporter makes of a database that the service has written, whichever kind it is.

use std::collections::BTreeMap;
use std::path::Path;

use redress_reporter::output::Format;
use redress_reporter::source::{Address, Snapshot};
use redress_reporter::{Request, Span, write_report};
use redress_shared::measure::{Quarter, ReportingYear};
use redress_tests::database::Backend;

use crate::BACKEND;
use crate::api::play;
use crate::api::server::Server;

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
