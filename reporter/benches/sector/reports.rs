//! The tables of every landlord, by the reporter's own code: what its reports are drawn from.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::sync::Mutex;
use std::time::Instant;

use clap::Parser as _;
use redress_reporter::cli::{Cli, Steps};
use redress_reporter::measured::{Counted, Placed};
use redress_reporter::source::{Landlord, Origin, Snapshot, Source};
use redress_reporter::tables::Tables;
use redress_reporter::{Request, Span};
use redress_shared::measure::{Quarter, ReportingYear};

use super::generate::as_of;
use super::process;

/// How many stages are counted together: enough that a query for each table costs next to nothing, and few enough for memory.
const TOGETHER: usize = 20_000;

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
    let mut landlords = Snapshot::open(&origin).expect("an extract").landlords().expect("landlords");
    landlords.sort_by(|one, other| one.landlord_id.cmp(&other.landlord_id));
    let queue = Mutex::new(landlords.into_iter().collect::<VecDeque<_>>());
    let cores = if into.is_some() { 1 } else { std::thread::available_parallelism().map_or(1, usize::from) };
    std::thread::scope(|scope| {
        for core in 0..cores {
            let (origin, queue) = (&origin, &queue);
            scope.spawn(move || {
                let mut writing = into.map(Files::new);
                // The ids go by size: two of the largest are never in memory at once.
                let next = || {
                    let mut queue = queue.lock().expect("the queue");
                    if core % 2 == 0 { queue.pop_front() } else { queue.pop_back() }
                };
                each_of(origin, next, &mut |id, report, tables| {
                    if let Some(files) = &mut writing {
                        files.write(id, report, tables);
                    }
                });
            });
        }
    });
    let took = process::account(begun);
    println!("{} {} {}", took.millis, took.processors, took.peak);
}

/// Writes every report that is due, by the program's own command, and says what it took.
pub fn all(origin: &str, from: &str, into: &str) {
    let begun = Instant::now();
    let date = as_of().to_string();
    let call = ["redress-reporter", "all", origin, from, "--as-of", &date, "--out", into];
    let code = Cli::parse_from(call).run(&mut std::io::sink(), &mut std::io::stderr(), &Steps::default());
    assert_eq!(code, std::process::ExitCode::SUCCESS, "every landlord has its reports");
    let took = process::account(begun);
    println!("{} {} {}", took.millis, took.processors, took.peak);
}

/// Takes landlords that nobody has taken until there are no more, and counts some of them at a time.
fn each_of(origin: &Origin, next: impl Fn() -> Option<Landlord>, made: &mut impl FnMut(&str, &str, &Tables)) {
    let mut snapshot = Snapshot::open(origin).expect("an extract");
    loop {
        let mut sources: Vec<Source> = Vec::new();
        while sources.iter().map(|source| source.stages.len()).sum::<usize>() < TOGETHER {
            let Some(landlord) = next() else { break };
            sources.push(snapshot.source(&landlord.landlord_id).expect("its rows"));
        }
        if sources.is_empty() {
            return;
        }
        of_some(origin, &sources, made);
    }
}

fn of_some(origin: &Origin, sources: &[Source], made: &mut impl FnMut(&str, &str, &Tables)) {
    let request = |source: &Source, span| {
        Request::new(origin.clone(), Path::new("."), &source.landlord.landlord_id, span, as_of())
            .expect("a request")
    };
    let requests = |source: &Source| -> Vec<(&'static str, Request)> {
        spans().into_iter().map(|(name, span)| (name, request(source, span))).collect()
    };
    let placed = sources.iter().map(|source| {
        let requests = requests(source);
        let requests: Vec<&Request> = requests.iter().map(|(_, request)| request).collect();
        Placed::of(source, &requests).expect("rows in their places")
    });
    for counted in Counted::of_each(placed.collect()).expect("tables") {
        for (name, request) in requests(counted.source()) {
            let measured = counted.measured(&request).expect("every row in a figure");
            made(&request.landlord_id, name, &measured.tables);
        }
    }
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
