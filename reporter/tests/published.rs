//! What a published report must not give away.

#![allow(clippy::expect_used, reason = "a test may stop at a bad fixture")]

mod support;

use redress_reporter::source::Snapshot;
use redress_reporter::{Beside, Request, Variant, tsm_of};
use support::small::{ID, landlord};
use support::{Ending, Fixture, Page, StageOf};

const AS_OF: &str = "2026-07-06";

/// The same page for everybody, and for those who may see every count.
fn both(request: &Request) -> (Page, Page) {
    let draw = if request.stem().contains("annual") { Page::annual } else { Page::committee };
    (draw(request), draw(&Request { variant: Variant::Committee, ..request.clone() }))
}

#[test]
fn what_a_resident_calls_themself_is_on_no_published_page() {
    let mut fixture = landlord();
    for (answer, residents) in [("White British", 12), ("Cornish and proud", 1), ("[erased]", 2)] {
        fixture.insert("report_equality", &format!("'{ID}','2025-10-06','ethnicity','{answer}',{residents}"));
    }
    let (published, exact) = both(&fixture.quarter(ID, 2025, 3, AS_OF));
    assert!(exact.0.contains("Ethnicity: Cornish and proud") && exact.0.contains("told, and erased since"));
    assert!(!published.0.contains("Cornish") && !published.0.contains("erased"));
    assert_eq!(exact.figure("equality.ethnicity-white-british.residents"), "12");
}

#[test]
fn more_answers_than_residents_are_a_fault_that_is_reported() {
    let mut fixture = landlord();
    fixture.insert("report_equality", &format!("'{ID}','2025-10-06','ethnicity','White British',400"));
    let error = redress_reporter::committee(&fixture.quarter(ID, 2025, 3, AS_OF)).expect_err("a fault");
    assert!(error.to_string().contains("report_equality, ethnicity: 400 residents told it"), "{error}");
}

#[test]
fn one_contractors_small_count_is_not_told_as_a_third_partys() {
    let (published, exact) = both(&landlord().year(ID, 2025, AS_OF));
    assert_eq!(exact.figure("remarks.third-party.cases"), exact.figure("providers.brightfix.stage-1"));
    // The fixture's providers have a small count at stage 2.
    assert!(
        published.has("remarks.third-party.cases") && !published.has("providers.brightfix.stage-2")
            || published.figure("providers.brightfix.stage-2") == "[masked]"
    );
    assert_eq!(published.figure("remarks.third-party.cases"), "[masked]");
    assert_eq!(published.figure("remarks.third-party.share"), "[masked]");
}

#[test]
fn how_one_providers_complaints_fared_is_told_where_every_providers_are_many() {
    let of_providers = |late_of_sparkle: usize| {
        let mut fixture = Fixture::new();
        fixture.landlord(ID, "Northgate Homes");
        for (provider, count, late) in [("", 60, 10), ("Brightfix", 40, 6), ("Sparkle", 30, late_of_sparkle)]
        {
            for index in 0..count {
                let case = fixture.case(ID, "complaint", "lcra", "2025-10-06", provider);
                let ending = if index < late { Ending::Late } else { Ending::InTime };
                let outcome = if index % 2 == 0 { "upheld" } else { "not-upheld" };
                fixture.stage(ID, &case, StageOf { stage: 1, requested_on: "2025-10-06", ending, outcome });
            }
        }
        both(&fixture.year(ID, 2025, AS_OF))
    };
    let (published, exact) = of_providers(25);
    for page in [&published, &exact] {
        assert_eq!(page.of("contractors.sparkle.in-time"), "5 of 30");
        assert_eq!(page.of("contractors.sparkle.upheld"), "15 of 30");
        // 5 of 30 beside 84 of 100.
        let verdict = "In time: lower by more than chance; upheld: no more than chance";
        assert_eq!(page.figure("contractors.sparkle.verdict"), verdict);
        assert_eq!(page.of("contractors.total.in-time"), "89 of 130");
    }
    // Four in time would tell on four residents, and the others' rows would tell the four.
    let (published, exact) = of_providers(26);
    assert_eq!(exact.of("contractors.sparkle.in-time"), "4 of 30");
    assert!(!published.has("contractors.sparkle.in-time") && !published.has("contractors.brightfix.made"));
    assert_eq!(published.of("contractors.total.in-time"), "88 of 130");
}

