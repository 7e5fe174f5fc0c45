//! Case rows made to match published figures: the report must print the same figures.

#![allow(clippy::expect_used, reason = "a test may stop at a bad fixture")]

mod support;

use std::collections::BTreeMap;

use redress_reporter::Excluded;
use redress_shared::measure::{StockType, thousands};
use support::{Ending, Fixture, Page, StageOf};

type Row = BTreeMap<String, String>;

fn sample() -> Vec<Row> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/tests/data/tsm-2024-25-sample.csv");
    let mut reader = csv::Reader::from_path(path).expect("the sample");
    reader.deserialize().collect::<Result<_, _>>().expect("rows")
}

fn count(row: &Row, column: &str) -> Option<u64> {
    row[column].parse().ok()
}

fn endings(row: &Row, stage: u8) -> Vec<Ending> {
    let made = count(row, &format!("s{stage}_made")).expect("made");
    let without = count(row, &format!("s{stage}_in_time_no_ext")).unwrap_or(0);
    let within = count(row, &format!("s{stage}_in_time_ext")).unwrap_or(0);
    let ending = |index: u64| match index {
        _ if index < without => Ending::InTime,
        _ if index < without + within => Ending::Extended,
        // The rest were late, or never answered at all: both are in the denominator and in no numerator.
        _ if index.is_multiple_of(3) => Ending::Open,
        _ => Ending::Late,
    };
    (0..made).map(ending).collect()
}

fn add(fixture: &mut Fixture, landlord: &str, row: &Row) {
    let stock = row["stock"].to_lowercase();
    fixture.stock(landlord, 2024, &stock, count(row, "homes").expect("homes"));
    let mut second = endings(row, 2).into_iter();
    for ending in endings(row, 1) {
        let case = fixture.case(landlord, "complaint", &stock, "2024-06-03", "");
        fixture.stage(
            landlord,
            &case,
            StageOf { stage: 1, requested_on: "2024-06-03", ending, outcome: "upheld" },
        );
        if let Some(ending) = second.next() {
            let stage = StageOf { stage: 2, requested_on: "2025-01-06", ending, outcome: "not-upheld" };
            fixture.stage(landlord, &case, stage);
        }
    }
    assert!(second.next().is_none(), "more stage 2 than stage 1 complaints");
}

fn check(page: &Page, row: &Row) {
    let stock = row["stock"].to_lowercase();
    for stage in ["1", "2"] {
        let made = count(row, &format!("s{stage}_made")).expect("made");
        let homes = count(row, "homes").expect("homes");
        let ch01 = format!("tsm.ch01-{stage}.{stock}");
        assert_eq!(page.figure(&ch01), row[&format!("ch01_{stage}_pub")], "{} {ch01}", row["landlord"]);
        assert_eq!(page.of(&ch01), format!("{} of {}", thousands(made), thousands(homes)));
        let ch02 = format!("tsm.ch02-{stage}.{stock}");
        let published = &row[&format!("ch02_{stage}_pub")];
        assert_eq!(page.figure(&ch02).trim_end_matches('%'), published, "{} {ch02}", row["landlord"]);
        for (column, part) in
            [("in_time", ""), ("in_time_no_ext", "-without-extension"), ("in_time_ext", "-within-extension")]
        {
            let figure = format!("tsm.ch02-{stage}{part}.{stock}");
            match count(row, &format!("s{stage}_{column}")) {
                Some(count) => {
                    assert_eq!(page.of(&figure), format!("{} of {}", thousands(count), thousands(made)))
                }
                None => assert_eq!(page.figure(&figure), "[E]"),
            }
        }
    }
}

/// The counts that the return asks for, which the published figures are worked out from.
fn check_return(page: &Page, row: &Row) {
    let stock = row["stock"].to_lowercase();
    let mut wanted = vec![("homes".to_owned(), "homes".to_owned())];
    for stage in ["1", "2"] {
        for (asked, column) in [
            ("made", "made"),
            ("answered", "in_time"),
            ("without-extension", "in_time_no_ext"),
            ("within-extension", "in_time_ext"),
        ] {
            wanted.push((format!("{asked}-{stage}"), format!("s{stage}_{column}")));
        }
    }
    for (asked, column) in wanted {
        let printed = page.figure(&format!("return.{asked}.{stock}"));
        let expected = count(row, &column).map_or_else(|| "[E]".to_owned(), thousands);
        assert_eq!(printed, expected, "{} {asked}", row["landlord"]);
    }
}

#[test]
fn every_figure_of_the_regulators_sample_is_printed() {
    let rows = sample();
    let mut fixture = Fixture::new();
    let mut landlords: BTreeMap<String, Vec<&Row>> = BTreeMap::new();
    for row in &rows {
        let id = row["landlord"].replace(|letter: char| !letter.is_alphanumeric(), "-").to_lowercase();
        landlords.entry(id).or_default().push(row);
    }
    for (id, rows) in &landlords {
        fixture.landlord(id, &rows[0]["landlord"]);
        rows.iter().for_each(|row| add(&mut fixture, id, row));
    }
    let mut request = fixture.year("", 2024, "2025-10-01");
    for (id, rows) in &landlords {
        request.landlord_id.clone_from(id);
        let is_left_out = rows.iter().any(|row| row["ch02_1_pub"] == "[E]");
        let left_out = Excluded { measure: "CH02(1)".to_owned(), stock: StockType::Lcra };
        request.excluded = is_left_out.then_some(left_out).into_iter().collect();
        let page = Page::annual(&request);
        let returned = Page::tsm(&request);
        for row in rows {
            check(&page, row);
            check(&returned, row);
            check_return(&returned, row);
        }
    }
    assert_eq!((rows.len(), landlords.len()), (20, 16));
}
