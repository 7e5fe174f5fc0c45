//! The regulator's measures as their return wants them, beside the sector's and those of peers.

#![allow(clippy::expect_used, reason = "a test may stop at a bad fixture")]

mod support;

use redress_reporter::given::{Published, Survey, published};
use redress_reporter::{Beside, Request};
use redress_shared::measure::{Hundredths, Satisfaction, StockType, Weighted};
use support::small::{ID, landlord};
use support::{Ending, Fixture, Page, StageOf, tsm};

const AS_OF: &str = "2026-07-01";

/// A landlord of 1,000 rental homes with 54 complaints, 46 of them answered in time.
fn rental() -> Fixture {
    let mut fixture = Fixture::new();
    fixture.landlord("rental", "Rental Homes");
    fixture.stock("rental", 2025, "lcra", 1_000);
    for index in 0..54 {
        let case = fixture.case("rental", "complaint", "lcra", "2025-06-02", "");
        let ending = if index < 46 { Ending::InTime } else { Ending::Late };
        let stage = StageOf { stage: 1, requested_on: "2025-06-02", ending, outcome: "upheld" };
        fixture.stage("rental", &case, stage);
    }
    fixture
}

fn page(request: &Request, beside: Beside<'_>) -> Page {
    Page::read(&tsm(request, beside).expect("the measures")[0])
}

#[test]
fn the_return_adds_up_with_the_annual_reports_totals() {
    let fixture = landlord();
    let request = fixture.year(ID, 2025, AS_OF);
    let (returned, annual) = (Page::tsm(&request), Page::annual(&request));
    for figure in ["returned.stage-1", "returned.stage-2", "all.stage-1", "all.stage-2", "leasehold.stage-1"]
    {
        let name = format!("populations.{figure}");
        assert_eq!(returned.figure(&name), annual.figure(&name), "{figure}");
    }
    assert_eq!(returned.figure("return.made-1.lcra"), annual.figure("populations.lcra.stage-1"));
    assert_eq!(returned.figure("return.made-2.lcra"), annual.figure("populations.lcra.stage-2"));
    // Fewer than 1,000 homes of ownership are not returned by themselves, and are counted all the same.
    assert_eq!(returned.figure("return.made-1.lcho"), "[Z]");
    assert_eq!(returned.figure("tp09.tp09.lcho"), "[Z]");
    assert_ne!(returned.figure("populations.lcho.stage-1"), "0");
    let parts: Vec<u64> = ["answered-1", "without-extension-1", "within-extension-1"]
        .iter()
        .map(|asked| returned.figure(&format!("return.{asked}.lcra")).parse().expect("a count"))
        .collect();
    assert_eq!(parts[0], parts[1] + parts[2]);
}

#[test]
fn each_figure_stands_somewhere_among_the_sectors() {
    let page = Page::tsm(&rental().year("rental", 2025, AS_OF));
    assert_eq!(
        (page.figure("sector.ch01-1.own"), page.of("sector.ch01-1.own")),
        ("54".into(), "54 of 1,000".into())
    );
    assert_eq!(page.figure("sector.ch01-1.median"), "53.9");
    assert_eq!(page.figure("sector.ch01-1.stands"), "from the median up to the upper quartile");
    assert_eq!(page.figure("sector.ch02-1.own"), "85.2%");
    assert_eq!(page.figure("sector.ch02-1.stands"), "from the lower quartile up to the median");
    assert_eq!(page.figure("sector.ch01-2.stands"), "below the lower quartile");
    assert_eq!(page.figure("sector.ch01-2.median"), "8.35");
    // Nothing asked for at stage 2: there is no share to stand anywhere.
    assert_eq!(
        (page.figure("sector.ch02-2.own"), page.figure("sector.ch02-2.stands")),
        ("[U]".into(), "[X]".into())
    );
    assert_eq!(
        (page.figure("sector.ch02-2.pooled"), page.figure("sector.ch02-1.landlords")),
        ("75".into(), "353".into())
    );
}

