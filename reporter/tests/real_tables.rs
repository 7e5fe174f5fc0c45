//! Tables that landlords published, from case rows made to match: the annual and the committee report print the same figures.

#![allow(clippy::expect_used, reason = "a test may stop at a bad fixture")]

mod support;

use redress_reporter::{Request, Variant};
use support::{Ending, Fixture, Page, StageOf};

/// Adds this many answered stages in a month, of which some late.
fn month(fixture: &mut Fixture, stage: u8, month: &str, made: usize, late: usize) {
    let day = format!("{month}-10");
    for index in 0..made {
        let case = fixture.case("ashfield", "complaint", "lcra", &day, "");
        if stage == 2 {
            // Its stage 1 was of the year before.
            let first =
                StageOf { stage: 1, requested_on: "2021-06-01", ending: Ending::InTime, outcome: "upheld" };
            fixture.stage("ashfield", &case, first);
        }
        let ending = if index < late { Ending::Late } else { Ending::InTime };
        fixture.stage("ashfield", &case, StageOf { stage, requested_on: &day, ending, outcome: "upheld" });
    }
}

fn ashfield() -> Fixture {
    let mut fixture = Fixture::new();
    fixture.landlord("ashfield", "Ashfield District Council");
    fixture.stock("ashfield", 2023, "lcra", 6_600);
    for (name, made, late) in [
        ("2023-04", 6, 3),
        ("2023-05", 5, 1),
        ("2023-06", 4, 0),
        ("2023-07", 5, 1),
        ("2023-08", 5, 0),
        ("2023-09", 4, 2),
        ("2023-10", 4, 0),
        ("2023-11", 4, 0),
        ("2023-12", 4, 1),
        ("2024-01", 5, 0),
        ("2024-02", 4, 0),
        ("2024-03", 4, 0),
        ("2022-05", 40, 0),
        ("2023-02", 37, 0),
    ] {
        month(&mut fixture, 1, name, made, late);
    }
    month(&mut fixture, 2, "2023-08", 10, 0);
    month(&mut fixture, 2, "2022-08", 8, 0);
    fixture
}

#[test]
fn ashfield_2023_24() {
    let fixture = ashfield();
    let page = Page::annual(&fixture.year("ashfield", 2023, "2024-10-01"));
    for (quarter, made) in
        [("2023-04", "15"), ("2023-07", "14"), ("2023-10", "12"), ("2024-01", "13"), ("all", "54")]
    {
        assert_eq!(page.figure(&format!("quarters.{quarter}.stage-1")), made);
    }
    // The landlord told by month what was late. Where a month had four complaints, this is for the committee here.
    let told = Page::annual(&Request {
        variant: Variant::Committee,
        ..fixture.year("ashfield", 2023, "2024-10-01")
    });
    for (month, late) in [
        ("2023-04", "3"),
        ("2023-05", "1"),
        ("2023-06", "0"),
        ("2023-07", "1"),
        ("2023-09", "2"),
        ("2023-12", "1"),
    ] {
        let name = format!("months.{month}.stage-1-late");
        assert_eq!((told.figure(&name).as_str(), page.figure(&name).as_str()), (late, "[masked]"), "{month}");
    }
    assert_eq!(page.figure("quarters.2023-04.stage-1-late"), "4");
    assert_eq!(page.figure("quarters.all.stage-1-before"), "77");
    assert_eq!(page.figure("quarters.all.stage-1-change"), "-29.9%");
    assert_eq!(page.figure("quarters.all.stage-2"), "10");
    assert_eq!(page.figure("quarters.all.stage-2-before"), "8");
    assert_eq!(page.figure("quarters.all.stage-2-change"), "+25%");
    assert_eq!(page.figure("escalation.rate.now"), "18.5%");
    assert_eq!(page.of("escalation.rate.now"), "10 of 54");
    assert_eq!(page.figure("responses.1-code.in-time"), "85.2%");
    assert_eq!(page.of("responses.1-code.in-time"), "46 of 54");
}