#[test]
fn what_a_large_count_leaves_is_not_told_either() {
    let mut fixture = Fixture::new();
    fixture.landlord(ID, "Northgate Homes");
    for index in 0..20 {
        let case = fixture.case(ID, "complaint", "lcra", "2025-10-06", "");
        fixture.stage(
            ID,
            &case,
            StageOf { stage: 1, requested_on: "2025-10-06", ending: Ending::InTime, outcome: "upheld" },
        );
        if index > 2 {
            fixture.run(&format!("UPDATE report_cases SET vulnerable=1 WHERE case_id='{case}'"));
        }
    }
    let (published, exact) = both(&fixture.year(ID, 2025, AS_OF));
    assert_eq!(exact.of("remarks.vulnerable.share"), "17 of 20");
    assert_eq!(published.figure("remarks.vulnerable.cases"), "[masked]");
    assert_eq!(published.figure("remarks.vulnerable.share"), "[masked]");
    assert_eq!(published.figure("remarks.hazard.cases"), "0", "that nobody has it tells on nobody");
}

#[test]
fn whose_homes_are_not_returned_are_hidden_where_one_of_them_is_few() {
    let fixture = landlord();
    let (published, exact) = both(&fixture.year(ID, 2025, AS_OF));
    assert_eq!(exact.figure("populations.lcho.stage-2"), "1");
    for hidden in ["lcho", "leasehold", "other"] {
        let figures =
            [format!("populations.{hidden}.stage-2"), format!("populations.{hidden}.stage-2-in-time")];
        for figure in figures {
            assert_eq!(published.figure(&figure), "[masked]", "{figure}");
        }
    }
    for headline in ["lcra", "all"] {
        let figure = format!("populations.{headline}.stage-2");
        assert_eq!(published.figure(&figure), exact.figure(&figure));
    }
    let request = fixture.year(ID, 2025, AS_OF);
    assert_eq!(Page::tsm(&request).figure("populations.lcho.stage-2"), "[masked]");
}

#[test]
fn a_lone_refusals_total_does_not_tell_what_its_row_hides() {
    let (published, exact) = both(&landlord().year(ID, 2025, AS_OF));
    assert_eq!(exact.of("refused-escalations.all.discretion"), "0 of 1");
    for figure in ["discretion", "overturned"] {
        assert_eq!(published.figure(&format!("refused-escalations.all.{figure}")), "[masked]");
        assert_eq!(published.figure(&format!("refusals.all.{figure}")), "[masked]");
    }
    assert_eq!(
        published.figure("refused-escalations.all.refused"),
        "1",
        "how many were refused is a headline"
    );
}

#[test]
fn what_was_asked_for_whether_only_in_part_and_lone_amounts_are_hidden() {
    let (published, exact) = both(&landlord().year(ID, 2025, AS_OF));
    for figure in [
        "escalation-requests.accepted.reasons",
        "escalation-requests.all.late",
        "outcomes.partly-upheld.stage-2",
        "outcomes.upheld.stage-2-share",
        "money.paid.total",
        "money.offered.median",
        "money.set-off.average",
    ] {
        assert_eq!(published.figure(figure), "[masked]", "{figure}");
        assert_ne!(exact.figure(figure), "[masked]", "{figure}");
    }
    for headline in
        ["outcomes.any-upheld.stage-2", "outcomes.upheld.stage-1", "escalation-requests.accepted.requests"]
    {
        assert_eq!(published.figure(headline), exact.figure(headline), "{headline}");
    }
    assert!(published.0.contains("Hidden are small counts") && !exact.0.contains("Hidden are small counts"));
}

#[test]
fn words_written_on_a_case_are_not_published() {
    let (published, exact) = both(&landlord().year(ID, 2025, AS_OF));
    for words in ["A text the day before each visit", "Residents&#x27; panel"] {
        assert!(exact.0.contains(words), "{words}");
        assert!(!published.0.contains(words), "{words}");
    }
    assert_eq!(published.figure("learning.2.cause"), exact.figure("learning.2.cause"));
}

#[test]
fn the_measures_are_marked_on_paper_and_as_a_demonstration() {
    let fixture = landlord();
    let request = Request { demonstration: true, ..fixture.year(ID, 2025, AS_OF) };
    let source = Snapshot::open(&request.origin).expect("a database").source(ID).expect("the rows");
    let paths = tsm_of(&source, &request, Beside::default()).expect("the measures");
    let page = Page::read(&paths[0]);
    assert!(page.0.contains("made up by a simulation"));
    assert!(page.0.contains("\"DEMONSTRATION"), "not in the margins of paper");
}
