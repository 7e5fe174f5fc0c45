//! The tables of every landlord, by the reporter's own code: what its reports are drawn from.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::time::Instant;

use redress_reporter::frames::{self, Ledger};
use redress_reporter::source::{Origin, Snapshot, Source};
use redress_reporter::tables::Tables;
use redress_reporter::{Request, Span};
use redress_shared::measure::{Quarter, ReportingYear};

use crate::generate::as_of;
use crate::process;

/// The reports: a year's annual one, and its four to a committee.
pub fn spans() -> Vec<(&'static str, Span)> {
    let quarter = |number| Span::Quarter(Quarter { year: 2025, number });
    let annual = Span::Year(ReportingYear::regulatory(2025));
    vec![("annual", annual), ("q1", quarter(1)), ("q2", quarter(2)), ("q3", quarter(3)), ("q4", quarter(4))]
}

/// Makes the tables of an extract and says what it took; writes them only where a folder is given.
pub fn tables(extract: &Path, into: Option<&Path>) {
    let begun = Instant::now();
    let origin = Origin::Extract(extract.to_owned());
    let mut snapshot = Snapshot::open(&origin).expect("an extract");
    let mut files = into.map(Files::new);
    for landlord in snapshot.landlords().expect("landlords") {
        let id = landlord.landlord_id;
        let source = snapshot.source(&id).expect("its rows");
        for (name, span) in spans() {
            let tables = of_report(&origin, &source, &id, span);
            if let Some(files) = &mut files {
                files.write(&id, name, &tables);
            }
        }
    }
    let took = process::account(begun);
    println!("{} {} {}", took.millis, took.processors, took.peak);
}

fn of_report(origin: &Origin, source: &Source, landlord_id: &str, span: Span) -> Tables {
    let request =
        Request::new(origin.clone(), Path::new("."), landlord_id, span, as_of()).expect("a request");
    let scope = request.scope(&source.calendar).expect("a period");
    let source = source.as_known_on(request.as_of);
    let mut ledger = Ledger::default();
    let frames = frames::build(&source, &scope, &mut ledger).expect("frames");
    let tables = Tables::of(&frames).expect("tables");
    tables.reconcile(&scope, &mut ledger);
    ledger.settle().expect("every row in a figure");
    tables
}

/// A file for each table.
struct Files(Vec<(&'static str, BufWriter<File>)>);

impl Files {
    fn new(folder: &Path) -> Self {
        let file = |name| {
            let file = File::create(folder.join(format!("{name}.tsv"))).expect("a file");
            (name, BufWriter::new(file))
        };
        Self(Tables::default().each().into_iter().map(|(name, _)| file(name)).collect())
    }

    fn write(&mut self, landlord: &str, report: &str, tables: &Tables) {
        for ((_, table), (_, file)) in tables.each().into_iter().zip(&mut self.0) {
            for line in table.lines() {
                let words = line.words.join("\t");
                writeln!(file, "{landlord}\t{report}\t{words}\t{}\t{}", line.times, line.pence)
                    .expect("a line");
            }
        }
    }
}