/// The four quarters as a committee reads them: what its year adds up from.
#[test]
fn ashfield_2023_24_quarter_by_quarter() {
    let fixture = ashfield();
    let late =
        ["2023-04", "2023-05", "2023-07", "2023-09", "2023-12"].into_iter().zip(["3", "1", "1", "2", "1"]);
    let late: Vec<_> = late.collect();
    for (number, made, in_time) in
        [(1, "15", "11 of 15"), (2, "14", "11 of 14"), (3, "12", "11 of 12"), (4, "13", "13 of 13")]
    {
        let page = Page::committee(&Request {
            variant: Variant::Committee,
            ..fixture.quarter("ashfield", 2023, number, "2024-10-01")
        });
        assert_eq!(page.figure("escalation.stage-1.now"), made, "quarter {number}");
        assert_eq!(page.of("responses.1-code.in-time"), in_time, "quarter {number}");
        for (month, count) in &late {
            let name = format!("months.{month}.stage-1-late");
            assert!(!page.has(&name) || page.figure(&name) == *count, "{month}");
        }
    }
    let summer = Page::committee(&fixture.quarter("ashfield", 2023, 2, "2024-10-01"));
    assert_eq!(summer.figure("months.all.stage-1-late"), "3");
    for (period, stage_2, rate) in [("now", "10", "71.4%"), ("before", "0", "0%"), ("year-ago", "8", "[U]")] {
        assert_eq!(summer.figure(&format!("escalation.stage-2.{period}")), stage_2);
        assert_eq!(summer.figure(&format!("escalation.rate.{period}")), rate);
    }
    let spring = Page::committee(&fixture.quarter("ashfield", 2023, 1, "2024-10-01"));
    assert_eq!(
        (spring.figure("escalation.stage-1.before"), spring.figure("escalation.stage-1.year-ago")),
        ("37".to_owned(), "40".to_owned())
    );
}

fn oxford() -> Fixture {
    let mut fixture = Fixture::new();
    fixture.landlord("oxford", "Oxford City Council");
    fixture.stock("oxford", 2023, "lcra", 7_993);
    let parts = [("ODS", 431, 254, 19, 16), ("", 134, 80, 11, 9)];
    for (provider, first, first_upheld, second, second_upheld) in parts {
        for index in 0..first {
            let case = fixture.case("oxford", "complaint", "lcra", "2023-07-03", provider);
            let outcome = |upheld| if index < upheld { "upheld" } else { "not-upheld" };
            let ending = Ending::InTime;
            let stage =
                StageOf { stage: 1, requested_on: "2023-07-03", ending, outcome: outcome(first_upheld) };
            fixture.stage("oxford", &case, stage);
            if index < second {
                let stage =
                    StageOf { stage: 2, requested_on: "2023-09-04", ending, outcome: outcome(second_upheld) };
                fixture.stage("oxford", &case, stage);
            }
        }
    }
    fixture
}

#[test]
fn oxford_2023_24() {
    let fixture = oxford();
    // All of them fall into the quarter from July to September, which a committee reads.
    for page in [
        Page::annual(&fixture.year("oxford", 2023, "2024-10-01")),
        Page::committee(&Request {
            variant: Variant::Committee,
            ..fixture.quarter("oxford", 2023, 2, "2024-10-01")
        }),
    ] {
        oxfords(&page);
    }
}

fn oxfords(page: &Page) {
    // Oxford printed whole per cents. One figure has one form here, a decimal place, and each rounds to Oxford's.
    for (figure, value, of) in [
        ("providers.ods-share.stage-1", "76.3%", "431 of 565"),
        ("providers.own-share.stage-1", "23.7%", "134 of 565"),
        ("providers.ods-share.stage-2", "63.3%", "19 of 30"),
        ("providers.own-share.stage-2", "36.7%", "11 of 30"),
        ("outcomes.upheld.stage-1-share", "59.1%", "334 of 565"),
        ("outcomes.not-upheld.stage-1-share", "40.9%", "231 of 565"),
        ("outcomes.upheld.stage-2-share", "83.3%", "25 of 30"),
    ] {
        assert_eq!((page.figure(figure).as_str(), page.of(figure).as_str()), (value, of), "{figure}");
    }
    for (figure, value) in [
        ("providers.ods.stage-1", "431"),
        ("providers.own.stage-1", "134"),
        ("providers.total.stage-1", "565"),
        ("providers.ods.stage-2", "19"),
        ("providers.own.stage-2", "11"),
        ("providers.total.stage-2", "30"),
        ("outcomes.upheld.stage-1", "334"),
        ("outcomes.not-upheld.stage-1", "231"),
        ("outcomes.upheld.stage-2", "25"),
    ] {
        assert_eq!(page.figure(figure), value, "{figure}");
    }
}
