//! Figures that were really published, worked out again from their counts.

#![allow(clippy::expect_used, reason = "a test may stop at a bad fixture")]

use redress_shared::measure::{Change, Marker, Rate};

#[test]
fn every_figure_of_the_regulators_sample_comes_out_as_published() {
    let mut reader =
        csv::Reader::from_path(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/tsm-2024-25-sample.csv"))
            .expect("the sample");
    let headers = reader.headers().expect("headers").clone();
    let (mut rows, mut figures, mut excluded) = (0, 0, 0);
    for record in reader.records() {
        let record = record.expect("a row");
        let cell = |name: &str| {
            record.get(headers.iter().position(|header| header == name).expect("a column")).unwrap()
        };
        let count = |name: &str| cell(name).parse::<u64>().ok();
        let homes = count("homes").expect("homes");
        for stage in ["1", "2"] {
            let made = count(&format!("s{stage}_made")).expect("complaints made");
            assert_eq!(Rate::new(made, homes).per_thousand().trimmed(), cell(&format!("ch01_{stage}_pub")));
            figures += 1;
            let published = cell(&format!("ch02_{stage}_pub"));
            let Some(in_time) = count(&format!("s{stage}_in_time")) else {
                assert_eq!(Marker::parse(published), Some(Marker::Excluded));
                excluded += 1;
                continue;
            };
            assert_eq!(Rate::new(in_time, made).per_cent().trimmed(), published, "{}", cell("landlord"));
            figures += 1;
            let without = count(&format!("s{stage}_in_time_no_ext")).expect("without extension");
            let within = count(&format!("s{stage}_in_time_ext")).expect("within extension");
            assert_eq!(without + within, in_time, "the two ways of being in time add up");
        }
        rows += 1;
    }
    assert_eq!((rows, figures, excluded), (20, 79, 1));
}

#[test]
fn ashfield_2023_24() {
    assert_eq!(Change::new(77, [15, 14, 12, 13].iter().sum()).to_string(), "-29.9%");
    assert_eq!(Change::new(8, 10).to_string(), "+25%");
    assert_eq!(Rate::new(10, 54).per_cent().with_sign(), "18.5%");
    assert_eq!(Rate::new(46, 54).per_cent().with_sign(), "85.2%");
}

#[test]
fn oxford_2023_24() {
    // Oxford printed whole per cents; ours, with a decimal, round to them.
    for (numerator, denominator, ours) in [
        (431, 565, "76.3%"),
        (134, 565, "23.7%"),
        (334, 565, "59.1%"),
        (231, 565, "40.9%"),
        (19, 30, "63.3%"),
        (11, 30, "36.7%"),
        (25, 30, "83.3%"),
    ] {
        assert_eq!(Rate::new(numerator, denominator).per_cent().with_sign(), ours);
    }
}
