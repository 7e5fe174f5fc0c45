//! Landlords counted together, and reports made together, are what they are alone: on the rows that the benchmark generates.

#![allow(dead_code, clippy::expect_used, reason = "parts of a benchmark")]

#[path = "../benches/sector/chance.rs"]
mod chance;
#[path = "../benches/sector/generate.rs"]
mod generate;
#[path = "../benches/sector/landlords.rs"]
mod landlords;
#[path = "../benches/sector/life.rs"]
mod life;

use std::path::Path;

use redress_reporter::measured::{Counted, Measured, Placed};
use redress_reporter::source::{Origin, Snapshot, Source};
use redress_reporter::{Request, Span};
use redress_shared::measure::{Period, Quarter, ReportingYear};

/// What a report says: every line of every table, and where each view's rows went.
fn told(measured: &Measured) -> Vec<String> {
    let mut told = Vec::new();
    for (name, table) in measured.tables.each() {
        told.extend(table.lines().map(|line| format!("{name} {line:?} {:?}", table.cases(&[]).len())));
    }
    told.push(format!("{:?} {:?}", measured.ledger.accounts(), measured.ledger.derived()));
    told.push(format!("{} {} {}", measured.within_time, measured.complainants, measured.residents));
    told
}

fn requests(source: &Source) -> Vec<Request> {
    let day = |text: &str| text.parse().expect("a date");
    let range = Period::range(day("2025-05-20"), day("2025-07-10")).expect("a range");
    let mut spans = vec![Span::Year(ReportingYear::regulatory(2025)), Span::Range(range)];
    spans.extend((1..=4).map(|number| Span::Quarter(Quarter { year: 2025, number })));
    let request = |span| {
        let origin = Origin::Extract(".".into());
        Request::new(origin, Path::new("."), &source.landlord.landlord_id, span, generate::as_of())
    };
    spans.into_iter().map(|span| request(span).expect("a request")).collect()
}

#[test]
fn many_reports_of_many_landlords_are_what_each_is_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut members = landlords::landlords(400_000);
    members.retain(|member| [200, 290, 350].contains(&member.rank));
    generate::extract(folder.path(), &members, generate::DAYS);
    let mut snapshot = Snapshot::open(Origin::Extract(folder.path().to_owned())).expect("an extract");
    let sources: Vec<Source> =
        members.iter().map(|member| snapshot.source(&member.id).expect("its rows")).collect();
    let placed = sources.iter().map(|source| {
        let requests = requests(source);
        Placed::of(source, &requests.iter().collect::<Vec<_>>()).expect("rows in their places")
    });
    let together = Counted::of_each(placed.collect()).expect("tables");
    let mut lines = 0;
    for (source, counted) in sources.iter().zip(&together) {
        for request in requests(source) {
            let alone = Counted::of(source, &[&request]).expect("tables");
            let alone = told(&alone.measured(&request).expect("every row in a figure"));
            assert_eq!(told(&counted.measured(&request).expect("every row in a figure")), alone);
            lines += alone.len();
        }
    }
    assert!(lines > 1_000, "{lines} lines are enough to tell");
}