#[test]
fn peers_are_of_half_to_twice_the_homes_and_at_least_five() {
    let fixture = rental();
    let request = fixture.year("rental", 2025, AS_OF);
    let peer = |name: &str, homes: u64, made: u64| Published {
        landlord: name.to_owned(),
        stock: StockType::Lcra,
        homes: Some(homes),
        figures: [Some(Hundredths(made * 100)), None, Some(Hundredths(100)), Some(Hundredths(9_000))],
    };
    let mut all: Vec<Published> =
        (1..=5).map(|place| peer(&format!("Peer {place}"), 500 * place.min(4), 10 * place)).collect();
    all.push(peer("Too large", 2_001, 9_999));
    all.push(peer("Too small", 499, 0));
    all.push(peer("rental homes", 1_000, 9_999));
    all.push(Published { stock: StockType::Lcho, ..peer("Owners", 1_000, 9_999) });
    let printed = page(&request, Beside { published: Some(&all), survey: None });
    assert_eq!(printed.figure("peers.ch01-1.landlords"), "5");
    let quartiles = ["lower", "median", "upper"].map(|name| printed.figure(&format!("peers.ch01-1.{name}")));
    assert_eq!(quartiles, ["20", "30", "40"]);
    assert_eq!(printed.figure("peers.ch01-1.stands"), "above the upper quartile");
    assert_eq!(
        (printed.figure("peers.ch02-1.median"), printed.figure("peers.ch02-1.landlords")),
        ("[X]".into(), "0".into())
    );
    let few = page(&request, Beside { published: Some(&all[1..]), survey: None });
    assert_eq!(
        (few.figure("peers.ch01-1.median"), few.figure("peers.ch01-1.landlords")),
        ("[X]".into(), "4".into())
    );
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/tests/data/tsm-2024-25-sample.csv");
    assert_eq!(published(sample.as_ref()).expect("the sample").len(), 20);
}

#[test]
fn satisfaction_is_the_surveys_weights_and_all_where_it_was_given() {
    let request = landlord().year(ID, 2025, AS_OF);
    let fixture = landlord();
    let request = Request { origin: fixture.database().into(), out: fixture.out(), ..request };
    // Without a survey there is none, whatever was answered after a stage.
    let own = page(&request, Beside::default());
    assert_eq!((own.figure("tp09.tp09.lcra"), own.of("tp09.tp09.lcra")), ("[X]".into(), String::new()));
    assert!(own.0.contains("No perception survey was given as a file"));
    let annual = Page::annual(&request);
    assert_eq!(annual.of("satisfaction.satisfied.share"), "3 of 5");
    assert!(!annual.0.contains("data-definition=\"TP09\""));
    let answers =
        ["10.25", "20.5", "5", "9.25", "55"].map(|count| count.parse::<Weighted>().expect("a count"));
    let survey = Survey { lcra: Some(Satisfaction { answers }), lcho: None };
    let weighted = page(&request, Beside { survey: Some(&survey), published: None });
    assert_eq!(weighted.figure("tp09.very-satisfied.lcra"), "10.25");
    assert_eq!(
        (weighted.figure("tp09.tp09.lcra"), weighted.of("tp09.tp09.lcra")),
        ("30.8%".into(), "30.75 of 100".into())
    );
}

#[test]
fn a_year_without_a_complaint_or_homes_reads_sensibly() {
    let mut fixture = Fixture::new();
    fixture.landlord("quiet", "Quiet Homes");
    let page = Page::tsm(&fixture.year("quiet", 2025, AS_OF));
    assert_eq!(
        (page.figure("return.homes.lcra"), page.figure("return.made-1.lcra")),
        ("[X]".into(), "0".into())
    );
    assert_eq!(
        (page.figure("tsm.ch01-1.lcra"), page.figure("tsm.ch02-1.lcra")),
        ("[X]".into(), "[U]".into())
    );
    assert_eq!(
        (page.figure("sector.ch01-1.stands"), page.figure("tp09.tp09.lcra")),
        ("[X]".into(), "[X]".into())
    );
    assert!(!page.0.contains("NaN") && !page.0.contains(">0%<"));
}
